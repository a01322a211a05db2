import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArtifactEvent, writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { checkLog } from '#shared/evidence/check-log.ts'
import { readDecisionIndex, type DecisionIndex } from '#shared/evidence/decision-index.ts'
import { DECISION_TEXT } from '#shared/evidence/decision-pack.ts'
import { inPackOrder } from '#shared/evidence/judge-decision.ts'
import type { PackEntry } from '#shared/evidence/pack-content.ts'
import { writeIndex } from '#shared/evidence/pack-index.ts'
import { PackReader } from '#shared/evidence/read-pack.ts'
import { writeDecisionPack } from '#shared/evidence/write-decision.ts'
import { sha256 } from '#adapters/files/digest.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { decodeBody } from '#shared/seal/body.ts'
import { evidencePartsOf } from '#shared/seal/evidence.ts'
import { readHeader } from '#shared/seal/header.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { decidedByThree, type DecidedByThree } from '#test/support/decided.ts'
import { flipped, Forger, type Files } from './forged-pack.ts'

let story: DecidedByThree
let forger: Forger
beforeAll(async () => {
  story = await decidedByThree()
  forger = await Forger.of(story.pack, identityA().device.secret)
}, 120_000)
afterAll(() => story.end())

const identityA = () => story.three.all[0].engine.desk.session.hub.identity
const index = (files: ReadonlyMap<string, Uint8Array>): DecisionIndex => {
  const read = readDecisionIndex(files.get('pack.json') ?? new Uint8Array())
  return read.ok ? read.value : expect.fail(read.refusal)
}
const withIndex = (files: Files, change: (value: DecisionIndex) => DecisionIndex): void =>
  void files.set('pack.json', writeIndex(change(index(files))))
const folderOf = (number: number): string => `log/${String(number).padStart(3, '0')}`

interface Found {
  readonly number: number
  readonly fact: ArtifactEvent
  readonly device: string
}
const facts = (): readonly Found[] =>
  index(forger.files).log.flatMap((_, at) => {
    const bytes = forger.files.get(`${folderOf(at + 1)}/body.cbor`)
    const body = bytes && decodeBody(bytes)
    const fact = body?.ok ? readArtifactEvent(body.value.payload) : 'malformed'
    const { device } = readHeader(forger.bytes(`${folderOf(at + 1)}/header.bin`))
    return typeof fact === 'string' ? [] : [{ number: at + 1, fact, device }]
  })
const factOf = (type: string, nth = 0): Found => facts().filter(({ fact }) => fact.type === type)[nth] ?? expect.fail(`no ${type}`) // prettier-ignore

/** The pack with another log, everything else as an honest maker would write it for that log: lists, copies, readme, signature. */
function withLog(change: (log: readonly PackEntry[]) => readonly PackEntry[], sorted = true, claim = (value: DecisionIndex['claim']) => value): Uint8Array {
  const value = index(forger.files)
  const proofs = new PackReader(forger.files).proofs(value)
  const log = change(proofs.log)
  const base = { ...value, ...proofs, log, claim: claim(value.claim), text: forger.bytes(DECISION_TEXT), result: forger.bytes('decision/result.json') }
  const entries = checkLog(forger.crypto, base).entries
  const order = entries.length === log.length ? inPackOrder(entries).map(({ folder }) => log[Number(folder.split('/')[1]) - 1] as PackEntry) : log
  const files = writeDecisionPack(forger.crypto, { ...base, log: sorted ? order : log }, { secret: identityA().device.secret, sha256 })
  return forger.forge((into) => {
    into.clear()
    for (const { name, bytes } of files) into.set(name, bytes)
  })
} // prettier-ignore
const entryAt = (log: readonly PackEntry[], number: number): PackEntry => log[number - 1] ?? expect.fail()

