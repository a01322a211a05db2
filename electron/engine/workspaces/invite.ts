import { equal } from '#shared/kernel/bytes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { acceptAnswer, answerInvitation, invitationAnswered } from '#shared/membership/answer.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import { createInvitation, linkBytes, readInvitation, type Invitation } from '#shared/membership/invitation.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { must, Refused } from '../edge.ts'
import { record } from '../context.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from './hub.ts'
import { control, renewEpoch } from './membership-steps.ts'
import {
  findWorkspace, genesisOf, keptInvitation, listWorkspaces, saveWorkspace, type Partner, type WorkspaceRecord,
} from './workspace-record.ts' // prettier-ignore

const DAY = 86_400_000

/** Makes a one-time invitation; an earlier one that nobody used stops working. */
export function invite(
  hub: Hub,
  workspace: WorkspaceRecord,
  days: number,
): { readonly file: Uint8Array; readonly workspace: WorkspaceRecord } {
  if (workspace.side !== 'founder') throw new Refused('workspaces', 'only-founder')
  const { crypto, clock } = hub.context
  const { card, certified, device } = hub.identity
  const expiresAt = (clock.now() + days * DAY) as Instant
  const genesis = genesisOf(crypto, workspace)
  if (isInternal(genesis)) throw new Refused('workspaces', 'internal-workspace')
  const from = { card, device: certified, key: device.secret }
  const { bytes, link } = createInvitation(crypto, genesis, from, workspace.connection.addresses, expiresAt)
  const updated: WorkspaceRecord = { ...workspace, invitation: { bytes, link, expiresAt, usedBy: null } }
  hub.change(() => {
    saveWorkspace(hub.context, updated)
    record(hub.context, {
      kind: 'invitation',
      code: 'invitation-made',
      actor: certificateIn(certified).name.en,
      subject: { id: workspace.id, name: genesis.founding.name.en },
      detail: { days },
    })
    return undefined
  })
  return { file: writeSealedFile(crypto, { kind: 'invitation', frames: [bytes] }), workspace: updated }
}

/** The same invitation again, as a file for a mail. @throws Refused when there is none that somebody could still use. */
export function invitationFile({ context }: Hub, { invitation }: WorkspaceRecord): Uint8Array {
  const { crypto, clock } = context
  if (!invitation || invitation.usedBy !== null || invitation.expiresAt <= clock.now())
    throw new Refused('workspaces', 'no-invitation')
  return writeSealedFile(crypto, { kind: 'invitation', frames: [invitation.bytes] })
}

export interface LookedAt {
  readonly invitation: Invitation
  /** As a sealed file would hold it. */
  readonly bytes: Uint8Array
}

/** Looks at an invitation from a file or a link. @throws Refused when it is expired, tampered with, our own or known. */
export function lookAt(hub: Hub, from: Uint8Array | string): LookedAt {
  const { crypto, clock } = hub.context
  const invitation = must(readInvitation(crypto, from, clock.now()), 'membership')
  // One company's own workspace invites nobody: whoever made this wants to be taken for a colleague.
  if (isInternal(invitation.genesis)) throw new Refused('workspaces', 'internal-workspace')
  if (invitation.inviter.company === hub.identity.card.company) throw new Refused('workspaces', 'own-invitation')
  if (findWorkspace(hub.context, invitation.workspace)) throw new Refused('workspaces', 'already-in')
  return { invitation, bytes: typeof from === 'string' ? linkBytes(from) : from }
}

/** Opts in: keeps the workspace and makes the answer, as a sealed file and for a direct link. */
export function accept(
  hub: Hub,
  { invitation, bytes: raw }: LookedAt,
  local = false,
): { readonly workspace: WorkspaceRecord; readonly file: Uint8Array } {
  const { crypto, clock } = hub.context
  const { card, certified, device } = hub.identity
  const { bytes, code } = answerInvitation(
    crypto,
    invitation,
    { card, device: certified, key: device.secret },
    clock.now(),
  )
  const workspace: WorkspaceRecord = {
    id: invitation.workspace,
    founding: invitation.genesis.signed,
    side: 'guest',
    channels: [],
    partners: [],
    answer: { bytes, code, confirmed: false, inviter: invitation.inviter },
    invitation: null,
    connection: { enabled: true, addresses: invitation.addresses },
    lastSync: null,
    local,
  }
  hub.change(() => {
    saveWorkspace(hub.context, workspace)
    hub.context.vault.records.put('accepted-invitation', workspace.id, raw)
    record(hub.context, {
      kind: 'invitation',
      code: 'invitation-accepted',
      actor: certificateIn(certified).name.en,
      subject: { id: workspace.id, name: invitation.genesis.founding.name.en },
      detail: { inviter: invitation.inviter.name.en },
    })
    return undefined
  })
  return { workspace, file: writeSealedFile(crypto, { kind: 'answer', frames: [bytes] }) }
}

