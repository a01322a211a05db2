import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { certify } from '#engine/identity/identity.ts'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { cellKey } from '#shared/artifacts/cell-key.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, DeviceId, EpochId, FeedId, SectionName, SliceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoMonth } from '#shared/kernel/time.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { readers } from '#shared/membership/certificate-of.ts'
import { writeControl } from '#shared/membership/control.ts'
import { createEpoch, leaves } from '#shared/membership/epoch.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { Control } from '#shared/membership/types.ts'
import type { Body } from '#shared/seal/entry.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { clientId } from '#shared/sync/client-id.ts'
import { writeDoc, type SectionWrite } from '#shared/sync/doc-body.ts'
import { QUOTA } from '#shared/sync/judges.ts'
import type { CarriedRun } from '#shared/sync/message.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { auditOf, download, importFile, openFile, startCompany, upload, type Company } from '#test/support/company.ts'
import { ModifiedClient } from '#test/support/modified-client.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { TITLE, twoCompanies, deviceOf, type TwoCompanies } from '#test/support/two-companies.ts'
import { DocumentWatch } from '#test/support/watched-docs.ts'
import { deletesOnly, nested, updateOf, withGap } from './hostile-updates.ts'

const JOINT = 'joint' as SectionName
type Saying = Omit<Body, 'at'>
type Cell = { readonly sku: string; readonly region: string; readonly bucket: string }

const watch = new DocumentWatch()
let two: TwoCompanies
let artifact: ArtifactId
let cells: readonly Cell[]
let client: ModifiedClient

async function begin(): Promise<void> {
  two = await twoCompanies({ toolsA: { newDocuments: watch.make } })
  const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  artifact = (await two.disclose(await two.policy(dataset.id))).artifact as ArtifactId
  await two.level(two.wire())
  const seen = await two.b.client.artifacts.open({ artifact })
  cells = seen.forecast.series.flatMap((series) => series.cells).filter(({ net }) => net !== null)
  // Both have written the joint section, so that there is something to forge, to delete and to lean on.
  for (const { client: honest } of [two.a, two.b]) await agree(honest, 40)
  await two.level(two.wire())
}
const agree = (honest: Company['client'], quantity: number, note: string | null = null) =>
  honest.artifacts.agree({ artifact, cells: [{ ...placeOf(cells[0] as Cell), quantity, note }] })
const placeOf = ({ sku, region, bucket }: Cell): Cell => ({ sku, region, bucket })

/** Everything of A's that an attack could have changed: bytes, members, and what every screen of the channel shows. */
async function standing() {
  const { client: screens, engine } = two.a
  const runtime = engine.desk.session.hub.runtime(client.channel)
  return {
    states: watch.states(),
    members: [...(runtime?.members.certificates.keys() ?? [])].sort(),
    left: [...(runtime?.members.companies.values() ?? [])].filter(({ left }) => left).length,
    revoked: [...(runtime?.members.revocations.keys() ?? [])],
    artifacts: await screens.artifacts.list({}),
    forecast: await screens.artifacts.open({ artifact }),
    partners: (await screens.workspaces.get({ workspace: two.workspace })).members,
  }
}
const refusals = async (company: Company) => (await auditOf(company, ['refusal'])).map(({ code, detail }) => ({ code, detail })) // prettier-ignore

const yesterday = (replica: number): Saying =>
  joint(updateOf(ownClient(replica), base(), (ydoc) => ydoc.getMap('consensus').set('yesterday', { quantity: 9, note: null })), replica) // prettier-ignore

