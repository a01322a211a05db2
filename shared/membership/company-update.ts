import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { BoxPair, BoxPublicKey, Crypto, SecretKey, Signature } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { signed, verifyStatement } from './statement.ts'
import type { CompanyCard, IssuerCertificate, Signed } from './types.ts'

/** 'update-foreign': for another device, of another company, or not by an issuer of one's own. */
export type CompanyUpdateRefusal = 'update-malformed' | 'newer-update' | 'update-foreign'

export interface CompanyUpdate {
  readonly at: Instant
  /** Hex of the issuer that signed. */
  readonly issuer: string
  /** Records of the company's vault, as in an enrolment. */
  readonly start: Canonical
}

const LABEL = 'mithaq/company-update/v1'
const VERSION = 1
const MAX_UPDATE = 64 * 1024 * 1024
const issuerShape = signed<IssuerCertificate>()

/** What a company's issuer tells one of its devices: sealed to it, and signed by the issuer's key. */
export function sealCompanyUpdate(
  crypto: Crypto,
  by: { readonly issuer: Signed<IssuerCertificate>; readonly secret: SecretKey },
  to: { readonly device: DeviceId; readonly boxKey: BoxPublicKey },
  at: Instant,
  start: Canonical,
): Uint8Array {
  const body = encode([fromHex(to.device) ?? new Uint8Array(0), at, start])
  const plain = encode([issuerShape.write(by.issuer), body, crypto.sign(LABEL, by.secret, body)])
  return encode([VERSION, crypto.box(to.boxKey, plain)])
}

/** Opens what was sealed to this device. The issuer has to follow from the company's root; whether it has ended is the caller's. */
export function openCompanyUpdate(
  crypto: Crypto,
  bytes: Uint8Array,
  own: { readonly card: CompanyCard; readonly device: DeviceId; readonly box: BoxPair },
): Result<CompanyUpdate, CompanyUpdateRefusal> {
  const outer = bytes.length > MAX_UPDATE ? undefined : decode(bytes)
  if (!outer?.ok || !Array.isArray(outer.value)) return refuse('update-malformed')
  const [version, sealed] = outer.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-update')
  if (version !== VERSION || !(sealed instanceof Uint8Array) || outer.value.length !== 2)
    return refuse('update-malformed')
  const plain = crypto.unbox(own.box, sealed)
  const inner = plain === undefined ? undefined : decode(plain)
  if (!inner?.ok || !Array.isArray(inner.value)) return refuse('update-foreign')
  const [certificate, body, signature] = inner.value as readonly (Canonical | undefined)[]
  const issuer = issuerShape.read(certificate)
  if (issuer === undefined || !(body instanceof Uint8Array) || !(signature instanceof Uint8Array)) return refuse('update-foreign') // prettier-ignore
  const stated = verifyStatement(crypto, 'issuer', own.card.root, issuer)
  if (!stated.ok || stated.value.company !== own.card.company) return refuse('update-foreign')
  if (!crypto.verify(LABEL, stated.value.issuer, body, signature as Signature)) return refuse('update-foreign')
  const said = decode(body)
  if (!said.ok || !Array.isArray(said.value)) return refuse('update-foreign')
  const [device, at, start] = said.value as readonly (Canonical | undefined)[]
  if (!(device instanceof Uint8Array) || toHex(device) !== own.device) return refuse('update-foreign')
  if (typeof at !== 'number' || start === undefined) return refuse('update-foreign')
  return ok({ at: at as Instant, issuer: toHex(stated.value.issuer), start })
}
