import { fromHex, equal, toHex } from '../kernel/bytes.ts'
import { decode, encode, type Canonical } from '../kernel/canonical.ts'
import type { Crypto, Hash, PublicKey, SigningPair } from '../kernel/crypto.ts'
import { ok, refuse, type Result } from '../kernel/result.ts'
import type { Instant } from '../kernel/time.ts'
import type { AuditEntry, ChainHead } from './chain.ts'

const LABEL = 'mithaq.audit-checkpoint.v1'

/** The head of a chain at a moment, to be kept outside the vault: whoever holds it can tell that a chain was shortened or rewritten. */
export interface AuditCheckpoint {
  readonly company: string
  readonly seq: number
  readonly hash: Hash
  readonly at: Instant
}
/** A checkpoint as a file, with the signature of each party that vouches for having seen it. */
export interface SignedCheckpoint {
  readonly checkpoint: AuditCheckpoint
  readonly signatures: readonly { readonly signer: PublicKey; readonly signature: Uint8Array }[]
}
export type CheckpointRefusal =
  | 'audit-checkpoint-unreadable'
  | 'audit-checkpoint-forged'
  | 'audit-behind-checkpoint'
  | 'audit-differs-from-checkpoint'

/** Adds a signature: the company's own first, a partner's as countersignature over the same statement. */
export function signCheckpoint(crypto: Crypto, signed: SignedCheckpoint, pair: SigningPair): SignedCheckpoint {
  const signature = crypto.sign(LABEL, pair.secretKey, statement(signed.checkpoint))
  return { ...signed, signatures: [...signed.signatures, { signer: pair.publicKey, signature }] }
}

export const exportCheckpoint = ({ checkpoint, signatures }: SignedCheckpoint): Uint8Array =>
  encode({
    format: LABEL,
    checkpoint: fields(checkpoint),
    signatures: signatures.map(({ signer, signature }) => ({ signer, signature })),
  })

/** Reads an exported checkpoint; every signature in it must hold, and there must be one. Whose they are is the caller's question. */
export function importCheckpoint(crypto: Crypto, bytes: Uint8Array): Result<SignedCheckpoint, CheckpointRefusal> {
  const parsed = parse(bytes)
  if (!parsed) return refuse('audit-checkpoint-unreadable')
  const message = statement(parsed.checkpoint)
  const held = parsed.signatures.every(({ signer, signature }) => crypto.verify(LABEL, signer, message, signature))
  return held && parsed.signatures.length > 0 ? ok(parsed) : refuse('audit-checkpoint-forged')
}

/** Compares a verified chain with a checkpoint: `head` is its end, `at` the entry of the checkpoint's own number. */
export function holdsCheckpoint(
  checkpoint: AuditCheckpoint,
  head: ChainHead,
  at: AuditEntry | undefined,
): Result<null, CheckpointRefusal> {
  if (head.seq < checkpoint.seq) return refuse('audit-behind-checkpoint')
  if (checkpoint.seq === 0) return ok(null)
  return at?.seq === checkpoint.seq && equal(at.hash, checkpoint.hash)
    ? ok(null)
    : refuse('audit-differs-from-checkpoint')
}

const statement = (checkpoint: AuditCheckpoint): Uint8Array => encode(fields(checkpoint))

const fields = ({ company, seq, hash, at }: AuditCheckpoint): Canonical => ({ company, seq, hash: toHex(hash), at })

function parse(bytes: Uint8Array): SignedCheckpoint | undefined {
  const decoded = decode(bytes)
  if (!decoded.ok || !isMap(decoded.value)) return undefined
  const { format, checkpoint, signatures } = decoded.value
  if (format !== LABEL || !isMap(checkpoint) || !Array.isArray(signatures)) return undefined
  const { company, seq, hash, at } = checkpoint
  const raw = typeof hash === 'string' ? fromHex(hash) : undefined
  if (typeof company !== 'string' || typeof seq !== 'number' || typeof at !== 'number' || raw?.length !== 32)
    return undefined
  const read = (signatures as readonly Canonical[]).map((one) => (isMap(one) ? one : {}))
  const kept: { signer: PublicKey; signature: Uint8Array }[] = []
  for (const { signer, signature } of read) {
    if (!(signer instanceof Uint8Array) || !(signature instanceof Uint8Array)) return undefined
    kept.push({ signer: signer as PublicKey, signature })
  }
  return { checkpoint: { company, seq, hash: raw as Hash, at: at as Instant }, signatures: kept }
}

const isMap = (value: Canonical | undefined): value is { readonly [key: string]: Canonical } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
