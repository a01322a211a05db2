import { pool } from '#shared/commerce/pool.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { Genesis } from '#shared/membership/types.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { ChannelView, MemberView, WorkspaceSummary, WorkspaceView } from '#shared/projection/workspace-views.ts'
import { forecastsOf, listArtifacts } from '../artifacts/forecast-screen.ts'
import { dryRunBehind } from '../dry-run/read-dry-run.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Connections } from './connections.ts'
import type { Hub } from './hub.ts'
import { genesisOf, isActive, type WorkspaceRecord } from './workspace-record.ts'

export function summaryOf(hub: Hub, connections: Connections, workspace: WorkspaceRecord): WorkspaceSummary {
  const { founding } = genesisOf(hub.context.crypto, workspace)
  return {
    id: workspace.id,
    kind: founding.kind,
    name: founding.name,
    outcome: founding.outcome,
    dryRun: founding.dryRun,
    partners: partnersOf(hub, workspace).map(({ company, name }) => ({ id: company, name })),
    stage: stageOf(workspace),
    link: connections.stateOf(workspace),
    ...(workspace.lastSync !== null && { lastSync: workspace.lastSync }),
  }
}

export function viewOf(hub: Hub, connections: Connections, workspace: WorkspaceRecord): WorkspaceView {
  const genesis = genesisOf(hub.context.crypto, workspace)
  const runtimes = hub.runtimesOf(workspace.id)
  const waiting = workspace.partners.find(({ confirmed }) => !confirmed)
  const code = workspace.side === 'guest' ? workspace.answer?.code : (waiting ?? workspace.partners.at(-1))?.code
  const { addresses, enabled } = workspace.connection
  const mailbox = connections.mailboxOf(workspace)
  const artifacts = listArtifacts(hub, workspace.id)
  const forecasts = forecastsOf(hub, workspace.id)
  const behind = dryRunBehind(hub, workspace.id)
  return {
    ...summaryOf(hub, connections, workspace),
    members: membersOf(hub, workspace, genesis),
    channels: runtimes.map(channelView),
    charter: genesis.founding.charter,
    ...(code !== undefined && { safetyCode: code.split(' ') }),
    safetyConfirmed:
      workspace.side === 'guest'
        ? (workspace.answer?.confirmed ?? false)
        : waiting === undefined && isActive(workspace),
    ...(workspace.invitation && {
      invitation: {
        link: workspace.invitation.link,
        expiresAt: workspace.invitation.expiresAt,
        used: workspace.invitation.usedBy !== null,
      },
    }),
    connection: {
      enabled,
      signalling: addresses.signalling,
      iceServers: addresses.ice.map(({ urls, username, credential }) => ({
        urls,
        ...(username !== null && { username }),
        ...(credential !== null && { credential }),
      })),
      mailbox: addresses.mailbox,
    },
    ...(mailbox && { mailbox }),
    outstanding: outstandingOf(hub, workspace),
    ...(behind && { afterDryRun: behind }),
    measures: [
      { metric: 'disclosures', value: artifacts.length, unit: 'count' },
      {
        metric: 'open-shortfalls',
        value: artifacts.length === 0 ? null : artifacts.reduce((sum, one) => sum + one.shortfalls, 0),
        unit: 'count',
      },
      ...(['wape', 'commit-coverage'] as const).map((metric) => ({
        metric,
        value: pool(forecasts, metric).value,
        unit: '%',
      })),
    ],
  }
}

/** Own entries that no entry of a partner has seen: what the partner is not known to have. */
export function outstandingOf(hub: Hub, workspace: WorkspaceRecord): number {
  let count = 0
  for (const { admission, members } of hub.runtimesOf(workspace.id)) {
    const { index } = admission
    const own = index.lines.filter(({ id }) => id.startsWith(hub.identity.device.id))
    const others = index.lines.filter(({ id }) => !own.some((line) => line.id === id))
    if (members.companies.size < 2) continue
    for (const line of own) {
      const seen = others.map((other) => index.seqSeen(other, other.hashes.length + 1, line.number))
      count += line.hashes.length - Math.max(0, ...seen)
    }
  }
  return count
}

function stageOf(workspace: WorkspaceRecord): WorkspaceSummary['stage'] {
  if (isActive(workspace) && (workspace.side === 'founder' || workspace.channels.length > 0)) return 'active'
  if (workspace.side === 'guest') return workspace.answer?.confirmed ? 'answering' : 'confirming'
  return workspace.partners.some(({ confirmed }) => !confirmed) ? 'confirming' : 'inviting'
}

function partnersOf(hub: Hub, workspace: WorkspaceRecord): readonly MemberView[] {
  return membersOf(hub, workspace, genesisOf(hub.context.crypto, workspace)).filter(({ own }) => !own)
}

function membersOf(hub: Hub, workspace: WorkspaceRecord, { founding }: Genesis): readonly MemberView[] {
  const { crypto, clock } = hub.context
  const members = new Map<string, MemberView>()
  for (const runtime of hub.runtimesOf(workspace.id)) {
    for (const { card, left } of runtime.members.companies.values()) {
      if (left) continue
      const people = new Map<string, MemberView['people'][number]>()
      for (const device of runtime.members.certificates.keys()) {
        const certificate = certificateOf(runtime.members, device, clock.now())
        if (certificate?.company !== card.company) continue
        people.set(certificate.person, {
          name: certificate.name,
          roles: certificate.roles,
          validTo: dateOf(certificate.validTo),
        })
      }
      const own = card.company === hub.identity.card.company
      members.set(card.company, {
        company: card.company,
        name: card.name,
        own,
        rootFingerprint: fingerprintOf(crypto, card.root),
        people: [...people.values()],
      })
    }
  }
  const known = [
    founding.founder,
    ...workspace.partners.map(({ card }) => card),
    ...(workspace.side === 'guest' ? [hub.identity.card] : []),
  ]
  for (const card of known) {
    if (members.has(card.company)) continue
    const own = card.company === hub.identity.card.company
    members.set(card.company, {
      company: card.company,
      name: card.name,
      own,
      rootFingerprint: fingerprintOf(crypto, card.root),
      people: [],
    })
  }
  return [...members.values()]
}

function channelView(runtime: ChannelRuntime): ChannelView {
  const definition = runtime.members.channel?.definition
  const roles = definition?.roles ?? 'all'
  return {
    id: runtime.id,
    name: definition?.name ?? { en: '', ar: '' },
    roles: roles === 'all' ? runtime.members.genesis.founding.charter.roles : roles,
    ...(definition?.expiresOn && { expiresOn: definition.expiresOn }),
  }
}
