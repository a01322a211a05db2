import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { artifactIdOf } from '#shared/artifacts/artifact-event.ts'
import { cellKey } from '#shared/artifacts/cell-key.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, DeviceId, EpochId, FeedId, SectionName, SliceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { readers } from '#shared/membership/certificate-of.ts'
import { createEpoch, leaves } from '#shared/membership/epoch.ts'
import { signStatement } from '#shared/membership/statement.ts'
import { TITLE, deviceOf } from '#test/support/two-companies.ts'
import { deletesOnly, nested, updateOf, withGap } from './hostile-updates.ts'
import {
  agree,
  artifact,
  base,
  begin,
  cells,
  certificateFor,
  client,
  contextOf,
  control,
  doc,
  event,
  expectHonestWorkGoesOn,
  identity,
  JOINT,
  joint,
  modify,
  ownClient,
  refusals,
  standing,
  two,
  victim,
  type Saying,
} from './attack-bed.ts'

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
    modify()
    const [before, noted] = [await standing(), (await refusals(two.a)).length]
    const run = client.seal([make()])
    await client.tell([run])
    expect((await refusals(two.a)).slice(noted)).toMatchObject([{ code }])
    expect(await standing()).toEqual(before)
    client.keep(run)
  })

  it('[TR-26] certificate misuse: a device that nobody certified: no-certificate', async () => {
    modify()
    const { crypto } = contextOf()
    const pair = crypto.signingPair()
    const feed = (toHex(pair.publicKey) + toHex(crypto.random(16))) as FeedId
    const before = await standing()
    await client.tell([client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })], { feed, secret: pair.secretKey })]) // prettier-ignore
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'no-certificate' })
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] certificate misuse: an entry that claims a time after its certificate: certificate-not-valid', async () => {
    modify()
    const before = await standing()
    const at = (contextOf().clock.now() + 900 * 86_400_000) as Instant
    const run = client.seal([joint(updateOf(ownClient(), undefined, (ydoc) => ydoc.getMap('consensus').set('x', 1)))], { at }) // prettier-ignore
    await client.tell([run])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'certificate-not-valid' })
    expect(await standing()).toEqual(before)
    client.keep(run)
  })

  it('[TR-26] epoch confusion: a key that was never made in the channel: epoch-not-in-ancestry', async () => {
    modify()
    const before = await standing()
    const epoch = { id: 'cd'.repeat(32) as EpochId, key: contextOf().crypto.random(32) as SymmetricKey }
    const run = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })], { epoch })
    await client.tell([run])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'epoch-not-in-ancestry' })
    expect(await standing()).toEqual(before)
    client.keep(run)
  })

  it('[TR-26] epoch confusion: a key that a stranger holds, too: epoch-unsafe', async () => {
    modify()
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
    modify()
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
