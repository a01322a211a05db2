import { toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, PublicKey } from '#shared/kernel/crypto.ts'
import type { DeviceId, EntryHash } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Run } from './entry.ts'
import { chainOf, deviceIn, digestOf, isHeader, previousIn } from './header.ts'
import { ID, LABEL, MAX_ENTRIES, MAX_RUN, SIGNATURE, VERSION } from './layout.ts'
import { chain } from './verify.ts'

/** One entry with what proves that its device signed it: the digests of the entries after it, up to the signed head. */
export interface Evidence {
  readonly header: Uint8Array
  readonly ciphertext: Uint8Array
  readonly digests: readonly Uint8Array[]
  readonly signature: Uint8Array
}

/** What stands proven: `device` signed the entry with this header and ciphertext, at this place of its chain. */
export interface Proven {
  readonly device: DeviceId
  readonly hash: EntryHash
  readonly evidence: Evidence
}

/** Evidence for entry `seq` of a run, undefined when the run does not hold it. Shows nothing of the other entries. */
export function evidenceOf(crypto: Crypto, run: Run, seq: number): Uint8Array | undefined {
  const at = seq - run.firstSeq
  const links = chain(crypto, run)
  const entry = run.entries[at]
  const link = links[at]
  if (entry === undefined || link === undefined) return undefined
  const later = links.slice(at + 1).map((next) => next.digest)
  return encode([VERSION, link.header, entry.ciphertext, later, run.signature])
}

/** Reads evidence from anywhere and recomputes it up to the signature. */
export function verifyEvidence(
  crypto: Crypto,
  bytes: Uint8Array,
): Result<Proven, 'too-large' | 'malformed' | 'newer-version' | 'bad-signature'> {
  if (bytes.length > MAX_RUN) return refuse('too-large')
  const decoded = decode(bytes)
  if (!decoded.ok || !Array.isArray(decoded.value)) return refuse('malformed')
  const [version, header, ciphertext, digests, signature] = decoded.value as readonly (Canonical | undefined)[]
  if (typeof version === 'number' && version > VERSION) return refuse('newer-version')
  if (version !== VERSION || !isBytes(header) || !isBytes(ciphertext) || !isBytes(signature)) return refuse('malformed')
  if (decoded.value.length !== 5 || signature.length !== SIGNATURE || !isHeader(header)) return refuse('malformed')
  if (!Array.isArray(digests) || digests.length >= MAX_ENTRIES) return refuse('malformed')
  const after: Uint8Array[] = []
  for (const digest of digests as readonly Canonical[]) {
    if (!isBytes(digest) || digest.length !== ID) return refuse('malformed')
    after.push(digest)
  }

  const own = chainOf(crypto, previousIn(header), digestOf(crypto, header, ciphertext))
  const head = after.reduce<Uint8Array>((hash, digest) => chainOf(crypto, hash, digest), own)
  const device = deviceIn(header)
  if (!crypto.verify(LABEL.run, device as PublicKey, head, signature)) return refuse('bad-signature')
  const evidence = { header, ciphertext, digests: after, signature }
  return ok({ device: toHex(device) as DeviceId, hash: toHex(own) as EntryHash, evidence })
}

const isBytes = (value: Canonical | undefined): value is Uint8Array => value instanceof Uint8Array
