import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import { cellText } from '#shared/agreement/tables.ts'
import { termText } from '#shared/agreement/term-text.ts'
import {
  agreementSource,
  saidIn,
  type AgreementSource,
  type ReadAgreement,
} from '#shared/contradictions/agreement-source.ts'
import { findContradictions } from '#shared/contradictions/find.ts'
import type { Finding } from '#shared/contradictions/finding.ts'
import type { Doc } from '#shared/contradictions/place.ts'
import { planSource, type PlanSource } from '#shared/contradictions/plan-source.ts'
import type { Source } from '#shared/contradictions/source.ts'
import { blank, emptyPlan } from '#shared/initiatives/blank.ts'
import type { Plan } from '#shared/initiatives/plan.ts'
import type { ArtifactId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts' // prettier-ignore

/** Documents as the rules of contradictions read them, made by hand. */

export const WORKSPACE = '77'.repeat(16) as WorkspaceId
export const NAJD = 'a1'.repeat(32) as CompanyId
export const GULF = 'b2'.repeat(32) as CompanyId
export const NAMES = new Map([[NAJD, { en: 'Najd', ar: 'نجد' }], [GULF, { en: 'Gulf', ar: 'الخليج' }]]) // prettier-ignore
export const day = (text: string): IsoDate => text as IsoDate
export const idOf = (digits: string): ArtifactId => digits.repeat(16) as ArtifactId

export const docOf = (digits: string, type: string, over: Partial<Doc> = {}): Doc => ({
  artifact: idOf(digits), type, title: { en: `Document ${digits}`, ar: `المستند ${digits}` }, workspace: WORKSPACE, ...over,
}) // prettier-ignore

export interface Saying {
  readonly digits: string
  readonly type: string
  readonly terms?: Readonly<Record<string, TermValue>>
  readonly tables?: Readonly<Record<string, readonly Readonly<Record<string, TermValue>>[]>>
  readonly content?: Partial<AgreementContent>
  readonly read?: Partial<ReadAgreement>
  readonly doc?: Partial<Doc>
}

/** The text of an agreement from 1 January 2026, of a year, between two companies. */
export function contentOf({ digits, type, terms = {}, tables = {}, content = {} }: Saying): AgreementContent {
  const kind = agreementKind(type)
  if (!kind) throw new Error(`no agreement ${type}`)
  const given: Readonly<Record<string, TermValue>> = { termMonths: 12, ...terms }
  return {
    format: 'mithaq.agreement.v1', type, artifact: idOf(digits), title: { en: 'x', ar: 'س' }, prevailing: 'ar', law: 'ksa', effectiveOn: day('2026-01-01'),
    parties: [NAJD, GULF].map((company, at) => {
      const [role] = Object.entries(kind.roles).slice(at, at + 1)
      return { company, name: NAMES.get(company) ?? { en: '', ar: '' }, registration: '1', address: { en: '', ar: '' }, ...(role && { role: { name: role[0], text: role[1] } }) }
    }),
    terms: Object.fromEntries(Object.entries(given).flatMap(([name, value]) => {
      const spec = kind.terms[name]
      return spec ? [[name, { value, text: termText(spec, value) }]] : []
    })),
    tables: Object.fromEntries(Object.entries(tables).map(([name, rows]) => {
      const columns = kind.tables[name]?.columns ?? {}
      return [name, {
        label: kind.tables[name]?.label ?? { en: '', ar: '' },
        columns: Object.entries(columns).map(([column, { label }]) => ({ name: column, label })),
        rows: rows.map((row, at) => ({ id: `r${String(at + 1)}`, cells: Object.fromEntries(Object.entries(row).flatMap(([column, value]) => {
          const spec = columns[column]
          return spec ? [[column, { value, text: cellText(kind, spec, value) }]] : []
        })) })),
      }]
    })),
    clauses: [{ id: 'c1', number: 1, heading: { en: 'Subject', ar: 'الموضوع' }, text: { en: 'Goods', ar: 'بضائع' } }],
    signatories: [{ id: 's1', company: NAJD, person: '11'.repeat(16) as never, name: { en: 'H', ar: 'ه' }, capacity: { en: '', ar: '' } }],
    ...content,
  }
} // prettier-ignore

export function agreement(saying: Saying): AgreementSource {
  const kind = agreementKind(saying.type)
  if (!kind) throw new Error(`no agreement ${saying.type}`)
  return agreementSource({
    kind, doc: docOf(saying.digits, saying.type, saying.doc), said: saidIn(contentOf(saying)), standing: 'signed',
    version: { number: 1, hash: saying.digits.repeat(32) }, amended: false, ...saying.read,
  })
} // prettier-ignore

type Rows = {
  readonly [S in Exclude<keyof Plan, 'about'>]?: readonly (Partial<Plan[S][number]> & { readonly id: string })[]
}

export function planOf(about: Partial<Plan['about']>, rows: Rows = {}): Plan {
  const lists = Object.fromEntries(Object.entries(rows).map(([set, all]) => [set, (all as readonly { readonly id: string }[]).map((one) => blank(set as 'milestones', one.id, one))]))
  return { ...emptyPlan(), about: blank('plan', 'it', about), ...lists }
} // prettier-ignore

export const plan = (digits: string, about: Partial<Plan['about']>, rows: Rows = {}, doc: Partial<Doc> = {}): PlanSource =>
  planSource(docOf(digits, 'JointInitiativePlan.v1', doc), planOf(about, rows), NAMES) // prettier-ignore

/** What a finding says, short: rule and both values. */
export const told = (findings: readonly Finding[]): readonly unknown[] =>
  findings.map(({ rule, places, more }) => [rule, ...places.map(({ value }) => value), ...(more > 0 ? [more] : [])])
export const find = (...sources: readonly Source[]): readonly unknown[] => told(findContradictions(sources))
