import { z } from 'zod'
import { decode, encode, type Canonical } from '../kernel/canonical.ts'
import type { Crypto, PublicKey, SecretKey, Signature } from '../kernel/crypto.ts'
import type { ArtifactId, ChannelId, CompanyId, DeviceId } from '../kernel/ids.ts'
import { fromHex } from '../kernel/bytes.ts'
import type { Instant } from '../kernel/time.ts'
import { boundHash } from './bound-hash.ts'

/** What keeps this signature apart from every other that a device makes. */
export const APPROVAL_LABEL = 'mithaq/approval/v1'

const hex = <T extends string>(digits: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`)) as unknown as z.ZodType<T>

const wordSchema = z.strictObject({
  company: hex<CompanyId>(64),
  device: hex<DeviceId>(64),
  decision: z.literal('approved'),
  commitment: z.enum(['close-agreement', 'sign-agreement']),
  channel: hex<ChannelId>(64),
  artifact: hex<ArtifactId>(32),
  version: z.int().min(1),
  /** SHA-256 of the agreement's canonical text. */
  text: hex<string>(64),
  /** Whose signature is approved; null for closing. */
  signatory: z.string().max(32).nullable(),
  /** Days to sign, for closing; null: none were set, or it is a signature. */
  signDays: z.int().min(1).max(365).nullable(),
  /** What the approval is bound to inside the company, `boundHash`. */
  content: hex<string>(64),
  at: z.int().min(0) as unknown as z.ZodType<Instant>,
})

/**
 * An approver's word about closing or signing an agreement, in a form that others can check: who (by the device), when, and exactly
 * which content. Nothing of the policy, and no comment.
 */
export type ApprovalWord = z.infer<typeof wordSchema>
export interface SignedApproval {
  /** Canonical CBOR of the word, as it was signed. */
  readonly statement: Uint8Array
  readonly signature: Signature
}

export function signApproval(crypto: Crypto, secret: SecretKey, word: ApprovalWord): SignedApproval {
  const statement = encode(word as unknown as Canonical)
  return { statement, signature: crypto.sign(APPROVAL_LABEL, secret, statement) }
}

/** Undefined for what is no such word, written in exactly one way. */
export function readApproval(statement: Uint8Array): ApprovalWord | undefined {
  const decoded = decode(statement)
  const read = decoded.ok ? wordSchema.safeParse(decoded.value) : undefined
  return read?.success ? read.data : undefined
}

/** Whether the device that the word names signed it. */
export function isSignedApproval(
  crypto: Crypto,
  word: ApprovalWord,
  { statement, signature }: SignedApproval,
): boolean {
  const key = fromHex(word.device)
  return key !== undefined && crypto.verify(APPROVAL_LABEL, key as PublicKey, statement, signature)
}

/** Whether the word is bound to this text: its own hash follows from the text and from what it names. */
export function isBoundTo(crypto: Crypto, word: ApprovalWord, text: string): boolean {
  const { commitment, channel, artifact, version, text: hash, signatory, signDays } = word
  const content =
    commitment === 'close-agreement' ? { version, hash, signDays, text } : { version, hash, signatory, text }
  const fits = commitment === 'close-agreement' ? signatory === null : signatory !== null && signDays === null
  return fits && boundHash(crypto, channel, { commitment, artifact, content }) === word.content
}

/** What of a request's content the word is about; undefined where it is about no text that is closed or signed. */
export function approvedText(
  commitment: string,
  content: Canonical,
): Pick<ApprovalWord, 'commitment' | 'version' | 'text' | 'signatory' | 'signDays'> | undefined {
  const read = contentSchema.safeParse(content)
  if (!read.success || (commitment !== 'close-agreement' && commitment !== 'sign-agreement')) return undefined
  const { version, hash, signatory = null, signDays = null } = read.data
  return { commitment, version, text: hash, signatory, signDays }
}
const contentSchema = z.object({
  version: z.int(),
  hash: z.string(),
  text: z.string(),
  signatory: z.string().optional(),
  signDays: z.int().nullable().optional(),
})
