import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { ChannelId, CompanyId } from '#shared/kernel/ids.ts'
import { isoDate } from '#shared/kernel/time.ts'
import type { FileOutcome, WorkspaceView } from '#shared/projection/workspace-views.ts'
import { readSealedFile, writeSealedFile } from '#shared/seal/sealed-file.ts'
import { backlog } from '#shared/sync/backlog.ts'
import { answer, agree, commit, declare } from '../artifacts/answer-forecast.ts'
import { exportForecast } from '../artifacts/export-forecast.ts'
import { listArtifacts, openForecast, openSlice, reciprocityOf } from '../artifacts/forecast-screen.ts'
import { newId, record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import type { Front } from './front.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Session } from '../session.ts'
import { addChannel, found } from '../workspaces/found.ts'
import { accept, confirmSafety, invitationFile, invite, lookAt, takeAnswer } from '../workspaces/invite.ts'
import { partnerGuide } from '../workspaces/partner-guide.ts'
import { isInternalRecord, partnerWorkspaces } from '../colleagues/internal.ts'
import { summaryOf, viewOf } from '../workspaces/views.ts'
import { findWorkspace, genesisOf, saveWorkspace, type WorkspaceRecord } from '../workspaces/workspace-record.ts'
import { lookAtRequest } from '../identity/enrol.ts'
import { takeUpdate } from '../identity/take-update.ts'
import { makeCheckpoint } from '../workspaces/checkpoints.ts'
import { leave, removeCompany } from '../workspaces/depart.ts'
import { noteRefusal, takeSync } from './take-sync.ts'
import type { Api } from './areas.ts'

export function workspaceAreas({ workspaces, artifacts }: Api, engine: Front) {
  const session = (): Session => engine.desk.session
  const hub = () => session().hub
  const looked = new Map<string, Uint8Array | string>()

  const one = (id: string): WorkspaceRecord => {
    const workspace = findWorkspace(session().context, id)
    if (!workspace) throw new Refused('workspaces', 'no-such-workspace')
    return workspace
  }
  /** For what a partner has a part in: the company's own workspace takes nobody in and is left by nobody. */
  const withPartners = (id: string): WorkspaceRecord => {
    const workspace = one(id)
    if (isInternalRecord(session().context, workspace)) throw new Refused('workspaces', 'internal-workspace')
    return workspace
  }
  const view = (workspace: WorkspaceRecord): WorkspaceView => viewOf(hub(), session().connections, one(workspace.id))
  /** Settings and stage of a workspace decide which rooms are open. */
  const changed = (workspace: WorkspaceRecord): WorkspaceView => {
    session().connections.refresh(one(workspace.id))
    engine.changes.say('workspaces', 'connection', 'today', 'audit')
    return view(workspace)
  }
  const look = (bytes: Uint8Array | string): FileOutcome => {
    const { invitation } = lookAt(hub(), bytes)
    const token = toHex(invitation.id)
    looked.set(token, bytes)
    const { kind, name, outcome, dryRun } = invitation.genesis.founding
    const { inviter, fingerprint, expiresAt } = invitation
    return {
      kind: 'invitation',
      token,
      preview: {
        workspace: name,
        kind,
        outcome,
        dryRun,
        inviter: inviter.name,
        inviterFingerprint: fingerprint,
        expiresAt,
      },
    }
  }
  /** Refused invitations, answers and files are told to the person and kept in the audit. */
  const opened = <T>(work: () => T): T => {
    try {
      return work()
    } catch (problem) {
      if (problem instanceof Refused && engine.desk.isOpen) {
        noteRefusal(hub(), problem.code)
        engine.changes.say('audit')
      }
      throw problem
    }
  }
  const written = <T>(screen: T): T => {
    engine.changes.say('artifacts', 'today', 'audit')
    return screen
  }

  return {
    workspaces: {
      list: workspaces.list.handler(() =>
        partnerWorkspaces(session().context).map((each) => summaryOf(hub(), session().connections, each)),
      ),
      get: workspaces.get.handler(({ input }) => view(one(input.workspace))),
      create: workspaces.create.handler(({ input }) => changed(found(hub(), input))),
      addChannel: workspaces.addChannel.handler(({ input }) => {
        const expiresOn = input.expiresOn === undefined ? null : (isoDate(input.expiresOn) ?? null)
        return changed(
          addChannel(hub(), withPartners(input.workspace), { name: input.name, roles: input.roles, expiresOn }),
        )
      }),
      invite: workspaces.invite.handler(({ input }) => {
        const { file, workspace } = invite(hub(), withPartners(input.workspace), input.days)
        changed(workspace)
        return engine.desk.transfers.offer(`${fileName(workspace, engine)}-invitation.mithaq`, file)
      }),
      inviteByMail: workspaces.inviteByMail.handler(({ input }) => {
        const workspace = withPartners(input.workspace)
        const name = fileName(workspace, engine)
        const file = `${name}-invitation.mithaq`
        const bytes = invitationFile(hub(), workspace)
        const guide = partnerGuide({
          inviter: hub().identity.card.name,
          file,
          until: workspace.invitation?.expiresAt ?? engine.clock.now(),
        })
        const { transfers } = engine.desk
        return {
          invitation: transfers.offer(file, bytes),
          guide: transfers.offer(`${name}-guide.html`, utf8(guide)),
        }
      }),
      openLink: workspaces.openLink.handler(({ input }) => opened(() => look(input.link))),
      openFile: workspaces.openFile.handler(({ input }): FileOutcome => {
        const { bytes } = engine.desk.transfers.uploaded(input.upload)
        const file = opened(() => must(readSealedFile(engine.crypto, bytes), 'seal'))
        if (file.kind === 'sync') return takeSync(session(), file.frames)
        if (file.kind === 'company-update') {
          const [word, ...runs] = file.frames
          opened(() => takeUpdate(hub(), word ?? new Uint8Array(0)))
          if (runs.length > 0) takeSync(session(), runs)
          session().connections.refreshAll()
          engine.changes.say('app', 'company', 'workspaces', 'artifacts', 'today', 'audit')
          return { kind: 'company-update' }
        }
        return opened(() => {
          const [first] = file.frames
          if (!first) throw new Refused('seal', 'file-damaged')
          if (file.kind === 'invitation') return look(first)
          if (file.kind === 'enrolment') throw new Refused('company', 'enrolment-elsewhere')
          if (file.kind === 'device-request') {
            const { request, code } = lookAtRequest(hub(), first)
            const token = newId<string>(engine.crypto)
            engine.desk.requests.set(token, first)
            return { kind: 'device-request', token, name: request.name, code: code.split(' ') }
          }
          const { workspace, partner } = takeAnswer(hub(), first)
          changed(workspace)
          return { kind: 'answer', workspace: workspace.id, company: partner.card.name }
        })
      }),
      accept: workspaces.accept.handler(({ input }) => {
        const found = looked.get(input.token)
        if (!found) throw new Refused('workspaces', 'invitation-forgotten')
        const { workspace, file } = opened(() => accept(hub(), lookAt(hub(), found)))
        looked.delete(input.token)
        changed(workspace)
        return {
          workspace: workspace.id,
          answer: engine.desk.transfers.offer(`${fileName(workspace, engine)}-answer.mithaq`, file),
        }
      }),
      confirmSafety: workspaces.confirmSafety.handler(({ input }) => {
        const workspace = confirmSafety(hub(), withPartners(input.workspace), input.code, input.matches)
        if (!workspace || !input.matches) {
          if (workspace) changed(workspace)
          engine.changes.say('workspaces', 'today', 'audit')
          throw new Refused('workspaces', 'safety-code-differed')
        }
        return changed(workspace)
      }),
      leave: workspaces.leave.handler(({ input }) => {
        const workspace = withPartners(input.workspace)
        leave(hub(), workspace)
        session().connections.refresh(workspace)
        return changed(workspace)
      }),
      makeCheckpoint: workspaces.makeCheckpoint.handler(({ input }) => {
        const workspace = withPartners(input.workspace)
        if (
          !hub()
            .runtimesOf(workspace.id)
            .some(({ id }) => id === input.channel)
        )
          throw new Refused('workspaces', 'not-active')
        makeCheckpoint(hub(), input.channel as ChannelId)
        return changed(workspace)
      }),
      removeCompany: workspaces.removeCompany.handler(({ input }) => {
        const workspace = withPartners(input.workspace)
        removeCompany(hub(), workspace, input.company as CompanyId)
        return changed(workspace)
      }),
      exportSync: workspaces.exportSync.handler(({ input }) => {
        const workspace = one(input.workspace)
        const bytes = syncFile(session(), workspace)
        engine.changes.say('audit')
        return engine.desk.transfers.offer(`${fileName(workspace, engine)}-update.mithaq`, bytes)
      }),
      setConnection: workspaces.setConnection.handler(({ input }) => {
        const workspace = one(input.workspace)
        const ice = input.iceServers.map(({ urls, username, credential }) => ({
          urls,
          username: username ?? null,
          credential: credential ?? null,
        }))
        const mailbox = input.mailbox === undefined ? workspace.connection.addresses.mailbox : input.mailbox
        const addresses = { signalling: input.signalling, ice, mailbox }
        saveWorkspace(session().context, { ...workspace, connection: { enabled: input.enabled, addresses } })
        return changed(workspace)
      }),
    },
    artifacts: {
      list: artifacts.list.handler(({ input }) => listArtifacts(hub(), input.workspace)),
      open: artifacts.open.handler(({ input }) => openForecast(hub(), input.artifact, input.compareWith)),
      openSlice: artifacts.openSlice.handler(({ input }) => openSlice(hub(), input.artifact, input.compareWith)),
      reciprocity: artifacts.reciprocity.handler(({ input }) => reciprocityOf(hub(), input.artifact)),
      declare: artifacts.declare.handler(({ input }) =>
        written(declare(hub(), input.artifact, input.fact, input.reference)),
      ),
      commit: artifacts.commit.handler(({ input }) => written(commit(hub(), input))),
      answer: artifacts.answer.handler(({ input }) => written(answer(hub(), input.artifact, input.answers))),
      agree: artifacts.agree.handler(({ input }) => written(agree(hub(), input.artifact, input.cells))),
      export: artifacts.export.handler(async ({ input }) => {
        const { name, bytes } = await exportForecast(hub(), input.artifact, input.locale)
        return engine.desk.transfers.offer(name, bytes)
      }),
    },
  }
}

/** Everything of a workspace: the file is small beside the question of what the other side already has, and repeats are skipped. */
function syncFile({ hub, context }: Session, workspace: WorkspaceRecord): Uint8Array {
  const frames = hub.runtimesOf(workspace.id).flatMap(({ id }) => [...backlog(hub.shelf, id)].map(({ bytes }) => bytes))
  if (frames.length === 0) throw new Refused('workspaces', 'nothing-to-send')
  hub.change(() => {
    record(context, {
      kind: 'export',
      code: 'sync-file-written',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: workspace.id, name: genesisOf(context.crypto, workspace).founding.name.en },
      detail: { runs: frames.length },
    })
    return undefined
  })
  return writeSealedFile(context.crypto, { kind: 'sync', frames })
}

const fileName = (workspace: WorkspaceRecord, engine: Front): string =>
  genesisOf(engine.crypto, workspace)
    .founding.name.en.replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40) || 'workspace'
