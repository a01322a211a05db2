import { z } from 'zod'
import { ROLES, type ArtifactId, type DeviceId, type SliceId } from '../kernel/ids.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>

/** Room for the register of a few hundred people; what is longer goes as a file. */
export const MOST_WORD_BYTES = 512 * 1024

/**
 * Facts of a company's internal workspace. None of them names what is shared: a colleague outside the roles learns that there is
 * something for others, and not what.
 */
export const colleagueEvents = [
  z.object({
    type: z.literal('colleague-shared'),
    artifact: id<ArtifactId>(16),
    revision: z.int().min(1),
    /** Hash of the content, so that a receipt says what was read. */
    slice: id<SliceId>(32),
    roles: z.array(z.enum(ROLES)).min(1),
  }),
  z.object({ type: z.literal('colleague-share-ended'), artifact: id<ArtifactId>(16) }),
  /** The company's word to one device: register, workspaces, keys. Sealed to it and signed by the issuer. */
  z.object({
    type: z.literal('company-word'),
    artifact: id<ArtifactId>(16),
    device: id<DeviceId>(32),
    word: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= MOST_WORD_BYTES),
  }),
  /** The open half of the key that the author's device would sign PDF files with, in DER, for the company's root to certify. */
  z.object({
    type: z.literal('signing-key-offered'),
    artifact: id<ArtifactId>(16),
    open: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length > 0 && value.length <= 1024),
  }),
] as const

/** What only the person who made the share may state about it. */
export const COLLEAGUE_FACTS: ReadonlySet<string> = new Set([
  'colleague-shared',
  'colleague-share-ended',
  'company-word',
  'signing-key-offered',
])
