import { afterEach, describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import type { Measured } from '#shared/artifacts/agreement-claim-event.ts'
import { writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import type { Instant, IsoMonth } from '#shared/kernel/time.ts'
import { draftedAgreement, signedByBoth, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'
import { contradicted } from '#test/support/contradicting.ts'
import { kept, openWindow } from '#test/support/window.ts'

let desk: AgreementDesk
afterEach(() => desk.close())

const claims = async ({ client }: Company) => (await client.agreements.get({ artifact: desk.artifact })).claims?.claims ?? [] // prettier-ignore
const needs = async ({ client }: Company) => (await client.today.get()).needs.map(({ code }) => code)
const propose = ({ client }: Company, measured: Measured | 'late-payment', note = '') => client.agreements.proposeClaim({ artifact: desk.artifact, measured, note }) // prettier-ignore
const day = (text: string): Instant => Date.parse(`${text}T00:00:00Z`) as Instant
const late = (more: Partial<Extract<Measured, { kind: 'late-delivery' }>> = {}): Measured => ({
  kind: 'late-delivery', order: 'PO-7', due: day('2026-12-01'), delivered: day('2026-12-15'), value: 1_000_000, cause: 'seller', ...more,
}) // prettier-ignore
const credit = (month: string, more: Partial<Extract<Measured, { kind: 'service-credit' }>> = {}): Measured => ({
  kind: 'service-credit', month: month as IsoMonth, charge: 1_000_000, earlierCharges: 0, earlierCredits: 0,
  results: [{ metric: 'OTIF', reported: true, good: 930, total: 1_000, excluded: 0 }], ...more,
}) // prettier-ignore

/** Contract terms that both have signed; A sells, B buys. */
async function contract(change: (desk: AgreementDesk) => Promise<void> = () => Promise.resolve()): Promise<void> {
  desk = await draftedAgreement('ContractTerms.v1')
  await change(desk)
  await signedByBoth(desk)
}

describe('what signed terms come to', () => {
  it('[AGR-21, TR-2] the buyer claims for a late delivery by the signed terms, and the seller disputes with evidence, then accepts', async () => {
    desk = await draftedAgreement('ContractTerms.v1')
    expect(await refusalOf(propose(desk.two.b, late()))).toBe('agreements:not-signed')
    await signedByBoth(desk)
    const { two, wire, artifact } = desk
    // 1 % for every 7 days: 14 days of 10,000.00 are 200.00. The seller may not claim it, nor anybody what is in time.
    expect(await refusalOf(propose(two.a, late()))).toBe('agreements:not-our-claim')
    expect(await refusalOf(propose(two.b, late({ delivered: day('2026-12-03') })))).toBe('agreements:within-tolerance')
    expect(await refusalOf(propose(two.b, late({ value: null })))).toBe('agreements:value-missing')
    expect(await refusalOf(propose(two.b, 'late-payment'))).toBe('agreements:cash-late-payment')
    await propose(two.b, late(), 'Two weeks in the high season.')
    expect(await refusalOf(propose(two.b, late({ value: 900_000, order: ' po-7 ' })))).toBe(
      'agreements:claimed-already',
    )
    await two.level(wire)
    await until('A has the claim', async () => (await claims(two.a)).length === 1)
    const [claim] = await claims(two.a)
    expect(claim).toMatchObject({ state: 'open', computed: { amounts: [20_000], clause: 7, wording: 'ours', mayCancel: false } }) // prettier-ignore
    // Every figure says where it comes from, and what is signed comes from the clause.
    expect(claim?.computed.lines.filter(({ source }) => source.of === 'clause').map(({ name, value }) => [name, value])).toEqual([['tolerance', 2], ['rate', 100], ['period', 7], ['cap', 1_000], ['termination', 30]]) // prettier-ignore
    expect(await needs(two.a)).toContain('answer-claim')
    expect(await needs(two.b)).not.toContain('answer-claim')

    const id = claim?.id ?? ''
    const dispute = (evidence: string) => two.a.client.agreements.disputeClaim({ artifact, claim: id, ground: 'no-harm', reason: 'The goods were not needed before the 20th.', evidence }) // prettier-ignore
    expect(await refusalOf(dispute(''))).toBe('agreements:evidence-missing')
    expect(await refusalOf(two.b.client.agreements.acceptClaim({ artifact, claim: id }))).toBe('agreements:not-ours-to-answer') // prettier-ignore
    await dispute('Stock report of 18 December')
    await two.level(wire)
    await until('B reads why', async () => (await claims(two.b))[0]?.disputes[0]?.evidence === 'Stock report of 18 December') // prettier-ignore
    expect((await claims(two.b))[0]?.state).toBe('disputed')
    await two.a.client.agreements.acceptClaim({ artifact, claim: id })
    await two.level(wire)
    await until('B reads the acceptance', async () => (await claims(two.b))[0]?.state === 'accepted')
    expect(await refusalOf(two.b.client.agreements.withdrawClaim({ artifact, claim: id }))).toBe('agreements:claim-settled') // prettier-ignore
    expect((await auditOf(two.a)).map(({ code }) => code)).toEqual(expect.arrayContaining(['claim-disputed', 'claim-accepted'])) // prettier-ignore
  })

  it('[AGR-21, TR-1, TR-3] service credits by month with their caps, three months in a row, and prices by the index', async () => {
    await contract()
    const { two, wire } = desk
    await propose(two.b, credit('2026-12'))
    // [CON-22] The seller's own reading of the month says otherwise: both see it, once the claim has come over.
    const title = { en: 'Service', ar: 'الخدمة' }
    const { artifact: plan } = await two.a.client.documents.create({ channel: two.channel, type: 'JointInitiativePlan.v1', title }) // prettier-ignore
    const measures = await openWindow(two.a, plan)
    for (const [field, value] of Object.entries({ metric: 'OTIF', unit: '%', target: 95 })) measures.set('kpis', 'k1', field, value) // prettier-ignore
    for (const [field, value] of Object.entries({ kpi: 'k1', on: '2026-12-31', value: 97 })) measures.set('readings', 'r1', field, value) // prettier-ignore
    await kept(measures)
    measures.close()
    await two.level(wire)
    for (const company of [two.a, two.b])
      await until('both see it', async () => JSON.stringify(await contradicted(company)) === JSON.stringify([['CON-22', '93%', '97%']])) // prettier-ignore
    expect(await refusalOf(propose(two.b, credit('2027-01', { earlierCharges: null })))).toBe('agreements:earlier-charges-missing') // prettier-ignore
    // What was claimed in the months before counts against the cap of twelve months, whatever somebody enters.
    expect(await refusalOf(propose(two.b, credit('2027-01', { earlierCharges: 1_000_000 })))).toBe('agreements:earlier-credits-differ') // prettier-ignore
    await propose(two.b, credit('2027-01', { earlierCharges: 1_000_000, earlierCredits: 20_000 }))
    await propose(two.b, credit('2027-02', { earlierCharges: 2_000_000, earlierCredits: 40_000, results: [{ metric: 'OTIF', reported: false }] })) // prettier-ignore
    await two.level(wire)
    await until('A has them', async () => (await claims(two.a)).length === 3)
    const found = await claims(two.a)
    expect(found.map(({ computed, mayTerminate }) => [computed.amounts, mayTerminate])).toEqual([
      [[20_000], ['OTIF']],
      [[20_000], []],
      [[20_000], []],
    ])
    // Either party asks for other prices: 2 % up, each price from its own row.
    await propose(two.a, { kind: 'price-adjustment', base: 10_000, now: 10_200, source: 'Bulletin of November' })
    await two.level(wire)
    await until('B has the prices', async () => (await claims(two.b))[0]?.computed.amounts.join() === '10200,9690')
  })

  it('[AGR-22] a changed client’s sum that the terms do not make, its claim without the right, and its own acceptance count for nothing', async () => {
    await contract()
    const { two, wire, artifact } = desk
    await propose(two.b, late())
    const [own] = await claims(two.b)
    const hash = (await two.b.client.agreements.get({ artifact })).claims?.hash
    const say = (company: Company, fact: Record<string, unknown>): void => {
      const { hub } = company.engine.desk.session
      hub.change(() => {
        const event = { artifact: artifact as ArtifactId, hash, note: '', ...fact }
        writeIn(hub, two.channel as ChannelId, [{ kind: 'event', payload: writeArtifactEvent(event as unknown as ArtifactEvent) }]) // prettier-ignore
        return undefined
      })
    }
    const id = (two: string): string => two.repeat(16)
    say(two.b, { type: 'claim-proposed', claim: id('a1'), measured: late({ order: 'PO-8' }), amounts: [99_900] })
    say(two.a, { type: 'claim-proposed', claim: id('a2'), measured: late({ order: 'PO-9' }), amounts: [20_000] })
    say(two.b, { type: 'claim-accepted', claim: own?.id })
    say(two.b, { type: 'claim-proposed', claim: id('a3'), measured: late(), amounts: [20_000] })
    say(two.a, { type: 'claim-withdrawn', claim: own?.id })
    await two.level(wire)
    for (const company of [two.a, two.b]) {
      await until('the double is told', async () => (await claims(company)).some(({ state }) => state === 'double'))
      expect((await claims(company)).map(({ id: of, state }) => [of === own?.id ? 'own' : of, state])).toEqual([[id('a3'), 'double'], ['own', 'open']]) // prettier-ignore
    }
  })

  it('[AGR-22] a clause that was struck out gives no claim though its terms are still there; one with other words says so', async () => {
    await contract(async ({ a, two, wire }) => {
      a.remove('clauses', 'c7')
      a.set('clauses', 'c9', 'textEn', 'The {buyer} may claim credits as in the table, at most {monthCap} of a month and {yearCap} of twelve months, where {reportDays} and {missedMonths} are kept.'.replace('{buyer}', 'Buyer')) // prettier-ignore
      a.set('clauses', 'c9', 'textAr', 'للمشتري المطالبة بالحسومات الواردة في الجدول، بحد أعلى {monthCap} من الشهر و{yearCap} من اثني عشر شهرًا، مع مراعاة {reportDays} و{missedMonths}.') // prettier-ignore
      await kept(a)
      await two.level(wire)
    })
    const { two } = desk
    expect((await two.b.client.agreements.get({ artifact: desk.artifact })).claims?.kinds).toEqual(['service-credit', 'price-adjustment']) // prettier-ignore
    expect(await refusalOf(propose(two.b, late()))).toBe('agreements:no-such-clause')
    await propose(two.b, credit('2026-12'))
    expect((await claims(two.b))[0]?.computed.wording).toBe('changed')
  })
})
