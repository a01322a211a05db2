import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { equal, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import { readSealedFile, writeSealedFile } from '#shared/seal/sealed-file.ts'
import { decodeMessage, encodeMessage } from '#shared/sync/message.ts'
import type { DisclosureSummary } from '#shared/projection/disclosure-views.ts'
import type { FileOutcome } from '#shared/projection/workspace-views.ts'
import { auditOf, download, importFile, openFile, refusalOf } from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { seeded } from '../adversarial/killed-child.ts'

let crypto: Crypto
let two: TwoCompanies
let disclosed: DisclosureSummary
/** A's runs, honest and in order. */
let runs: readonly Uint8Array[]

beforeEach(async () => {
  crypto = await createCrypto()
  two = await twoCompanies()
  const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  disclosed = await two.disclose(await two.policy(dataset.id))
  runs = framesOf(await two.pack(two.a))
  expect(runs.length).toBeGreaterThan(4)
})
afterEach(() => two.end())

function framesOf(file: Uint8Array): readonly Uint8Array[] {
  const read = readSealedFile(crypto, file)
  if (!read.ok) throw new Error(read.refusal)
  return read.value.frames
}
const mailed = (frames: readonly Uint8Array[]): Promise<FileOutcome> =>
  openFile(two.b, writeSealedFile(crypto, { kind: 'sync', frames }))
const refusalsAtB = async (): Promise<readonly string[]> => (await auditOf(two.b, ['refusal'])).map(({ code }) => code)

/** Every run in B's log is, byte by byte, one of those that A made. */
function expectNothingForged(): void {
  const { log } = two.b.engine.desk.session.context.vault
  const genuine = new Set(runs.map(toHex))
  for (const channel of log.channels())
    for (const run of log.replay(channel)) expect(genuine.has(toHex(run.bytes)), `seq ${run.firstSeq}`).toBe(true)
}

/** After whatever happened: the honest file is taken, B sees the very slice and commits, A sees the commitment. */
async function expectHonestWorkGoesOn(): Promise<void> {
  expectNothingForged()
  await two.mail(two.a, two.b)
  const seen = await two.b.client.artifacts.open({ artifact: disclosed.artifact })
  expect(seen.sliceId).toBe(disclosed.sliceId)
  const cell = seen.forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null)
  if (!cell) throw new Error('nothing to commit to')
  const { sku, region, bucket, net } = cell
  await two.b.client.artifacts.commit({
    artifact: disclosed.artifact,
    commitments: [{ sku, region, bucket, committed: (net ?? 0) - 1, status: 'shortfall', reason: 'x', resource: null }],
  })
  expect(await two.mail(two.b, two.a)).toMatchObject({ refused: 0, parked: 0 })
  expect((await two.a.client.artifacts.open({ artifact: disclosed.artifact })).shortfalls.open).toBe(1)
  for (const { client } of [two.a, two.b]) expect(await client.audit.verify()).toMatchObject({ intact: true })
}

const changedAt = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)) // prettier-ignore
const withLast = (change: (run: Uint8Array) => Uint8Array): readonly Uint8Array[] =>
  runs.map((run, at) => (at === runs.length - 1 ? change(run) : run))

