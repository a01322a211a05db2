import { pool } from '#shared/commerce/pool.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { Genesis, Membership } from '#shared/membership/types.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { Channel } from '#shared/sync/channel.ts'
import type { BeyondNarrowing } from '#shared/sync/narrowings.ts'
import type {
  ChannelView,
  ForkView,
  HeldBackAct,
  MemberDeviceView,
  MemberView,
  WorkspaceSummary,
  WorkspaceView,
} from '#shared/projection/workspace-views.ts'
import { forecastsOf, listArtifacts } from '../artifacts/forecast-screen.ts'
import { dryRunBehind } from '../dry-run/read-dry-run.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Connections } from './connections.ts'
import { checkpointOf } from './checkpoints.ts'
import { consentsIn, hasLeft } from './depart.ts'
import { heldBackActs } from './held-back-acts.ts'
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
    stage: stageOf(hub, workspace),
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
    // What somebody merely named, a mailbox for one, is no channel until an entry proves it.
    channels: runtimes.filter(({ admission }) => admission.index.lines.length > 0).map(channelView),
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

function stageOf(hub: Hub, workspace: WorkspaceRecord): WorkspaceSummary['stage'] {
  if (isInternal(genesisOf(hub.context.crypto, workspace))) return 'active'
  if (hasLeft(hub, workspace, hub.identity.card.company)) return 'left'
  if (isActive(workspace) && (workspace.side === 'founder' || workspace.channels.length > 0)) return 'active'
  if (workspace.side === 'guest') return workspace.answer?.confirmed ? 'answering' : 'confirming'
  return workspace.partners.some(({ confirmed }) => !confirmed) ? 'confirming' : 'inviting'
}

function partnersOf(hub: Hub, workspace: WorkspaceRecord): readonly MemberView[] {
  return membersOf(hub, workspace, genesisOf(hub.context.crypto, workspace)).filter(({ own, left }) => !own && !left)
}

function membersOf(hub: Hub, workspace: WorkspaceRecord, { founding }: Genesis): readonly MemberView[] {
  const { crypto, clock } = hub.context
  const members = new Map<string, MemberView>()
  for (const runtime of hub.runtimesOf(workspace.id)) {
    for (const { card, left } of runtime.members.companies.values()) {
      const people = new Map<string, MemberView['people'][number]>()
      for (const device of runtime.members.certificates.keys()) {
        const certificate = certificateOf(runtime.members, device, clock.now())
        if (certificate?.company !== card.company) continue
        people.set(certificate.person, {
          name: certificate.name,
          roles: certificate.roles,
          validTo: dateOf(certificate.validTo),
          ...(certificate.actingFor && { actingFor: certificate.actingFor.name }),
        })
      }
      const own = card.company === hub.identity.card.company
      members.set(card.company, {
        company: card.company,
        name: card.name,
        own,
        rootFingerprint: fingerprintOf(crypto, card.root),
        people: [...people.values()],
        devices: devicesOf(hub, runtime, card.company, members.get(card.company)?.devices ?? []),
        left,
        ...removalOf(hub, runtime, card.company),
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
      devices: [],
      left: false,
    })
  }
  return [...members.values()]
}

/** Devices of a company over all channels: the worst that any of them knows. */
function devicesOf(
  hub: Hub,
  runtime: ChannelRuntime,
  company: string,
  known: readonly MemberDeviceView[],
): readonly MemberDeviceView[] {
  const { members, admission } = runtime
  const found = new Map(known.map((one) => [one.device, one]))
  const beyond = admission.beyondCuts()
  const narrowings = admission.narrowings.beyond
  for (const [device, held] of members.certificates) {
    const [newest] = held.toReversed()
    if (newest?.certificate.company !== company) continue
    const lines = admission.index.lines.filter(({ id }) => id.startsWith(device))
    const valid = certificateOf(members, device, hub.context.clock.now()) !== undefined
    const ended =
      members.revocations.has(device) || admission.endings.ends(device)
        ? ('revoked' as const)
        : members.companies.get(newest.certificate.company)?.left === true
          ? ('gone' as const)
          : valid
            ? ('active' as const)
            : ('expired' as const)
    const state = lines.some(
      ({ feed }) => admission.forks.after(feed) !== undefined || admission.forks.untraced.has(feed),
    )
      ? 'forked'
      : ended
    const before = found.get(device)
    const after = beyond.filter(({ feed }) => feed.startsWith(device))
    const sum = (of: 'flagged' | 'parked'): number => after.reduce((total, one) => total + one[of], 0)
    found.set(device, {
      device,
      person: newest.certificate.name,
      self: device === hub.identity.device.id,
      state: before && WORSE.indexOf(before.state) > WORSE.indexOf(state) ? before.state : state,
      vouched: (before?.vouched ?? 0) + sum('flagged'),
      parked: (before?.parked ?? 0) + sum('parked'),
      narrowed: narrowedOf(device, narrowings, before?.narrowed ?? null, () =>
        device === hub.identity.device.id ? heldBackActs(runtime, device) : [],
      ),
      forks: [...(before?.forks ?? []), ...forksOf(device, members, admission)],
    })
  }
  return [...found.values()]
}
/** Over all channels; in one of them an entry may lie beyond several narrowings, and counts once. */
function narrowedOf(
  device: DeviceId,
  narrowings: readonly BeyondNarrowing[],
  before: MemberDeviceView['narrowed'],
  acts: () => readonly HeldBackAct[],
): MemberDeviceView['narrowed'] {
  const own = narrowings.filter(({ narrowing }) => narrowing.subject.device === device)
  if (own.length === 0) return before
  const most = (of: 'vouched' | 'heldBack'): number => Math.max(...own.map((one) => one[of]))
  return {
    vouched: (before?.vouched ?? 0) + most('vouched'),
    heldBack: (before?.heldBack ?? 0) + most('heldBack'),
    acts: [...(before?.acts ?? []), ...acts()],
  }
}

const forksOf = (device: DeviceId, { channel }: Membership, admission: Channel): readonly ForkView[] =>
  admission
    .forkProofs()
    .filter(({ feed }) => feed.startsWith(device))
    .map(({ feed, seq, entries }) => ({
      channel: channel?.definition?.name ?? { en: '', ar: '' },
      number: seq,
      kept: admission.forks.of(feed)?.attested.length ?? 0,
      entries,
    }))

const WORSE: readonly MemberDeviceView['state'][] = ['expired', 'gone', 'active', 'revoked', 'forked']

function removalOf(hub: Hub, runtime: ChannelRuntime, subject: CompanyId): Pick<MemberView, 'removal'> {
  const { members } = runtime
  const own = hub.identity.card.company
  const given = consentsIn(runtime, subject)
  if (given.size === 0 || members.companies.get(subject)?.left !== false) return {}
  const nameOf = (company: CompanyId): Bilingual => members.companies.get(company)?.card.name ?? { en: '', ar: '' }
  const missing = [...members.companies.keys()].filter((company) => company !== subject && !given.has(company) && members.companies.get(company)?.left === false) // prettier-ignore
  return { removal: { consented: [...given.keys()].map(nameOf), missing: missing.map(nameOf), own: given.has(own) } }
}

function channelView(runtime: ChannelRuntime): ChannelView {
  const definition = runtime.members.channel?.definition
  const roles = definition?.roles ?? 'all'
  return {
    id: runtime.id,
    name: definition?.name ?? { en: '', ar: '' },
    roles: roles === 'all' ? runtime.members.genesis.founding.charter.roles : roles,
    ...(definition?.expiresOn && { expiresOn: definition.expiresOn }),
    ...checkpointOf(runtime),
  }
}
