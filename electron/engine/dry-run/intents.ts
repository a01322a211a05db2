import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { STATED_ITEMS, type DryRunItem } from '#shared/artifacts/dry-run.v1.ts'
import { PEER_AGREEMENT } from '#shared/artifacts/peer-agreement.v1.ts'
import type { ArtifactId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { DryRunView } from '#shared/projection/dry-run-views.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { createDocument } from '../live/documents.ts'
import { found } from '../workspaces/found.ts'
import { invite } from '../workspaces/invite.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { findWorkspace, genesisOf, isActive } from '../workspaces/workspace-record.ts'
import { findDryRun, isDryRun, stateOfDryRun, type FoundDryRun } from './read-dry-run.ts'

/** Days that the invitation into the production workspace stands: both have just worked together. */
const INVITED_DAYS = 30

export function dryRunView(hub: Hub, workspace: WorkspaceId): DryRunView {
  const dryRun = existing(hub, workspace)
  const state = stateOfDryRun(dryRun)
  const own = hub.identity.card.company
  const { companies } = dryRun.runtime.members
  const named = (company: (typeof state.passed)[number]) => ({
    company,
    name: companies.get(company)?.card.name ?? { en: '', ar: '' },
    own: company === own,
  })
  const members = [...companies.values()].filter(({ left }) => !left).map(({ card }) => card.company)
  return {
    workspace,
    companies: members.map((company) => ({
      ...named(company),
      ready: state.ready.includes(company),
      passed: state.passed.includes(company),
    })),
    items: state.items.map(({ item, how, done, words }) => ({
      item,
      how,
      done,
      mine: words.some(({ company }) => company === own),
      words: words.map(({ company, evidence, by, at }) => ({ ...named(company), evidence, by, at })),
    })),
    unlocked: state.unlocked,
    production: state.production && {
      workspace: state.production.workspace,
      link: state.production.link,
      joined: findWorkspace(hub.context, state.production.workspace) !== undefined,
    },
  }
}

/** A person says that an item is done, and where the proof is; or takes that back. */
export function tick(hub: Hub, workspace: WorkspaceId, item: DryRunItem, done: boolean, evidence: string): void {
  const stated = STATED_ITEMS.find((one) => one === item)
  if (!stated) throw new Refused('dry-run', 'item-is-proven')
  if (done && evidence.trim().length < 3) throw new Refused('dry-run', 'evidence-missing')
  state(hub, existing(hub, workspace), stated, done, done ? evidence.trim() : '')
}

/** An engine saw it happen on its own machine. Once is enough. */
export function witness(hub: Hub, workspace: WorkspaceId): void {
  const dryRun = findDryRun(hub, workspace)
  const record = findWorkspace(hub.context, workspace)
  if (!dryRun || !record || !isActive(record)) return
  const seen = stateOfDryRun(dryRun).items.find(({ item }) => item === 'sealed-file-read')
  if (seen?.words.some(({ company }) => company === hub.identity.card.company)) return
  state(hub, dryRun, 'sealed-file-read', true, 'mithaq')
}

function state(
  hub: Hub,
  { runtime, artifact }: FoundDryRun,
  item: (typeof STATED_ITEMS)[number] | 'sealed-file-read',
  done: boolean,
  evidence: string,
): void {
  hub.change(() => {
    writeIn(hub, runtime.id, [
      { kind: 'event', payload: writeArtifactEvent({ type: 'checklist-ticked', artifact, item, done, evidence }) },
    ])
    note(hub, runtime.workspace, done ? 'checklist-ticked' : 'checklist-unticked', { item, evidence })
    return undefined
  })
}

const AGREEMENT_TITLE = { en: 'Peer agreement, to try out', ar: 'اتفاقية تعاون للتجربة' }

/** The peer agreement that the dry run is rehearsed with: the one that is there, else begun from the template. */
export function rehearsedAgreement(hub: Hub, workspace: WorkspaceId): ArtifactId {
  const { runtime } = existing(hub, workspace)
  const [known] = runtime.facts.artifacts(PEER_AGREEMENT.type)
  return known?.id ?? createDocument(hub, { channel: runtime.id, type: PEER_AGREEMENT.type, title: AGREEMENT_TITLE })
}

/** Our company says that it has passed. */
export function pass(hub: Hub, workspace: WorkspaceId): void {
  const dryRun = existing(hub, workspace)
  const own = hub.identity.card.company
  const { ready, passed } = stateOfDryRun(dryRun)
  if (!ready.includes(own)) throw new Refused('dry-run', 'checklist-open')
  if (passed.includes(own)) return
  hub.change(() => {
    const { runtime, artifact } = dryRun
    writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent({ type: 'dry-run-passed', artifact }) }])
    note(hub, workspace, 'dry-run-passed', {})
    return undefined
  })
}

/**
 * Founds the workspace for real data after both have passed (TR-14): a new id and new keys, the same terms. The other side finds
 * the invitation in the dry run's channel; both compare a safety code again. Returns the new workspace's id.
 */
export function foundProduction(hub: Hub, workspace: WorkspaceId): WorkspaceId {
  const dryRun = existing(hub, workspace)
  const record = findWorkspace(hub.context, workspace)
  const { unlocked, production } = stateOfDryRun(dryRun)
  if (production) throw new Refused('dry-run', 'production-exists')
  if (!unlocked || !record) throw new Refused('dry-run', 'not-passed')
  const { kind, name, outcome, charter } = genesisOf(hub.context.crypto, record).founding
  const definition = dryRun.runtime.members.channel?.definition
  const roles = !definition || definition.roles === 'all' ? charter.roles : definition.roles
  return hub.change(() => {
    const channel = { name: definition?.name ?? name, roles: [...roles] }
    const made = found(hub, { kind, name, outcome, charter, channel, dryRun: false })
    const invited = invite(hub, { ...made, connection: record.connection }, INVITED_DAYS).workspace
    const link = invited.invitation?.link ?? ''
    const { runtime, artifact } = dryRun
    writeIn(hub, runtime.id, [
      { kind: 'event', payload: writeArtifactEvent({ type: 'production-founded', artifact, workspace: made.id, link }) },
    ]) // prettier-ignore
    note(hub, workspace, 'production-founded', {})
    return made.id
  })
}

function existing(hub: Hub, workspace: WorkspaceId): FoundDryRun {
  const dryRun = isDryRun(hub, workspace) ? findDryRun(hub, workspace) : undefined
  if (!dryRun) throw new Refused('dry-run', 'no-dry-run')
  return dryRun
}

function note(hub: Hub, workspace: WorkspaceId, code: string, detail: Readonly<Record<string, string>>): void {
  const kept = findWorkspace(hub.context, workspace)
  record(hub.context, {
    kind: 'workspace',
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id: workspace, name: kept ? genesisOf(hub.context.crypto, kept).founding.name.en : '' },
    detail,
  })
}
