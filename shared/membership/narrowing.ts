import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, PublicKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { verifyDevice } from './certificate.ts'
import { readStatement, verifyStatement } from './statement.ts'
import type {
  CompanyCard, Control, MembershipRefusal, RoleCertificate, RoleNarrowing, SigningAuthority,
} from './types.ts' // prettier-ignore

type Narrowed = Extract<Control, { readonly kind: 'roles-narrowed' }>

/** What a `roles-narrowed` says: the statement, the certificate that replaces the others, and the issuer (hex) that signed both. */
export interface SaidNarrowing extends RoleNarrowing {
  readonly by: RoleCertificate
  readonly issuer: string
}

/**
 * Whether the new certificate allows less than the old one in anything: a role, a matter or an amount to sign for, time. What only
 * allows more needs no cut: who writes as if it did not know of that gains nothing.
 */
export function narrows(
  old: Pick<RoleCertificate, 'roles' | 'authority' | 'validTo'>,
  next: Pick<RoleCertificate, 'roles' | 'authority' | 'validTo'>,
): boolean {
  if (old.roles.some((role) => !next.roles.includes(role))) return true
  return next.validTo < old.validTo || signsLess(old.authority, next.authority)
}

function signsLess(old: SigningAuthority | null, next: SigningAuthority | null): boolean {
  // Without an authority of one's own the office says what may be signed, and that is a role.
  if (old === null) return next !== null
  if (next === null) return true
  // No matters named is every matter.
  const fewer = next.matters.length > 0 && (old.matters.length === 0 || old.matters.some((one) => !next.matters.includes(one))) // prettier-ignore
  if (fewer || (next.joint && !old.joint)) return true
  if (next.limit === null) return false
  return old.limit === null || old.limit.currency !== next.limit.currency || next.limit.amount < old.limit.amount
}

/** What is said, not yet believed; refused where statement and certificate do not speak of the same. */
export function readNarrowing({ device, narrowing }: Narrowed): Result<SaidNarrowing, MembershipRefusal> {
  const [said, by, issuer] = [
    readStatement('role-narrowing', narrowing),
    readStatement('certificate', device.certificate),
    readStatement('issuer', device.issuer),
  ] as const
  if (!said.ok) return said
  if (!by.ok) return by
  if (!issuer.ok) return issuer
  const { company, device: whom, from, to } = said.value
  const { replaces = [], serial } = by.value
  const fits =
    by.value.company === company && by.value.device === whom && serial === to && issuer.value.company === company
  if (!fits || from.length === 0 || !from.every((one) => one !== to && replaces.includes(one)))
    return refuse('narrowing-mismatch')
  return ok({ ...said.value, by: by.value, issuer: toHex(issuer.value.issuer) })
}

/**
 * That an issuer of the company signed both. Any root that the company ever had will do, and neither a going nor an end of the issuer
 * matters: whether it is heard must not follow from what else came first.
 */
export function verifyNarrowing(
  crypto: Crypto,
  card: CompanyCard,
  control: Narrowed,
): Result<SaidNarrowing, MembershipRefusal> {
  const said = readNarrowing(control)
  if (!said.ok) return said
  const earlier = card.rotations.flatMap((signed): readonly PublicKey[] => {
    const rotation = readStatement('root-rotation', signed)
    return rotation.ok ? [rotation.value.from] : []
  })
  const certified = [card.root, ...earlier].map((root) => verifyDevice(crypto, card.company, root, control.device))
  const held = certified.find(({ ok: holds }) => holds) ?? certified[0]
  if (held?.ok !== true) return held ?? refuse('bad-statement')
  const key = fromHex(said.value.issuer) ?? new Uint8Array(0)
  const signed = verifyStatement(crypto, 'role-narrowing', key as PublicKey, control.narrowing)
  return signed.ok ? said : signed
}