/** A run of B's reaches A by a file, when B has gone: it waits, is shown so, and neither a restart nor A's own work moves it in. */
async function expectNoEffect(backdated: CarriedRun): Promise<void> {
  const { a } = two
  const before = await standing()
  const { crypto } = contextOf()
  const outcome = await openFile(a, writeSealedFile(crypto, { kind: 'sync', frames: [backdated.bytes] }))
  expect(outcome).toMatchObject({ kind: 'sync', admitted: 0, parked: 1 })
  const { partners, ...after } = await standing()
  expect({ ...after, partners: before.partners }).toEqual(before)
  expect(partners.find(({ own }) => !own)).toMatchObject({ left: true, devices: [{ state: 'gone', parked: 1 }] })
  const beyond = () => a.engine.desk.session.hub.runtime(client.channel)?.admission.beyondCuts()
  expect(beyond()).toEqual([{ feed: backdated.feed, flagged: 0, parked: 1 }])
  await a.client.vault.lock()
  await a.client.vault.unlock({ passphrase: a.passphrase })
  await agree(a.client, 70)
  expect(beyond()).toEqual([{ feed: backdated.feed, flagged: 0, parked: 1 }])
  expect(JSON.stringify((await a.client.artifacts.open({ artifact })).consensus)).not.toContain('yesterday')
  // Written under a key that B was never given.
  const written = a.engine.desk.session.hub.runtime(client.channel)?.epochKeys() ?? []
  const held = two.b.engine.desk.session.hub.runtime(client.channel)?.epochKeys() ?? []
  expect(written.length).toBeGreaterThan(held.length)
  expect(a.bugs).toEqual([])
}

/** B is honest again, and what it writes counts at A; what A writes counts at B. */
async function expectHonestWorkGoesOn(): Promise<void> {
  client.close()
  const wire = two.wire()
  await two.level(wire)
  const quantity = 1000 + Math.floor(Number(`0x${toHex(two.a.engine.desk.session.context.crypto.random(2))}`))
  await agree(two.b.client, quantity, 'B')
  await two.level(wire)
  const agreed = async (company: Company) =>
    (await company.client.artifacts.open({ artifact })).consensus?.[cellKey(cells[0] as Cell & { bucket: IsoMonth })]?.quantity // prettier-ignore
  expect(await agreed(two.a)).toBe(quantity)
  await agree(two.a.client, quantity + 1, 'A')
  await two.level(wire)
  expect(await agreed(two.b)).toBe(quantity + 1)
  wire.cut()
  expect([...two.a.bugs, ...two.b.bugs]).toEqual([])
  for (const { client: honest } of [two.a, two.b]) expect(await honest.audit.verify()).toMatchObject({ intact: true })
}

const contextOf = () => two.b.engine.desk.session.context
const identity = () => two.b.engine.desk.session.hub.identity
const doc = (...writes: SectionWrite[]): Saying => ({ kind: 'doc', payload: writeDoc(writes) })
const joint = (update: Uint8Array, replica = 0): Saying => doc({ artifact, section: JOINT, replica, update })
const control = (payload: Control): Saying => ({ kind: 'control', payload: writeControl(payload) })
const event = (payload: Parameters<typeof writeArtifactEvent>[0]): Saying => ({ kind: 'event', payload: writeArtifactEvent(payload) }) // prettier-ignore
const base = () => watch.state(sectionKey(artifact, JOINT))
const ownClient = (replica = 0): number => clientId(contextOf().crypto, client.feed, sectionKey(artifact, JOINT), replica) // prettier-ignore
function feedOfA(): FeedId {
  const tip = client.runtime.admission.index.held().find(({ feed }) => feed.startsWith(deviceOf(two.a)))
  if (!tip) throw new Error('A has written nothing')
  return tip.feed
}
const victim = (): number => clientId(contextOf().crypto, feedOfA(), sectionKey(artifact, JOINT), 0)

/** What B's certificate for one thing may be made to say: signed by B's own issuer, so it reads. */
function certificateFor(device: DeviceId, company = identity().card.company): Control {
  const { issuer, device: own, person, card } = identity()
  const certified = certify(
    contextOf().crypto,
    { card: { ...card, company }, issuer, device: { ...own, id: device }, person },
    { name: { en: 'Nobody', ar: 'لا أحد' }, roles: ['coo'], validFrom: contextOf().clock.now(), validTo: (contextOf().clock.now() + 1000) as Instant, authority: null }, // prettier-ignore
  )
  return { kind: 'certificate', device: certified }
}

