import { toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, PublicKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DeviceId, EntryHash } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { decodeBody, mayAnnounce } from './body.ts'
import type { Body, Run } from './entry.ts'
import { chainOf, deviceIn, digestOf, isHeader, previousIn, readHeader } from './header.ts'
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

/** Entry `seq` of a run with what proves it, undefined when the run does not hold it. Shows nothing of the other entries. */
export function evidencePartsOf(crypto: Crypto, run: Run, seq: number): Evidence | undefined {
  const at = seq - run.firstSeq
  const links = chain(crypto, run)
  const entry = run.entries[at]
  const link = links[at]
  if (entry === undefined || link === undefined) return undefined
  const digests = links.slice(at + 1).map((next) => next.digest)
  return { header: link.header, ciphertext: entry.ciphertext, digests, signature: run.signature }
}

/** The same as one byte string. */
export function evidenceOf(crypto: Crypto, run: Run, seq: number): Uint8Array | undefined {
  const parts = evidencePartsOf(crypto, run, seq)
  return parts && encode([VERSION, parts.header, parts.ciphertext, parts.digests, parts.signature])
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

  return prove(crypto, { header, ciphertext, digests: after, signature })
}

/** Recomputes an entry's hash and those after it up to the signed head. */
export function prove(crypto: Crypto, evidence: Evidence): Result<Proven, 'malformed' | 'bad-signature'> {
  const { header, ciphertext, digests, signature } = evidence
  if (!isHeader(header) || signature.length !== SIGNATURE) return refuse('malformed')
  const own = chainOf(crypto, previousIn(header), digestOf(crypto, header, ciphertext))
  const head = digests.reduce<Uint8Array>((hash, digest) => chainOf(crypto, hash, digest), own)
  const device = deviceIn(header)
  if (!crypto.verify(LABEL.run, device as PublicKey, head, signature)) return refuse('bad-signature')
  return ok({ device: toHex(device) as DeviceId, hash: toHex(own) as EntryHash, evidence })
}

/**
 * What a proven entry says, with the key that opens the entries of its salt (`Crypto.openingKey`); without one, an
 * announcement. Refuses 'cannot-open' and 'bad-body': bodies in canonical CBOR leave no room for a key made to fit.
 */
export function openProven(
  crypto: Crypto,
  { evidence: { header, ciphertext } }: Proven,
  key: SymmetricKey | undefined,
): Result<Body, 'no-key' | 'cannot-open' | 'bad-body' | 'newer-version' | 'not-an-announcement'> {
  const { epoch, nonce } = readHeader(header)
  if (epoch !== null && key === undefined) return refuse('no-key')
  const plain = epoch === null || !key ? ciphertext : crypto.decryptWith(key, nonce, header, ciphertext)
  if (plain === undefined) return refuse('cannot-open')
  const body = decodeBody(plain)
  return body.ok && epoch === null && !mayAnnounce(body.value) ? refuse('not-an-announcement') : body
}

const isBytes = (value: Canonical | undefined): value is Uint8Array => value instanceof Uint8Array
