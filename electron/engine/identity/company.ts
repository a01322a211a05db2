import { checkProfile, type ProfileField } from '#shared/membership/company-profile.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Hash } from '#shared/kernel/crypto.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import type { PersonId, Role } from '#shared/kernel/ids.ts'
import type { Bilingual, SigningAuthority } from '#shared/membership/types.ts'
import type {
  CertificateView,
  CompanyProfile,
  CompanyView,
  DeviceView,
  ProfileWarning,
} from '#shared/projection/company-views.ts'
import { newId, record } from '../context.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changeRoles, endDelegation, revokeDevice } from './devices.ts'
import { certificateIn, type IssuedRecord, type PersonRecord } from './identity.ts'

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

/** New roles for a person; every channel that it concerns is told. @throws Refused for a person without a device. */
export function certifyPerson(
  hub: Hub,
  terms: {
    readonly person: string
    readonly roles: readonly Role[]
    readonly validTo: string
    readonly authority: SigningAuthority | null
  },
): CompanyView {
  const { roles, authority } = terms
  changeRoles(hub, terms.person as PersonId, { roles, authority, validTo: endOf(terms.validTo) })
  return companyView(hub)
}

/** Notes the document that gives an authority: the certificate names its SHA-256, and only this vault knows its name. */
export function keepAuthorityDocument(hub: Hub, name: string, bytes: Uint8Array): Hash {
  const sha256 = hub.context.paper.sha256(bytes)
  hub.context.vault.records.put('authority-document', sha256, { name })
  return fromHex(sha256) as Hash
}
const documentView = (hub: Hub, sha256: string) => ({
  sha256,
  name: hub.context.vault.records.get<{ readonly name: string }>('authority-document', sha256)?.name ?? null,
})

/** The last moment of a day. */
export const endOf = (day: string): Instant => (Date.parse(`${day}T00:00:00Z`) + 86_400_000 - 1) as Instant

/**
 * Ends what a certificate allows: a delegation by itself, any other by revoking its device, in every channel. The one that this
 * device is acting under is replaced first, never just removed.
 */
export function revokeCertificate(hub: Hub, serial: string, reason: string): CompanyView {
  const { vault } = hub.context
  const issued = vault.records.get<IssuedRecord>('certificate', serial)
  if (!issued || issued.revokedAt !== null) throw new Refused('company', 'no-such-certificate')
  if (certificateIn(hub.identity.certified).serial === serial) throw new Refused('company', 'certificate-in-use')
  const said = certificateIn(issued.certified)
  if (said.actingFor) endDelegation(hub, serial)
  else revokeDevice(hub, said.device, 'left')
  hub.change(() => {
    note(hub, 'certificate', 'certificate-revoked', serial, said.name.en, { reason })
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
        .map((one) => certificateView(hub, one, hub.context.clock.now()))
        .toSorted((left, right) => (left.validFrom < right.validFrom ? 1 : -1)),
      devices: devicesOf(hub, id),
    })),
    issuer: hub.identity.issuer.secret !== null,
  }
}

/** The devices of a person with what they may do now: the newest standing certificate of each, or how the last one ended. */
function devicesOf(hub: Hub, person: string): readonly DeviceView[] {
  const now = hub.context.clock.now()
  const devices = new Map<string, IssuedRecord[]>()
  for (const { value } of hub.context.vault.records.list<IssuedRecord>('certificate')) {
    const said = certificateIn(value.certified)
    if (said.person === person) devices.set(said.device, [...(devices.get(said.device) ?? []), value])
  }
  return [...devices.values()].flatMap((issued): readonly DeviceView[] => {
    const certificates = issued
      .map((one) => ({ said: certificateIn(one.certified), one }))
      .toSorted((left, right) => right.said.validFrom - left.said.validFrom)
    const valid = certificates.find(({ said, one }) => one.revokedAt === null && said.validFrom <= now && said.validTo >= now) // prettier-ignore
    const shown = valid ?? certificates[0]
    if (!shown) return []
    const { device, roles, validTo } = shown.said
    const state = valid ? 'active' : certificates.every(({ one }) => one.revokedAt !== null) ? 'revoked' : 'expired'
    return [{ device, roles, validTo: dateOf(validTo), self: device === hub.identity.device.id, state }]
  })
}

function certificateView(hub: Hub, { certified, revokedAt, endedAs }: IssuedRecord, now: Instant): CertificateView {
  const { serial, roles, device, validFrom, validTo, authority, actingFor } = certificateIn(certified)
  const ended = endedAs === 'replaced' ? ('replaced' as const) : ('revoked' as const)
  return {
    serial,
    roles,
    device,
    validFrom: dateOf(validFrom),
    validTo: dateOf(validTo) as IsoDate,
    state: revokedAt !== null ? ended : now < validFrom ? 'not-yet' : now > validTo ? 'expired' : 'valid',
    ...(actingFor && { actingFor: actingFor.name }),
    ...(authority && {
      signingAuthority: {
        matters: authority.matters,
        amountLimitMinor: authority.limit?.amount ?? null,
        joint: authority.joint,
        document: authority.document && documentView(hub, toHex(authority.document)),
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
