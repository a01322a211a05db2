import { checkProfile, type ProfileField } from '#shared/membership/company-profile.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import type { PersonId, Role } from '#shared/kernel/ids.ts'
import type { Bilingual, SigningAuthority } from '#shared/membership/types.ts'
import type { CertificateView, CompanyProfile, CompanyView, ProfileWarning } from '#shared/projection/company-views.ts'
import { newId, record } from '../context.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control } from '../workspaces/membership-steps.ts'
import { certificateIn, certify, saveIdentity, type IssuedRecord, type PersonRecord } from './identity.ts'

const FIELDS: Readonly<Record<ProfileField, string>> = {
  'name.en': 'name.en',
  'name.ar': 'name.ar',
  cr: 'crNumber',
  unified: 'unifiedNumber',
  vat: 'vatNumber',
  tin: 'tin',
  building: 'address.building',
  postal: 'address.postalCode',
}

export const emptyProfile = (name: Bilingual): CompanyProfile => ({
  name,
  country: 'SA',
  crNumber: '',
  unifiedNumber: '',
  vatNumber: '',
  tin: '',
  address: { building: '', street: '', district: '', city: '', postalCode: '' },
  languages: ['ar', 'en'],
})

/** What is odd about a profile, never a refusal: only the registers know which numbers exist. */
export function warningsOf({
  name,
  country,
  crNumber,
  unifiedNumber,
  vatNumber,
  tin,
  address,
  languages,
}: CompanyProfile): readonly ProfileWarning[] {
  const both = (text: string): Bilingual => ({ en: text, ar: text })
  return checkProfile({
    name,
    country,
    cr: crNumber,
    unified: unifiedNumber,
    vat: vatNumber,
    tin,
    address: {
      building: address.building,
      street: both(address.street),
      district: both(address.district),
      city: both(address.city),
      postal: address.postalCode,
      additional: '',
    },
    languages,
  }).map(({ field, code }) => ({ field: FIELDS[field as ProfileField] ?? field, code }))
}

export const profileOf = (hub: Hub): CompanyProfile =>
  hub.context.vault.records.get<CompanyProfile>('company', 'profile') ?? emptyProfile(hub.identity.card.name)

/** Keeps the profile. The name on certificates and in workspaces stays the one under which the company was made. */
export function saveProfile(hub: Hub, profile: CompanyProfile): CompanyView {
  hub.change(() => {
    hub.context.vault.records.put('company', 'profile', profile)
    note(hub, 'company', 'profile-saved', hub.identity.card.company, profile.name.en)
    return undefined
  })
  return companyView(hub)
}

export function addPerson(hub: Hub, name: Bilingual): CompanyView {
  const id = newId<PersonId>(hub.context.crypto)
  hub.change(() => {
    hub.context.vault.records.put<PersonRecord>('person', id, { name })
    note(hub, 'company', 'person-added', id, name.en)
    return undefined
  })
  return companyView(hub)
}

/** A new certificate for this device and its person; every channel is told. @throws Refused for a person without this device. */
export function certifyPerson(
  hub: Hub,
  terms: {
    readonly person: string
    readonly roles: readonly Role[]
    readonly validTo: string
    readonly authority: SigningAuthority | null
  },
): CompanyView {
  const { crypto, clock, vault } = hub.context
  if (terms.person !== hub.identity.person) throw new Refused('company', 'person-without-device')
  const person = vault.records.get<PersonRecord>('person', terms.person)
  if (!person) throw new Refused('company', 'no-such-person')
  const now = clock.now()
  const validTo = (Date.parse(`${terms.validTo}T00:00:00Z`) + 86_400_000 - 1) as Instant
  if (!(validTo > now)) throw new Refused('company', 'already-expired')
  const certified = certify(crypto, hub.identity, {
    name: person.name,
    roles: terms.roles,
    validFrom: now,
    validTo,
    authority: terms.authority,
  })
  const certificate = certificateIn(certified)
  hub.change(() => {
    for (const runtime of hub.runtimes()) {
      hub.touch(runtime.id)
      runtime.write([control({ kind: 'certificate', device: certified })])
    }
    hub.identity = { ...hub.identity, certified }
    saveIdentity(hub.context, hub.identity)
    vault.records.put<IssuedRecord>('certificate', certificate.serial, { certified, revokedAt: null })
    note(hub, 'certificate', 'certificate-issued', certificate.serial, person.name.en, { roles: terms.roles.join(' ') })
    return undefined
  })
  return companyView(hub)
}

/** Strikes a certificate off the register. The one that this device is acting under is replaced first, never just removed. */
export function revokeCertificate(hub: Hub, serial: string, reason: string): CompanyView {
  const { clock, vault } = hub.context
  const issued = vault.records.get<IssuedRecord>('certificate', serial)
  if (!issued || issued.revokedAt !== null) throw new Refused('company', 'no-such-certificate')
  if (certificateIn(hub.identity.certified).serial === serial) throw new Refused('company', 'certificate-in-use')
  hub.change(() => {
    vault.records.put<IssuedRecord>('certificate', serial, { ...issued, revokedAt: clock.now() })
    note(hub, 'certificate', 'certificate-revoked', serial, certificateIn(issued.certified).name.en, { reason })
    return undefined
  })
  return companyView(hub)
}

export function companyView(hub: Hub): CompanyView {
  const { crypto, vault } = hub.context
  const profile = profileOf(hub)
  const issued = vault.records.list<IssuedRecord>('certificate').map(({ value }) => value)
  return {
    id: hub.identity.card.company,
    profile,
    warnings: warningsOf(profile),
    rootFingerprint: fingerprintOf(crypto, hub.identity.card.root),
    rootInVault: false,
    people: vault.records.list<PersonRecord>('person').map(({ id, value }) => ({
      id: id as PersonId,
      name: value.name,
      self: id === hub.identity.person,
      certificates: issued
        .filter(({ certified }) => certificateIn(certified).person === id)
        .map((one) => certificateView(one, hub.context.clock.now()))
        .toSorted((left, right) => (left.validFrom < right.validFrom ? 1 : -1)),
    })),
  }
}

function certificateView({ certified, revokedAt }: IssuedRecord, now: Instant): CertificateView {
  const { serial, roles, device, validFrom, validTo, authority } = certificateIn(certified)
  return {
    serial,
    roles,
    device,
    validFrom: dateOf(validFrom),
    validTo: dateOf(validTo) as IsoDate,
    state: revokedAt !== null ? 'revoked' : now < validFrom ? 'not-yet' : now > validTo ? 'expired' : 'valid',
    ...(authority && {
      signingAuthority: {
        matters: authority.matters,
        amountLimitMinor: authority.limit?.amount ?? 0,
        joint: authority.joint,
      },
    }),
  }
}

function note(
  hub: Hub,
  kind: 'company' | 'certificate',
  code: string,
  id: string,
  name: string,
  detail: Readonly<Record<string, string>> = {},
): void {
  record(hub.context, {
    kind,
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id, name },
    detail,
  })
}
