import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { agreementSource, saidIn } from '#shared/contradictions/agreement-source.ts'
import { findContradictions } from '#shared/contradictions/find.ts'
import type { Place } from '#shared/contradictions/place.ts'
import { planSource } from '#shared/contradictions/plan-source.ts'
import type { Source } from '#shared/contradictions/source.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import type { Plan } from '#shared/initiatives/plan.ts'
import { contentOf, day, docOf, idOf, NAJD, NAMES, planOf, GULF } from '#test/support/saying.ts'

/** Few values, so that documents often agree and often do not. */
const DAYS = ['2025-11-30', '2026-03-31', '2026-12-31', '2027-02-28'] as const
const text = fc.constantFrom({ en: 'on time', ar: 'في الموعد' }, { en: 'On  time', ar: 'في المَوعد' }, { en: 'complete', ar: 'كاملة' }) // prettier-ignore
const level = fc.record({ metric: fc.constantFrom('OTIF', 'otif', 'FILL'), definition: text, target: fc.constantFrom(9_000, 9_500), window: fc.constantFrom('month', 'year') }) // prettier-ignore
const price = fc.record({ item: text, per: fc.constant({ en: 'piece', ar: 'قطعة' }), from: fc.constantFrom(1, 100), price: fc.constantFrom(100, 200) }) // prettier-ignore
const credit = fc.record({ metric: fc.constantFrom('OTIF', 'FILL'), below: fc.constantFrom(9_000, 9_600), credit: fc.constant(200) }) // prettier-ignore
const terms = fc.record({ payment: fc.constantFrom(30, 45), vat: fc.constantFrom(5, 15), seat: text, fee: fc.constantFrom(1_000, 100_000) }, { requiredKeys: [] }) // prettier-ignore
const rows = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 })
const content = (digits: string): fc.Arbitrary<AgreementContent> =>
  fc.record({ type: fc.constantFrom('ContractTerms.v1', 'ServiceScope.v1', 'PeerAgreement.v1'), terms, levels: rows(level), prices: rows(price), credits: rows(credit), on: fc.constantFrom('2026-01-01', '2026-06-01') })
    .map(({ type, terms: values, levels, prices, credits, on }) => {
      const kind = agreementKind(type)
      const tables = Object.fromEntries(Object.entries({ levels, prices, credits }).filter(([name]) => kind?.tables[name]))
      return contentOf({ digits, type, terms: values as never, tables: tables as never, content: { effectiveOn: day(on) } })
    }) // prettier-ignore

const plans: fc.Arbitrary<Plan> = fc
  .record({
    start: fc.option(fc.constantFrom(...DAYS)), end: fc.option(fc.constantFrom(...DAYS)), due: rows(fc.constantFrom(...DAYS)),
    target: fc.constantFrom(80, 95), parts: rows(fc.record({ company: fc.constantFrom(NAJD, GULF), part: fc.constantFrom('r', 'a', 'ra', 'c') })),
    budget: rows(fc.record({ party: fc.constantFrom(NAJD, GULF), amount: fc.constantFrom(100, 50_000), share: fc.constantFrom(20, 50, 80) })),
  })
  .map(({ start, end, due, target, parts, budget }) =>
    planOf(
      { start: start === null ? null : day(start), end: end === null ? null : day(end), currency: 'SAR' },
      {
        milestones: due.map((one, at) => ({ id: `m${String(at)}`, titleEn: 'A', titleAr: 'أ', due: day(one) })),
        raci: parts.map((one, at) => ({ id: `r${String(at)}`, activity: 'm0', ...one })) as never,
        links: [{ id: 'l', reference: idOf('aa') }],
        kpis: [{ id: 'k', metric: 'OTIF', unit: '%', direction: 'up', target }],
        budget: budget.map((one, at) => ({ id: `b${String(at)}`, currency: 'SAR' as const, ...one })),
      },
    ),
  ) // prettier-ignore