describe('[story 5] hostile runs in a sealed file', () => {
  it.each([
    ['flipped in its signature', (run: Uint8Array) => changedAt(run, run.length - 5), 'bad-signature'],
    ['flipped in its ciphertext', (run: Uint8Array) => changedAt(run, run.length - 300), 'bad-signature'],
    ['truncated', (run: Uint8Array) => run.subarray(0, run.length - 100), 'malformed'],
    ['longer than it was', (run: Uint8Array) => Uint8Array.from([...run, 0]), 'malformed'],
  ])('[TR-26] a run that is %s is refused with its code, and honest work goes on', async (_, change, code) => {
    expect(await mailed(withLast(change))).toMatchObject({ kind: 'sync', refused: 1 })
    expect(await refusalsAtB()).toEqual([code])
    expect(await two.b.client.artifacts.list({})).toEqual([])
    await expectHonestWorkGoesOn()
  })

  it('[EX-4] a run of a later version is kept for that version, and honest work goes on', async () => {
    const later = withLast((run) => run.map((byte, at) => (at === 4 ? 2 : byte)))
    expect(await mailed(later)).toMatchObject({ kind: 'sync', refused: 0, parked: 1 })
    expect(await refusalsAtB()).toEqual(['newer-version'])
    const { records } = two.b.engine.desk.session.context.vault
    expect(records.list('parked-run')).toHaveLength(1)
    await two.b.client.vault.lock()
    await two.b.client.vault.unlock({ passphrase: two.b.passphrase })
    expect(two.b.engine.desk.session.context.vault.records.list('parked-run')).toHaveLength(1)
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] at sixty seeded places a flipped bit is never taken for what A said', async () => {
    const draw = seeded(5)
    for (let round = 0; round < 60; round++) {
      const victim = draw(runs.length)
      const place = draw(runs[victim]?.length ?? 1)
      const frames = runs.map((run, at) => (at === victim ? changedAt(run, place) : run))
      const outcome = await refusalOf(mailed([frames[victim] ?? new Uint8Array()]))
      expect(['nothing was refused', 'workspaces:file-unreadable', 'workspaces:file-of-another-workspace', 'seal:newer-version']).toContain(outcome) // prettier-ignore
      expectNothingForged()
    }
    expect(two.b.engine.desk.session.context.vault.log.channels()).toEqual([])
    expect((await refusalsAtB()).length).toBe(60)
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] runs in the wrong order or with a gap wait for what is missing and are lost to nobody', async () => {
    const backwards = await mailed(runs.toReversed())
    expect(backwards).toMatchObject({ kind: 'sync' })
    expect(new Set(await refusalsAtB())).toEqual(new Set(['broken-chain']))
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] a file that is played again changes nothing', async () => {
    await two.mail(two.a, two.b)
    const [frontier, slices] = [two.frontier(two.b), await two.b.client.artifacts.list({})]
    for (let again = 0; again < 3; again++)
      expect(await mailed(runs)).toMatchObject({ admitted: 0, refused: 0, parked: 0 })
    expect([two.frontier(two.b), await two.b.client.artifacts.list({})]).toEqual([frontier, slices])
    expect((await auditOf(two.b, ['update'])).length).toBeGreaterThan(0)
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] runs of another workspace, or moved into another channel, are refused', async () => {
    const other = await two.a.client.workspaces.create({
      kind: 'peer',
      name: { en: 'Elsewhere', ar: 'مكان آخر' },
      outcome: { en: 'x', ar: 'x' },
      charter: { addCompany: 'any-member', roles: ['coo'] },
      channel: { name: { en: 'One', ar: 'واحد' }, roles: ['coo'] },
    })
    const foreign = await download(two.a, await two.a.client.workspaces.exportSync({ workspace: other.id }))
    expect(await refusalOf(openFile(two.b, foreign))).toBe('workspaces:file-of-another-workspace')
    expect(new Set(await refusalsAtB())).toEqual(new Set(['wrong-workspace']))
    // The channel's id lies behind magic, version, suite and workspace.
    const at = 4 + 2 + 32
    const moved = Uint8Array.from(runs.at(-1) ?? [])
    moved.set(new Uint8Array(32).fill(7), at)
    await mailed([...runs.slice(0, -1), moved])
    expect((await refusalsAtB()).slice(-1)).toEqual(['broken-chain'])
    expect(two.b.engine.desk.session.context.vault.log.channels()).toEqual([two.channel])
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] a file that is no file, cut short or changed is refused before any part of it is read', async () => {
    const file = await two.pack(two.a)
    expect(await refusalOf(openFile(two.b, file.subarray(0, file.length - 40)))).toBe('seal:file-damaged')
    expect(await refusalOf(openFile(two.b, changedAt(file, 500)))).toBe('seal:file-damaged')
    expect(await refusalOf(openFile(two.b, new TextEncoder().encode('%PDF-1.7')))).toBe('seal:not-a-sealed-file')
    expect(await refusalOf(openFile(two.b, new Uint8Array()))).toBe('seal:not-a-sealed-file')
    expect(await refusalsAtB()).toEqual(['file-damaged', 'file-damaged', 'not-a-sealed-file', 'not-a-sealed-file'])
    await expectHonestWorkGoesOn()
  })
})