/** Attacks that an entry of B's own feed carries: what is sealed, and the code that A refuses it with. */
const ENTRIES: readonly (readonly [name: string, code: string, make: () => Saying])[] = [
  ['foreign client id: an edit under the id of A\u2019s replica', 'update-foreign-client',
    () => joint(updateOf(victim(), base(), (ydoc) => ydoc.getMap('consensus').set('forged', 1)))],
  ['foreign client id: an edit under the id of another copy of B\u2019s own', 'update-foreign-client',
    () => joint(updateOf(ownClient(7), base(), (ydoc) => ydoc.getMap('consensus').set('forged', 1)))],
  ['delete-only: A\u2019s next million clocks, before A has written them', 'update-outside-ancestry',
    () => joint(deletesOnly(victim(), 0, 1_000_000))],
  ['future deletes: B\u2019s own clocks, before they are there', 'update-outside-ancestry',
    () => joint(deletesOnly(ownClient(), 0, 1_000_000), 0)],
  ['deep nesting: a map in a map, forty deep', 'update-too-deep', () => joint(nested(ownClient(9), base(), 40), 9)],
  ['deep nesting: so deep that a careless decoder runs out of stack', 'update-too-deep',
    () => joint(nested(ownClient(9), undefined, 8_000), 9)],
  ['clock gap: the second of two edits without the first', 'update-clock-gap', () => joint(withGap(ownClient(9), base()), 9)],
  ['another section: a write into A\u2019s own slice', 'not-authorised',
    () => doc({ artifact, section: 'slice:1' as SectionName, replica: 0, update: updateOf(5, undefined, (ydoc) => ydoc.getMap('slice').set('0', 1)) })],
  ['another section: an artifact that nobody declared', 'not-authorised',
    () => doc({ artifact: 'ee'.repeat(16) as ArtifactId, section: JOINT, replica: 0, update: updateOf(5, undefined, (ydoc) => ydoc.getMap('m').set('x', 1)) })],
  ['another section: the withdrawal of A\u2019s forecast in B\u2019s name', 'not-authorised',
    () => event({ type: 'slice-withdrawn', artifact, reason: '' })],
  ['another section: a revision of A\u2019s forecast in B\u2019s name', 'not-authorised',
    () => event({ type: 'slice-disclosed', artifact, revision: 9, slice: 'ab'.repeat(32) as SliceId, title: TITLE, roles: ['coo'], expiresOn: '2027-01-01' as never })],
  ['another section: an artifact under A\u2019s company', 'not-authorised', () => {
    const nonce = new Uint8Array(16)
    const company = two.a.engine.desk.session.hub.identity.card.company
    return event({ type: 'artifact-created', artifact: artifactIdOf(contextOf().crypto, company, nonce), artifactType: SharedForecast.type, nonce, title: TITLE })
  }],
  ['another section: the key of A\u2019s slice, handed over by B', 'not-authorised',
    () => control({ kind: 'slice-key', artifact, section: 'slice:1' as SectionName, commitment: contextOf().crypto.hash('x'), boxes: [] })],
  ['certificate misuse: A\u2019s device certified by B for B', 'control-refused', () => control(certificateFor(deviceOf(two.a) as DeviceId))],
  ['certificate misuse: a stranger certified by B\u2019s issuer for A', 'control-refused',
    () => control(certificateFor('ab'.repeat(32) as DeviceId, two.a.engine.desk.session.hub.identity.card.company))],
  ['certificate misuse: A\u2019s device revoked by B\u2019s issuer', 'control-refused', () => {
    const { issuer } = identity()
    const revocation = signStatement(contextOf().crypto, 'revocation', issuer.secret!, {
      company: two.a.engine.desk.session.hub.identity.card.company, subject: { kind: 'device', device: deviceOf(two.a) as DeviceId },
      reason: 'lost', at: contextOf().clock.now(), cuts: [],
    })
    return control({ kind: 'revocation', revocation, issuer: issuer.certificate })
  }],
  ['certificate misuse: a second channel definition', 'control-refused',
    () => control({ kind: 'channel-defined', definition: { name: TITLE, companies: 'all', roles: 'all', expiresOn: null, nonce: new Uint8Array(16) } })],
  ['a payload of no shape', 'payload-malformed', () => ({ kind: 'doc', payload: [[1, 2, 3, 4]] as Canonical })],
  ['bytes that are no update', 'update-malformed', () => joint(new Uint8Array(200).fill(255))],
] // prettier-ignore

