import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { concat } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import { backlog } from '#shared/sync/backlog.ts'
import { decodeMessage, encodeMessage, MESSAGE_LIMITS, PROTOCOL, type Message } from '#shared/sync/message.ts'
import { WINDOW } from '#shared/sync/outflow.ts'
import { SyncSession, type SyncEffect } from '#shared/sync/session.ts'
import { Link } from './network.ts'
import { JOINT, Peer } from './peer.ts'
import { world } from './sync-world.ts'

const crypto = await createCrypto()
const pair = (): readonly [Peer, Peer] => world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
const chunk = (size: number) => ({ kind: 'blob', payload: crypto.random(size) }) as const

/** Own runs of `count` chunks of `size` bytes each, taken. */
function fill(peer: Peer, runs: number, size: number, count = 1): void {
  for (let run = 0; run < runs; run++) peer.take(peer.seal(Array.from({ length: count }, () => chunk(size))))
}
const sent = (effects: readonly SyncEffect[]): readonly Message[] =>
  effects.flatMap((effect) => {
    const decoded = effect.type === 'send' ? decodeMessage(effect.bytes) : undefined
    return decoded?.ok === true ? [decoded.value] : []
  })

describe('a sync session', () => {
  it('[SYN-41] a backlog of 30 MB arrives in bounded messages, few of them under way at once', () => {
    const [a, b] = pair()
    fill(a, 60, 500_000)
    const link = new Link(a, b)
    link.open()
    let most = 0
    do most = Math.max(most, link.ends[1].inbox.length)
    while (link.step())
    expect(b.channel.index.held()).toEqual(a.channel.index.held())
    expect(link.largest).toBeLessThanOrEqual(MESSAGE_LIMITS.bytes)
    expect(most).toBeLessThanOrEqual(WINDOW + 3)
    expect(link.ends.map(({ status }) => status)).toEqual(['level', 'level'])
  })

  it('[SYN-42] a run larger than a message travels in pieces', () => {
    const [a, b] = pair()
    fill(a, 1, 900_000, 7)
    fill(a, 3, 100)
    const link = new Link(a, b)
    link.open()
    link.run()
    expect(b.channel.index.held()).toEqual(a.channel.index.held())
    expect(link.largest).toBeLessThanOrEqual(MESSAGE_LIMITS.batch + 200)
  })

  it('[SYN-43] what was lost is sent again when somebody says where they stand', () => {
    const [a, b] = pair()
    const link = new Link(a, b)
    link.open()
    link.run()
    link.cut = true
    fill(a, 3, 700_000)
    for (let count = 0; count < 3; count++) link.grown(a)
    link.run()
    expect(b.channel.index.held()).not.toEqual(a.channel.index.held())
    link.cut = false
    link.tick()
    link.run()
    expect(b.channel.index.held()).toEqual(a.channel.index.held())
  })

  it('[SYN-44] nonsense or a newer protocol ends the session; a message of a later version is skipped', () => {
    const [a] = pair()
    const end = (bytes: Uint8Array) =>
      new SyncSession(a.shelf, [a.id]).handle({ type: 'message', bytes }).find(({ type }) => type === 'close')
    expect(end(Uint8Array.of(1, 2, 3))).toEqual({ type: 'close', code: 'malformed' })
    const newer = encodeMessage({ type: 'hello', version: PROTOCOL + 1, channels: [] })
    expect(end(newer)).toEqual({ type: 'close', code: 'newer-version' })
    expect(end(encode([42]))).toBeUndefined()
    const session = new SyncSession(a.shelf, [a.id])
    session.handle({ type: 'message', bytes: newer })
    expect(session.handle({ type: 'opened' })).toEqual([])
  })

  it('[SYN-44] nothing is told of a channel that both sides do not name', () => {
    const [a] = pair()
    const [stranger] = pair()
    const session = new SyncSession(a.shelf, [a.id])
    const hello = encodeMessage({ type: 'hello', version: PROTOCOL, channels: [stranger.id] })
    expect(sent(session.handle({ type: 'message', bytes: hello }))).toEqual([])
    const need = encodeMessage({ type: 'need', channel: a.id, feed: a.party.feed, fromSeq: 1 })
    expect(session.handle({ type: 'message', bytes: need })).toEqual([])
  })

  it('[SYN-45] two sides of a fork of one length are exchanged, so that both come to hold the proof', () => {
    const [a, b] = pair()
    const left = a.seal([chunk(10)])
    const right = a.seal([chunk(11)])
    a.take(left)
    b.take(right)
    const link = new Link(a, b)
    link.open()
    link.run()
    expect(a.proofs.map(({ feed }) => feed)).toEqual([a.party.feed])
    expect(b.proofs.map(({ feed }) => feed)).toEqual([a.party.feed])
  })

  it('[SYN-43] a gap is asked for once, and filled', () => {
    const [a, b] = pair()
    const link = new Link(a, b)
    link.open()
    link.run()
    link.cut = true
    fill(a, 1, 10)
    link.grown(a)
    link.cut = false
    fill(a, 1, 10)
    link.grown(a)
    link.run()
    expect(b.channel.index.held()).toEqual(a.channel.index.held())
    const session = new SyncSession(b.shelf, [b.id])
    const gap = { feed: a.party.feed, fromSeq: 9 }
    const taken = { type: 'taken', channel: b.id, needs: [gap], missing: [] } as const
    const needs = [1, 2].flatMap(() => sent(session.handle(taken)).filter(({ type }) => type === 'need'))
    expect(needs).toEqual([{ type: 'need', channel: b.id, ...gap }])
  })

  it('[SYN-48] is level when the other side has said that it holds everything, not when it was sent', () => {
    const [a, b] = pair()
    fill(a, 5, 300_000)
    const link = new Link(a, b)
    link.open()
    const statuses: unknown[] = []
    while (link.step()) {
      const behind = (b.channel.index.line(a.party.feed)?.hashes.length ?? 0) < (a.channel.index.line(a.party.feed)?.hashes.length ?? 0) // prettier-ignore
      if (behind) statuses.push(link.ends[0].status)
    }
    expect(statuses.length).toBeGreaterThan(5)
    expect(statuses).not.toContain('level')
    expect(link.ends[0].status).toBe('level')
  })

  it('[SYN-49] asks once for what the other side names and does not send; its other feeds arrive', () => {
    const [a, b] = pair()
    fill(a, 4, 10)
    fill(b, 2, 10)
    for (const run of b.runs.get(b.party.feed) ?? []) a.take(run.bytes)
    const from = b.channel.index.line(a.party.feed)?.hashes.length ?? 0
    const c = new Peer(crypto, b.genesis, b.id, b.party)
    for (const run of b.runs.get(a.party.feed) ?? []) c.take(run.bytes)
    // Between what c holds and the end of a's feed, a holds nothing any more.
    const holed = { ...a.shelf, runs: (...[channel, feed, seq, limit]: Parameters<typeof a.shelf.runs>) => (feed === a.party.feed && seq <= from + 2 ? [] : a.shelf.runs(channel, feed, seq, limit)) } // prettier-ignore
    const left = new SyncSession(holed, [a.id])
    const right = new SyncSession(c.shelf, [c.id])
    const toLeft: SyncEffect[] = [...right.handle({ type: 'opened' })]
    const toRight: SyncEffect[] = [...left.handle({ type: 'opened' })]
    const asked: Message[] = []
    for (let moved = true; moved;) {
      moved = false
      for (const effect of toRight.splice(0)) {
        moved = true
        if (effect.type === 'send') toLeft.push(...right.handle({ type: 'message', bytes: effect.bytes }))
      }
      for (const effect of toLeft.splice(0)) {
        moved = true
        if (effect.type === 'take') {
          for (const { bytes } of effect.runs) c.take(bytes)
          toLeft.push(...right.handle({ type: 'taken', channel: c.id, needs: [], missing: [] }))
        } else if (effect.type === 'send') {
          asked.push(...sent([effect]).filter(({ type }) => type === 'need'))
          toRight.push(...left.handle({ type: 'message', bytes: effect.bytes }))
        }
      }
    }
    expect(c.channel.index.line(b.party.feed)?.hashes).toEqual(b.channel.index.line(b.party.feed)?.hashes)
    expect(asked).toEqual([{ type: 'need', channel: c.id, feed: a.party.feed, fromSeq: from + 1 }])
    expect(right.standing(c.id)?.wanting).toEqual([{ feed: a.party.feed, fromSeq: from + 1, count: 4 }])
    expect(right.standing(c.id)?.theirs(a.party.feed)).toBe(from + 4)
  })

  it('[SYN-90] what is held of another past is sent inside the window, and a large run holds up nothing behind it', () => {
    const [a, b] = pair()
    // Behind a fork these stand in nobody's frontier.
    const feed = a.party.feed
    const large = { feed, lastSeq: 900, bytes: crypto.random(3 * MESSAGE_LIMITS.batch) }
    const others = [large, ...Array.from({ length: 3 * WINDOW }, (_, at) => ({ feed, lastSeq: 901 + at, bytes: crypto.random(MESSAGE_LIMITS.batch - 100) }))] // prettier-ignore
    const session = new SyncSession({ ...a.shelf, others: () => others }, [a.id])
    const say = (message: Message) => sent(session.handle({ type: 'message', bytes: encodeMessage(message) }))
    const tips = a.channel.index.held()
    say({ type: 'hello', version: PROTOCOL, channels: [a.id] })
    say({ type: 'frontier', channel: a.id, whole: true, taken: 0, tips })
    const need = { type: 'need', channel: a.id, feed, fromSeq: 800 } as const
    // Asked for twice, it travels once.
    const waves = [[...say(need), ...say(need)]]
    for (let wave = waves[0]; wave && wave.length > 0 && waves.length < 20; wave = waves.at(-1))
      waves.push([...say({ type: 'frontier', channel: a.id, whole: false, taken: wave.length, tips: [] })])
    for (const wave of waves) expect(wave.length).toBeLessThanOrEqual(WINDOW + 1)
    const messages = waves.flat()
    const pieces = messages.flatMap((message) => (message.type === 'piece' ? [message.bytes] : []))
    expect(concat(...pieces)).toEqual(large.bytes)
    const runs = messages.flatMap((message) => (message.type === 'runs' ? message.runs : []))
    expect(runs.map(({ lastSeq }) => lastSeq)).toEqual(others.slice(1).map(({ lastSeq }) => lastSeq))
    expect(b.channel.index.held()).toEqual(tips)
  })

  it('[SYN-46] a sealed file holds what the other side lacks, and everything for somebody new', () => {
    const [a, b] = pair()
    const known = new Map(b.channel.index.held().map((tip): [FeedId, number] => [tip.feed, tip.seq]))
    fill(a, 40, 10)
    expect([...backlog(a.shelf, a.id, known)]).toHaveLength(40)
    const late = new Peer(crypto, a.genesis, a.id, b.party)
    for (const { bytes } of backlog(a.shelf, a.id)) late.take(bytes)
    expect(late.channel.index.held()).toEqual(a.channel.index.held())
    expect([...backlog(a.shelf, a.id, new Map(late.channel.index.held().map((tip) => [tip.feed, tip.seq])))]).toEqual(
      [],
    )
  })

  it('[SYN-47] a run is not sent back to who sent it', () => {
    const [a, b] = pair()
    const link = new Link(a, b)
    link.open()
    link.run()
    const runs = { a: 0, b: 0 }
    a.type(JOINT, (writer) => writer.insertText('t', 0, 'x'))
    for (const message of sent(link.ends[0].session.handle({ type: 'grown', channel: a.id }))) {
      if (message.type !== 'runs') continue
      runs.a++
      for (const effect of link.ends[1].session.handle({ type: 'message', bytes: encodeMessage(message) })) {
        if (effect.type === 'take') for (const run of effect.runs) b.take(run.bytes)
      }
    }
    const answers = sent(link.ends[1].session.handle({ type: 'taken', channel: b.id, needs: [], missing: [] }))
    runs.b = answers.filter(({ type }) => type === 'runs').length
    expect(runs).toEqual({ a: 1, b: 0 })
    expect(b.text()).toBe('x')
  })
})
