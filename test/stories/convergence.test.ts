import { afterEach, describe, expect, it } from 'vitest'
import { negotiationPlace, negotiationState } from '#engine/convergence/place.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { auditOf, refusalOf, until } from '#test/support/company.ts'
import { checkedPack } from '#test/support/decided.ts'
import { contradicted } from '#test/support/contradicting.ts'
import { listening, whatLeft } from '#test/support/listening.ts'
import { negotiating, offer, ranges, requestOf } from '#test/support/negotiating.ts'
import { found, type Canary } from '#test/support/scan.ts'
import type { TwoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'

let two: TwoCompanies | undefined
afterEach(() => {
  two?.end()
  two = undefined
})

describe('buyer and seller negotiate', () => {
  it('[DP-2, DP-7, AR-18, AR-35] price and volume in rounds inside private ranges, both sign one hash, and it becomes drafts', async () => {
    const { two: both, wire, artifact } = await negotiating()
    two = both
    const { a, b } = both
    const level = () => both.level(wire)
    const { hash: negotiation } = await requestOf(a, artifact)
    expect(await refusalOf(offer(a, artifact, 9000, 1000))).toBe('convergence:range-missing')
    await a.client.convergence.saveRanges({ artifact, ranges: ranges([8000, 9600], [500, 2000], 9900, 'board') })
    await b.client.convergence.saveRanges({ artifact, ranges: ranges([9400, 12_000], [1000, 5000]) })
    expect(await refusalOf(offer(a, artifact, 9700, 1000))).toBe('convergence:outside-range')
    await offer(a, artifact, 9000, 1000)
    await level()
    expect((await b.client.today.get()).needs.map(({ code }) => code)).toContain('negotiation-answer')
    const first = (await requestOf(b, artifact)).offers[0]
    expect(first?.standing).toEqual({ c1: 'outside', c2: 'inside' })
    const accepting = (who: typeof a, of: string) => who.client.convergence.accept({ artifact, negotiation, offer: of })
    expect(await refusalOf(accepting(b, first?.id ?? ''))).toBe('convergence:outside-range')
    await offer(b, artifact, 9500, 1500, { given: 'Half a riyal', received: 'Five hundred more' })
    await level()
    const second = (await requestOf(a, artifact)).offers[1]
    expect(second).toMatchObject({
      round: 2,
      answers: first?.id,
      stands: true,
      standing: { c1: 'inside', c2: 'inside' },
    })
    expect(await refusalOf(accepting(a, first?.id ?? ''))).toBe('convergence:superseded')
    await accepting(a, second?.id ?? '')
    await level()
    const hash = (await requestOf(b, artifact)).outcome?.hash ?? ''
    expect((await requestOf(a, artifact)).outcome?.hash).toBe(hash)
    expect(await refusalOf(a.client.convergence.end({ artifact, negotiation, reason: 'regret' }))).toBe(
      'convergence:bound',
    )
    await b.client.convergence.confirm({ artifact, negotiation, hash })
    await level()
    await a.client.convergence.verify({ artifact, negotiation, hash })
    await until(
      'B has shown that it was there in time',
      async () => (await requestOf(a, artifact)).stage === 'verified',
    )
    await a.client.convergence.finalise({ artifact, negotiation })
    await level()
    const states = [a, b].map(({ engine }) => {
      const { hub } = engine.desk.session
      const { current, refusals } = negotiationState(hub, negotiationPlace(hub, artifact))
      return [current?.stage, current?.outcome?.hash, refusals.size]
    })
    expect(states).toEqual([['finalized', hash, 0], ['finalized', hash, 0]]) // prettier-ignore
    expect(await checkedPack(b, artifact)).toMatchObject({ answer: 'holds', problems: [], decision: { kind: 'convergence', result: hash, refused: [], signed: [{}, {}] } }) // prettier-ignore
    const { agreement = '', plan = '' } = (await requestOf(b, artifact)).became[0] ?? {}
    const draft = await openWindow(b, agreement)
    expect(rows(draft, 'prices').map(({ values }) => values['price'])).toEqual([9500])
    expect(rows(draft, 'clauses')[0]?.values).toMatchObject({ headingEn: 'Negotiated values', textEn: expect.stringContaining('1,500') as string }) // prettier-ignore
    expect(rows(draft, 'parties').map(({ values }) => values['role'])).toEqual(['buyer', 'seller'])
    // [CON-5] Whoever writes another price into the draft contradicts what both signed, on both sides alike.
    expect(await contradicted(b)).toEqual([])
    draft.set('prices', rows(draft, 'prices')[0]?.id ?? '', 'price', 9600)
    await kept(draft)
    await level()
    const other = [['CON-5', expect.stringContaining('SAR 95.00'), expect.stringContaining('SAR 96.00')]]
    expect([await contradicted(a), await contradicted(b)]).toEqual([other, other])
    draft.close()
    const rollout = await openWindow(b, plan)
    expect(rows(rollout, 'plan')[0]?.values['decision']).toBe(hash)
    rollout.close()
  })
})

const NOTE = 'Zarqa-walk-away: قناة الكناري 秘密 of the board'
const [LEAST, MOST, WALK] = [71_234_501, 98_765_403, 99_887_707]
const PRIVATE: readonly Canary[] = [
  { name: 'note', texts: [NOTE] },
  { name: 'least', texts: [String(LEAST)] },
  { name: 'most', texts: [String(MOST)] },
  { name: 'walk-away', texts: [String(WALK)] },
]

describe('what leaves a company that negotiates', () => {
  async function searched(leak: string) {
    const ears = [await listening(), await listening()] as const
    const { two: both, wire, artifact } = await negotiating({ toolsA: ears[0].tools, toolsB: ears[1].tools })
    two = both
    const { a, b } = both
    wire.cut()
    const { hash: negotiation } = await requestOf(a, artifact)
    await a.client.convergence.saveRanges({ artifact, ranges: ranges([LEAST, MOST], [1, 9000], WALK, NOTE) })
    await b.client.convergence.saveRanges({ artifact, ranges: ranges([1, 1e12], [1, 9000]) })
    await a.client.convergence.offer({ artifact, negotiation, answers: null, values: { c1: 80_000_000, c2: 1000 }, rationale: leak || 'For the season', tradeOffs: [] }) // prettier-ignore
    // By file, so that what B opens is what an exported file holds.
    expect(await both.mail(a, b)).toMatchObject({ kind: 'sync' })
    const theirs = (await requestOf(b, artifact)).offers[0]?.id ?? ''
    await b.client.convergence.accept({ artifact, negotiation, offer: theirs })
    const views = [
      await b.client.convergence.get({ artifact }),
      await b.client.today.get(),
      await auditOf(b),
      await auditOf(a),
    ]
    return whatLeft(ears, b, views, PRIVATE)
  }

  it('[DP-7] holds neither range, walk-away nor note: not sealed, exported, received, shown or kept', async () => {
    expect(await searched('')).toEqual({ sealed: [], received: [], shown: [], kept: [] })
  })

  it('[DP-7] control: the same search turns red when somebody writes them into an offer’s rationale', async () => {
    const all = ['least', 'most', 'note', 'walk-away']
    // The log in the vault is sealed entries, so what is kept there shows nothing either way.
    const leaked = await searched(`${NOTE} ${String(LEAST)} ${String(MOST)} ${String(WALK)}`)
    expect(leaked).toMatchObject({ sealed: all, received: all, shown: all })
  })

  it('[GV-10, DP-7] an offer waits for the approval of the policy, which is bound to clauses by name and value and holds no range', async () => {
    const { two: both, wire, artifact } = await negotiating()
    two = both
    const { a, b } = both
    await a.client.convergence.saveRanges({ artifact, ranges: ranges([LEAST, MOST], [1, 98_765_404], WALK, NOTE) })
    const { policy } = await a.client.approvals.policy()
    const asked = { scope: 'all', commitment: 'make-offer', from: null, levels: ['legal'], fourEyes: false } as const
    await a.client.approvals.savePolicy({ policy: { ...policy, special: [{ ...asked, levels: [...asked.levels] }] }, based: policy.version }) // prettier-ignore
    const refused = await offer(a, artifact, 80_000_000, 1000, { given: 'Half a riyal', received: 'More' }).catch((problem: unknown) => problem) // prettier-ignore
    const { code, params } = (refused as { data: { code: string; params: { token: string } } }).data
    expect(code).toBe('approval-needed')
    const { content } = await a.client.approvals.look({ token: params.token })
    expect(content).toMatchObject({
      round: 1,
      clauses: [
        { clause: { en: 'Unit price', ar: 'سعر الوحدة' }, halalas: 80_000_000 },
        { clause: { en: 'Volume of a year', ar: 'الكمية السنوية' }, value: 1000 },
      ],
      tradeOffs: [{ given: 'Half a riyal', received: 'More', clause: { en: 'Unit price' } }],
    })
    const kept = [...PRIVATE, { name: 'volume', texts: ['98765404'] }]
    expect(found([utf8(JSON.stringify(content))], kept)).toEqual([])
    await both.level(wire)
    expect((await requestOf(b, artifact)).offers).toEqual([])
  })
})
