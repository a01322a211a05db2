import { afterEach, describe, expect, it } from 'vitest'
import { draftedAgreement, latestVersion, signedByBoth, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { auditOf, download, refusalOf, until, type Company } from '#test/support/company.ts'
import { kept } from '#test/support/window.ts'

let desk: AgreementDesk
afterEach(() => desk.close())

const lifeAt = async ({ client }: Company) => (await client.agreements.get({ artifact: desk.artifact })).life?.life
const needs = async ({ client }: Company) => (await client.today.get()).needs.map(({ code }) => code)
const both = async (what: string, holds: (company: Company) => Promise<boolean>): Promise<void> => {
  for (const company of [desk.two.a, desk.two.b]) await until(what, () => holds(company))
}

describe('after the signature', () => {
  it('[AGR-15, TR-25] it is renewed by both, then ended by one with the notice of its text; Today and the calendar say so', async () => {
    desk = await draftedAgreement('PeerAgreement.v1')
    const { two, artifact } = desk
    expect(await lifeAt(two.a)).toBeUndefined()
    const early = two.a.client.agreements.agreeTerm({ artifact, until: '2027-12-31' })
    expect(await refusalOf(early)).toBe('agreements:not-signed')
    await signedByBoth(desk)
    // In force since 21 November 2026 for twelve months, notice of sixty days.
    expect(await lifeAt(two.b)).toMatchObject({ state: 'in-force', until: '2027-11-20', noticeBy: '2027-09-21' })
    await two.a.client.agreements.agreeTerm({ artifact, until: '2028-11-20' })
    await both('the offer is seen', async (company) => (await lifeAt(company))?.open.length === 1)
    expect((await lifeAt(two.b))?.until).toBe('2027-11-20')
    await two.b.client.agreements.agreeTerm({ artifact, until: '2028-11-20' })
    await both('both agreed', async (company) => (await lifeAt(company))?.until === '2028-11-20')

    const notice = (endsOn: string) => two.b.client.agreements.giveNotice({ artifact, endsOn, reason: 'We move to another city.' }) // prettier-ignore
    expect(await refusalOf(notice('2027-01-19'))).toBe('agreements:notice-too-short')
    expect(await refusalOf(notice('2030-01-01'))).toBe('agreements:ends-before')
    await notice('2027-01-20')
    await both('the notice runs', async (company) => (await lifeAt(company))?.state === 'ending')
    expect(await refusalOf(two.a.client.agreements.giveNotice({ artifact, endsOn: '2027-02-20', reason: 'x' }))).toBe('agreements:notice-runs') // prettier-ignore
    // Sixty days before the end it waits on Today, here as there.
    await both('Today tells it', async (company) => (await needs(company)).includes('agreement-ending'))
    const ics = new TextDecoder().decode(await download(two.a, await two.a.client.agreements.calendar({ artifact, locale: 'ar' }))) // prettier-ignore
    expect(ics).toContain('DTSTART;VALUE=DATE:20270120')
    // What was received goes back thirty days after the last day: the due date moved with the end.
    expect((await lifeAt(two.a))?.obligations).toMatchObject([{ id: 'returnDays', due: '2027-02-19' }])
    expect((await auditOf(two.b)).map(({ code }) => code)).toEqual(expect.arrayContaining(['agreement-notice-given', 'agreement-term-agreed'])) // prettier-ignore
    await two.sleep(62)
    expect((await lifeAt(two.b))?.state).toBe('ended')
    expect(await refusalOf(two.b.client.agreements.agreeTerm({ artifact, until: '2029-01-01' }))).toBe('agreements:agreement-ended') // prettier-ignore
  })

  it('[AGR-16] what the signed rows oblige to has an owner and a day, and its owner says that it is done', async () => {
    desk = await draftedAgreement('PartnershipAgreement.v1')
    const { two, artifact, wire } = desk
    await signedByBoth(desk)
    const [pilot] = (await lifeAt(two.a))?.obligations ?? []
    expect(pilot).toMatchObject({ what: { en: 'Pilot with one product line' }, due: '2027-01-20', done: [] })
    const obligation = pilot?.id ?? ''
    const say = ({ client }: Company, evidence: string) => client.agreements.stateObligation({ artifact, obligation, done: true, evidence }) // prettier-ignore
    expect(await refusalOf(say(two.b, 'report'))).toBe('agreements:not-our-obligation')
    expect(await refusalOf(say(two.a, ''))).toBe('agreements:evidence-missing')
    wire.cut()
    const again = await two.sleep(50)
    expect(await needs(two.a)).toContain('obligation-due')
    expect(await needs(two.b)).not.toContain('obligation-due')
    await say(two.a, 'Report of the pilot, page 3')
    await two.level(again)
    await both('it is done', async (company) => (await lifeAt(company))?.obligations[0]?.done[0]?.evidence === 'Report of the pilot, page 3') // prettier-ignore
    expect(await needs(two.a)).not.toContain('obligation-due')
  })

  it('[AGR-15] an amendment is a later version: what both signed last is in force', async () => {
    desk = await draftedAgreement('PeerAgreement.v1')
    const { two, artifact, a, wire } = desk
    await signedByBoth(desk)
    a.set('terms', 'it', 'termMonths', 24)
    await kept(a)
    await two.level(wire)
    const second = (await two.a.client.agreements.freeze({ artifact })).versions[0]?.hash ?? ''
    await two.level(wire)
    await two.a.client.agreements.sign({ artifact, hash: second })
    await two.level(wire)
    expect((await lifeAt(two.b))?.until).toBe('2027-11-20')
    expect(await needs(two.a)).toContain('signatures-missing')
    await two.b.client.agreements.sign({ artifact, hash: second })
    await both('the amendment is in force', async (company) => (await lifeAt(company))?.until === '2028-11-20')
    expect(await needs(two.a)).not.toContain('signatures-missing')
  })

  it('[AGR-17] what was not signed by its day cannot be signed any more', async () => {
    desk = await draftedAgreement('PeerAgreement.v1')
    const { two, artifact, wire } = desk
    const { hash = '', signBy } = (await two.a.client.agreements.freeze({ artifact, signDays: 10 })).versions[0] ?? {}
    expect(signBy).toBe('2026-12-01')
    await two.level(wire)
    await two.a.client.agreements.sign({ artifact, hash })
    await two.level(wire)
    wire.cut()
    await two.sleep(11)
    expect(await latestVersion(two.b, artifact)).toMatchObject({ state: 'signing', lapsed: true, ask: null })
    expect(await refusalOf(two.b.client.agreements.sign({ artifact, hash }))).toBe('agreements:lapsed')
    expect(await needs(two.b)).not.toContain('sign-agreement')
  })
})
