import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Hash, Nonce } from '#shared/kernel/crypto.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** An update under a slice's own key: kept by everybody, opened by who is handed the key. */
export interface SealedUpdate {
  /** Commitment of the key it was sealed with: an AEAD alone would open under two keys. */
  readonly commitment: Hash
  readonly nonce: Nonce
  readonly box: Uint8Array
}

/** One section's part of a `doc` entry. */
export interface SectionWrite {
  readonly artifact: ArtifactId
  readonly section: SectionName
  /** Which writable copy of the author's wrote it: 0 to 2^32 - 1. */
  readonly replica: number
  readonly update: Uint8Array | SealedUpdate
}

/** More sections than an edit of one artifact touches; a limit because each costs a lookup. */
export const MAX_SECTIONS = 64
const MAX_SECTION_NAME = 64
/** `own`, `partner`, `joint`, `slice:3`: no slash, which the section's key is joined with. */
const SECTION_NAME = /^[a-z][a-z0-9:-]*$/

/**
 * The payload of a `doc` entry: a list of `[artifact, section, replica, update]`, where an update is bytes or
 * `[commitment, nonce, box]`. Lists, not maps: in an entry of one keystroke the names would be half of the bytes.
 */
export function writeDoc(sections: readonly SectionWrite[]): Canonical {
  return sections.map(({ artifact, section, replica, update }) => [
    bytesOf(artifact),
    section,
    replica,
    update instanceof Uint8Array ? update : [update.commitment, update.nonce, update.box],
  ])
}

function bytesOf(artifact: ArtifactId): Uint8Array {
  const bytes = fromHex(artifact)
  if (bytes?.length !== 16) throw new Error('an artifact id is 16 bytes in hex')
  return bytes
}

/** Reads what `writeDoc` writes. Two parts for one replica of one section are refused: the second could not be placed. */
export function readDoc(payload: Canonical): Result<readonly SectionWrite[], 'payload-malformed'> {
  if (!Array.isArray(payload) || payload.length === 0 || payload.length > MAX_SECTIONS) return MALFORMED
  const writes: SectionWrite[] = []
  for (const part of payload as readonly Canonical[]) {
    const write = readWrite(part)
    if (write === undefined) return MALFORMED
    if (writes.some((other) => samePlace(other, write))) return MALFORMED
    writes.push(write)
  }
  return ok(writes)
}

const MALFORMED = refuse('payload-malformed' as const)

function readWrite(part: Canonical): SectionWrite | undefined {
  if (!Array.isArray(part) || part.length !== 4) return undefined
  const [artifact, section, replica, update] = part as readonly Canonical[]
  if (!(artifact instanceof Uint8Array) || artifact.length !== 16) return undefined
  if (typeof section !== 'string' || section.length > MAX_SECTION_NAME || !SECTION_NAME.test(section)) return undefined
  if (typeof replica !== 'number' || !Number.isInteger(replica) || replica < 0 || replica > 0xffff_ffff)
    return undefined
  if (update === undefined) return undefined
  const read = update instanceof Uint8Array ? update : readSealed(update)
  if (read === undefined) return undefined
  return { artifact: toHex(artifact) as ArtifactId, section: section as SectionName, replica, update: read }
}

function readSealed(update: Canonical): SealedUpdate | undefined {
  if (!Array.isArray(update) || update.length !== 3) return undefined
  const [commitment, nonce, box] = update as readonly Canonical[]
  if (!(commitment instanceof Uint8Array) || commitment.length !== 32) return undefined
  if (!(nonce instanceof Uint8Array) || nonce.length !== 24) return undefined
  if (!(box instanceof Uint8Array) || box.length < 16) return undefined
  return { commitment: commitment as Hash, nonce: nonce as Nonce, box }
}

const samePlace = (left: SectionWrite, right: SectionWrite): boolean =>
  left.artifact === right.artifact && left.section === right.section && left.replica === right.replica