describe('[story 2] a modified client of B attacks over the link, entry by entry', () => {
  beforeAll(begin, 60_000)
  afterAll(() => two.end())
  afterEach(() => expectHonestWorkGoesOn(), 60_000)

  it.each(ENTRIES)('[TR-26] %s: %s', async (_, code, make) => {
    client = new ModifiedClient(two)
    const [before, noted] = [await standing(), (await refusals(two.a)).length]
    const run = client.seal([make()])
    await client.tell([run])
    expect((await refusals(two.a)).slice(noted)).toMatchObject([{ code }])
    expect(await standing()).toEqual(before)
    client.keep(run)
  })

  it('[TR-26] certificate misuse: a device that nobody certified: no-certificate', async () => {
    client = new ModifiedClient(two)
    const { crypto } = contextOf()
    const pair = crypto.signingPair()
    const feed = (toHex(pair.publicKey) + toHex(crypto.random(16))) as FeedId
    const before = await standing()
    await client.tell([client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })], { feed, secret: pair.secretKey })]) // prettier-ignore
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'no-certificate' })
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] certificate misuse: an entry that claims a time after its certificate: certificate-not-valid', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    const at = (contextOf().clock.now() + 900 * 86_400_000) as Instant
    const run = client.seal([joint(updateOf(ownClient(), undefined, (ydoc) => ydoc.getMap('consensus').set('x', 1)))], { at }) // prettier-ignore
    await client.tell([run])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'certificate-not-valid' })
    expect(await standing()).toEqual(before)
    client.keep(run)
  })

  it('[TR-26] epoch confusion: a key that was never made in the channel: epoch-not-in-ancestry', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    const epoch = { id: 'cd'.repeat(32) as EpochId, key: contextOf().crypto.random(32) as SymmetricKey }
    const run = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })], { epoch })
    await client.tell([run])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'epoch-not-in-ancestry' })
    expect(await standing()).toEqual(before)
    client.keep(run)
  })

  it('[TR-26] epoch confusion: a key that a stranger holds, too: epoch-unsafe', async () => {
    client = new ModifiedClient(two)
    const { crypto, clock } = contextOf()
    const before = await standing()
    const stranger = { device: toHex(crypto.signingPair().publicKey) as DeviceId, boxKey: crypto.boxPair().publicKey }
    const { payload, key } = createEpoch(crypto, {
      channel: client.channel,
      parents: leaves(client.runtime.members).map(({ id }) => id),
      recipients: [...readers(client.runtime.members, clock.now()), stranger],
      earlier: [],
    })
    const made = client.seal([control(payload)], { epoch: null })
    await client.tell([made])
    client.keep(made)
    const id = client.held.last as string as EpochId
    const under = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })], { epoch: { id, key } })
    await client.tell([under])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'epoch-unsafe' })
    expect(await standing()).toEqual(before)
    client.keep(under)
  })

  it('[TR-26] key equivocation: one key for A and another for the rest: A makes a new one, and what was written waits for its key', async () => {
    client = new ModifiedClient(two)
    const { crypto, clock } = contextOf()
    const before = await standing()
    const members = readers(client.runtime.members, clock.now())
    const { payload, key } = createEpoch(crypto, {
      channel: client.channel,
      parents: leaves(client.runtime.members).map(({ id }) => id),
      recipients: members,
      earlier: [],
    })
    const other = createEpoch(crypto, {
      channel: client.channel,
      parents: [],
      recipients: members,
      earlier: [],
    }).payload
    const boxes = payload.boxes.map((box) => (box.device === deviceOf(two.a) ? (other.boxes.find(({ device }) => device === box.device) ?? box) : box)) // prettier-ignore
    const made = client.seal([control({ ...payload, boxes })], { epoch: null })
    await client.tell([made])
    client.keep(made)
    const id = client.held.last as string as EpochId
    const under = client.seal([joint(updateOf(ownClient(11), base(), (ydoc) => ydoc.getMap('consensus').set('equivocal', { quantity: 1, note: null })), 11)], { epoch: { id, key } }) // prettier-ignore
    await client.tell([under])
    client.keep(under)
    expect(await standing()).toEqual(before)
    const waiting = () => two.a.engine.desk.session.hub.runtime(client.channel)?.admission.waiting()
    expect(waiting()).toEqual([{ feed: client.feed, count: 1 }])
    // A is not kept from writing by a key that it was not given.
    await agree(two.a.client, 77)
    expect((await two.a.client.artifacts.open({ artifact })).consensus?.[cellKey(cells[0] as never)]?.quantity).toBe(77)
    // B tells A the key after all, wrapped under one that both hold: what waited is judged like anything else.
    const honest = createEpoch(crypto, {
      channel: client.channel,
      parents: [id],
      recipients: members,
      earlier: [{ epoch: id, key }],
    }).payload
    const told = client.seal([control(honest)], { epoch: null })
    await client.tell([told])
    client.keep(told)
    expect(waiting()).toEqual([])
  })
})

