import type { ArtifactId, ChannelId, PolicyId, Role, SliceId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { DisclosureLedger } from '#shared/disclosure/ledger.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { PrivacyGround } from '#shared/policy/privacy/ground.ts'
import type { PrivacyFinding } from '#shared/policy/privacy/judge-ground.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'

export interface DisclosedRevision {
  readonly revision: number
  readonly sliceId: SliceId
  readonly disclosedAt: Instant
  readonly by: string
}
/** What we disclosed under one policy into one channel. Kept as `disclosure/<artifact>`; the ledger beside it is private. */
export interface DisclosureRecord {
  readonly artifact: ArtifactId
  readonly type: 'SharedForecast.v1' | 'ContextSlice.v1'
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly policy: PolicyId
  readonly dataset: string
  readonly title: Bilingual
  readonly roles: readonly Role[]
  readonly expiresOn: IsoDate
  readonly revisions: readonly DisclosedRevision[]
  readonly withdrawnAt: Instant | null
  /** What was found about personal data in the newest revision, and on what ground it left; absent before this was recorded. */
  readonly privacy?: PrivacyFinding & {
    readonly basis: PrivacyGround['basis'] | null
    readonly consents: readonly string[]
  }
}

const KIND = 'disclosure'
const LEDGER = 'disclosure-ledger'

export const listDisclosures = ({ context }: Hub): readonly DisclosureRecord[] =>
  context.vault.records.list<DisclosureRecord>(KIND).map(({ value }) => value)

export function findDisclosure({ context }: Hub, artifact: string): DisclosureRecord {
  const record = context.vault.records.get<DisclosureRecord>(KIND, artifact)
  if (!record) throw new Refused('disclosures', 'no-such-disclosure')
  return record
}

/** The disclosure that further revisions of a policy go to; a withdrawn one gets none. */
export const disclosureOf = (hub: Hub, policy: PolicyId, channel: ChannelId): DisclosureRecord | undefined =>
  listDisclosures(hub).find((one) => one.policy === policy && one.channel === channel && one.withdrawnAt === null)

export const ledgerOf = ({ context }: Hub, artifact: ArtifactId): DisclosureLedger | null =>
  context.vault.records.get<DisclosureLedger>(LEDGER, artifact) ?? null

/** Call inside a transaction. */
export function saveDisclosure({ context }: Hub, record: DisclosureRecord, ledger?: DisclosureLedger): void {
  context.vault.records.put(KIND, record.artifact, record)
  if (ledger) context.vault.records.put(LEDGER, record.artifact, ledger)
}