describe('[story 5] hostile runs over a link', () => {
  const tampered = {
    flipped: (bytes: Uint8Array) => [changedAt(bytes, bytes.length - 5)],
    truncated: (bytes: Uint8Array) => [bytes.subarray(0, bytes.length - 10)],
    doubled: (bytes: Uint8Array) => [bytes, bytes],
  } as const

  it.each([
    ['flipped', 'bad-signature'],
    ['truncated', 'malformed'],
    ['doubled', undefined],
  ] as const)('[TR-26] what the middle has %s is refused, and the link recovers', async (name, code) => {
    const wire = two.wire()
    wire.meddle = (message, direction) => {
      const decoded = decodeMessage(message)
      if (direction === 'b-to-a' || !decoded.ok || decoded.value.type !== 'runs') return [message]
      const changed = decoded.value.runs.flatMap((run) => tampered[name](run.bytes).map((bytes) => ({ ...run, bytes })))
      return [encodeMessage({ ...decoded.value, runs: changed })]
    }
    await settled(wire)
    expectNothingForged()
    if (code) expect(await refusalsAtB()).toContain(code)
    else expect(await refusalsAtB()).toEqual([])
    wire.meddle = (message) => [message]
    await recovered(wire)
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] runs under another channel\u2019s name are refused as such', async () => {
    await two.a.client.workspaces.addChannel({ workspace: two.workspace, name: { en: 'Two', ar: 'اثنان' }, roles: ['coo'] }) // prettier-ignore
    const all = framesOf(await two.pack(two.a))
    runs = all
    const wire = two.wire()
    wire.meddle = (message, direction) => {
      const decoded = decodeMessage(message)
      if (direction === 'b-to-a' || !decoded.ok || decoded.value.type !== 'runs') return [message]
      const { channel } = decoded.value
      const other = two.a.engine.desk.session.context.vault.log.channels().find((one) => one !== channel)
      return [encodeMessage({ ...decoded.value, channel: other as typeof channel })]
    }
    await settled(wire)
    expect(await refusalsAtB()).toContain('wrong-channel')
    expectNothingForged()
    wire.meddle = (message) => [message]
    await recovered(wire)
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] noise, reordered and repeated messages break at most the link, never what is kept', async () => {
    const draw = seeded(9)
    for (let round = 0; round < 12; round++) {
      const wire = two.wire()
      const held: Uint8Array[] = []
      wire.meddle = (message) => {
        const dice = draw(5)
        if (dice === 0) return []
        if (dice === 1) return [crypto.random(draw(200) + 1), message]
        if (dice === 2) return [changedAt(message, draw(message.length))]
        if (dice === 3) return held.push(message) > 1 ? held.splice(0).reverse() : []
        return [message, message]
      }
      await settled(wire)
      expectNothingForged()
      wire.cut()
    }
    const wire = two.wire()
    await two.level(wire)
    await expectHonestWorkGoesOn()
  })

  /** Nothing flies any more and nothing is being taken. */
  async function settled(wire: ReturnType<TwoCompanies['wire']>): Promise<void> {
    let still = 0
    while (still < 20) {
      await new Promise((resolve) => setImmediate(resolve))
      still = wire.quiet ? still + 1 : 0
    }
  }
  /** The next tick says again where both stand; a link that was closed is made anew, as the carrier does. */
  async function recovered(wire: ReturnType<TwoCompanies['wire']>): Promise<void> {
    if (wire.open) two.clock.passMinutes(1)
    await two.level(wire.open ? wire : two.wire())
  }
})

it('[story 5] the sealed file and the log hold the same bytes', async () => {
  const { log } = two.a.engine.desk.session.context.vault
  const kept = [...log.replay(two.channel)].map(({ bytes }) => bytes)
  expect(kept.every((bytes) => runs.some((run) => equal(run, bytes)))).toBe(true)
})
