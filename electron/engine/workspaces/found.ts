import type { Role } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual, Charter, WorkspaceKind } from '#shared/membership/types.ts'
import { foundWorkspace } from '#shared/membership/workspace.ts'
import { declareDryRun } from '../dry-run/declare-dry-run.ts'
import { Refused } from '../edge.ts'
import { record } from '../context.ts'
import { certificateIn } from '../identity/identity.ts'
import { createChannel, control, renewEpoch } from './membership-steps.ts'
import type { Hub } from './hub.ts'
import { genesisOf, NO_ADDRESSES, saveWorkspace, type WorkspaceRecord } from './workspace-record.ts'

export interface NewWorkspace {
  readonly kind: WorkspaceKind
  readonly name: Bilingual
  readonly outcome: Bilingual
  readonly charter: Charter
  readonly channel: { readonly name: Bilingual; readonly roles: readonly Role[] }
  /** On synthetic data, with a checklist: stands in the founding, so nobody can turn one into the other. */
  readonly dryRun: boolean
}

/** Founds a workspace with its first channel. The founder's own roles have to be in the charter and the channel. */
export function found(hub: Hub, terms: NewWorkspace): WorkspaceRecord {
  const { crypto, clock } = hub.context
  const { card, certified, device } = hub.identity
  const { roles } = certificateIn(certified)
  const allowed = roles.filter((role) => terms.charter.roles.includes(role))
  if (!allowed.some((role) => terms.channel.roles.includes(role))) throw new Refused('workspaces', 'founder-outside')
  return hub.change(() => {
    const genesis = foundWorkspace(
      crypto,
      {
        kind: terms.kind,
        name: terms.name,
        outcome: terms.outcome,
        dryRun: terms.dryRun,
        founder: card,
        device: certified,
        charter: terms.charter,
        foundedAt: clock.now(),
        nonce: crypto.random(16),
      },
      device.secret,
    )
    const bare: WorkspaceRecord = {
      id: genesis.workspace,
      founding: genesis.signed,
      side: 'founder',
      channels: [],
      partners: [],
      answer: null,
      invitation: null,
      connection: { enabled: true, addresses: NO_ADDRESSES },
      lastSync: null,
      local: false,
    }
    saveWorkspace(hub.context, bare)
    const { workspace, channel } = createChannel(hub, bare, genesis, { ...terms.channel, expiresOn: null })
    if (terms.dryRun) declareDryRun(hub, channel)
    record(hub.context, {
      kind: 'workspace',
      code: 'workspace-founded',
      actor: certificateIn(certified).name.en,
      subject: { id: workspace.id, name: terms.name.en },
      detail: { kind: terms.kind, dryRun: terms.dryRun },
    })
    return workspace
  })
}

/** Opens a further channel, with every company that is in the workspace already. Only the founding company can. */
export function addChannel(
  hub: Hub,
  workspace: WorkspaceRecord,
  terms: { readonly name: Bilingual; readonly roles: readonly Role[]; readonly expiresOn: IsoDate | null },
): WorkspaceRecord {
  if (workspace.side !== 'founder') throw new Refused('workspaces', 'only-founder')
  const genesis = genesisOf(hub.context.crypto, workspace)
  // Before a channel's first entry nobody but the founding device is certified in it.
  if (genesis.certificate.device !== hub.identity.device.id) throw new Refused('workspaces', 'only-founding-device')
  const { roles } = certificateIn(hub.identity.certified)
  if (!roles.some((role) => terms.roles.includes(role))) throw new Refused('workspaces', 'founder-outside')
  return hub.change(() => {
    const made = createChannel(hub, workspace, genesis, terms)
    const runtime = hub.touch(made.channel)
    const joinings = workspace.partners.filter(({ confirmed }) => confirmed).map(({ joining }) => joining)
    if (joinings.length > 0) {
      runtime.write(joinings.map((joining) => control({ kind: 'company-added', joining, consents: [] })))
      renewEpoch(hub, runtime)
    }
    record(hub.context, {
      kind: 'workspace',
      code: 'channel-created',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: made.channel, name: terms.name.en },
      detail: { roles: terms.roles.join(' ') },
    })
    return made.workspace
  })
}
