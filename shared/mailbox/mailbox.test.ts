import { describe, expect, it } from 'vitest'
import { memoryMailbox } from '#adapters/mailbox/memory.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { createEpoch } from '#shared/membership/epoch.ts'
import { writeControl } from '#shared/membership/control.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { encodeMessage, PROTOCOL } from '#shared/sync/message.ts'
import { HOST, MailboxCaller, settle, show } from '../../test/support/mailbox-caller.ts'
import { NOON } from '../../test/properties/party.ts'
import { Peer } from '../../test/properties/peer.ts'
import { world } from '../../test/properties/sync-world.ts'
import { MailboxFloor } from './floor.ts'
import { DEFAULT_QUOTA, Mailbox, type MailboxQuota } from './mailbox.ts'

const crypto = await createCrypto()
const DAY = 86_400_000
/** Somebody at the mailbox who may do whatever a member may. */
const by = (peer: Peer, mayCreate = () => true) => ({ device: peer.party.device, brings: false, mayCreate })

/** A mailbox, its callers and a clock by hand. */
function mailbox(quota: Partial<MailboxQuota> = {}, store = memoryMailbox()) {
  const time = { now: NOON as number }
  const clock = { now: () => time.now as Instant }
  const box = new Mailbox(crypto, clock, store, { ...DEFAULT_QUOTA, ...quota })
  const floor = new MailboxFloor(crypto, box)
  const call = (peer: Peer, options?: ConstructorParameters<typeof MailboxCaller>[2]): MailboxCaller =>
    new MailboxCaller(floor, peer, options)
  return { box, floor, store, time, call }
}
const members = (...names: readonly string[]) => world(crypto, names) as unknown as readonly [Peer, Peer, Peer]
const say = (peer: Peer, size = 10, count = 1): void => {
  for (let run = 0; run < count; run++) peer.take(peer.seal([{ kind: 'blob', payload: crypto.random(size) }]))
}
const held = (peer: Peer): unknown =>
  [...peer.channel.index.held()].sort((one, other) => (one.feed < other.feed ? -1 : 1))
const kept = (box: Mailbox, peer: Peer): unknown =>
  [...box.shelf.tips(peer.id)].sort((one, other) => (one.feed < other.feed ? -1 : 1))
/** A key for these devices alone, made by `peer` whatever its engine thinks of it. */
const keyFor = (peer: Peer, others: readonly Peer[]): Uint8Array => {
  const { payload } = createEpoch(crypto, {
    channel: peer.id,
    parents: [[...peer.keys.keys()].at(-1) as never],
    recipients: others.map(({ party }) => ({ device: party.device, boxKey: party.box.publicKey })),
    earlier: [],
  })
  return peer.seal([{ kind: 'control', payload: writeControl(payload) }], { clear: true })
}

describe('a mailbox between two that never meet', () => {
  it('[MBX-1, MBX-2] keeps what one brings, and hands it to the other who knows the channel by its name only', () => {
    const { box, call } = mailbox()
    const [amal, badr] = members('Amal', 'Badr')
    say(amal, 400_000, 4)
    const first = call(amal)
    settle(first)
    expect(first.status).toBe('"level"')
    expect(kept(box, amal)).toEqual(held(amal))
    say(badr, 300_000, 3)
    const second = call(badr, { knows: false })
    settle(second)
    expect(held(badr)).toEqual(kept(box, badr))
    expect(second.status).toBe('"level"')
    settle(call(amal))
    expect(held(amal)).toEqual(held(badr))
  })

  it('[MBX-23] passes on what one brings to who is connected', () => {
    const { call } = mailbox()
    const [amal, badr] = members('Amal', 'Badr')
    const callers = [call(amal), call(badr)]
    settle(...callers)
    say(amal)
    callers[0]?.tell('grown')
    settle(...callers)
    expect(held(badr)).toEqual(held(amal))
  })

  it('[MBX-6] takes a channel whole from a member who did not create it, whatever stands first in a batch', () => {
    const { box, call } = mailbox()
    const [amal, badr] = members('Amal', 'Badr')
    say(badr, 200_000, 5)
    say(amal, 200_000, 5)
    for (const [feed, runs] of amal.runs) for (const run of runs) if (feed === amal.party.feed) badr.take(run.bytes)
    const caller = call(badr)
    settle(caller)
    caller.tell('tick')
    settle(caller)
    expect(kept(box, badr)).toEqual(held(badr))
  })

  it('[MBX-9] is the same after a restart', () => {
    const store = memoryMailbox()
    const [amal, badr] = members('Amal', 'Badr')
    const before = mailbox({}, store)
    say(amal, 100, 3)
    settle(before.call(amal))
    const { box, call } = mailbox({}, store)
    expect(box.counts()).toEqual(before.box.counts())
    settle(call(badr, { knows: false }))
    expect(held(badr)).toEqual(held(amal))
  })
})

