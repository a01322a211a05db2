import type { CompanyId } from '#shared/kernel/ids.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { GivenConsent, Membership } from '#shared/membership/types.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { renewWhenDue, writable } from '../identity/devices.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from './hub.ts'
import { control, headsOf, writeIn } from './membership-steps.ts'
import { genesisOf, type WorkspaceRecord } from './workspace-record.ts'

/** Whether a company that was in has left, or was removed, in every channel that is held. */
export function hasLeft(hub: Hub, workspace: WorkspaceRecord, company: CompanyId): boolean {
  const seen = hub.runtimesOf(workspace.id).flatMap(({ members }) => members.companies.get(company) ?? [])
  return seen.length > 0 && seen.every(({ left }) => left)
}

/** Our company's own word that it leaves: nothing that is written afterwards is for us. What others have read stays read. */
export function leave(hub: Hub, workspace: WorkspaceRecord): void {
  const { company, name } = hub.identity.card
  const runtimes = ours(hub, workspace)
  if (runtimes.length === 0) throw new Refused('workspaces', 'not-active')
  hub.change(() => {
    for (const runtime of runtimes) writeIn(hub, runtime.id, [gone(runtime, company, [])])
    note(hub, workspace, 'workspace-left', name.en)
    return undefined
  })
}

/** Companies whose consent a removal still needs, ours counted as given; empty: it can be done. */
export const missingConsents = (
  members: Membership,
  own: CompanyId,
  subject: CompanyId,
  given: ReadonlySet<CompanyId>,
): readonly CompanyId[] =>
  [...members.companies].flatMap(([company, { left }]) =>
    left || company === own || company === subject || given.has(company) ? [] : [company],
  )

/** Who has consented to the removal of a company, as the channel's facts say. */
export function consentsIn(
  { facts, members }: ChannelRuntime,
  subject: CompanyId,
): ReadonlyMap<CompanyId, GivenConsent> {
  const found = new Map<CompanyId, GivenConsent>()
  for (const { consent, company, to, subject: whom } of facts.consents)
    if (to === 'remove' && whom === subject && members.companies.get(company)?.left === false)
      found.set(company, consent)
  return found
}

/** Whether another's removal waits for our company's word. */
export function isAskedToRemove(hub: Hub, workspace: WorkspaceRecord): boolean {
  const own = hub.identity.card.company
  return ours(hub, workspace).some((runtime) =>
    [...runtime.members.companies].some(([company, { left }]) => {
      const given = left || company === own ? new Map() : consentsIn(runtime, company)
      return given.size > 0 && !given.has(own)
    }),
  )
}

/**
 * Our company consents to the removal of another. With the last consent that the charter asks for it is done, and a new key is
 * made that the removed company does not hold. @throws Refused for our own company, which leaves instead.
 */
export function removeCompany(hub: Hub, workspace: WorkspaceRecord, subject: CompanyId): 'removed' | 'consented' {
  const { crypto, clock } = hub.context
  const { card, device } = hub.identity
  if (subject === card.company) throw new Refused('workspaces', 'own-company')
  const runtimes = ours(hub, workspace).filter(({ members }) => members.companies.get(subject)?.left === false)
  const [first] = runtimes
  if (!first) throw new Refused('workspaces', 'no-such-member')
  const name = first.members.companies.get(subject)?.card.name.en ?? ''
  const removal = { content: { remove: subject, company: name } }
  return hub.change(() => {
    let done = true
    for (const runtime of runtimes) {
      const given = consentsIn(runtime, subject)
      if (missingConsents(runtime.members, card.company, subject, new Set(given.keys())).length === 0) {
        const consents = [...given.values()]
        writeIn(hub, runtime.id, [gone(runtime, subject, consents)], removal)
        renewWhenDue(hub, runtime)
        continue
      }
      done = false
      if (given.has(card.company)) continue
      const terms = { workspace: workspace.id, company: card.company, to: 'remove', subject, at: clock.now() } as const
      const consent = signStatement(crypto, 'consent', device.secret, terms)
      writeIn(hub, runtime.id, [control({ kind: 'consent', given: { device: device.id, consent } })], removal)
    }
    note(hub, workspace, done ? 'company-removed' : 'removal-consented', name)
    return done ? 'removed' : 'consented'
  })
}

/** That a company goes from here on, with the last entries that are held of its devices: what it writes into the past does not count. */
const gone = (runtime: ChannelRuntime, company: CompanyId, consents: readonly GivenConsent[]): Saying => {
  const devices = [...runtime.members.certificates].flatMap(([device, held]) => (held[0]?.certificate.company === company ? [device] : [])) // prettier-ignore
  return control({ kind: 'company-departed', company, consents, heads: headsOf(runtime, devices) })
}

const ours = (hub: Hub, { id }: WorkspaceRecord): readonly ChannelRuntime[] =>
  writable(hub).filter(({ workspace }) => workspace === id)

function note(hub: Hub, workspace: WorkspaceRecord, code: string, company: string): void {
  record(hub.context, {
    kind: 'workspace',
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id: workspace.id, name: genesisOf(hub.context.crypto, workspace).founding.name.en },
    detail: { company },
  })
}
