import { approvalPolicySchema, USUAL_POLICY, type ApprovalPolicy } from '#shared/approvals/policy.ts'
import type { ApprovalAnswer, AskedApproval, Colleague } from '#shared/approvals/request.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId, ChannelId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { Context } from '../context.ts'

/** A request as it is kept, and told to the colleagues who may answer it. */
export interface ApprovalRequest extends AskedApproval {
  readonly workspace: WorkspaceId
  readonly workspaceName: Bilingual
  readonly channel: ChannelId
  readonly artifact: ArtifactId | null
  readonly title: Bilingual
  readonly content: Canonical
  readonly note: string
  /** Counts up with each change that colleagues are told of. */
  readonly version: number
}
/** How the maker's window asked for it, so that it can be carried out later. Never leaves this device. */
export interface KeptIntent {
  readonly path: readonly string[]
  /** JSON. */
  readonly input: string
}
export interface PolicyVersion {
  readonly policy: ApprovalPolicy
  readonly by: Colleague
  readonly at: Instant
}

type Store = Pick<Context, 'vault'>
const REQUEST = 'approval-request'
const ANSWER = 'approval-answer'
const INTENT = 'approval-intent'
const POLICY = 'approval-policy'

export const listRequests = ({ vault }: Store): readonly ApprovalRequest[] =>
  vault.records.list<ApprovalRequest>(REQUEST).map(({ value }) => value)
export const requestOf = ({ vault }: Store, id: string): ApprovalRequest | undefined =>
  vault.records.get<ApprovalRequest>(REQUEST, id)
export const saveRequest = ({ vault }: Store, request: ApprovalRequest): void =>
  vault.records.put(REQUEST, request.id, request)

export const intentOf = ({ vault }: Store, id: string): KeptIntent | undefined =>
  vault.records.get<KeptIntent>(INTENT, id)
export const saveIntent = ({ vault }: Store, id: string, intent: KeptIntent): void =>
  vault.records.put(INTENT, id, intent)

const SAID_HERE = 'approval-said-here'
/** Marks what a person said on this very device: another of their devices must not tell it a second time. */
export const noteSaidHere = ({ vault }: Store, what: string): void => vault.records.put(SAID_HERE, what, true)
export const saidHere = ({ vault }: Store, what: string): boolean => vault.records.get(SAID_HERE, what) !== undefined

/** One person's word about one request: of two, a refusal stands. */
export const listAnswers = ({ vault }: Store): readonly ApprovalAnswer[] =>
  vault.records.list<ApprovalAnswer>(ANSWER).map(({ value }) => value)
export function saveAnswer({ vault }: Store, answer: ApprovalAnswer): void {
  const id = `${answer.request}/${answer.by.person}`
  if (vault.records.get<ApprovalAnswer>(ANSWER, id)?.verdict === 'refuse') return
  vault.records.put(ANSWER, id, answer)
}

/** Every version that this device knows, the newest first; of two that were made apart with one number, the later one. */
export const policyVersions = (store: Store): readonly PolicyVersion[] =>
  versionsIn(store).flatMap((version) => readable(version) ?? [])
/** Only the newest is read through: the gate asks for it at each commitment. */
export const currentPolicy = (store: Store): ApprovalPolicy => firstReadable(versionsIn(store)) ?? USUAL_POLICY

function firstReadable(versions: readonly PolicyVersion[]): ApprovalPolicy | undefined {
  for (const version of versions) {
    const read = readable(version)
    if (read) return read.policy
  }
  return undefined
}
/** As it reads today: what a version from before a field came does not say, is filled in. */
function readable(version: PolicyVersion): PolicyVersion | undefined {
  const { data } = approvalPolicySchema.safeParse(version.policy)
  return data && { ...version, policy: data }
}
const versionsIn = ({ vault }: Store): readonly PolicyVersion[] =>
  vault.records
    .list<PolicyVersion>(POLICY)
    .map(({ value }) => value)
    .toSorted(
      (one, other) =>
        other.policy.version - one.policy.version || other.at - one.at || (one.by.person < other.by.person ? -1 : 1),
    )
export const savePolicyVersion = ({ vault }: Store, version: PolicyVersion): void =>
  vault.records.put(POLICY, `${String(version.policy.version).padStart(8, '0')}/${version.by.person}`, version)
