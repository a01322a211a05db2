import { equal, toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { BoxPair, Crypto, Hash, SigningPair } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { deviceKey, verifyCard, verifyDevice } from './certificate.ts'
import { safetyCode } from './safety-code.ts'
import { record } from './shape.ts'
import { certifiedDevice, companyCard, readStatement, signed, signStatement, verifyStatement } from './statement.ts'
import type { Bilingual, CertifiedDevice, CompanyCard, DeviceRequest, RoleCertificate, Signed } from './types.ts'

export type EnrolmentRefusal =
  | 'request-malformed'
  | 'newer-request'
  | 'request-tampered'
  | 'enrolment-malformed'
  | 'newer-enrolment'
  /** Made for another device, or changed on the way. */
  | 'enrolment-tampered'

/** A device that asks its company for a certificate, as the issuer sees it before the code is compared. */
export interface AskingDevice {
  readonly id: Hash
  readonly request: DeviceRequest
  /** What both people must read alike before anything is certified. */
  readonly code: string
}
/** What a new device is given: who it is, and what it starts from. */
export interface Enrolment {
  readonly card: CompanyCard
  readonly device: CertifiedDevice
  readonly certificate: RoleCertificate
  /** The engine's own: workspaces, people, keys. Not believed before the code was compared. */
  readonly start: Canonical
  readonly code: string
}

const VERSION = 1
const MAX_REQUEST = 4096
/** Workspaces and slice keys of a whole company fit many times over. */
const MAX_ENROLMENT = 64 * 1024 * 1024
const requestShape = signed<DeviceRequest>()
const given = record<{ card: CompanyCard; device: CertifiedDevice }>({ card: companyCard, device: certifiedDevice })

/** A new device signs its own keys, so that nobody asks in the name of keys that are not theirs. */
export function requestDevice(
  crypto: Crypto,
  keys: { readonly signing: SigningPair; readonly box: BoxPair },
  name: Bilingual,
  at: Instant,
): { readonly bytes: Uint8Array; readonly code: string } {
  const request = signStatement(crypto, 'device-request', keys.signing.secretKey, {
    name,
    device: toHex(keys.signing.publicKey) as DeviceId,
    boxKey: keys.box.publicKey,
    at,
    nonce: crypto.random(16),
  })
  const bytes = encode([VERSION, requestShape.write(request)])
  return { bytes, code: codeOfRequest(crypto, bytes) }
}

/** Reads a request. It certifies nothing: that takes the person who compares the code. */
export function readRequest(crypto: Crypto, bytes: Uint8Array): Result<AskingDevice, EnrolmentRefusal> {
  const decoded = bytes.length > MAX_REQUEST ? undefined : decode(bytes)
  if (!decoded?.ok || !Array.isArray(decoded.value)) return refuse('request-malformed')
  const [version, part] = decoded.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-request')
  const request: Signed<DeviceRequest> | undefined = requestShape.read(part)
  if (version !== VERSION || decoded.value.length !== 2 || request === undefined) return refuse('request-malformed')
  const claimed = readStatement('device-request', request)
  if (!claimed.ok) return refuse('request-malformed')
  const stated = verifyStatement(crypto, 'device-request', deviceKey(claimed.value.device), request)
  if (!stated.ok) return refuse('request-tampered')
  return ok({ id: idOfRequest(crypto, bytes), request: stated.value, code: codeOfRequest(crypto, bytes) })
}

/** The answer for the asking device alone: certificate, company, and what it starts from. */
export function enrolDevice(
  crypto: Crypto,
  { id, request }: AskingDevice,
  to: { readonly card: CompanyCard; readonly device: CertifiedDevice; readonly start: Canonical },
): { readonly bytes: Uint8Array; readonly code: string } {
  const plain = encode([given.write({ card: to.card, device: to.device }), to.start])
  const bytes = encode([VERSION, id, crypto.box(request.boxKey, plain)])
  return { bytes, code: safetyCode(crypto, id, bytes) }
}

/** Opens the answer to one's own request. Whoever stood between could have made another: the code is compared first. */
export function openEnrolment(
  crypto: Crypto,
  bytes: Uint8Array,
  own: { readonly request: Uint8Array; readonly device: DeviceId; readonly box: BoxPair },
): Result<Enrolment, EnrolmentRefusal> {
  const outer = bytes.length > MAX_ENROLMENT ? undefined : decode(bytes)
  if (!outer?.ok || !Array.isArray(outer.value)) return refuse('enrolment-malformed')
  const [version, id, sealed] = outer.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-enrolment')
  if (version !== VERSION || !(id instanceof Uint8Array) || !(sealed instanceof Uint8Array)) return refuse('enrolment-malformed') // prettier-ignore
  if (!equal(id, idOfRequest(crypto, own.request))) return refuse('enrolment-tampered')
  const plain = crypto.unbox(own.box, sealed)
  const inner = plain === undefined ? undefined : decode(plain)
  if (!inner?.ok || !Array.isArray(inner.value) || inner.value.length !== 2) return refuse('enrolment-tampered')
  const [who, start] = inner.value as readonly Canonical[]
  const read = given.read(who)
  if (read === undefined || start === undefined) return refuse('enrolment-tampered')
  const held = verifyDevice(crypto, read.card.company, read.card.root, read.device)
  if (!verifyCard(crypto, read.card).ok || !held.ok) return refuse('enrolment-tampered')
  const { certificate } = held.value
  if (certificate.device !== own.device || !equal(certificate.boxKey, own.box.publicKey)) return refuse('enrolment-tampered') // prettier-ignore
  return ok({ ...read, certificate, start, code: safetyCode(crypto, idOfRequest(crypto, own.request), bytes) })
}

const idOfRequest = (crypto: Crypto, bytes: Uint8Array): Hash => crypto.hash('mithaq/device-request-id/v1', bytes)
const codeOfRequest = (crypto: Crypto, bytes: Uint8Array): string =>
  safetyCode(crypto, idOfRequest(crypto, bytes), new Uint8Array(0))
