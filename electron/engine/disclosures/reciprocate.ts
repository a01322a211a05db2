import { opens, reciprocityOn, type Standing } from '#shared/disclosure/reciprocity.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { findWorkspace, isActive } from '../workspaces/workspace-record.ts'
import { dueChecks, sayCheck } from './check-received.ts'
import { listDisclosures, type DisclosureRecord } from './disclosure-record.ts'
import { owedHandovers } from './hand-over.ts'
import { reciprocityCase, termsOf } from './reciprocity-facts.ts'

const KIND = 'reciprocity-standing'

/**
 * Does what our own conditions ask of this engine: opens and checks what others gave, hands keys over where the terms are met,
 * and notes in the audit when reads are suspended or go on. Changes nothing when nothing is due. Called after a disclosure, after
 * news from outside, when the vault opens, and as time passes. True when something was written.
 */
export function reciprocate(hub: Hub, workspace?: WorkspaceId): boolean {
  let wrote = false
  for (const disclosure of listDisclosures(hub)) {
    if (workspace !== undefined && disclosure.workspace !== workspace) continue
    if (reciprocateOne(hub, disclosure)) wrote = true
  }
  return wrote
}

export function reciprocateOne(hub: Hub, disclosure: DisclosureRecord): boolean {
  const { channel, artifact, withdrawnAt, expiresOn } = disclosure
  const runtime = hub.runtime(channel)
  const terms = runtime && termsOf(runtime, artifact)
  const today = dateOf(hub.context.clock.now())
  if (!terms || withdrawnAt !== null || today > expiresOn || !mayWriteIn(hub, runtime)) return false
  let wrote = false
  for (const other of terms.companies) {
    const checks = dueChecks(hub, runtime, other, terms)
    const known = reciprocityCase(runtime, artifact, hub.identity.card.company, other, { checks })
    if (!known) continue
    const { standing } = reciprocityOn(known, today)
    const owed = opens(standing) ? owedHandovers(hub, runtime, disclosure, other) : []
    const before = hub.context.vault.records.get<Standing>(KIND, `${artifact}/${other}`)
    if (checks.length === 0 && owed.length === 0 && before === standing) continue
    wrote = true
    hub.change(() => {
      const sayings = [...checks.map(sayCheck), ...owed.map(({ saying }) => saying)]
      if (sayings.length > 0) writeIn(hub, channel, sayings)
      hub.context.vault.records.put(KIND, `${artifact}/${other}`, standing)
      if (before !== standing) note(hub, runtime, disclosure, other, standing, {})
      for (const { revision } of owed) note(hub, runtime, disclosure, other, 'handed-over', { revision })
      return undefined
    })
  }
  return wrote
}

const CODES = {
  met: 'reciprocity-met',
  waiting: 'reciprocity-waiting',
  grace: 'reciprocity-grace',
  suspended: 'reads-suspended',
  'handed-over': 'slice-key-handed-over',
} as const

function note(
  hub: Hub,
  runtime: ChannelRuntime,
  { artifact, title }: DisclosureRecord,
  other: CompanyId,
  what: keyof typeof CODES,
  detail: { readonly revision?: number },
): void {
  const company = runtime.members.companies.get(other)?.card.name.en ?? ''
  // By the engine itself: nobody pressed a button.
  record(hub.context, {
    kind: what === 'handed-over' ? 'key' : 'disclosure',
    code: CODES[what],
    actor: '',
    subject: { id: artifact, name: title.en },
    detail: { company, ...detail },
  })
}

/** A device that was revoked, or a workspace that one side has not confirmed, writes nothing by itself. */
export function mayWriteIn(hub: Hub, runtime: ChannelRuntime): boolean {
  const workspace = findWorkspace(hub.context, runtime.workspace)
  const device = certificateOf(runtime.members, hub.identity.device.id, hub.context.clock.now())
  return workspace !== undefined && isActive(workspace) && device !== undefined
}
