import type { ArtifactId, ChannelId, CompanyId, PersonId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Plain } from '#shared/living/register.ts'
import type { RichNode } from '#shared/living/rich.ts'
import type { Bilingual } from './bilingual.ts'

/** A co-edited document, as a list shows it. */
export interface DocumentSummary {
  readonly id: ArtifactId
  readonly type: string
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly title: Bilingual
  readonly owner: Bilingual
  readonly mine: boolean
  /** Whether a role of this person may write it. */
  readonly mayWrite: boolean
  readonly createdAt: Instant
  readonly changed: { readonly at: Instant; readonly by: AuthorView } | null
  /** Fields and records that wait for somebody to choose. */
  readonly conflicts: number
}

/** What a window needs to open its replica. */
export interface OpenedDocument {
  readonly artifact: ArtifactId
  readonly token: string
  /** The Yjs client id that this window writes under. */
  readonly client: number
  readonly mayWrite: boolean
  readonly type: string
  readonly title: Bilingual
  readonly workspace: WorkspaceId
}

/** Who wrote something: as the role certificate of the entry says. */
export interface AuthorView {
  readonly company: { readonly id: CompanyId; readonly name: Bilingual }
  readonly person: { readonly id: PersonId; readonly name: Bilingual }
  readonly roles: readonly Role[]
  readonly own: boolean
}

/** The author of one item of a document and the time that the entry claims. */
export interface WrittenView {
  readonly client: number
  readonly clock: number
  readonly by: AuthorView
  readonly at: Instant
}

/** Changes that one person made without a longer pause. */
export interface HistoryGroup {
  /** Names the state right after these changes. */
  readonly id: string
  readonly by: AuthorView
  readonly from: Instant
  readonly to: Instant
  readonly changes: number
  /** A name that somebody gave to the state at this point. */
  readonly names: readonly {
    readonly id: string
    readonly name: string
    readonly by: AuthorView
    readonly at: Instant
  }[]
}

/** A version of a document whole. */
export interface DocumentState {
  readonly records: readonly {
    readonly set: string
    readonly id: string
    readonly values: Readonly<Record<string, Plain>>
  }[]
  readonly texts: readonly {
    readonly set: string
    readonly record: string
    readonly field: string
    readonly nodes: readonly RichNode[]
  }[]
}

/** One difference; a field of null is the record itself: `after` null means that it was removed. */
export interface FieldChange {
  readonly set: string
  readonly record: string
  readonly field: string | null
  readonly before: Plain
  readonly after: Plain
}

/** A text that was merged and has to be read: the last change of everybody who did not know of the others. */
export interface MergedView {
  readonly set: string
  readonly record: string
  readonly field: string
  readonly by: readonly { readonly by: AuthorView; readonly at: Instant }[]
}

/**
 * What this device wrote about one record of a document and what has no effect, because its roles had been reduced. For its own person
 * alone.
 */
export interface HeldBackDraft {
  /** `feed/seq/set/record`: the last entry that it comes from, and what it is about. */
  readonly id: string
  readonly set: string
  readonly record: string
  readonly removed: boolean
  readonly fields: readonly HeldBackField[]
  /** Whether it may be written again; `role`: not under the present roles; `changed`: somebody else changed the text since; `gone`: the document itself has no effect. */
  readonly again: 'may' | 'role' | 'changed' | 'gone'
}
export interface HeldBackField {
  readonly field: string
  readonly value: Plain
  /** What stands there now. */
  readonly now: Plain
}
