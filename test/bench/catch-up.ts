import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { appendAudit } from '#shared/audit/append.ts'
import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { writableEpoch } from '#shared/membership/epoch.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { MESSAGE_LIMITS } from '#shared/sync/message.ts'
import { sectionKey, type CheckedUpdate } from '#shared/sync/update.ts'
import { NOON } from '#test/properties/party.ts'
import { ARTIFACT, JOINT, Peer } from '#test/properties/peer.ts'
import { meet, world } from '#test/properties/sync-world.ts'
import type { BenchRow } from './row.ts'
import { processorTime, wallTime } from './clock.ts'
import { readTrace, type Edit } from './trace.ts'

const ENTRIES_PER_RUN = 1024
const CASES = [
  { edits: 1, rounds: 4, time: 4, bytes: 8 },
  { edits: 50, rounds: 12, time: 2.5, bytes: 3 },
  { edits: 200, rounds: 25, time: 1.5, bytes: 1.6 },
] as const

/**
 * Verified catch-up against plain Yjs applying the same batches. Ours counts everything between the sealed bytes and a
 * committed vault: parse, verify, open, admit, apply, and runs and audit rows in an encrypted database, with a transaction
 * for each message of the sync protocol.
 */
export async function benchCatchUp(): Promise<readonly BenchRow[]> {
  const crypto = await createCrypto()
  const trace = readTrace()
  const rows: BenchRow[] = []
  for (const one of CASES) {
    // Plain Yjs draws 32-bit client ids; ours have 53 bits, which is part of what the comparison is about.
    const updates = author(trace.edits, one.edits, 0xc0ffee42)
    const [writer, reader] = world(crypto, ['Noor', 'Sahm']) as [Peer, Peer]
    const line = writer.channel.index.lineOrNew(writer.party.feed)
    const { client } = writer.channel.clocks.own(line, sectionKey(ARTIFACT, JOINT), 0)
    const runs = sealAll(crypto, writer, author(trace.edits, one.edits, client))
    const plainBytes = updates.reduce((sum, update) => sum + update.length, 0)
    const sealedBytes = runs.reduce((sum, run) => sum + run.length, 0)
    let plain: Took = { wall: Infinity, used: Infinity }
    let ours: Took = { wall: Infinity, used: Infinity }
    for (let round = 0; round < one.rounds; round++) {
      let wall = 0
      const used = processorTime(() => void (wall = wallTime(() => applyPlain(updates))))
      plain = { wall: Math.min(plain.wall, wall), used: Math.min(plain.used, used) }
      const next = catchUp(crypto, reader, runs, updates.length)
      ours = { wall: Math.min(ours.wall, next.wall), used: Math.min(ours.used, next.used) }
    }
    const name = `verified catch-up, ${one.edits} edit${one.edits === 1 ? '' : 's'} an entry`
    const detail = `${trace.name}, ${updates.length.toLocaleString('en')} entries, ${runs.length} runs`
    rows.push(
      {
        name: `${name}: time`,
        ratio: ours.wall / plain.wall,
        budget: one.time,
        direction: 'at-most',
        detail: `${detail}; ${ours.wall.toFixed(0)} ms against ${plain.wall.toFixed(0)} ms, of which processor ${ours.used.toFixed(0)} against ${plain.used.toFixed(0)}`,
      },
      {
        name: `${name}: bytes`,
        ratio: sealedBytes / plainBytes,
        budget: one.bytes,
        direction: 'at-most',
        detail: `${detail}; ${sealedBytes.toLocaleString('en')} against ${plainBytes.toLocaleString('en')}`,
      },
    )
  }
  return rows
}

/** The trace as its author's Yjs emits it: one update for each `size` edits. */
function author(edits: readonly Edit[], size: number, client: number): readonly Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = client
  const text = doc.getText('t')
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < edits.length; at += size) {
    doc.transact(() => {
      for (const [position, deleted, inserted] of edits.slice(at, at + size)) {
        if (deleted > 0) text.delete(position, deleted)
        if (inserted !== '') text.insert(position, inserted)
      }
    })
  }
  return updates
}

