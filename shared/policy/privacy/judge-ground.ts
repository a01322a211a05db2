import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { PermittedField } from '../permit.ts'
import type { PiiFinding } from '../pii/finding.ts'
import type { FieldTransform } from '../transform.ts'
import { consentOn, type ConsentRecord } from './consent.ts'
import type { PrivacyGround } from './ground.ts'
import { isPersonal } from './personal.ts'

export const PRIVACY_REFUSALS = [
  'ground-missing', // personal data would leave and no ground is named
  'approval-missing', // an exception that nobody approved in writing
  'consent-unknown', // basis `consent` without one, or with one that the register does not hold
  'consent-withdrawn',
  'consent-expired', // or not given yet
  'consent-other-recipient',
  'consent-other-purpose',
  'data-country-unknown', // nobody has said where a recipient keeps its data
  'transfer-ground-missing', // another country, without ground and safeguard
  'transfer-not-minimised',
] as const
export interface PrivacyRefusal {
  readonly code: (typeof PRIVACY_REFUSALS)[number]
}

/** What a disclosure records about personal data, whether there is any or not. */
export interface PrivacyFinding {
  /** Columns that are personal by their tag and leave in a form that still points at a person, pseudonyms included. */
  readonly tagged: readonly string[]
  /** Findings of the scan of the outgoing values. */
  readonly scanned: number
  readonly personal: boolean
}

export function findPersonal(fields: readonly PermittedField[], findings: readonly PiiFinding[]): PrivacyFinding {
  const tagged = fields.filter(({ meaning, transform }) => isPersonal(meaning) && pointsAtPerson(transform))
  const names = tagged.map(({ column }) => column)
  return { tagged: names, scanned: findings.length, personal: names.length > 0 || findings.length > 0 }
}

/** A pseudonym or a keyed hash still stands for one person, and a mask that shows a part may. */
export function pointsAtPerson(transform: FieldTransform): boolean {
  switch (transform.kind) {
    case 'keep':
    case 'replace':
    case 'hash':
      return true
    case 'mask':
      return transform.start > 0 || transform.end > 0
    default:
      return false
  }
}

export interface GroundCase {
  readonly ground: PrivacyGround | null
  readonly purpose: string
  /** The companies that would receive the slice. */
  readonly recipients: readonly CompanyId[]
  /** The consents of the register, by id. */
  readonly consents: ReadonlyMap<string, ConsentRecord>
  /** Where data are kept, as ISO 3166 codes; ours and the recipients'. */
  readonly ownCountry: string
  readonly countries: ReadonlyMap<CompanyId, string>
  readonly today: IsoDate
}

/** Everything that stands between personal data and a disclosure; empty: it may leave. Default is no. */
export function judgeGround(one: GroundCase): readonly PrivacyRefusal[] {
  const { ground } = one
  if (ground === null) return [{ code: 'ground-missing' }]
  const codes = new Set<PrivacyRefusal['code']>()
  if (ground.basis === 'consent') {
    if (ground.consents.length === 0) codes.add('consent-unknown')
    for (const id of ground.consents) for (const code of lacksOf(one.consents.get(id), one)) codes.add(code)
  } else if ((ground.approval ?? '').trim().length < 10) codes.add('approval-missing')
  const places = one.recipients.map((company) => one.countries.get(company))
  if (places.includes(undefined)) codes.add('data-country-unknown')
  if (places.some((place) => place !== undefined && place !== one.ownCountry)) {
    if (ground.transfer === null || ground.transfer.document.trim().length < 3) codes.add('transfer-ground-missing')
    else if (!ground.transfer.minimised) codes.add('transfer-not-minimised')
  }
  return [...codes].map((code) => ({ code }))
}

function lacksOf(consent: ConsentRecord | undefined, one: GroundCase): readonly PrivacyRefusal['code'][] {
  if (consent === undefined) return ['consent-unknown']
  const state = consentOn(consent, one.today)
  if (state === 'withdrawn') return ['consent-withdrawn']
  if (state !== 'valid') return ['consent-expired']
  const codes: PrivacyRefusal['code'][] = []
  if (one.recipients.some((company) => !consent.recipients.includes(company))) codes.push('consent-other-recipient')
  if (fold(consent.purpose) !== fold(one.purpose)) codes.push('consent-other-purpose')
  return codes
}

const fold = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase()
