import { describe, expect, it } from 'vitest'
import { findContradictions } from './find.ts'
import { RULES } from './rules.ts'
import { negotiationSource } from './outcome-source.ts'
import type { ConvergenceContent } from '#shared/artifacts/convergence-content.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { redLinesOfContent } from '#shared/agreement/red-lines.ts'
import { NO_RANGE } from '#shared/artifacts/private-position.ts'
import { agreementSource, saidIn, saidInDraft } from './agreement-source.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import { readDraft } from '#shared/agreement/draft.ts'
import { readRegister, type Plain, type Register } from '#shared/living/register.ts'
import { addRecord } from '#shared/living/write.ts'
import { limitSources } from './limit-source.ts'
import { standardSource } from './standard-source.ts'
import { agreement, contentOf, day, docOf, find, GULF, idOf, NAJD } from '#test/support/saying.ts'

const terms = (digits: string, values: Readonly<Record<string, number>>, read = {}) =>
  agreement({ digits, type: 'ContractTerms.v1', terms: values, read })
const scope = (digits: string, values: Readonly<Record<string, number>>) =>
  agreement({ digits, type: 'ServiceScope.v1', terms: values })
const OTIF = {
  metric: 'OTIF',
  definition: { en: 'lines on time', ar: 'سطور في موعدها' },
  target: 9_500,
  window: 'month',
}
const levels = (digits: string, ...rows: readonly object[]) =>
  agreement({ digits, type: 'ContractTerms.v1', tables: { levels: rows as never } })
const ROW = { item: { en: 'Milk', ar: 'حليب' }, per: { en: 'carton', ar: 'كرتون' }, from: 1, price: 9_500 }
const prices = (digits: string, ...rows: readonly object[]) =>
  agreement({ digits, type: 'ContractTerms.v1', tables: { prices: rows as never } })

describe('two agreements between the same companies', () => {
  it('[CON-1] name one term twice and differently: both values stand in the finding, whatever else the agreements are', () => {
    expect(find(terms('aa', { payment: 45, vat: 15 }), scope('bb', { payment: 30, vat: 15 }))).toEqual([['CON-1', 45, 30]])
    const [found] = findContradictions([terms('aa', { payment: 45 }), scope('bb', { payment: 30 })])
    expect(found?.sentence).toEqual({
      en: '“Payment” is not the same in two agreements between the same companies.',
      ar: '«السداد» ليس واحدًا في اتفاقيتين بين الشركات نفسها.',
    })
    expect(found?.places.map(({ text }) => text.en)).toEqual(['45 days (forty-five)', '30 days (thirty)'])
  })

  it('[CON-1] a term that only one names, a term of another meaning, other companies and a replacement are no contradiction', () => {
    expect(find(terms('aa', { payment: 45 }), scope('bb', {}))).toEqual([])
    // A peer agreement's window of mediation is another thing than the time for each level.
    expect(find(agreement({ digits: 'aa', type: 'PeerAgreement.v1', terms: { mediationDays: 30 } }), terms('bb', { mediationDays: 15 }))).toEqual([])
    const alone = agreement({ digits: 'bb', type: 'ServiceScope.v1', terms: { payment: 30 }, content: { parties: [] } })
    expect(find(terms('aa', { payment: 45 }), alone)).toEqual([])
    const replaces = { artifact: idOf('aa'), hash: 'cc'.repeat(32), version: 1, type: 'ContractTerms.v1', title: { en: '', ar: '' } }
    const next = agreement({ digits: 'bb', type: 'ContractTerms.v1', terms: { payment: 30 }, content: { replaces: replaces as never } })
    expect(find(terms('aa', { payment: 45 }), next)).toEqual([])
  })

  it('[CON-1] a place of arbitration that is only typed otherwise is the same', () => {
    const seat = (digits: string, en: string, ar: string) => agreement({ digits, type: 'ServiceScope.v1', terms: { seat: { en, ar } } })
    expect(find(seat('aa', 'Riyadh', 'الرياض'), seat('bb', ' riyadh ', 'الرِّيَاض'))).toEqual([])
    expect(find(seat('aa', 'Riyadh', 'الرياض'), seat('bb', 'Jeddah', 'جدة'))).toHaveLength(1)
  })

  it('[CON-1, CON-2] a value of a draft that two people wrote apart is nobody’s word until somebody chooses', () => {
    const type = 'ContractTerms.v1'
    const kind = agreementKind(type)
    if (!kind) throw new Error('no kind')
    const write = (set: string, record: string, values: Readonly<Record<string, Plain>>, client: number) =>
      addRecord({ set, record, client }, values).flatMap(({ key, value }, at) => readRegister(key, value ?? null, client, at) ?? [])
    const base = [
      ...write('parties', 'p1', { company: NAJD, order: 'a0' }, 7), ...write('parties', 'p2', { company: GULF, order: 'a1' }, 7),
      ...write('terms', 'it', { payment: 60 }, 7), ...write('prices', 'r1', { ...ROW, price: 9_700 }, 7),
    ]
    const against = agreement({ digits: 'aa', type, terms: { payment: 45 }, tables: { prices: [ROW] } })
    const read = (...more: readonly Register[]) => {
      const draft = readDraft(kind, [...base, ...more], artifactOf(type)?.sections['joint']?.fields ?? {})
      const said = saidInDraft(kind, draft)
      return find(against, agreementSource({ kind, doc: docOf('bb', type), said, standing: 'draft', version: null, amended: false }))
    }
    expect(read()).toEqual([['CON-1', 45, 60], ['CON-2', 9_500, 9_700]])
    expect(read(...write('terms', 'it', { payment: 30 }, 8))).toEqual([['CON-2', 9_500, 9_700]])
    expect(read(...write('prices', 'r1', { price: 9_900 }, 8))).toEqual([['CON-1', 45, 60]])
  })

  it('[CON-2] price one item from one quantity on twice; another unit, step or treatment of tax is another price', () => {
    expect(find(prices('aa', ROW), prices('bb', { ...ROW, price: 9_700 }))).toEqual([['CON-2', 9_500, 9_700]])
    for (const other of [{ per: { en: 'litre', ar: 'لتر' } }, { from: 100 }, { item: { en: 'Laban', ar: 'لبن' } }])
      expect(find(prices('aa', ROW), prices('bb', { ...ROW, price: 9_700, ...other }))).toEqual([])
    const taxed = (digits: string, price: number, vatTreatment: string) =>
      agreement({ digits, type: 'ContractTerms.v1', terms: { vatTreatment }, tables: { prices: [{ ...ROW, price }] } })
    expect(find(taxed('aa', 9_500, 'exclusive'), taxed('bb', 10_925, 'inclusive'))).toEqual([])
  })

  it('[CON-3] measure one service level in two ways', () => {
    const other = { ...OTIF, definition: { en: 'orders on time', ar: 'طلبات في موعدها' } }
    expect(find(levels('aa', OTIF), levels('bb', other))).toEqual([['CON-3', OTIF.definition, other.definition]])
    expect(find(levels('aa', OTIF), levels('bb', { ...other, metric: 'FILL' }))).toEqual([])
  })

  it('[CON-4] set one service level two targets over the same window', () => {
    expect(find(levels('aa', OTIF), levels('bb', { ...OTIF, metric: 'otif', target: 9_800 }))).toEqual([['CON-4', 9_500, 9_800]])
    expect(find(levels('aa', OTIF), levels('bb', { ...OTIF, target: 9_800, window: 'year' }))).toEqual([])
  })
}) // prettier-ignore

