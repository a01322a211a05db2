import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { FeedId } from '#shared/kernel/ids.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { QUOTA } from '#shared/sync/judges.ts'
import type { CarriedRun } from '#shared/sync/message.ts'
import {
  artifact,
  begin,
  client,
  contextOf,
  event,
  expectHonestWorkGoesOn,
  modify,
  refusals,
  standing,
  two,
} from './attack-bed.ts'

describe('[story 2] a modified client of B attacks over the link, message by message', () => {
  beforeAll(begin, 60_000)
  afterAll(() => two.end())
  afterEach(() => expectHonestWorkGoesOn(), 60_000)

  it('[TR-26] replay: all that B and A ever wrote, three times: taken once, and nothing is noted', async () => {
    modify()
    const { log } = contextOf().vault
    const [before, noted] = [await standing(), (await refusals(two.a)).length]
    const all = [...log.replay(client.channel)].map(({ feed, lastSeq, bytes }): CarriedRun => ({ feed: feed as FeedId, lastSeq, bytes })) // prettier-ignore
    for (let again = 0; again < 3; again++) await client.tell(again === 1 ? all.toReversed() : all)
    expect((await refusals(two.a)).slice(noted)).toEqual([])
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] downgrade: a run of an earlier format, and of an earlier suite: malformed', async () => {
    modify()
    const before = await standing()
    const run = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })])
    for (const at of [4, 5]) {
      await client.tell([{ ...run, bytes: run.bytes.map((byte, index) => (index === at ? 0 : byte)) }])
      expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'malformed' })
    }
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] downgrade: a protocol from before the first ends the link', async () => {
    modify()
    const before = await standing()
    client.send({ type: 'hello', version: 0, channels: [client.channel] })
    await closed()
    expect(await standing()).toEqual(before)
  })

  it('[EX-4] unknown newer version: a run that only a later version reads is kept for it: newer-version', async () => {
    modify()
    const before = await standing()
    const run = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })])
    await client.tell([{ ...run, bytes: run.bytes.map((byte, at) => (at === 4 ? 9 : byte)) }])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'newer-version' })
    expect(two.a.engine.desk.session.context.vault.records.list('parked-run')).toHaveLength(1)
    expect(await standing()).toEqual(before)
  })

  it('[EX-4] unknown newer version: a protocol of later years ends the link, and a kind of message of theirs is skipped', async () => {
    modify()
    const before = await standing()
    client.sendBytes(Uint8Array.of(0x82, 0x18, 99, 0x01))
    await client.tell([])
    expect(client.closed).toBe(false)
    client.send({ type: 'hello', version: 2, channels: [client.channel] })
    await closed()
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] flood: a hello of a thousand channels that are none', async () => {
    modify()
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
    const before = await (modify(), standing())
    for (let again = 0; again < 10; again++) {
      client.sendBytes(contextOf().crypto.random(1000))
      await closed()
      modify()
    }
    expect(await standing()).toEqual(before)
  })

  it('[TR-26] [SYN-14] flood: feeds of devices that nobody certified fill their own share and nobody else\u2019s: over-quota', async () => {
    modify()
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
