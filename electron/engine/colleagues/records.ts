import type { ArtifactId, PersonId, Role, SliceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { ColleagueCeiling } from '#shared/policy/colleague-columns.ts'
import type { Hub } from '../workspaces/hub.ts'

export interface SharedRevision {
  readonly revision: number
  readonly slice: SliceId
  readonly at: Instant
  /** Version of the dataset or policy that went. */
  readonly version: number
  readonly columns: readonly string[]
}

/** What this vault shares with colleagues: the choice, and what went under it. Kept as `colleague-share/<artifact>`. */
export interface ShareRecord {
  readonly artifact: ArtifactId
  readonly nonce: Uint8Array
  readonly of: 'dataset' | 'policy' | 'approval'
  /** Id of the dataset or policy in this vault; of what is told about approvals, its place. */
  readonly subject: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly ceiling: ColleagueCeiling
  /** Columns that the person saw in the preview: what is beyond them waits for another look. */
  readonly confirmed: readonly string[]
  readonly revisions: readonly SharedRevision[]
  readonly endedAt: Instant | null
}

export type CopyEnd = 'withdrawn' | 'role-lost'

/** What a colleague shared and this vault took. Kept as `colleague-copy/<artifact>`; the copy's own id is the artifact's. */
export interface CopyRecord {
  readonly artifact: ArtifactId
  readonly of: 'dataset' | 'policy' | 'approval'
  readonly name: string
  readonly by: Bilingual
  readonly person: PersonId
  readonly revision: number
  readonly sharedAt: Instant
  readonly takenAt: Instant
  /** Why no further revision comes; what was read stays. */
  readonly ended: CopyEnd | null
  /** The person removed the copy; it comes back with the next revision. */
  readonly removed: boolean
}

const SHARE = 'colleague-share'
const COPY = 'colleague-copy'

export const listShares = ({ context }: Pick<Hub, 'context'>): readonly ShareRecord[] =>
  context.vault.records.list<ShareRecord>(SHARE).map(({ value }) => value)
export const shareOf = ({ context }: Pick<Hub, 'context'>, artifact: string): ShareRecord | undefined =>
  context.vault.records.get<ShareRecord>(SHARE, artifact)
export const saveShare = ({ context }: Pick<Hub, 'context'>, share: ShareRecord): void =>
  context.vault.records.put(SHARE, share.artifact, share)
/** The standing share of a dataset or policy of this vault. */
export const standingShare = (hub: Pick<Hub, 'context'>, subject: string): ShareRecord | undefined =>
  listShares(hub).find((one) => one.subject === subject && one.endedAt === null)

export const listCopies = ({ context }: Pick<Hub, 'context'>): readonly CopyRecord[] =>
  context.vault.records.list<CopyRecord>(COPY).map(({ value }) => value)
export const copyOf = ({ context }: Pick<Hub, 'context'>, artifact: string): CopyRecord | undefined =>
  context.vault.records.get<CopyRecord>(COPY, artifact)
export const saveCopy = ({ context }: Pick<Hub, 'context'>, copy: CopyRecord): void =>
  context.vault.records.put(COPY, copy.artifact, copy)
