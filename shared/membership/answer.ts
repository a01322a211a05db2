import { concat, equal, fromHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { BoxPair, Crypto, Nonce, SecretKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { deviceKey, fingerprintOf, verifyCard, verifyDevice } from './certificate.ts'
import type { Invitation } from './invitation.ts'
import { safetyCode } from './safety-code.ts'
import { readStatement, signed, signStatement, verifyStatement } from './statement.ts'
import type { CertifiedDevice, CompanyCard, Joining, RoleCertificate, Signed } from './types.ts'

/** 'answer-tampered' also means: made without the invitation's secret. */
export type AnswerRefusal =
  | 'answer-malformed'
  | 'newer-answer'
  | 'wrong-workspace'
  | 'wrong-invitation'
  | 'invitation-expired'
  | 'invitation-used'
  | 'answer-tampered'
  | 'own-company'

/** A partner who wants in, as the inviter sees it before the safety code is compared. */
export interface Answer {
  readonly joining: Signed<Joining>
  readonly card: CompanyCard
  readonly fingerprint: string
  readonly device: RoleCertificate
  /** What both people must read alike. */
  readonly code: string
}

const VERSION = 1
const MAX_ANSWER = 64 * 1024
const joiningShape = signed<Joining>()

/**
 * Answers an invitation: the invitee's device signs that its company joins, with a fresh nonce. The statement is encrypted
 * under the invitation's secret and boxed to the inviting device, so that neither a reader of the invitation nor a thief of
 * that device's mail alone learns who answered. The bytes go into a sealed file of kind `answer`, or over any pipe.
 */
export function answerInvitation(
  crypto: Crypto,
  invitation: Invitation,
  by: { readonly card: CompanyCard; readonly device: CertifiedDevice; readonly key: SecretKey },
  at: Instant,
): { readonly bytes: Uint8Array; readonly joining: Signed<Joining>; readonly code: string } {
  const joining = signStatement(crypto, 'joining', by.key, {
    workspace: invitation.workspace,
    invitation: invitation.id,
    card: by.card,
    device: by.device,
    at,
    nonce: crypto.random(16),
  })
  const plain = encode(joiningShape.write(joining))
  const nonce = crypto.random(24) as Nonce
  const outer = [workspaceBytes(invitation), invitation.id] as const
  const locked = crypto.encrypt(answerKey(crypto, invitation), nonce, concat(...outer), plain)
  const sealed = crypto.box(invitation.device.boxKey, concat(nonce, locked))
  return {
    bytes: encode([VERSION, ...outer, sealed]),
    joining,
    code: safetyCode(crypto, invitation.id, joining.statement),
  }
}

/**
 * Reads an answer to `invitation`, which the caller made and still keeps; `used` when it was accepted before. The result
 * joins nobody: that takes the person who compares the code, and then a `company-added` entry with this joining.
 */
export function acceptAnswer(
  crypto: Crypto,
  bytes: Uint8Array,
  own: { readonly invitation: Invitation; readonly used: boolean; readonly box: BoxPair },
  now: Instant,
): Result<Answer, AnswerRefusal> {
  const { invitation } = own
  const outer = readOuter(bytes)
  if (!outer.ok) return outer
  const { workspace, id, sealed } = outer.value
  if (!equal(workspace, workspaceBytes(invitation))) return refuse('wrong-workspace')
  if (!equal(id, invitation.id)) return refuse('wrong-invitation')
  if (own.used) return refuse('invitation-used')
  if (now > invitation.expiresAt) return refuse('invitation-expired')

  const locked = crypto.unbox(own.box, sealed)
  if (locked === undefined || locked.length < 24) return refuse('answer-tampered')
  const nonce = locked.subarray(0, 24) as Nonce
  const plain = crypto.decrypt(answerKey(crypto, invitation), nonce, concat(workspace, id), locked.subarray(24))
  const terms = plain === undefined ? undefined : decode(plain)
  const joining = terms?.ok ? joiningShape.read(terms.value) : undefined
  const claimed = joining && readStatement('joining', joining)
  if (joining === undefined || !claimed?.ok) return refuse('answer-tampered')

  const { card, device } = claimed.value
  const held = verifyDevice(crypto, card.company, card.root, device)
  if (!verifyCard(crypto, card).ok || !held.ok) return refuse('answer-tampered')
  const { certificate } = held.value
  const stated = verifyStatement(crypto, 'joining', deviceKey(certificate.device), joining)
  if (!stated.ok || !equal(stated.value.invitation, invitation.id)) return refuse('answer-tampered')
  if (stated.value.workspace !== invitation.workspace) return refuse('wrong-workspace')
  if (card.company === invitation.inviter.company) return refuse('own-company')
  return ok({
    joining,
    card,
    fingerprint: fingerprintOf(crypto, card.root),
    device: certificate,
    code: safetyCode(crypto, invitation.id, joining.statement),
  })
}

/** The id of the invitation that an answer is for, so that the inviter finds its own; undefined when it is no answer. */
export function invitationAnswered(bytes: Uint8Array): Uint8Array | undefined {
  const outer = readOuter(bytes)
  return outer.ok ? outer.value.id : undefined
}

interface Outer {
  readonly workspace: Uint8Array
  readonly id: Uint8Array
  readonly sealed: Uint8Array
}

function readOuter(bytes: Uint8Array): Result<Outer, 'answer-malformed' | 'newer-answer'> {
  const decoded = bytes.length > MAX_ANSWER ? undefined : decode(bytes)
  if (!decoded?.ok || !Array.isArray(decoded.value)) return refuse('answer-malformed')
  const [version, workspace, id, sealed] = decoded.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-answer')
  if (version !== VERSION || decoded.value.length !== 4) return refuse('answer-malformed')
  if (!is32(workspace) || !is32(id) || !(sealed instanceof Uint8Array)) return refuse('answer-malformed')
  return ok({ workspace, id, sealed })
}

const answerKey = (crypto: Crypto, invitation: Invitation): SymmetricKey =>
  crypto.derive(invitation.secret as SymmetricKey, 'mithaq/answer-key/v1', invitation.id)

const workspaceBytes = (invitation: Invitation): Uint8Array => fromHex(invitation.workspace) ?? new Uint8Array(0)
const is32 = (value: Canonical | undefined): value is Uint8Array => value instanceof Uint8Array && value.length === 32
