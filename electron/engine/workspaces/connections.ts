import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { Invitation } from '#shared/membership/invitation.ts'
import type { LinkState, MailboxView } from '#shared/projection/workspace-views.ts'
import { Refused } from '../edge.ts'
import { record } from '../context.ts'
import type { Links, RoomSpec } from '../links/links.ts'
import type { Pipe } from '../ports.ts'
import type { Hub } from './hub.ts'
import { takeAnswer } from './invite.ts'
import { LinkStatus } from './link-status.ts'
import { MailboxLink } from './mailbox-link.ts'
import { invitationRoom, workspaceRoom, type MeetingRoom } from './rooms.ts'
import { SyncLink } from './sync-link.ts'
import {
  findWorkspace, genesisOf, isActive, keptInvitation, listWorkspaces, type WorkspaceRecord,
} from './workspace-record.ts' // prettier-ignore

type Ways = Pick<RoomSpec, 'credential' | 'acceptance' | 'joined'>

interface State {
  /** Link → the device at its other end; null for the local port, whose end is in this app. */
  readonly links: Map<SyncLink, DeviceId | null>
  /** Open room → the settings and the device that it was opened with. */
  readonly rooms: Map<string, string>
  readonly status: LinkStatus
  mailbox: { readonly settings: string; readonly name: string; readonly link: MailboxLink } | undefined
}

/** How each workspace is connected: direct rooms, the local port of the sample partner, and what the status line may say. */
export class Connections {
  readonly #hub: Hub
  readonly #links: Links
  readonly #states = new Map<WorkspaceId, State>()
  readonly #stopListening: readonly (() => void)[]

