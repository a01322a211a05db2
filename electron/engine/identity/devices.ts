import { signsByOffice } from '#shared/agreement/authority.ts'
import type { DeviceId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type {
  CertifiedDevice, Control, Represented, Revocation, RoleCertificate, SigningAuthority,
} from '#shared/membership/types.ts' // prettier-ignore
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { newId, record } from '../context.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, headsOf, renewEpoch, writeIn } from '../workspaces/membership-steps.ts'
import { wordOf } from './narrowed.ts'
import { certificateIn, saveIdentity, type IssuedRecord, type PersonRecord } from './identity.ts'

/** What a certificate is to say of one device. */
export interface CertificateTerms {
  readonly roles: readonly Role[]
  readonly validFrom: Instant
  readonly validTo: Instant
  readonly authority: SigningAuthority | null
  readonly actingFor?: Represented
  readonly replaces?: readonly string[]
}

/** Certificates of this company that neither ended nor were replaced, the newest first. */
export const standing = (hub: Hub): readonly RoleCertificate[] =>
  hub.context.vault.records
    .list<IssuedRecord>('certificate')
    .filter(({ value }) => value.revokedAt === null)
    .map(({ value }) => certificateIn(value.certified))
    .toSorted((one, other) => other.validFrom - one.validFrom)

/** Signs a certificate for a device whose keys are known, and keeps it in the register. @throws Refused without the issuer's key. */
export function issue(
  hub: Hub,
  subject: Pick<RoleCertificate, 'person' | 'name' | 'device' | 'boxKey'>,
  terms: CertificateTerms,
): CertifiedDevice {
  const { crypto, clock, vault } = hub.context
  const { issuer, card } = hub.identity
  if (issuer.secret === null) throw new Refused('company', 'not-issuer')
  if (!(terms.validTo > clock.now()) || terms.validFrom > terms.validTo) throw new Refused('company', 'already-expired')
  const serial = newId(crypto)
  const { actingFor, replaces, ...rest } = terms
  const certificate = signStatement(crypto, 'certificate', issuer.secret, {
    company: card.company,
    ...subject,
    serial,
    ...rest,
    ...(actingFor && { actingFor }),
    ...(replaces && replaces.length > 0 && { replaces }),
  })
  const certified = { issuer: issuer.certificate, certificate }
  vault.records.put<IssuedRecord>('certificate', serial, { certified, revokedAt: null })
  for (const past of replaces ?? []) end(hub, past, 'replaced')
  return certified
}

/** Tells every channel that it concerns, and makes a new key where somebody came or went. Call inside `change`. */
export function tell(hub: Hub, certified: readonly CertifiedDevice[]): void {
  for (const runtime of writable(hub)) {
    const concerned = certified.filter((one) => concerns(runtime, certificateIn(one)))
    if (concerned.length === 0) continue
    writeIn(
      hub,
      runtime.id,
      concerned.map((device) => control(wordOf(hub, runtime, device))),
    )
    renewWhenDue(hub, runtime)
  }
}

/** Channels in which this device may still write. */
export const writable = (hub: Hub): readonly ChannelRuntime[] =>
  [...hub.runtimes()].filter(
    ({ members }) => certificateOf(members, hub.identity.device.id, hub.context.clock.now()) !== undefined,
  )

function concerns({ members }: ChannelRuntime, { device, roles }: RoleCertificate): boolean {
  const audience = members.channel?.definition?.roles ?? 'all'
  return members.certificates.has(device) || audience === 'all' || roles.some((role) => audience.includes(role))
}

/** A new key where somebody came or went; not where this device itself went: then others make it. */
export function renewWhenDue(hub: Hub, runtime: ChannelRuntime): void {
  if (certificateOf(runtime.members, hub.identity.device.id, hub.context.clock.now()) === undefined) return
  if (runtime.needsEpoch) renewEpoch(hub, runtime)
}

/** New roles for all devices of a person: what they held is replaced from here on, wherever this becomes known. */
export function changeRoles(hub: Hub, person: PersonId, terms: Omit<CertificateTerms, 'validFrom' | 'replaces'>): void {
  const held = standing(hub).filter((one) => one.person === person)
  const named = hub.context.vault.records.get<PersonRecord>('person', person)
  if (!named) throw new Refused('company', 'no-such-person')
  if (held.length === 0) throw new Refused('company', 'person-without-device')
  hub.change(() => {
    const certified = [...new Set(held.map(({ device }) => device))].map((device) => {
      const own = held.filter((one) => one.device === device)
      const [newest] = own as [RoleCertificate]
      const made = issue(
        hub,
        { ...subjectOf(newest), name: named.name },
        { ...terms, validFrom: hub.context.clock.now(), replaces: own.map(({ serial }) => serial) },
      )
      if (device === hub.identity.device.id) {
        hub.identity = { ...hub.identity, certified: made }
        saveIdentity(hub.context, hub.identity)
      }
      return made
    })
    tell(hub, certified)
    note(hub, 'certificate-issued', person, named.name.en, { roles: terms.roles.join(' ') })
    return undefined
  })
}

export interface Delegation {
  readonly from: PersonId
  readonly to: PersonId
  readonly roles: readonly Role[]
  readonly validFrom: Instant
  readonly validTo: Instant
  /** Whether the substitute may also sign agreements in this person's place, as far as that person may. */
  readonly signing: boolean
}

/** What an office lets its holder sign, written out: an office is not delegated with its roles. */
const WHOLE_AUTHORITY: SigningAuthority = { matters: [], limit: null, joint: false, document: null }
const authorityOf = (certificate: RoleCertificate | undefined): SigningAuthority | null =>
  certificate === undefined ? null : (certificate.authority ?? (signsByOffice(certificate) ? WHOLE_AUTHORITY : null))

/** One person acts for another for a time: a certificate beside the own one, which counts again when it ends. */
export function delegate(hub: Hub, { from, to, roles, validFrom, validTo, signing }: Delegation): void {
  const { records } = hub.context.vault
  const now = hub.context.clock.now()
  const [represented, substitute] = [records.get<PersonRecord>('person', from), records.get<PersonRecord>('person', to)]
  if (!represented || !substitute || from === to) throw new Refused('company', 'no-such-person')
  const all = standing(hub).filter(({ validTo: end }) => end > now)
  const theirs = all.filter((one) => one.person === from && one.actingFor === undefined)
  if (!roles.every((role) => theirs.some((one) => one.roles.includes(role)))) throw new Refused('company', 'roles-not-held') // prettier-ignore
  const own = all.filter((one) => one.person === to && one.actingFor === undefined)
  if (own.length === 0) throw new Refused('company', 'person-without-device')
  const lent = authorityOf(theirs.find((one) => authorityOf(one) !== null))
  if (signing && lent === null) throw new Refused('company', 'no-authority-to-delegate')
  hub.change(() => {
    const certified = own.map((base) =>
      issue(hub, subjectOf(base), {
        roles: [...new Set([...base.roles, ...roles])],
        validFrom: validFrom > now ? validFrom : now,
        validTo,
        authority: signing ? lent : authorityOf(base),
        actingFor: { person: from, name: represented.name },
        // Lent anew, with or without the signature: the earlier delegation of the same person ends.
        replaces: all.flatMap((one) =>
          validFrom <= now && one.device === base.device && one.actingFor?.person === from ? [one.serial] : [],
        ),
      }),
    )
    tell(hub, certified)
    note(hub, 'delegated', to, substitute.name.en, {
      for: represented.name.en,
      roles: roles.join(' '),
      ...(signing && { signing: 'yes' }),
    })
    return undefined
  })
}

/** Ends a delegation before its day: the own certificate counts alone from here on. */
export function endDelegation(hub: Hub, serial: string): void {
  const found = standing(hub).find((one) => one.serial === serial && one.actingFor !== undefined)
  if (!found) throw new Refused('company', 'no-such-certificate')
  const base = standing(hub).find((one) => one.device === found.device && one.actingFor === undefined)
  if (!base) throw new Refused('company', 'person-without-device')
  hub.change(() => {
    const { roles, validTo, authority } = base
    const terms = { roles, validTo, authority, validFrom: hub.context.clock.now(), replaces: [serial, base.serial] }
    const made = issue(hub, subjectOf(base), terms)
    if (base.device === hub.identity.device.id) {
      hub.identity = { ...hub.identity, certified: made }
      saveIdentity(hub.context, hub.identity)
    }
    tell(hub, [made])
    note(hub, 'delegation-ended', found.person, found.name.en)
    return undefined
  })
}

/**
 * Ends a device of the company in every channel that knows it: revoked with the last entries that are held of it, and a new
 * key that it does not hold. What it has read already, nobody takes back. @throws Refused for this device itself.
 */
export function revokeDevice(hub: Hub, device: DeviceId, reason: Revocation['reason']): void {
  const { crypto, clock } = hub.context
  const { issuer, card } = hub.identity
  if (device === hub.identity.device.id) throw new Refused('company', 'certificate-in-use')
  if (issuer.secret === null) throw new Refused('company', 'not-issuer')
  const secret = issuer.secret
  const held = standing(hub).filter((one) => one.device === device)
  if (held.length === 0) throw new Refused('company', 'no-such-certificate')
  hub.change(() => {
    for (const runtime of writable(hub)) {
      const { members } = runtime
      if (!members.certificates.has(device) || members.revocations.has(device)) continue
      const revocation = signStatement(crypto, 'revocation', secret, {
        company: card.company,
        subject: { kind: 'device', device },
        reason,
        at: clock.now(),
        // A word of its own for each channel: its members learn of no other.
        cuts: [{ channel: runtime.id, heads: headsOf(runtime, [device]) }],
      })
      const said: Control = { kind: 'revocation', revocation, issuer: issuer.certificate }
      writeIn(hub, runtime.id, [control(said)])
      renewWhenDue(hub, runtime)
    }
    for (const { serial } of held) end(hub, serial, 'revoked')
    note(hub, 'device-revoked', device, held[0]?.name.en ?? '', { reason })
    return undefined
  })
}

const subjectOf = ({ person, name, device, boxKey }: RoleCertificate) => ({ person, name, device, boxKey })

function end({ context }: Hub, serial: string, as: 'replaced' | 'revoked'): void {
  const { records } = context.vault
  const issued = records.get<IssuedRecord>('certificate', serial)
  if (issued?.revokedAt === null)
    records.put<IssuedRecord>('certificate', serial, { ...issued, revokedAt: context.clock.now(), endedAs: as })
}

function note(hub: Hub, code: string, id: string, name: string, detail: Readonly<Record<string, string>> = {}): void {
  record(hub.context, {
    kind: 'certificate',
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id, name },
    detail,
  })
}
