import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent, Signatory } from '#shared/artifacts/agreement-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { CompanyId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** What a role certificate says about signing, as far as this module asks. */
export interface Signer {
  readonly company: CompanyId
  readonly person: PersonId
  readonly name: Words
  readonly roles: readonly string[]
  readonly validTo: Instant
  readonly authority: {
    readonly matters: readonly string[]
    /** null: no limit. `amount` in minor units. */
    readonly limit: { readonly currency: string; readonly amount: number } | null
    readonly joint: boolean
  } | null
  /** For whom it acts: a delegation. */
  readonly actingFor?: { readonly person: PersonId; readonly name: Words } | undefined
}
export type AuthorityRefusal =
  | 'not-a-signatory' | 'no-authority' | 'matter-not-covered' | 'above-limit' | 'value-not-said' | 'second-signature-needed'
  | 'certificate-expired' | 'registration-expired' // prettier-ignore

/** Who heads a company signs for it by office; anybody else needs an authority in the role certificate. */
const BY_OFFICE = ['founder', 'ceo']
/** The matter that covers every kind of agreement. */
export const ALL_AGREEMENTS = 'agreements'
/** How an authority names a kind of agreement: its type without the version. */
export const matterOf = (type: string): string => type.replace(/\.v\d+$/, '')

/** An office is a person's own: who acts for another holds its roles, and signs only with an authority of their own. */
export const signsByOffice = ({ roles, authority, actingFor }: Signer): boolean =>
  authority === null && actingFor === undefined && roles.some((role) => BY_OFFICE.includes(role))

/** Whether somebody is the signatory that a text names, or acts for that person with an authority to sign. */
export const signsAs = (
  signatory: Pick<Signatory, 'company' | 'person'>,
  {
    company,
    person,
    actingFor,
    authority = null,
  }: Pick<Signer, 'company' | 'person'> & Partial<Pick<Signer, 'actingFor' | 'authority'>>,
): boolean =>
  signatory.company === company &&
  (signatory.person === person || (authority !== null && actingFor?.person === signatory.person))

/**
 * Why a person may not sign a text for their company; undefined when they may. `amount`: see `amountOf`. A joint authority needs a
 * second signatory of the same company in the text.
 */
export function authorityRefusal(
  signer: Signer,
  content: Pick<AgreementContent, 'type'> & { readonly signatories: readonly { readonly company: string | null }[] },
  amount: number | null | 'not-said',
  now: Instant,
): AuthorityRefusal | undefined {
  if (signer.validTo < now) return 'certificate-expired'
  const { authority } = signer
  if (authority === null) return signsByOffice(signer) ? undefined : 'no-authority'
  const matter = matterOf(content.type)
  const covered =
    authority.matters.length === 0 || authority.matters.some((one) => one === matter || one === ALL_AGREEMENTS)
  if (!covered) return 'matter-not-covered'
  if (authority.limit && amount === 'not-said') return 'value-not-said'
  if (authority.limit && amount !== null && amount !== 'not-said')
    if (authority.limit.currency !== 'SAR' || amount > authority.limit.amount) return 'above-limit'
  if (authority.joint && content.signatories.filter((one) => one.company === signer.company).length < 2)
    return 'second-signature-needed'
  return undefined
}

/** On what somebody's signature rests, and why it does not hold. */
export interface Standing {
  readonly basis: 'office' | 'authority' | null
  readonly limit: number | null
  readonly joint: boolean
  readonly refusal: AuthorityRefusal | null
}

export const standingOf = (
  signer: Signer,
  content: Parameters<typeof authorityRefusal>[1],
  amount: Parameters<typeof authorityRefusal>[2],
  now: Instant,
): Standing => ({
  basis: signer.authority ? 'authority' : signsByOffice(signer) ? 'office' : null,
  limit: signer.authority?.limit?.amount ?? null,
  joint: signer.authority?.joint ?? false,
  refusal: authorityRefusal(signer, content, amount, now) ?? null,
})

/**
 * The amount that a limit of an authority is held against, in halalas: the largest of the text, terms and tables alike. `not-said`
 * where the kind has a term for the whole value and the text leaves it open; null where the text is not about money.
 */
export function amountOf(
  kind: AgreementKind,
  { terms, tables = {} }: Pick<AgreementContent, 'terms' | 'tables'>,
): number | null | 'not-said' {
  if (kind.value !== undefined && terms[kind.value] === undefined) return 'not-said'
  const inTerms = Object.entries(kind.terms).flatMap(([name, { unit }]) =>
    unit === 'halalas' ? [terms[name]?.value] : [],
  )
  const inTables = Object.entries(kind.tables).flatMap(([table, { columns }]) =>
    Object.entries(columns)
      .filter(([, { unit }]) => unit === 'halalas')
      .flatMap(([column]) => (tables[table]?.rows ?? []).map(({ cells }) => cells[column]?.value)),
  )
  const amounts = [...inTerms, ...inTables].filter((value) => typeof value === 'number')
  return amounts.length === 0 ? null : Math.max(...amounts)
}