describe('[story 2] a modified client of B attacks over the link, message by message', () => {
  beforeAll(begin, 60_000)
  afterAll(() => two.end())
  afterEach(() => expectHonestWorkGoesOn(), 60_000)

  it('[TR-26] replay: all that B and A ever wrote, three times: taken once, and nothing is noted', async () => {
    client = new ModifiedClient(two)
    const { log } = contextOf().vault
    const [before, noted] = [await standing(), (await refusals(two.a)).length]
    const all = [...log.replay(client.channel)].map(({ feed, lastSeq, bytes }): CarriedRun => ({ feed: feed as FeedId, lastSeq, bytes })) // prettier-ignore
    for (let again = 0; again < 3; again++) await client.tell(again === 1 ? all.toReversed() : all)
    expect((await refusals(two.a)).slice(noted)).toEqual([])
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] downgrade: a run of an earlier format, and of an earlier suite: malformed', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    const run = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })])
    for (const at of [4, 5]) {
      await client.tell([{ ...run, bytes: run.bytes.map((byte, index) => (index === at ? 0 : byte)) }])
      expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'malformed' })
    }
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] downgrade: a protocol from before the first ends the link', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    client.send({ type: 'hello', version: 0, channels: [client.channel] })
    await closed()
    expect(await standing()).toEqual(before)
  })

  it('[EX-4] unknown newer version: a run that only a later version reads is kept for it: newer-version', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    const run = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })])
    await client.tell([{ ...run, bytes: run.bytes.map((byte, at) => (at === 4 ? 9 : byte)) }])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'newer-version' })
    expect(two.a.engine.desk.session.context.vault.records.list('parked-run')).toHaveLength(1)
    expect(await standing()).toEqual(before)
  })

  it('[EX-4] unknown newer version: a protocol of later years ends the link, and a kind of message of theirs is skipped', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    client.sendBytes(Uint8Array.of(0x82, 0x18, 99, 0x01))
    await client.tell([])
    expect(client.closed).toBe(false)
    client.send({ type: 'hello', version: 2, channels: [client.channel] })
    await closed()
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] flood: a hello of a thousand channels that are none', async () => {
    client = new ModifiedClient(two)
    const before = await standing()
    const channels = Array.from(
      { length: 1_000 },
      (_, at) => at.toString(16).padStart(64, '0') as typeof client.channel,
    )
    for (let again = 0; again < 5; again++)
      client.send({ type: 'hello', version: 1, channels: [client.channel, ...channels.slice(again * 200)] })
    await client.tell([])
    const { hub } = two.a.engine.desk.session
    expect(hub.runtimesOf(client.runtime.workspace).length).toBeLessThanOrEqual(1 + 64)
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] flood: noise ends the link, again and again', async () => {
    const before = await ((client = new ModifiedClient(two)), standing())
    for (let again = 0; again < 10; again++) {
      client.sendBytes(contextOf().crypto.random(1000))
      await closed()
      client = new ModifiedClient(two)
    }
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] [SYN-14] flood: feeds of devices that nobody certified fill their own share and nobody else\u2019s: over-quota', async () => {
    client = new ModifiedClient(two)
    const { crypto } = contextOf()
    const before = await standing()
    const strangers = Array.from({ length: QUOTA.strangers + 5 }, () => {
      const pair = crypto.signingPair()
      const feed = (toHex(pair.publicKey) + toHex(crypto.random(16))) as FeedId
      return client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })], { feed, secret: pair.secretKey, heads: [] }) // prettier-ignore
    })
    await client.tell(strangers)
    const codes = (await refusals(two.a)).map(({ code }) => code)
    expect(codes.filter((code) => code === 'over-quota').length).toBeGreaterThanOrEqual(5)
    expect(await standing()).toEqual(before)
  })

  async function closed(): Promise<void> {
    while (!client.closed) await new Promise((resolve) => setImmediate(resolve))
  }
})