/** Takes a partner's answer. The partner is not in yet: first the safety code is compared. @throws Refused */
export function takeAnswer(
  hub: Hub,
  bytes: Uint8Array,
): { readonly workspace: WorkspaceRecord; readonly partner: Partner } {
  const { crypto, clock } = hub.context
  const id = invitationAnswered(bytes)
  const found = listWorkspaces(hub.context).find(
    ({ invitation }) => id && invitation && equal(keptInvitation(crypto, invitation.bytes).id, id),
  )
  if (!found?.invitation) throw new Refused('membership', id ? 'wrong-invitation' : 'answer-malformed')
  const { usedBy } = found.invitation
  const invitation = keptInvitation(crypto, found.invitation.bytes)
  const own = { invitation, used: usedBy !== null, box: hub.identity.device.box }
  const answer = must(acceptAnswer(crypto, bytes, own, clock.now()), 'membership')
  const partner: Partner = { card: answer.card, joining: answer.joining, code: answer.code, confirmed: false }
  const workspace: WorkspaceRecord = {
    ...found,
    partners: [...found.partners.filter(({ card }) => card.company !== partner.card.company), partner],
    invitation: { ...found.invitation, usedBy: partner.card.company },
  }
  hub.change(() => {
    saveWorkspace(hub.context, workspace)
    record(hub.context, {
      kind: 'invitation',
      code: 'invitation-answered',
      actor: answer.device.name.en,
      subject: { id: workspace.id, name: invitation.genesis.founding.name.en },
      detail: { company: partner.card.name.en, fingerprint: answer.fingerprint },
    })
    return undefined
  })
  return { workspace, partner }
}

/**
 * The person compared the safety code. A match lets the partner in: its company and device become members of every channel
 * and a new key is made for all. A mismatch forgets the exchange; a new invitation is needed.
 */
export function confirmSafety(
  hub: Hub,
  workspace: WorkspaceRecord,
  code: string,
  matches: boolean,
): WorkspaceRecord | undefined {
  // The code that the person saw: another answer may have come in between, and it is not what was compared.
  const waiting = workspace.partners.find((partner) => !partner.confirmed && partner.code === code)
  const own = workspace.answer?.confirmed === false && workspace.answer.code === code
  if (workspace.side === 'founder' ? !waiting : !own) throw new Refused('workspaces', 'nothing-to-confirm')
  return hub.change(() => {
    const { certified } = hub.identity
    record(hub.context, {
      kind: 'key',
      code: matches ? 'safety-code-matched' : 'safety-code-differed',
      actor: certificateIn(certified).name.en,
      subject: { id: workspace.id, name: genesisOf(hub.context.crypto, workspace).founding.name.en },
      detail: {},
    })
    if (workspace.side === 'guest') return confirmGuest(hub, workspace, matches)
    if (!waiting) throw new Error('no partner waits')
    if (!matches) {
      const partners = workspace.partners.filter((partner) => partner !== waiting)
      const updated = { ...workspace, partners, invitation: null }
      saveWorkspace(hub.context, updated)
      return updated
    }
    const partners = workspace.partners.map((partner) =>
      partner === waiting ? { ...partner, confirmed: true } : partner,
    )
    const updated = { ...workspace, partners }
    saveWorkspace(hub.context, updated)
    for (const { id } of hub.runtimesOf(workspace.id)) {
      const runtime = hub.touch(id)
      runtime.write([control({ kind: 'company-added', joining: waiting.joining, consents: [] })])
      renewEpoch(hub, runtime)
    }
    return updated
  })
}

function confirmGuest(hub: Hub, workspace: WorkspaceRecord, matches: boolean): WorkspaceRecord | undefined {
  if (!matches || !workspace.answer) {
    hub.context.vault.records.remove('workspace', workspace.id)
    // The invitation's secret has no use any more.
    hub.context.vault.records.remove('accepted-invitation', workspace.id)
    return undefined
  }
  const updated = { ...workspace, answer: { ...workspace.answer, confirmed: true } }
  saveWorkspace(hub.context, updated)
  return updated
}
