import type { ChannelId, WorkspaceId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { evaluate } from '#shared/policy/evaluate.ts'
import { proposePolicy } from '#shared/policy/propose.ts'
import { newId, record } from '../context.ts'
import { findDataset } from '../datasets/dataset.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'

const KIND = 'policy'

export const listPolicies = ({ context }: Hub): readonly DisclosurePolicy[] =>
  context.vault.records.list<DisclosurePolicy>(KIND).map(({ value }) => value)

export function findPolicy({ context }: Hub, id: string): DisclosurePolicy {
  const policy = context.vault.records.get<DisclosurePolicy>(KIND, id)
  if (!policy) throw new Refused('disclosures', 'no-such-policy')
  return policy
}

/** A careful default for a dataset and a channel; the channel's roles are its audience. Nothing is stored. */
export function propose(hub: Hub, dataset: string, workspace: WorkspaceId, channel: ChannelId): DisclosurePolicy {
  const { crypto, clock, vault } = hub.context
  const { columns, id } = must(findDataset(vault, dataset), 'intake')
  const runtime = hub.runtime(channel)
  if (runtime?.workspace !== workspace) throw new Refused('workspaces', 'no-such-channel')
  const audience = runtime.members.channel?.definition?.roles ?? 'all'
  const roles = audience === 'all' ? runtime.members.genesis.founding.charter.roles : audience
  const today = dateOf(clock.now())
  const proposed = proposePolicy(columns, { id: newId(crypto), datasetId: id, workspaceId: workspace, roles, today })
  return { ...proposed, channelId: channel }
}

/** Keeps a policy that evaluates; a change makes a new version. @throws Refused with the first objection. */
export function savePolicy(hub: Hub, given: DisclosurePolicy): DisclosurePolicy {
  const { clock, vault } = hub.context
  const { columns } = must(findDataset(vault, given.datasetId), 'intake')
  const permit = evaluate(given, columns, given.roles, dateOf(clock.now()))
  const objection = permit.ok ? undefined : permit.refusal[0]
  if (objection) throw new Refused('policy', objection.code, { column: objection.column ?? '' })
  const before = vault.records.get<DisclosurePolicy>(KIND, given.id)
  const unchanged = before && JSON.stringify({ ...before, version: 0 }) === JSON.stringify({ ...given, version: 0 })
  if (unchanged) return before
  if (vault.records.get('colleague-copy', given.id)) throw new Refused('colleagues', 'from-colleague')
  const policy = { ...given, version: (before?.version ?? 0) + 1 }
  hub.change(() => {
    vault.records.put(KIND, policy.id, policy)
    record(hub.context, {
      kind: 'policy',
      code: before ? 'policy-changed' : 'policy-made',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: policy.id, name: policy.name.en },
      detail: {
        version: policy.version,
        mode: policy.mode,
        k: policy.k,
        roles: policy.roles.join(' '),
        ...clausesIn(policy),
      },
    })
    return undefined
  })
  return policy
}

/** Which clauses let a personal column leave unmasked (PV-8): a change of one is a change that the audit has to tell. */
function clausesIn({ fields }: DisclosurePolicy): { readonly clauses?: string } {
  const clauses = fields.flatMap(({ column, clause }) => (clause === null ? [] : [`${column}: ${clause}`]))
  return clauses.length > 0 ? { clauses: clauses.join('; ') } : {}
}

export function removePolicy(hub: Hub, id: string): void {
  const policy = findPolicy(hub, id)
  if (hub.context.vault.records.get('colleague-copy', id)) throw new Refused('colleagues', 'from-colleague')
  hub.change(() => {
    hub.context.vault.records.remove(KIND, id)
    record(hub.context, {
      kind: 'policy',
      code: 'policy-removed',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id, name: policy.name.en },
      detail: {},
    })
    return undefined
  })
}