/** An entry of A's own, sealed and signed anew at its place: what a member can do who lies in its own name. */
function resealed(entry: PackEntry, payload: Canonical): PackEntry {
  const { crypto } = forger
  const { hub } = story.three.all[0].engine.desk.session
  const header = readHeader(entry.header)
  const runtime = hub.runtime(header.channel as never) ?? expect.fail()
  const epoch = runtime.epochKeys().find(({ epoch: id }) => id === header.epoch) ?? expect.fail()
  const position = { workspace: header.workspace, channel: header.channel, feed: header.feed, nextSeq: header.seq, previous: header.previous } // prettier-ignore
  const draft = startRun(crypto, position, { id: epoch.epoch, key: epoch.key })
  const body = decodeBody(crypto.decryptWith(entry.key ?? expect.fail(), header.nonce, entry.header, entry.ciphertext) ?? expect.fail()) // prettier-ignore
  const sealed = sealEntry(crypto, draft, { ...(body.ok ? body.value : expect.fail()), payload }, header.heads)
  if (!sealed.ok) expect.fail(sealed.refusal)
  const run = parseRun(signRun(crypto, draft, hub.identity.device.secret).bytes)
  const parts = (run.ok && evidencePartsOf(crypto, run.value, header.seq)) || expect.fail()
  const key = crypto.openingKey(epoch.key, readHeader(parts.header).nonce)
  return { header: parts.header, ciphertext: parts.ciphertext, after: [], signed: 0, signature: parts.signature as never, key } // prettier-ignore
}

describe('a pack of a decision as it is', () => {
  it('[EVD-18, EVD-4] holds, and is the one archive for its files', async () => {
    expect(await forger.check(story.pack)).toMatchObject({ answer: 'holds', problems: [], agreement: null, decision: { kind: 'decision', round: 1, outcome: { en: 'Riyadh' } } }) // prettier-ignore
    expect(forger.forge(() => undefined)).toEqual(story.pack)
    expect(withLog((log) => log)).toEqual(story.pack)
  })

  it('[EVD-11] the roots that a reader names are compared', async () => {
    const roots = (await forger.check(story.pack)).companies.map(({ fingerprint }) => fingerprint)
    expect(roots).toContain(fingerprintOf(forger.crypto, identityA().card.root))
    expect(await forger.check(story.pack, { roots })).toMatchObject({ answer: 'holds' })
    expect(await forger.codes(story.pack, { roots: roots.slice(1) })).toEqual(['root-not-expected'])
  })
})

