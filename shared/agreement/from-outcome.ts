import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { TermUnit, TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { ClauseUnit, ClauseValue, ClauseValues, ConvergenceClause, ConvergenceContent } from '#shared/artifacts/convergence-content.ts' // prettier-ignore
import { words, type Words } from '#shared/artifacts/words.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { termText } from './term-text.ts'

/** What a draft of an agreement begins with in place of its usual values. */
export interface Prefill {
  readonly terms: Readonly<Record<string, TermValue>>
  /** Rows in place of a table's usual ones. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, TermValue>>[]>>
  /** A clause more, before the others. */
  readonly clause: { readonly heading: Words; readonly text: Words } | null
  /** What each company is called in the agreement. */
  readonly roles: ReadonlyMap<CompanyId, string>
}
interface Agreed {
  readonly values: ClauseValues
  readonly tradeOffs: readonly { readonly company: CompanyId; readonly given: string; readonly received: string }[]
  readonly hash: string
}

const UNITS: Readonly<Record<ClauseUnit, TermUnit>> = {
  halalas: 'halalas', number: 'number', 'basis-points': 'basis-points', days: 'days', date: 'date', choice: 'choice',
} // prettier-ignore

/** How a clause's value reads in a contract, in both languages. */
export function clauseText({ unit, choices }: ConvergenceClause, value: ClauseValue): Words {
  const options = Object.fromEntries(choices.map(({ id, label }) => [id, label]))
  return termText({ unit: UNITS[unit], options }, value)
}

/**
 * The agreed values as an agreement begins with them: a term that a clause names takes its value where the units allow it without
 * rounding, and every value stands in words, so that none is lost.
 */
export function prefillOf(kind: AgreementKind, { clauses, parties }: ConvergenceContent, agreed: Agreed): Prefill {
  const terms: Record<string, TermValue> = {}
  const tables: Record<string, readonly Readonly<Record<string, TermValue>>[]> = {}
  const cells = new Map<string, Record<string, TermValue>>()
  for (const clause of clauses) {
    const value = agreed.values[clause.id]
    if (clause.term === null || value === undefined) continue
    const [name = '', column] = clause.term.split('.')
    const spec = column === undefined ? kind.terms[name] : kind.tables[name]?.columns[column]
    const fits = spec && inUnit(clause.unit, value, spec.unit)
    if (fits === undefined) continue
    if (column === undefined) terms[name] = fits
    else cells.set(name, { ...cells.get(name), [column]: fits })
  }
  for (const [name, row] of cells) tables[name] = [{ ...kind.tables[name]?.usual?.[0], ...row }]
  const said = clauses.flatMap((clause) => {
    const value = agreed.values[clause.id]
    return value === undefined ? [] : [{ topic: clause.label, agreed: clauseText(clause, value) }]
  })
  const side = (company: CompanyId): string => parties.find((party) => party.company === company)?.side ?? 'buyer'
  if (kind.tables['positions']) tables['positions'] = said
  if (kind.tables['tradeOffs'])
    tables['tradeOffs'] = agreed.tradeOffs.map(({ company, given, received }) => ({
      by: side(company), given: { en: given, ar: given }, received: { en: received, ar: received },
    })) // prettier-ignore
  const list = (language: 'en' | 'ar'): string =>
    said.map(({ topic, agreed: text }) => `${topic[language]}: ${text[language]}`).join('\n')
  const clause = {
    heading: words('Negotiated values', 'القيم المتفاوض عليها'),
    text: words(
      `The parties negotiated and agreed on the following (outcome ${agreed.hash.slice(0, 16)}):\n${list('en')}`,
      `تفاوض الطرفان واتفقا على ما يلي (النتيجة ${agreed.hash.slice(0, 16)}):\n${list('ar')}`,
    ),
  }
  return {
    terms,
    tables,
    clause: kind.tables['positions'] ? null : clause,
    roles: new Map(parties.map(({ company, side: role }) => [company, role])),
  }
}

/** A value in the unit of a term; undefined where it would have to be rounded or means something else. */
function inUnit(from: ClauseUnit, value: ClauseValue, to: string): TermValue | undefined {
  if (from === to && from !== 'choice') return value
  if (from === 'basis-points' && to === 'percent' && typeof value === 'number' && value % 100 === 0) return value / 100
  return undefined
}

/** The terms and columns of a kind that a clause of a unit can fill, by name. */
export function fillable(kind: AgreementKind, unit: ClauseUnit): readonly { readonly name: string; readonly label: Words }[] {
  const takes = (to: string): boolean => unit !== 'choice' && (to === unit || (unit === 'basis-points' && to === 'percent'))
  return [
    ...Object.entries(kind.terms).filter(([, spec]) => takes(spec.unit)).map(([name, { label }]) => ({ name, label })),
    ...Object.entries(kind.tables).flatMap(([table, { columns, label }]) =>
      table === 'prices'
        ? Object.entries(columns).filter(([, spec]) => takes(spec.unit)).map(([column, spec]) => ({
            name: `${table}.${column}`,
            label: { en: `${label.en}: ${spec.label.en}`, ar: `${label.ar}: ${spec.label.ar}` },
          }))
        : [],
    ),
  ]
} // prettier-ignore