describe('a hostile caller', () => {
  it('[MBX-21] who is not announced learns nothing, not even that the channel is here', () => {
    const { call, box } = mailbox()
    const [amal] = members('Amal', 'Badr')
    settle(call(amal))
    const [mallory] = members('Mallory')
    // Knows the workspace and the channel, say from having been in it: but no key was ever made for this device.
    const stranger = call(new Peer(crypto, amal.genesis, amal.id, mallory.party))
    settle(stranger)
    const listener = call(new Peer(crypto, amal.genesis, amal.id, mallory.party), { knows: false })
    settle(listener)
    expect(stranger.heard.map(({ type }) => type)).toEqual(['hello', 'refused'])
    expect(listener.heard).toEqual([{ type: 'hello', version: PROTOCOL, channels: [] }])
    const before = box.counts()
    for (const run of amal.runs.get(amal.party.feed) ?? []) stranger.say(show(amal.id, run.bytes))
    settle(stranger)
    expect(box.counts()).toEqual(before)
    expect(stranger.heard.every(({ type }) => type === 'hello' || type === 'refused')).toBe(true)
  })

  it('[MBX-20] is turned away without the key of the device that it names, or at another mailbox', () => {
    const { call } = mailbox()
    const [amal] = members('Amal')
    const [mallory] = members('Mallory')
    const thief = call(new Peer(crypto, amal.genesis, amal.id, { ...amal.party, signing: mallory.party.signing }))
    settle(thief)
    expect([thief.verdict, thief.closed]).toEqual(['mailbox-bad-proof', true])
    const relayed = call(amal, { host: 'elsewhere.example' })
    settle(relayed)
    expect([relayed.verdict, relayed.closed]).toEqual(['mailbox-wrong-name', true])
    expect(HOST).not.toBe('elsewhere.example')
  })

  it('[MBX-1] brings forged, altered, foreign and misplaced runs in vain', () => {
    const { box } = mailbox()
    const [amal, badr] = members('Amal', 'Badr')
    const { workspace } = amal.genesis
    const own = [...amal.runs.values()].flatMap((runs) => runs.map(({ bytes }) => bytes))
    box.receive(workspace, amal.id, by(amal), own)
    const before = box.counts()
    const bring = (bytes: Uint8Array, into = amal.id) => box.receive(workspace, into, by(amal), [bytes]).refused
    const sealed = amal.seal([{ kind: 'blob', payload: crypto.random(50) }])
    for (let at = 0; at < sealed.length; at += 7) {
      const altered = sealed.slice()
      altered[at] = (altered[at] as number) ^ 1
      const came = bring(altered)
      expect(came === undefined ? 'kept' : came, `bit at ${at}`).not.toBe('kept')
    }
    expect(bring(new Uint8Array(9 * 1024 * 1024))).toBe('unreadable')
    const [elsewhere] = members('Amal')
    const [first] = elsewhere.runs.get(elsewhere.party.feed) ?? []
    expect(bring(first?.bytes ?? sealed)).toBe('not-genuine')
    expect(bring(sealed, elsewhere.id)).toBe('not-genuine')
    // Signed by a device that nobody announced.
    const [mallory] = members('Mallory')
    const intruder = new Peer(crypto, amal.genesis, amal.id, mallory.party)
    for (const [id, key] of amal.keys) intruder.keys.set(id, key)
    const foreign = intruder.seal([{ kind: 'blob', payload: crypto.random(9) }], { epoch: [...amal.keys.keys()].at(-1) as never }) // prettier-ignore
    expect(bring(foreign)).toBe('not-yet')
    // A fork of a feed, and the same again.
    expect(bring(sealed)).toBeUndefined()
    const length = box.counts().bytes
    badr.take(sealed)
    const fork = new Peer(crypto, amal.genesis, amal.id, amal.party)
    for (const bytes of own) fork.take(bytes)
    expect(bring(fork.seal([{ kind: 'blob', payload: crypto.random(50) }]))).toBe('not-genuine')
    expect(bring(sealed)).toBeUndefined()
    expect(box.counts()).toEqual({ channels: before.channels, bytes: length })
  })

  it('[MBX-24] says nonsense, or speaks of a later version, and ends only the own session', () => {
    const { call } = mailbox()
    const [amal, badr] = members('Amal', 'Badr')
    const callers = [call(amal), call(badr)] as const
    settle(...callers)
    callers[0].say(Uint8Array.of(1, 2, 3))
    settle(...callers)
    expect(callers.map(({ closed }) => closed)).toEqual([true, false])
    const newer = call(amal)
    settle(newer)
    newer.say(encodeMessage({ type: 'hello', version: PROTOCOL + 1, channels: [] }))
    settle(newer)
    expect(newer.closed).toBe(true)
    const { call: fresh } = mailbox()
    const early = fresh(badr)
    early.say(encodeMessage({ type: 'hello', version: PROTOCOL, channels: [badr.id] }))
    settle(early)
    expect([early.closed, early.heard]).toEqual([true, []])
  })

  it('[MBX-7] finds quotas for a channel, for feeds, for new channels and for all, and nothing held is lost', () => {
    const [amal, badr] = members('Amal', 'Badr')
    const { workspace } = amal.genesis
    const own = [...amal.runs.values()].flatMap((runs) => runs.map(({ bytes }) => bytes))
    const bring = (quota: Partial<MailboxQuota>, runs: readonly Uint8Array[], may = () => true) => {
      const { box } = mailbox(quota)
      const first = box.receive(workspace, amal.id, by(amal, may), own)
      const second = box.receive(workspace, amal.id, by(amal, may), runs)
      return [first.refused, second.refused, box.counts().channels] as const
    }
    const more = [amal.seal([{ kind: 'blob', payload: crypto.random(50_000) }])]
    const other = [badr.seal([{ kind: 'blob', payload: crypto.random(10) }])]
    expect(bring({}, more)).toEqual([undefined, undefined, 1])
    expect(bring({ channelBytes: 40_000 }, more)).toEqual([undefined, 'full', 1])
    expect(bring({ totalBytes: 40_000 }, more)).toEqual([undefined, 'full', 1])
    expect(bring({ feedsPerChannel: 1 }, other)).toEqual([undefined, 'full', 1])
    expect(bring({}, more, () => false)).toEqual(['full', 'not-yet', 0])
  })
})

