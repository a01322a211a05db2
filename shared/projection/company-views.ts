import type { CompanyId, DeviceId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'

export interface CompanyProfile {
  readonly name: Bilingual
  readonly country: string
  readonly crNumber: string
  readonly unifiedNumber: string
  readonly vatNumber: string
  readonly tin: string
  readonly address: {
    readonly building: string
    readonly street: string
    readonly district: string
    readonly city: string
    readonly postalCode: string
  }
  readonly languages: readonly ('ar' | 'en')[]
}

/** A warning of a validator: `field` of the profile and a code of `refusals.membership.json`. A format that fits is not a verified fact. */
export interface ProfileWarning {
  readonly field: string
  readonly code: string
}

export interface PersonView {
  readonly id: PersonId
  readonly name: Bilingual
  readonly self: boolean
  readonly certificates: readonly CertificateView[]
  readonly devices: readonly DeviceView[]
}

/** What a new device is offered, before its person has compared the code. */
export interface EnrolmentPreview {
  readonly company: Bilingual
  readonly fingerprint: string
  readonly person: Bilingual
  readonly roles: readonly Role[]
  readonly validTo: IsoDate
  readonly code: readonly string[]
}

/** One device of a person and what it may do now. */
export interface DeviceView {
  readonly device: DeviceId
  readonly self: boolean
  readonly roles: readonly Role[]
  readonly validTo: IsoDate
  readonly state: 'active' | 'expired' | 'revoked'
}

export interface CertificateView {
  readonly serial: string
  readonly roles: readonly Role[]
  readonly device: DeviceId
  readonly validFrom: IsoDate
  readonly validTo: IsoDate
  readonly state: 'valid' | 'not-yet' | 'expired' | 'revoked' | 'replaced'
  /** For whom it acts: a delegation. */
  readonly actingFor?: Bilingual
  readonly signingAuthority?: {
    readonly matters: readonly string[]
    /** In halalas; null: no limit. */
    readonly amountLimitMinor: number | null
    readonly joint: boolean
    /** The document that gives the authority; its name is known where it was chosen. */
    readonly document: { readonly sha256: string; readonly name: string | null } | null
  }
}

export interface CompanyView {
  readonly id: CompanyId
  readonly profile: CompanyProfile
  readonly warnings: readonly ProfileWarning[]
  readonly rootFingerprint: string
  readonly rootInVault: boolean
  readonly people: readonly PersonView[]
  /** Whether this device may certify and revoke others. */
  readonly issuer: boolean
}