  constructor(hub: Hub, links: Links) {
    this.#hub = hub
    this.#links = links
    this.#stopListening = [
      hub.onReceived((id) => this.#answerArrived(id)),
      hub.onGrown((channel) => this.#dropStrangers(hub.runtime(channel)?.workspace)),
    ]
    this.refreshAll()
  }

  /** After a change that concerns every workspace, such as another device. */
  refreshAll(): void {
    for (const workspace of listWorkspaces(this.#hub.context)) this.refresh(workspace)
  }

  /** Opens and closes rooms until they are those that the workspace's settings and stage ask for. What stays is not disturbed. */
  refresh(workspace: WorkspaceRecord): void {
    const { rooms, status } = this.#state(workspace.id)
    const { signalling, ice } = workspace.connection.addresses
    const settings = JSON.stringify([signalling, ice, this.#hub.identity.device.id])
    const wanted = this.#wanted(workspace)
    for (const [room, kept] of rooms) {
      if (kept === settings && wanted.some(([meeting]) => meeting.room === room)) continue
      rooms.delete(room)
      this.#links.close(room)
      status.closed(room)
    }
    for (const [meeting, ways] of wanted) {
      if (rooms.has(meeting.room)) continue
      rooms.set(meeting.room, settings)
      this.#open(workspace, meeting, ways)
    }
    this.#refreshMailbox(workspace)
  }

  /** A mailbox is called once this company is in a workspace with others, or with colleagues: before that there is nothing to keep. */
  #refreshMailbox(workspace: WorkspaceRecord): void {
    const state = this.#state(workspace.id)
    const { mailbox: address } = workspace.connection.addresses
    const settings = JSON.stringify([address, this.#hub.identity.device.id])
    const wanted = workspace.connection.enabled && !workspace.local && address !== null && this.#isShared(workspace)
    if (state.mailbox && (!wanted || state.mailbox.settings !== settings)) this.#leaveMailbox(state)
    if (!wanted || state.mailbox) return
    const link = new MailboxLink(this.#hub, workspace, address, () => this.#hub.context.changes.say('connection'))
    const leave = () => {
      this.#links.mailboxes.close(name)
      this.#recordRefusal(workspace, 'mailbox-not-genuine')
    }
    const name = this.#links.mailboxes.open(link.spec(leave))
    state.mailbox = { settings, name, link }
  }

  #leaveMailbox(state: State): void {
    const { mailbox } = state
    if (!mailbox) return
    state.mailbox = undefined
    mailbox.link.close()
    this.#links.mailboxes.close(mailbox.name)
  }

  #isShared(workspace: WorkspaceRecord): boolean {
    return (
      isActive(workspace) || this.#hub.runtimesOf(workspace.id).some(({ members }) => members.certificates.size > 1)
    )
  }

  /** Syncs a workspace over a pipe whose other end is authenticated. */
  attach(id: WorkspaceId, pipe: Pipe, from: string): void {
    const workspace = findWorkspace(this.#hub.context, id)
    if (!workspace) return pipe.close()
    const { links, status } = this.#state(id)
    // A device that comes back before its old link was found dead: the new one is the one that lives.
    for (const [link, device] of links) if (device === from) link.close()
    const link = new SyncLink(this.#hub, workspace, pipe, from)
    links.set(link, workspace.local ? null : (from as DeviceId))
    status.linked()
    pipe.onClose(() => {
      if (links.delete(link)) status.unlinked()
    })
  }

  /** Tells the devices that are linked now where somebody is. */
  present(id: WorkspaceId, channel: ChannelId, bytes: Uint8Array): void {
    for (const link of this.#states.get(id)?.links.keys() ?? []) link.present(channel, bytes)
  }

  /** What is true now. */
  stateOf(workspace: WorkspaceRecord): LinkState {
    if (workspace.local) return { state: 'local' }
    const { status, mailbox } = this.#state(workspace.id)
    const possible = workspace.connection.enabled && this.#links.carrierAttached
    const direct = status.state(possible)
    if (!mailbox || !possible || direct.state === 'direct') return direct
    const { passesSince, refusal, isTrying } = mailbox.link
    if (passesSince !== null) return { state: 'mailbox', since: passesSince }
    if (direct.state !== 'offline') return direct
    if (refusal !== null) return { state: 'refused', refusal: { module: 'link', code: refusal } }
    return isTrying ? { state: 'connecting' } : direct
  }

  /** What is true of the workspace's mailbox; undefined while none is used. */
  mailboxOf(workspace: WorkspaceRecord): MailboxView | undefined {
    return this.#states.get(workspace.id)?.mailbox?.link.view()
  }

  closeAll(): void {
    for (const stop of this.#stopListening) stop()
    for (const state of this.#states.values()) {
      for (const link of state.links.keys()) link.close()
      this.#leaveMailbox(state)
    }
    this.#links.closeAll()
  }

  /**
   * Before both sides have opted in they meet in the invitation's room alone: a guest who is not yet let in is nobody to turn
   * away. Afterwards members meet in the workspace's room.
   */
  #wanted(workspace: WorkspaceRecord): (readonly [MeetingRoom, Ways])[] {
    const { crypto } = this.#hub.context
    const { enabled, addresses } = workspace.connection
    if (!enabled || workspace.local || addresses.signalling.length === 0) return []
    const wanted: (readonly [MeetingRoom, Ways])[] = []
    if (this.#isShared(workspace)) {
      const { founding } = genesisOf(crypto, workspace)
      wanted.push([workspaceRoom(crypto, workspace.id, founding), this.#asMember(workspace.id)])
    }
    const invitation = this.#pendingInvitation(workspace)
    if (invitation) wanted.push([invitationRoom(crypto, invitation), this.#asInvited(workspace.id, invitation)])
    return wanted
  }

  #asMember(id: WorkspaceId): Ways {
    const { device } = this.#hub.identity
    return {
      credential: { as: 'device', device: device.id, secret: device.secret },
      acceptance: { as: 'device', member: (other) => this.#isMember(id, other) },
      joined: (pipe, other) => this.attach(id, pipe, other ?? ''),
    }
  }

  #asInvited(id: WorkspaceId, { secret }: Invitation): Ways {
    const key = this.#hub.context.crypto.derive(secret as SymmetricKey, 'mithaq/invitation-link/v1')
    return {
      credential: { as: 'invitation', key },
      acceptance: { as: 'invitation', key },
      joined: (pipe) => this.#exchangeAnswer(id, pipe),
    }
  }

  #open(workspace: WorkspaceRecord, meeting: MeetingRoom, ways: Ways): void {
    const { status } = this.#state(workspace.id)
    const { signalling, ice } = workspace.connection.addresses
    status.reached(meeting.room, false)
    this.#links.open({
      ...meeting,
      ...ways,
      signalling: [...signalling],
      iceServers: [...ice],
      refused: (refusal) => {
        if (status.refused(refusal)) this.#recordRefusal(workspace, refusal)
      },
      reached: (reachable) => status.reached(meeting.room, reachable),
    })
  }

  #recordRefusal(workspace: WorkspaceRecord, code: string): void {
    const { context } = this.#hub
    const subject = { id: workspace.id, name: genesisOf(context.crypto, workspace).founding.name.en }
    this.#hub.change(() => {
      record(context, { kind: 'refusal', code, actor: '', subject, detail: {} })
      return undefined
    })
    context.changes.say('audit')
  }

  /** A guest whose answer has not arrived, or a founder whose invitation nobody has used. */
  #pendingInvitation(workspace: WorkspaceRecord): Invitation | undefined {
    const { crypto, clock } = this.#hub.context
    const kept = workspace.side === 'founder' ? workspace.invitation : null
    if (kept && kept.usedBy === null && kept.expiresAt > clock.now()) return keptInvitation(crypto, kept.bytes)
    const accepted = this.#hub.context.vault.records.get<Uint8Array>('accepted-invitation', workspace.id)
    return accepted && workspace.channels.length === 0 ? keptInvitation(crypto, accepted) : undefined
  }

  /** Over an invitation's room only one thing passes: the guest's answer, the same bytes as in the file. */
  #exchangeAnswer(id: WorkspaceId, pipe: Pipe): void {
    const workspace = findWorkspace(this.#hub.context, id)
    if (workspace?.side === 'guest' && workspace.answer) return pipe.send(workspace.answer.bytes)
    pipe.onMessage((bytes) => {
      try {
        this.refresh(takeAnswer(this.#hub, bytes).workspace)
        this.#hub.context.changes.say('workspaces', 'today')
      } catch (problem) {
        if (!(problem instanceof Refused)) this.#hub.context.log(problem)
        else if (workspace) this.#recordRefusal(workspace, problem.code)
        pipe.close()
      }
    })
  }

  /** The founder's entries prove that the answer arrived: the invitation's room has served. */
  #answerArrived(id: WorkspaceId): void {
    if (this.#state(id).rooms.size < 2) return
    const workspace = findWorkspace(this.#hub.context, id)
    if (workspace) this.refresh(workspace)
  }

  /** Whoever was revoked or has left is cut off at once, not at the next meeting. */
  #dropStrangers(id: WorkspaceId | undefined): void {
    const state = id && this.#states.get(id)
    for (const [link, device] of state?.links ?? [])
      if (id && device !== null && !this.#isMember(id, device)) link.close()
  }

  #isMember(id: WorkspaceId, device: DeviceId): boolean {
    const { context } = this.#hub
    const runtimes = this.#hub.runtimesOf(id).filter(({ admission }) => admission.index.lines.length > 0)
    if (runtimes.length > 0)
      return runtimes.some(({ members }) => certificateOf(members, device, context.clock.now()) !== undefined)
    // A guest holds no entries yet: the founder is known from the invitation.
    const workspace = findWorkspace(context, id)
    return workspace !== undefined && device === genesisOf(context.crypto, workspace).certificate.device
  }

  #state(id: WorkspaceId): State {
    const { clock, scheduler, changes } = this.#hub.context
    let state = this.#states.get(id)
    if (!state) {
      const status = new LinkStatus(clock, scheduler, () => changes.say('connection'))
      this.#states.set(id, (state = { links: new Map(), rooms: new Map(), status, mailbox: undefined }))
    }
    return state
  }
}