const CLAUSE = {
  id: 'p',
  label: { en: 'Price', ar: 'السعر' },
  unit: 'halalas',
  choices: [],
  term: 'prices.price',
} as const
const DAYS = { id: 'd', label: { en: 'Payment', ar: 'السداد' }, unit: 'days', choices: [], term: 'payment' } as const
const negotiated = (values: Readonly<Record<string, number>>, plans: readonly ReturnType<typeof idOf>[] = []) =>
  negotiationSource(docOf('dd', 'CoordinationTopic.v1'), 'dd'.repeat(32), { clauses: [CLAUSE, DAYS] } as unknown as ConvergenceContent, values, { agreements: [idOf('aa')], plans }) // prettier-ignore

describe('an agreement', () => {
  it('[CON-5] says something else than what was negotiated and signed; a later amendment may', () => {
    const made = (price: number, payment: number, read = {}) =>
      agreement({ digits: 'aa', type: 'ContractTerms.v1', terms: { payment }, tables: { prices: [{ ...ROW, price }, { ...ROW, from: 100, price: 9_000 }] }, read })
    const outcome = negotiated({ p: 9_500, d: 45 })
    expect(find(outcome, made(9_500, 45))).toEqual([])
    expect(find(outcome, made(9_600, 45))).toEqual([['CON-5', 9_500, 9_600]])
    expect(find(outcome, made(9_500, 60, { standing: 'draft' }))).toEqual([['CON-5', 45, 60]])
    expect(find(outcome, made(9_600, 60, { amended: true }))).toEqual([])
  })

  it('[CON-9] owes something after its last day: by its term, or because it ends earlier; what is done is owed no more', () => {
    const rows = { obligations: [{ by: 'partner', what: { en: 'Train', ar: 'تدريب' }, due: day('2026-11-30') }] }
    const sheet = (read = {}) => agreement({ digits: 'aa', type: 'PartnerTermSheet.v1', tables: rows, read })
    expect(find(sheet())).toEqual([])
    expect(find(sheet({ until: day('2026-06-30') }))).toEqual([['CON-9', '2026-06-30', '2026-11-30']])
    expect(find(sheet({ until: day('2026-06-30'), settled: new Set(['obligations/r1']) }))).toEqual([])
  })

  it('[CON-18] builds on another version of the contract terms than the one in force', () => {
    const named = agreement({ digits: 'bb', type: 'PartnershipAgreement.v1', terms: { contractReference: 'CT-AAAAAAAA', contractVersion: 1 } })
    expect(find(named, terms('aa', {}))).toEqual([])
    expect(find(named, terms('aa', {}, { version: { number: 2, hash: 'ee'.repeat(32) } }))).toEqual([['CON-18', 1, 2]])
    expect(find(named, terms('aa', {}, { version: { number: 2, hash: 'ee'.repeat(32) }, standing: 'draft' }))).toEqual([])
  })

  it('[CON-19] names a version of a standard that ends before it does; another version, or none, is not named', () => {
    const standard = standardSource(docOf('ee', 'StandardsDoc.v1', { title: { en: 'Order messages', ar: 'رسائل الطلبات' } }), [{ version: '1.2.0', hash: 'x' }], new Map([['1.2.0', { from: null, to: day('2026-06-30'), withdrawnOn: null }]]))
    const says = (en: string, until = '2026-12-31') =>
      agreement({ digits: 'aa', type: 'ContractTerms.v1', content: { clauses: [{ id: 'c1', number: 1, heading: { en: 'h', ar: 'ع' }, text: { en, ar: 'نص' } }] }, read: { until: day(until) } })
    for (const text of ['as in Order messages 1.2.0.', 'the order  messages, version 1.2.0 applies', 'Order messages v1.2.0'])
      expect(find(standard, says(text)).map((one) => (one as readonly string[])[0]), text).toEqual(['CON-19'])
    for (const text of ['Order messages 1.2.01', 'Order messages 11.2.0', 'Order messages 1.2.0.1', 'Order messages', '1.2.0 of something', 'Order messages. Clause 5 of 1.2.0'])
      expect(find(standard, says(text)), text).toEqual([])
    expect(find(standard, says('Order messages 1.2.0', '2026-06-30'))).toEqual([])
  })

  it('[CON-20] gives a credit although the target is met', () => {
    const credits = (below: number) => agreement({ digits: 'aa', type: 'ContractTerms.v1', tables: { levels: [OTIF], credits: [{ metric: 'OTIF', below, credit: 200 }] } })
    expect(find(credits(9_500))).toEqual([])
    expect(find(credits(9_700))).toEqual([['CON-20', 9_500, 9_700]])
  })

  it('[CON-23, CON-28] crosses our own limit: such a finding is private, and no other is', () => {
    const kind = agreementKind('ContractTerms.v1')
    if (!kind) throw new Error('no kind')
    const saying = { digits: 'aa', type: 'ContractTerms.v1', terms: { payment: 60 }, tables: { prices: [{ ...ROW, price: 9_900 }] } }
    const content = contentOf(saying)
    const limits = (most: number) => {
      const ranges = { payment: { ...NO_RANGE, most }, 'prices.price': { ...NO_RANGE, most: 9_800 }, vat: { ...NO_RANGE, must: 15 } }
      return limitSources(kind, agreement(saying), saidIn(content), redLinesOfContent(kind, { ranges, clauses: {} }, content))
    }
    expect(find(...limits(60))).toEqual([['CON-23', 9_800, 9_900]])
    const found = findContradictions([...limits(45), agreement(saying), scope('bb', { payment: 30 })])
    expect(found.map(({ rule, private: own }) => [rule, own])).toEqual([['CON-1', false], ['CON-23', true], ['CON-23', true]])
    expect(found.filter(({ private: own }) => own).map(({ places }) => places.map(({ audience }) => audience))).toEqual([['company', 'workspace'], ['company', 'workspace']])
  })

  it('[CON-26] with a draft is marked as such and comes after what is signed', () => {
    const found = findContradictions([terms('aa', { payment: 45 }), scope('bb', { payment: 30 }), terms('cc', { payment: 60 }, { standing: 'draft' })])
    expect(found.map(({ draft, places }) => [draft, ...places.map(({ value }) => value)])).toEqual([[false, 45, 30], [true, 45, 60], [true, 30, 60]])
    const drafts = findContradictions([terms('aa', { payment: 45 }, { standing: 'draft' }), agreement({ digits: 'bb', type: 'ServiceScope.v1', terms: { payment: 30 }, read: { standing: 'draft' } })])
    expect(drafts.map(({ severity, draft }) => [severity, draft])).toEqual([['low', true]])
  })
}) // prettier-ignore

it('every rule has a sentence in both languages, with what it speaks of in it', () => {
  for (const { sentence } of Object.values(RULES)) {
    const { en, ar } = sentence({ en: 'Subject', ar: 'موضوع' })
    expect(en).toMatch(/^[A-Z“][^\u0600-\u06FF]*Subject.*\.$|^Subject.*\.$/)
    expect(ar).toMatch(/موضوع.*\.$/)
    expect(ar).not.toMatch(/[A-Za-z]/)
  }
})
