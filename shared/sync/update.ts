import type { Brand } from '#shared/kernel/brand.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'

/** One section of one artifact: what a `Y.Doc` stands for. */
export type SectionKey = Brand<string, 'SectionKey'>
export const sectionKey = (artifact: ArtifactId, section: SectionName): SectionKey =>
  `${artifact}/${section}` as SectionKey

/**
 * The part of a section that is written under a slice's own key: a document by itself. What everybody can judge and what
 * only key holders can judge may not lean on each other, or they would come to different verdicts.
 */
export const sealedSectionKey = (artifact: ArtifactId, section: SectionName): SectionKey =>
  `${artifact}/${section}/sealed` as SectionKey

export const isSealedSection = (section: SectionKey): boolean => section.endsWith('/sealed')

/** How much one update may ask of every receiver. Part of the format: two peers with other limits would judge differently. */
export const UPDATE_LIMITS = {
  bytes: 8 * 1024 * 1024,
  structs: 1_000_000,
  /** Clocks that one update may advance; a struct of deleted content costs three bytes and may claim any length. */
  advance: 16 * 1024 * 1024,
  deleteRanges: 1_000_000,
  /** Nested shared types below a root type. Yjs walks them recursively. */
  depth: 16,
  /** Arrays and objects inside one plain value. */
  jsonDepth: 32,
  nameLength: 256,
} as const

/** What the ancestry of an entry says about the section that the entry's update changes. */
export interface UpdateContext {
  /** The only client id whose structs the update may hold. */
  readonly client: number
  /** The clock at which they have to start. */
  readonly nextClock: number
  /** Clocks of `client` that lie in the ancestry; 0 for a client that does not. */
  clockOf(client: number): number
  /** Shared types around the item; 0 directly under a root type. Asked only for items in the ancestry. */
  depthOf(client: number, clock: number): number
}

/** A stretch of an update's own clocks that lies inside nested types. What is not listed lies directly under a root. */
export interface NestedRange {
  readonly clock: number
  readonly length: number
  readonly depth: number
}

/** Where the documents hold a clock that an author names: a client id, the clock under it, and for how many it goes on so. */
export type Rename = (
  client: number,
  clock: number,
) => { readonly client: number; readonly clock: number; readonly length: number }

/** How an update is applied where a feed was forked. */
export interface Rewriting {
  readonly rename: Rename
  /** False for what does not count: its places are kept for those who lean on them, its content is not. */
  readonly counts: boolean
}

/** An update that keeps the rules, and so can be applied without leaving anything pending. Only a checker makes one. */
export type CheckedUpdate = Brand<
  {
    readonly client: number
    /** First clock after the update's own structs; equals `nextClock` for an update that only deletes. */
    readonly endClock: number
    readonly nested: readonly NestedRange[]
    readonly bytes: Uint8Array
    /** Absent where documents hold everything under the ids that the bytes say. */
    readonly rewriting?: Rewriting
  },
  'CheckedUpdate'
>

export const UPDATE_REFUSALS = [
  'update-too-large', // bytes, structs, ranges or clocks beyond the limits
  'update-malformed', // not a Yjs update, or holds nothing
  'update-foreign-client', // structs under a client id that is not the author's
  'update-clock-gap', // does not start at the replica's next clock, or leaves a hole
  'update-outside-ancestry', // leans on, or deletes, what its author cannot have seen
  'update-unknown-content', // subdocuments and kinds of content not in the list
  'update-too-deep', // nested types or values beyond the limits
] as const
export type UpdateRefusal = (typeof UPDATE_REFUSALS)[number]

/** The update rules, as a port: `shared` does not know the CRDT's byte format. */
export type CheckUpdate = (update: Uint8Array, context: UpdateContext) => Result<CheckedUpdate, UpdateRefusal>
