import { afterEach, describe, expect, it } from 'vitest'
import { AGREEMENTS, agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { told } from '#test/agreements/tools.ts'
import {
  draftedAgreement,
  fileOf,
  latestVersion,
  signedByBoth,
  type AgreementDesk,
} from '#test/support/agreement-desk.ts'
import { refusalOf, upload } from '#test/support/company.ts'
import { kept, rows } from '#test/support/window.ts'

let desk: AgreementDesk
afterEach(() => desk.close())

describe('every kind of agreement', () => {
  it('[AR-11] contract terms with their tables are drafted by two, closed, printed, signed by both and checked', async () => {
    desk = await draftedAgreement('ContractTerms.v1')
    const { two, artifact, a, b, wire } = desk
    // A step of the price list is added on one side and the tax is changed on the other.
    b.add('prices', { item: { en: 'Pallets', ar: 'منصات' }, per: { en: 'piece', ar: 'قطعة' }, from: 1, price: 123_456, order: 'b0' }) // prettier-ignore
    a.set('terms', 'it', 'lateRate', 150)
    await Promise.all([kept(a), kept(b)])
    await two.level(wire)
    const hash = await signedByBoth(desk)
    const version = await latestVersion(two.b, artifact)
    expect(version?.content.tables?.['prices']?.rows.at(-1)?.cells['price']).toEqual({
      value: 123_456,
      text: {
        en: 'SAR 1,234.56 (one thousand two hundred and thirty-four riyals and fifty-six halalas)',
        ar: '١٬٢٣٤٫٥٦ ريال سعودي (ألف ومئتان وأربعة وثلاثون ريالاً وست وخمسون هللة)',
      },
    })
    const late = version?.content.clauses.find(({ heading }) => heading.en === 'Late delivery')?.text
    expect(late?.en).toContain('1.5% (one point five per cent)')
    expect(late?.ar).toContain('١٫٥٪')
    expect(version?.content.parties.map(({ role }) => role?.text.en)).toEqual(['the Seller', 'the Buyer'])
    const file = await fileOf(two.a, artifact, hash)
    const text = told(file, 'pdftotext', '-layout', 'FILE', '-')
    for (const words of ['SAR 1,234.56', 'OTIF', '“the Seller”', 'CT-']) expect(text).toContain(words)
    // A narrow column breaks its head; read in the order of the text it is whole.
    expect(told(file, 'pdftotext', '-raw', 'FILE', '-')).toMatch(/From\s+quantity/)
    const checked = await two.b.client.agreements.check({ upload: await upload(two.b, 'terms.pdf', file) })
    expect(checked).toMatchObject({ answer: 'holds', known: { artifact } })
  })

  it('[AGR-7, AGR-9, TR-28] the engine closes neither a broken table nor a late-payment charge in it', async () => {
    desk = await draftedAgreement('ContractTerms.v1')
    const { two, artifact, a } = desk
    const closing = () => refusalOf(two.a.client.agreements.freeze({ artifact }))
    const [first, second] = rows(a, 'prices')
    a.set('prices', second?.id ?? '', 'price', 10_500)
    await kept(a)
    expect(await closing()).toBe('agreements:row-out-of-step')
    a.set('prices', second?.id ?? '', 'price', 9_000)
    a.set('prices', first?.id ?? '', 'item', { en: 'penalty on unpaid invoices', ar: 'غرامة تأخر السداد' })
    a.set('prices', second?.id ?? '', 'item', { en: 'Cartons', ar: 'كراتين' })
    await kept(a)
    expect(await closing()).toBe('agreements:row-late-payment-charge')
  })

  it.each(AGREEMENTS.map(({ type }) => type).filter((type) => type !== 'ContractTerms.v1'))(
    '[AGR-6, AGR-10] %s begins ready to be closed where it is offered, and is signed',
    async (type) => {
      const kind = agreementKind(type)?.offeredIn[0] ?? 'peer'
      desk = await draftedAgreement(type, { kind })
      const hash = await signedByBoth(desk)
      const version = await latestVersion(desk.two.b, desk.artifact)
      expect(version).toMatchObject({ hash, state: 'signed' })
      const begun = Object.entries(agreementKind(type)?.tables ?? {}).filter(([, { usual = [] }]) => usual.length > 0)
      expect(Object.keys(version?.content.tables ?? {}).toSorted()).toEqual(begun.map(([name]) => name).toSorted())
    },
  )

  it('[AGR-10] a kind is not made in a workspace of another kind', async () => {
    desk = await draftedAgreement('PeerAgreement.v1')
    const title = { en: 'Services', ar: 'خدمات' }
    const make = (type: string) => desk.two.a.client.documents.create({ channel: desk.two.channel, type, title })
    expect(await refusalOf(make('ServiceScope.v1'))).toBe('documents:not-in-this-workspace')
    expect(await refusalOf(make('PartnerTermSheet.v1'))).toBe('documents:not-in-this-workspace')
    expect((await make('PartnershipAgreement.v1')).artifact).toMatch(/^[0-9a-f]{32}$/)
  })
})
