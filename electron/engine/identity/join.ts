import { toHex } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { BoxPair, SigningPair } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { openEnrolment, requestDevice, type Enrolment } from '#shared/membership/enrolment.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { EnrolmentPreview } from '#shared/projection/company-views.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { record, type Context } from '../context.ts'
import { must, Refused } from '../edge.ts'
import { START_KINDS } from './enrol.ts'
import { saveIdentity } from './identity.ts'

/** A vault that waits for its company's answer: its keys, and what it asked. Kept as `identity/pending`. */
export interface Pending {
  readonly signing: SigningPair
  readonly box: BoxPair
  readonly request: Uint8Array
  readonly code: string
}

export const pendingIn = ({ vault }: Pick<Context, 'vault'>): Pending | undefined =>
  vault.records.get<Pending>('identity', 'self') === undefined
    ? vault.records.get<Pending>('identity', 'pending')
    : undefined

/** Makes this device's keys and its request. */
export function ask({ crypto, clock, vault }: Pick<Context, 'crypto' | 'clock' | 'vault'>, name: Bilingual): Pending {
  const keys = { signing: crypto.signingPair(), box: crypto.boxPair() }
  const { bytes, code } = requestDevice(crypto, keys, name, clock.now())
  const pending: Pending = { ...keys, request: bytes, code }
  vault.transaction(() => {
    vault.records.put('identity', 'pending', pending)
    return undefined
  })
  return pending
}

/** Opens the company's answer. Nothing is believed yet: first the code is compared. */
export function lookAtAnswer({ crypto }: Pick<Context, 'crypto'>, pending: Pending, bytes: Uint8Array): Enrolment {
  const device = toHex(pending.signing.publicKey) as DeviceId
  return must(openEnrolment(crypto, bytes, { request: pending.request, device, box: pending.box }), 'membership')
}

export const previewOf = ({ crypto }: Pick<Context, 'crypto'>, enrolment: Enrolment): EnrolmentPreview => ({
  company: enrolment.card.name,
  fingerprint: fingerprintOf(crypto, enrolment.card.root),
  person: enrolment.certificate.name,
  roles: enrolment.certificate.roles,
  validTo: dateOf(enrolment.certificate.validTo),
  code: enrolment.code.split(' '),
})

/** The code matched: this vault is the company's from here on. It holds no issuer's key. */
export function become(context: Context, pending: Pending, { card, device, certificate, start }: Enrolment): void {
  const { vault } = context
  vault.transaction(() => {
    saveIdentity(context, {
      card,
      issuer: { secret: null, certificate: device.issuer },
      device: { id: certificate.device, secret: pending.signing.secretKey, box: pending.box },
      person: certificate.person,
      certified: device,
    })
    for (const one of Array.isArray(start) ? (start as readonly Canonical[]) : []) {
      const [kind, id, value] = Array.isArray(one) ? (one as readonly Canonical[]) : []
      if (typeof kind !== 'string' || typeof id !== 'string' || !START_KINDS.includes(kind)) throw new Refused('membership', 'enrolment-malformed') // prettier-ignore
      vault.records.put(kind, id, value)
    }
    vault.records.remove('identity', 'pending')
    record(context, {
      kind: 'certificate',
      code: 'device-joined',
      actor: certificate.name.en,
      subject: { id: certificate.device, name: card.name.en },
      detail: { roles: certificate.roles.join(' ') },
    })
    return undefined
  })
}