describe('a device that was dropped', () => {
  it('[MBX-3, MBX-4] is cut off at once; what it wrote before is still supplied by others', () => {
    const { box, call } = mailbox()
    const [amal, badr, dana] = members('Amal', 'Badr', 'Dana')
    const callers = [call(amal), call(badr), call(dana)] as const
    settle(...callers)
    say(dana)
    for (const run of dana.runs.get(dana.party.feed) ?? []) badr.take(run.bytes)
    const before = callers[2].heard.length
    amal.take(keyFor(amal, [amal, badr]))
    callers[0].tell('grown')
    settle(...callers)
    expect(box.isAnnounced(amal.id, dana.party.device)).toBe(false)
    say(amal)
    say(dana)
    callers[0].tell('grown')
    callers[2].tell('tick')
    settle(...callers)
    // It hears that it is out, and nothing of the channel any more.
    expect(callers[2].heard.slice(before).map(({ type }) => type)).toEqual(['hello', 'refused', 'hello', 'refused'])
    callers[1].tell('tick')
    settle(...callers)
    expect(box.shelf.tips(amal.id).find(({ feed }) => feed === dana.party.feed)?.seq).toBe(1)
    expect(held(amal)).toEqual(kept(box, amal))
    expect(held(badr)).toEqual(held(amal))
  })

  it('[MBX-22] comes in again only by an announcement that names it, which it may show itself', () => {
    const { box, call } = mailbox()
    const [amal, badr, dana] = members('Amal', 'Badr', 'Dana')
    amal.take(keyFor(amal, [amal, badr]))
    settle(call(amal))
    const caller = call(dana)
    settle(caller)
    expect(caller.heard.map(({ type }) => type)).toEqual(['hello', 'refused'])
    caller.say(show(dana.id, dana.seal([{ kind: 'blob', payload: crypto.random(5) }])))
    settle(caller)
    expect(box.isAnnounced(amal.id, dana.party.device)).toBe(false)
    const back = keyFor(amal, [amal, badr, dana])
    amal.take(back)
    dana.take(back)
    caller.say(show(dana.id, back))
    settle(caller)
    expect(box.isAnnounced(amal.id, dana.party.device)).toBe(true)
    expect(caller.heard.map(({ type }) => type)).toContain('frontier')
  })
})