describe('a maker who lies', () => {
  it('[EVD-20] a vote removed', async () => {
    const vote = factOf('position-given')
    const forged = withLog((log) => log.filter((_, at) => at !== vote.number - 1))
    expect(await forger.codes(forged)).toEqual(expect.arrayContaining(['fact-missing', 'decision-not-final']))
  })

  it('[EVD-20] a vote added twice', async () => {
    const vote = factOf('position-given')
    expect(await forger.codes(withLog((log) => [...log, entryAt(log, vote.number)]))).toContain('fact-twice')
  })

  it('[EVD-20] a signature removed', async () => {
    const last = factOf('decision-signed', 2)
    expect(await forger.codes(withLog((log) => log.filter((_, at) => at !== last.number - 1)))).toContain('decision-not-final') // prettier-ignore
  })

  it('[EVD-20] a refused fact removed: the claim tells of another list', async () => {
    const minority = factOf('position-given', 2)
    const codes = await forger.codes(withLog((log) => log.filter((_, at) => at !== minority.number - 1)))
    expect(codes).toContain('outcome-differs')
  })

  it('[EVD-21] reordered', async () => {
    const swapped = withLog((log) => [...log.slice(0, 2).toReversed(), ...log.slice(2)], false)
    expect(await forger.codes(swapped)).toContain('facts-out-of-order')
  })

  it('[EVD-20] another outcome, round or signatory claimed', async () => {
    for (const claim of [{ result: 'ab'.repeat(32) }, { round: 2 }, { hash: 'cd'.repeat(32) }, { refused: [] }, { signed: [identityA().card.company] }]) {
      const forged = forger.forge((files) => withIndex(files, (value) => ({ ...value, claim: { ...value.claim, ...claim } }))) // prettier-ignore
      expect(await forger.codes(forged)).toContain('outcome-differs')
    }
  }) // prettier-ignore

  it('[EVD-20] a weight changed in the text that lies beside the proofs', async () => {
    const text = utf8(new TextDecoder().decode(forger.bytes(DECISION_TEXT)).replace('"weight":1', '"weight":9'))
    expect(text).not.toEqual(forger.bytes(DECISION_TEXT))
    expect(await forger.codes(forger.forge((files) => files.set(DECISION_TEXT, text)))).toContain('copy-differs')
  })

  it('[EVD-20, EVD-6] a weight changed in the opening itself, sealed and signed anew by its own author', async () => {
    const opening = factOf('decision-opened')
    if (opening.fact.type !== 'decision-opened') expect.fail()
    const text = opening.fact.text.replace('"weight":1', '"weight":9')
    const fact = writeArtifactEvent({ ...opening.fact, text, hash: sha256(utf8(text)) })
    const forged = withLog((log) => log.map((entry, at) => (at === opening.number - 1 ? resealed(entry, fact) : entry)))
    expect(await forger.codes(forged)).toEqual(expect.arrayContaining(['decision-not-final']))
  })

  it('[EVD-6] an entry that its device did not sign', async () => {
    const { number } = factOf('position-given')
    for (const name of ['ciphertext.bin', 'signature.bin']) {
      const file = `${folderOf(number)}/${name}`
      expect(await forger.codes(forger.forge((files) => files.set(file, flipped(forger.bytes(file), 3))))).toContain('entry-unsigned') // prettier-ignore
    }
  })

  it('[EVD-7] certificates swapped between two devices', async () => {
    const swapped = forger.forge((files) => {
      for (const name of ['certificate.cbor', 'certificate.sig', 'issuer.cbor', 'issuer.sig']) {
        files.set(`roles/1/${name}`, forger.bytes(`roles/2/${name}`))
        files.set(`roles/2/${name}`, forger.bytes(`roles/1/${name}`))
      }
    })
    expect(await forger.codes(swapped)).toEqual(expect.arrayContaining(['role-wrong', 'role-missing']))
  })

  it('[EVD-20] a fact about another document, and one that its author may not state', async () => {
    const vote = facts().find(({ fact, device }) => fact.type === 'position-given' && device === identityA().device.id) ?? expect.fail() // prettier-ignore
    const say = (fact: object) =>
      withLog((log) => log.map((entry, at) => (at === vote.number - 1 ? resealed(entry, fact as Canonical) : entry)))
    expect(await forger.codes(say({ ...vote.fact, artifact: 'ef'.repeat(16) }))).toContain('fact-foreign')
    const nonce = new Uint8Array(16).fill(7)
    const taken = { type: 'artifact-created', artifact: index(forger.files).artifact, artifactType: 'StandardsDoc.v1', nonce, title: { en: 'x', ar: 'x' } } // prettier-ignore
    expect(await forger.codes(say(taken))).toContain('fact-not-admitted')
  })

  it('[EVD-3, EVD-10] an index that cannot be read, of a later version, or of a kind of decision that this one does not know', async () => {
    const as = (bytes: Uint8Array) => forger.codes(forger.forge((files) => files.set('pack.json', bytes)))
    expect(await as(utf8('{"format":"mithaq.evidence.v3"}'))).toContain('index-unreadable')
    expect(await as(writeIndex({ ...index(forger.files), format: 'mithaq.evidence.v4' }))).toContain('newer-pack')
    expect(await as(writeIndex({ ...index(forger.files), type: 'LaterDecision.v1' }))).toContain('newer-pack')
    expect(await as(writeIndex({ ...index(forger.files), log: [{ signed: 4097, opened: true }] }))).toContain('index-unreadable') // prettier-ignore
  })
})

describe('bits of a pack of a decision', () => {
  it('[EVD-10] none that proves something changes unnoticed, in the archive or in files that its maker signed anew', async () => {
    let seed = Number(process.env['MITHAQ_FLIP_SEED'] ?? 20_261_127)
    const rounds = Number(process.env['MITHAQ_FLIPS'] ?? 120)
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const proofs = [...forger.files.keys()].filter((name) => (name.includes('/') || name === 'pack.json') && forger.bytes(name).length > 0) // prettier-ignore
    const unnoticed: string[] = []
    for (let round = 0; round < rounds; round++) {
      const bit = 1 << next(8)
      const at = next(story.pack.length)
      if ((await forger.check(flipped(story.pack, at, bit))).answer === 'holds') unnoticed.push(`archive ${String(at)}:${String(bit)}`) // prettier-ignore
      const name = proofs[next(proofs.length)] ?? DECISION_TEXT
      const position = next(forger.bytes(name).length)
      const forged = forger.forge((files) => files.set(name, flipped(forger.bytes(name), position, bit)))
      if ((await forger.check(forged)).answer === 'holds') unnoticed.push(`${name} ${String(position)}:${String(bit)}`)
    }
    expect(unnoticed).toEqual([])
  }, 3_600_000)
})
