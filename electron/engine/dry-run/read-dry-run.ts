import { versionsOf } from '#shared/agreement/state.ts'
import { PEER_AGREEMENT } from '#shared/artifacts/peer-agreement.v1.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { DryRun, type DryRunItem } from '#shared/artifacts/dry-run.v1.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ArtifactId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { DryRunStep } from '#shared/projection/today.ts'
import { dryRunOf, type DryRunFacts, type DryRunState, type Tick } from '#shared/partnership/dry-run.ts'
import { companyOf } from '../disclosures/reciprocity-facts.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { findWorkspace, genesisOf, listWorkspaces } from '../workspaces/workspace-record.ts'

/** Where a workspace's checklist stands: the channel that it was founded with. */
export interface FoundDryRun {
  readonly runtime: ChannelRuntime
  readonly artifact: ArtifactId
  readonly sha256: (bytes: Uint8Array) => string
}

/** undefined: a workspace for real data, or one of which nothing has come yet. */
export function findDryRun(hub: Hub, workspace: WorkspaceId): FoundDryRun | undefined {
  for (const runtime of hub.runtimesOf(workspace)) {
    const [one] = runtime.facts.artifacts(DryRun.type)
    if (one) return { runtime, artifact: one.id, sha256: hub.context.paper.sha256 }
  }
  return undefined
}

/** The founding says so, signed, and every member holds it: nobody turns one into the other. */
export function isDryRun(hub: Hub, workspace: WorkspaceId): boolean {
  const record = findWorkspace(hub.context, workspace)
  return record !== undefined && genesisOf(hub.context.crypto, record).founding.dryRun
}

export const stateOfDryRun = (found: FoundDryRun): DryRunState => dryRunOf(factsOf(found))

/** The next step of a dry run that is ours to take; undefined: none, or no dry run. */
export function stepOf(hub: Hub, workspace: WorkspaceId): DryRunStep | undefined {
  const found = isDryRun(hub, workspace) ? findDryRun(hub, workspace) : undefined
  if (!found) return undefined
  const { unlocked, production, ready, passed } = stateOfDryRun(found)
  const own = hub.identity.card.company
  if (production) return findWorkspace(hub.context, production.workspace) ? undefined : 'join'
  if (unlocked) return 'found'
  return ready.includes(own) && !passed.includes(own) ? 'pass' : undefined
}

/**
 * Who has signed the dry run's peer agreement has read the terms: the signature is that company's word, and the text's hash the
 * evidence.
 */
function signaturesIn({ runtime, sha256 }: FoundDryRun): readonly Tick[] {
  return runtime.facts.artifacts(PEER_AGREEMENT.type).flatMap(({ id }) =>
    versionsOf(runtime.facts.eventsAbout(id), id, (text) => sha256(utf8(text)))
      .filter(({ content }) => content.dryRun === true)
      .flatMap(({ hash, signed }) =>
        [...signed.values()].map(({ by, at }): Tick => ({
          company: by.company,
          item: 'terms-read',
          done: true,
          evidence: `SHA-256 ${hash}`,
          by: by.name,
          at,
        })),
      ),
  )
}

function factsOf(found: FoundDryRun): DryRunFacts {
  const { runtime, artifact } = found
  const { facts } = runtime
  return {
    companies: membersOf(runtime),
    proven: provenIn(runtime),
    ticks: [
      ...signaturesIn(found),
      ...facts.eventsOf(artifact, 'checklist-ticked').map(({ fact, author, at }) => {
        const { item, done, evidence } = fact
        return { company: author.company, item, done, evidence, by: author.name, at }
      }),
    ],
    passes: facts.eventsOf(artifact, 'dry-run-passed').map(({ author, at }) => ({ company: author.company, at })),
    production: facts.eventsOf(artifact, 'production-founded').map(({ fact, author }) => {
      const { workspace, link } = fact
      return { workspace, link, by: author.company }
    }),
  }
}

const membersOf = ({ members }: ChannelRuntime): readonly CompanyId[] =>
  [...members.companies.values()].flatMap(({ card, left }) => (left ? [] : [card.company])).toSorted()

/** What the entries of the channel show by themselves. */
function provenIn(runtime: ChannelRuntime): ReadonlySet<DryRunItem> {
  const { facts, admission } = runtime
  const proven = new Set<DryRunItem>()
  // A company writes only after it confirmed the safety code, so entries of all members say that all compared it.
  const writing = new Set(
    admission.index.lines.flatMap(({ id, hashes }) => {
      const company = companyOf(runtime, id.slice(0, 64) as Parameters<typeof companyOf>[1])
      return company !== undefined && hashes.length > 0 ? [company] : []
    }),
  )
  const members = membersOf(runtime)
  if (members.length > 1 && members.every((company) => writing.has(company))) proven.add('keys-compared')
  const isOthers = (artifact: ArtifactId, company: CompanyId) => {
    const owner = facts.declared(artifact)?.owner
    return owner !== undefined && owner !== company
  }
  if (facts.receipts.some(({ fact, author }) => isOthers(fact.artifact, author.company))) proven.add('slice-opened')
  if (facts.changes.lasts.some(({ fact }) => facts.declared(fact.artifact)?.type === CapacityPlan.type))
    proven.add('commitment-given')
  if (facts.events.some(({ fact }) => fact.type === 'slice-withdrawn')) proven.add('withdrawal-rehearsed')
  return proven
}

/** The dry run that a workspace for real data came out of, as far as this device holds it. */
export function dryRunBehind(hub: Hub, workspace: WorkspaceId): WorkspaceId | undefined {
  for (const { id } of listWorkspaces(hub.context)) {
    if (id === workspace) continue
    const dryRun = findDryRun(hub, id)
    const { runtime, artifact } = dryRun ?? {}
    const founded = artifact && runtime?.facts.eventsOf(artifact, 'production-founded')
    if (founded?.some(({ fact }) => fact.workspace === workspace)) return id
  }
  return undefined
}