const agreementOf = (said: AgreementContent, digits: string): Source => {
  const kind = agreementKind(said.type)
  if (!kind) throw new Error('no kind')
  return agreementSource({ kind, doc: docOf(digits, said.type), said: saidIn(said), standing: 'signed', version: null, amended: false }) // prettier-ignore
}
interface World {
  readonly agreements: readonly AgreementContent[]
  readonly plan: Plan
}
const DIGITS = ['aa', 'bb', 'cc', 'dd'] as const
const world: fc.Arbitrary<World> = fc.record({ agreements: fc.tuple(...DIGITS.map(content)), plan: plans })
const sourcesOf = ({ agreements, plan }: World): readonly Source[] => [
  ...agreements.map((one, at) => agreementOf(one, DIGITS[at] ?? '')),
  planSource(docOf('ee', 'JointInitiativePlan.v1'), plan, NAMES),
]

it('[CON-24] the same documents in any order give the same findings in the same order', () => {
  fc.assert(
    fc.property(world.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }))), ([one, order]) => {
      const sources = sourcesOf(one)
      expect(findContradictions(order.flatMap((at) => sources[at] ?? []))).toEqual(findContradictions(sources))
    }),
    { numRuns: 300 },
  ) // prettier-ignore
})

it('[CON-25] two documents with one content contradict each other in nothing, and no document is in no finding', () => {
  let found = 0
  fc.assert(
    fc.property(content('aa'), content('bb'), (one, other) => {
      const between = findContradictions([agreementOf(one, 'aa'), agreementOf(one, 'bb')]).filter(({ places: [left, right] }) => left.artifact !== right.artifact)
      expect(between).toEqual([])
      found += findContradictions([agreementOf(one, 'aa'), agreementOf(other, 'bb')]).length
      expect(findContradictions([])).toEqual([])
    }),
    { numRuns: 300 },
  ) // prettier-ignore
  // The same documents do contradict each other when they differ: the property is not empty.
  expect(found).toBeGreaterThan(50)
})

it('[CON-29] both places of every finding hold the value that it shows, read from the document itself', () => {
  const rules = new Set<string>()
  fc.assert(
    fc.property(world, (one) => {
      for (const { rule, places, values } of findContradictions(sourcesOf(one))) {
        rules.add(rule)
        for (const place of places) expect(place.value, `${rule} ${place.anchor}`).toEqual(held(one, place))
        expect(places[0].artifact !== places[1].artifact || places[0].anchor !== places[1].anchor, rule).toBe(true)
        expect(JSON.parse(values)).toHaveLength(2)
      }
    }),
    { numRuns: 400 },
  )
  expect([...rules].toSorted()).toEqual(['CON-1', 'CON-10', 'CON-14', 'CON-15', 'CON-16', 'CON-2', 'CON-20', 'CON-21', 'CON-3', 'CON-4', 'CON-8']) // prettier-ignore
})

/** The value at an anchor, looked up without any reader. */
function held({ agreements, plan }: World, { artifact, anchor }: Place): unknown {
  const said = agreements.find((one) => one.artifact === artifact)
  const [first = '', second = '', third = ''] = anchor.split('/')
  if (said) {
    if (first === 'terms') return said.terms[second]?.value
    if (first === 'until') return said.effectiveOn === '2026-01-01' ? '2026-12-31' : '2027-05-31'
    if (first === 'effectiveOn' || first === 'law' || first === 'prevailing') return said[first]
    return said.tables?.[first]?.rows.find(({ id }) => id === second)?.cells[third]?.value
  }
  if (first === 'plan') return plan.about[third as 'start']
  if (first === 'budget') {
    const items = plan.budget.filter(({ party }) => party === third)
    const all = plan.budget.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
    if (third === '') return all
    const own = items.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
    return anchor.endsWith('/share')
      ? items.reduce((sum, { share }) => sum + (share ?? 0) * 100, 0)
      : Math.round((own / all) * 10_000)
  }
  // Of several parts that one company was given, the last in the list counts.
  if (first === 'raci') return plan.raci.findLast(({ activity, company }) => activity === second && company === third)?.part // prettier-ignore
  const list = plan[first as 'milestones'] as readonly { readonly id: string }[]
  return (list.find(({ id }) => id === second) as unknown as Readonly<Record<string, unknown>> | undefined)?.[third]
}