describe('what a mailbox lacks', () => {
  it('[MBX-8] is shown as a gap, asked of whoever has it, and handed on', () => {
    const { box, call, store, time } = mailbox({ days: 10 })
    const [amal, badr] = members('Amal', 'Badr')
    say(amal, 100, 3)
    settle(call(amal))
    time.now += 11 * DAY
    say(amal, 100, 1)
    settle(call(amal))
    expect(box.expire()).toBeGreaterThan(0)
    const caller = call(badr)
    settle(caller)
    expect(held(badr)).not.toEqual(held(amal))
    expect(caller.sync.standing(badr.id)?.wanting).toMatchObject([{ feed: amal.party.feed, count: 4 }])
    expect(caller.status).toBe('"behind"')
    // Amal comes by: she is asked, and Badr hears at his next word.
    settle(call(amal), caller)
    caller.tell('tick')
    settle(caller)
    expect(held(badr)).toEqual(held(amal))
    expect(caller.status).toBe('"level"')
    expect(store.tips(amal.id)).toHaveLength(1)
  })

  it('[MBX-8] is not filled by what does not hang together with what is there', () => {
    const { box, time } = mailbox({ days: 10 })
    const [amal] = members('Amal', 'Badr')
    const { workspace } = amal.genesis
    const bring = (...runs: readonly Uint8Array[]) => box.receive(workspace, amal.id, by(amal), runs).refused
    const runs = (): readonly Uint8Array[] => (amal.runs.get(amal.party.feed) ?? []).map(({ bytes }) => bytes)
    const fork = new Peer(crypto, amal.genesis, amal.id, amal.party)
    for (const bytes of runs()) fork.take(bytes)
    const at = runs().length
    say(amal, 20, 3)
    say(fork, 20, 3)
    bring(...runs())
    const other = (fork.runs.get(amal.party.feed) ?? []).map(({ bytes }) => bytes)
    time.now += 11 * DAY
    amal.take(amal.seal([{ kind: 'blob', payload: crypto.random(5) }]))
    bring(...runs().slice(-1))
    box.expire()
    const has = (seq: number): boolean => box.holdsEntry(amal.id, amal.party.feed as FeedId, seq)
    const lost = [1, 2, 3].map((more) => at + more).filter((seq) => !has(seq))
    expect(lost.length).toBeGreaterThan(1)
    // The last one before what is held does not lead to it; nor does the first one hang in what is held before.
    expect(bring(other.at(-1) ?? new Uint8Array())).toBe('not-genuine')
    expect(lost.map(has)).toEqual(lost.map(() => false))
    // The true ones do, from either end.
    expect(bring(runs().at(-2) ?? new Uint8Array())).toBeUndefined()
    expect(bring(...runs())).toBeUndefined()
    expect(lost.map(has)).toEqual(lost.map(() => true))
  })

  it('[MBX-10] expires, but feeds go on and devices stay announced until the channel has been silent', () => {
    const { box, call, time } = mailbox({ days: 10 })
    const [amal, badr] = members('Amal', 'Badr')
    say(amal, 1_000, 5)
    settle(call(amal))
    time.now += 9 * DAY
    say(amal, 10)
    settle(call(amal))
    time.now += 2 * DAY
    expect(box.expire()).toBeGreaterThan(4_000)
    expect(box.isAnnounced(amal.id, badr.party.device)).toBe(true)
    say(amal, 10)
    const again = call(amal)
    settle(again)
    expect(again.status).toBe('"level"')
    expect(kept(box, amal)).toEqual(held(amal))
    time.now += 11 * DAY
    box.expire()
    expect(box.counts()).toEqual({ channels: 0, bytes: 0 })
    settle(call(amal))
    expect(kept(box, amal)).toEqual(held(amal))
  })
})