describe('[story 2] what B can never take back', () => {
  afterEach(() => two.end())

  it('[TR-26] withheld ancestry: an entry waits for the head that it names, whose owner is asked, and counts when it comes', async () => {
    await begin()
    client = new ModifiedClient(two)
    const before = await standing()
    // Another life of B's own log, of which A is told nothing.
    const other = (deviceOf(two.b) + toHex(contextOf().crypto.random(16))) as FeedId
    const hidden = client.seal([joint(updateOf(clientId(contextOf().crypto, other, sectionKey(artifact, JOINT), 0), base(), (ydoc) => ydoc.getMap('consensus').set('hidden', { quantity: 2, note: null })))], { feed: other }) // prettier-ignore
    client.keep(hidden)
    const leaning = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })])
    await client.tell([leaning])
    client.keep(leaning)
    expect(await standing()).toEqual(before)
    expect(client.heard.some((said) => said.type === 'need' && said.feed === other)).toBe(true)
    expect(two.a.engine.desk.session.hub.runtime(client.channel)?.admission.waiting()).toEqual([{ feed: client.feed, count: 1 }]) // prettier-ignore
    await agree(two.a.client, 55)
    await client.tell([hidden])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'not-authorised' })
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] fork: two entries under one number convict the feed; A keeps the proof, nothing behind it counts, and B goes on as a new life of its log: forked', async () => {
    await begin()
    client = new ModifiedClient(two)
    const write = (name: string) => joint(updateOf(ownClient(13), base(), (ydoc) => ydoc.getMap('consensus').set(name, { quantity: 3, note: null })), 13) // prettier-ignore
    const [left, right] = [client.seal([write('left')]), client.seal([write('right')])]
    const before = await standing()
    await client.tell([left])
    expect(JSON.stringify((await standing()).forecast)).toContain('left')
    await client.tell([right])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'forked' })
    expect(two.a.engine.desk.session.context.vault.records.list('fork-proof')).toHaveLength(1)
    // Neither side counts, whichever came first; the screen shows both entries.
    expect((await standing()).forecast).toEqual(before.forecast)
    expect(JSON.stringify((await standing()).partners)).toContain('"forks":[{')
    // A restart forgets nothing.
    await two.a.client.vault.lock()
    await two.a.client.vault.unlock({ passphrase: two.a.passphrase })
    expect(two.a.engine.desk.session.hub.runtime(client.channel)?.admission.forks.of(client.feed)).toBeDefined()
    // B's vault is put back from before: another incarnation, another feed.
    await two.b.client.vault.lock()
    two.b.engine.desk.tools.files.writeSidecar(two.b.directory + '/company', 'anchor', new Uint8Array())
    await two.b.client.vault.unlock({ passphrase: two.b.passphrase })
    expect(client.feed).not.toBe(left.feed)
    client.close()
    const wire = two.wire()
    await agree(two.b.client, 4321)
    const tip = client.held.length
    while ((two.a.engine.desk.session.hub.runtime(client.channel)?.admission.index.line(client.feed)?.admitted.length ?? 0) < tip) await new Promise((resolve) => setImmediate(resolve)) // prettier-ignore
    wire.cut()
    const seen = await two.a.client.artifacts.open({ artifact })
    expect(JSON.stringify(seen.consensus)).toContain('4321')
  })

  it('[TR-26] [SYN-70] backdating after revocation: what a lost device writes into the past waits for a witness that never comes: beyond-cut', async () => {
    await begin()
    const { a, b } = two
    const saved = await download(b, await b.client.vault.backup())
    const directory = join(two.root, 'new machine')
    const fresh = await startCompany({ directory, passphrase: b.passphrase, clock: two.clock, scheduler: two.clock })
    const backup = await upload(fresh, 'b.mithaq-backup', saved)
    await fresh.client.vault.restore({ upload: backup, unlock: { passphrase: b.passphrase } })
    await fresh.client.company.replaceDevice({ companyWords: [...two.words.b] })
    const bring = async (from: Company, to: Company) =>
      openFile(to, await download(from, await from.client.workspaces.exportSync({ workspace: two.workspace })))
    await bring(fresh, a)
    // The thief has B's old machine, which has heard of nothing, and seals as if it were yesterday.
    client = new ModifiedClient(two)
    const before = await standing()
    const at = (two.clock.now() - 86_400_000) as Instant
    const backdated = client.seal([joint(updateOf(ownClient(15), base(), (ydoc) => ydoc.getMap('consensus').set('yesterday', { quantity: 9, note: null })), 15)], { at }) // prettier-ignore
    await client.tell([backdated])
    const { partners, ...after } = await standing()
    expect({ ...after, partners: before.partners }).toEqual(before)
    // What waits is shown beside the device that wrote it.
    expect(JSON.stringify(partners)).toContain('"parked":1')
    const runtime = a.engine.desk.session.hub.runtime(client.channel)
    expect(runtime?.admission.beyondCuts()).toEqual([{ feed: backdated.feed, flagged: 0, parked: 1 }])
    // Nothing moves it in later, neither a restart nor what others write; and B's new machine goes on.
    await a.client.vault.lock()
    await a.client.vault.unlock({ passphrase: a.passphrase })
    await agree(a.client, 70)
    await bring(a, fresh)
    await agree(fresh.client, 71)
    await bring(fresh, a)
    const { consensus } = await a.client.artifacts.open({ artifact })
    expect(consensus?.[cellKey(cells[0] as Cell & { bucket: IsoMonth })]?.quantity).toBe(71)
    expect(JSON.stringify(consensus)).not.toContain('yesterday')
    expect([...a.bugs, ...fresh.bugs]).toEqual([])
    fresh.engine.close()
  })

  it('[TR-26] [SYN-77] backdating after removal: what the removed company writes into the past, with all its keys, waits: beyond-cut', async () => {
    await begin()
    client = new ModifiedClient(two)
    const backdated = client.seal([yesterday(16)], { at: (two.clock.now() - 86_400_000) as Instant })
    client.close()
    const company = two.b.engine.desk.session.hub.identity.card.company
    await two.a.client.workspaces.removeCompany({ workspace: two.workspace, company })
    await expectNoEffect(backdated)
  })

  it('[TR-26] [SYN-77] backdating after leaving: what a company that left writes into the past, under a feed of its own making, waits: beyond-cut', async () => {
    await begin()
    client = new ModifiedClient(two)
    const { crypto } = contextOf()
    const feed = `${deviceOf(two.b)}${toHex(crypto.random(16))}` as FeedId
    const replica = clientId(crypto, feed, sectionKey(artifact, JOINT), 16)
    const backdated = client.seal([joint(updateOf(replica, base(), (ydoc) => ydoc.getMap('consensus').set('yesterday', { quantity: 9, note: null })), 16)], { feed, nextSeq: 1, previous: null, at: (two.clock.now() - 86_400_000) as Instant }) // prettier-ignore
    client.close()
    await two.b.client.workspaces.leave({ workspace: two.workspace })
    await openFile(two.a, await download(two.b, await two.b.client.workspaces.exportSync({ workspace: two.workspace })))
    await expectNoEffect(backdated)
    // Who left keeps what it had, and can still show it.
    const seen = await two.b.client.artifacts.open({ artifact })
    expect(seen.consensus?.[cellKey(cells[0] as Cell & { bucket: IsoMonth })]?.quantity).toBe(40)
  })
})
