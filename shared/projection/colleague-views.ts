import type { ColumnType, DataClass } from '#shared/artifacts/table.ts'
import type { ArtifactId, DeviceId, PolicyId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { LinkState } from './workspace-views.ts'

/** The company's devices among themselves, as this one sees them. */
export interface ColleaguesView {
  /** null while the company has one device, or this device was not told of the workspace yet. */
  readonly workspace: {
    readonly id: WorkspaceId
    readonly link: LinkState
    readonly lastSync: Instant | null
  } | null
  /** Something is being read, sealed or taken in just now. */
  readonly busy: boolean
  readonly devices: readonly ColleagueDevice[]
  readonly shares: readonly ShareView[]
  readonly copies: readonly CopyView[]
}

export interface ColleagueDevice {
  readonly device: DeviceId
  readonly person: Bilingual
  readonly roles: readonly Role[]
}

/** What this device shares. */
export interface ShareView {
  readonly artifact: ArtifactId
  readonly of: 'dataset' | 'policy'
  readonly subject: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly ceiling: DataClass
  readonly revision: number
  readonly at: Instant
  readonly columns: readonly string[]
  /** `due`: a new revision is about to go. `waits`: columns would go that nobody confirmed. `gone`: about to end. */
  readonly standing: 'current' | 'due' | 'waits' | 'gone' | 'ended'
  /** Columns that wait for a look. */
  readonly unconfirmed: readonly string[]
  readonly readers: readonly ShareReader[]
}
export interface ShareReader {
  readonly person: Bilingual
  readonly device: DeviceId
  /** The newest revision that the device said it took; null: none yet, or it did not say. */
  readonly taken: number | null
}

/** What a colleague shared with this device. */
export interface CopyView {
  readonly artifact: ArtifactId
  readonly of: 'dataset' | 'policy'
  readonly name: string
  readonly by: Bilingual
  /** 0: nothing of it came yet. */
  readonly revision: number
  readonly sharedAt: Instant
  /**
   * `coming`: a newer revision is on its way. `withdrawn`, `role-lost`: none follows. `sharer-ended`: the sharer's devices no
   * longer count, so none follows either. `removed`: taken out of this vault, until the next revision.
   */
  readonly state: 'current' | 'coming' | 'withdrawn' | 'role-lost' | 'sharer-ended' | 'removed'
}

/** What would go to whom under a choice: nothing has left. */
export interface SharePreview {
  readonly rows: number
  readonly columns: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly dataClass: DataClass
    readonly goes: boolean
  }[]
  /** Colleagues who hold one of the roles now. */
  readonly people: readonly ColleagueDevice[]
  /** Policies over the dataset, and which of their columns would be missing at the colleagues'. */
  readonly policies: readonly {
    readonly id: PolicyId
    readonly name: Bilingual
    readonly missing: readonly string[]
  }[]
}