function applyPlain(updates: readonly Uint8Array[]): void {
  const doc = new Y.Doc()
  doc.getText('t')
  for (const update of updates) Y.applyUpdate(doc, update)
}

/** The runs that the writer's engine would have sealed. */
function sealAll(crypto: Crypto, writer: Peer, updates: readonly Uint8Array[]): readonly Uint8Array[] {
  const line = writer.channel.index.lineOrNew(writer.party.feed)
  const epoch = writableEpoch(writer.channel.members())
  const key = epoch === undefined ? undefined : writer.keys.get(epoch.id)
  if (epoch === undefined || key === undefined) throw new Error('the world has no epoch')
  let nextSeq = line.hashes.length + 1
  let previous = line.hashes.last ?? null
  const runs: Uint8Array[] = []
  for (let at = 0; at < updates.length; at += ENTRIES_PER_RUN) {
    const { workspace } = writer.genesis
    const draft = startRun(
      crypto,
      { workspace, channel: writer.id, feed: line.id, nextSeq, previous },
      { id: epoch.id, key },
    )
    for (const update of updates.slice(at, at + ENTRIES_PER_RUN)) {
      const payload = writeDoc([{ artifact: ARTIFACT, section: JOINT, replica: 0, update }])
      const sealed = sealEntry(crypto, draft, { at: NOON, kind: 'doc', payload }, [])
      if (!sealed.ok) throw new Error(sealed.refusal)
      nextSeq = sealed.value.seq + 1
      previous = sealed.value.hash
    }
    runs.push(signRun(crypto, draft, writer.party.signing.secretKey).bytes)
  }
  return runs
}

interface Took {
  readonly wall: number
  readonly used: number
}

/** Milliseconds until every run is admitted, applied and committed. */
function catchUp(crypto: Crypto, like: Peer, runs: readonly Uint8Array[], entries: number): Took {
  const directory = mkdtempSync(join(tmpdir(), 'mithaq-bench-'))
  const vault = sqliteVaultFiles().create(directory, crypto.random(32) as SymmetricKey)
  if (!vault.ok) throw new Error(vault.refusal)
  const { log, audit } = vault.value
  const peer = new Peer(crypto, like.genesis, like.id, like.party)
  meet(like, peer)
  const section = sectionKey(ARTIFACT, JOINT)
  let applied = 0
  try {
    const work = (): void => {
      for (const batch of messages(runs)) {
        const intakes = batch.map((bytes) => {
          const taken = peer.channel.take(bytes)
          if (taken.outcome !== 'taken' || taken.refused.length > 0) throw new Error('a run was refused')
          return taken
        })
        const updates: CheckedUpdate[] = []
        for (const { effect } of intakes.flatMap(({ admitted }) => admitted)) {
          if (effect.kind === 'doc') for (const part of effect.updates) updates.push(part.update)
        }
        vault.value.transaction(() => {
          peer.docs.apply(section, updates)
          for (const { run, admitted } of intakes) {
            log.append({ channel: like.id, ...run })
            const event = {
              kind: 'sync',
              code: 'run-admitted',
              actor: '',
              subject: { id: like.id, name: '' },
              detail: { entries: admitted.length },
            } as const
            audit.append(appendAudit(crypto, audit.head(), NOON, event))
          }
        })
        applied += updates.length
      }
      if (applied !== entries) throw new Error(`${applied} of ${entries} entries applied`)
    }
    let wall = 0
    const used = processorTime(() => void (wall = wallTime(work)))
    return { wall, used }
  } finally {
    vault.value.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Runs as they arrive: several to a message of the sync protocol, which the engine commits at once. */
function* messages(runs: readonly Uint8Array[]): Iterable<readonly Uint8Array[]> {
  let batch: Uint8Array[] = []
  let size = 0
  for (const run of runs) {
    if (size + run.length > MESSAGE_LIMITS.batch && batch.length > 0) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(run)
    size += run.length
  }
  if (batch.length > 0) yield batch
}
