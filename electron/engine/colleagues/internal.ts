import { ROLES } from '#shared/kernel/ids.ts'
import { verifyDevice } from '#shared/membership/certificate.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { Control, Genesis } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Context } from '../context.ts'
import { standing } from '../identity/devices.ts'
import { certificateIn, type IssuedRecord } from '../identity/identity.ts'
import { found } from '../workspaces/found.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, writeIn } from '../workspaces/membership-steps.ts'
import { renewWhenDue } from '../identity/devices.ts'
import { findWorkspace, genesisOf, listWorkspaces, type WorkspaceRecord } from '../workspaces/workspace-record.ts'

const NAME = { en: 'Colleagues', ar: 'الزملاء' }
const OUTCOME = {
  en: 'Data of the vaults reaches the colleagues whose roles it is for.',
  ar: 'تصل بيانات الخزائن إلى الزملاء الذين تخصّ أدوارَهم.',
}

/** Whether a workspace is the company's own, of which no partner may learn. */
export const isInternalRecord = ({ crypto }: Pick<Context, 'crypto'>, workspace: WorkspaceRecord): boolean =>
  isInternal(genesisOf(crypto, workspace))

/** Every workspace in which partners are, or are to come. */
export const partnerWorkspaces = (context: Context): readonly WorkspaceRecord[] =>
  listWorkspaces(context).filter((workspace) => !isInternalRecord(context, workspace))

/** The company's internal workspace; undefined while it has but one device, or this one was not told of it yet. */
export function internalWorkspace(hub: Hub): WorkspaceRecord | undefined {
  let newest: Genesis | undefined
  // What the runtimes know was verified once; asking every record again would cost a signature each, at every entry.
  for (const { members } of hub.runtimes()) {
    const { genesis } = members
    // An issuing vault restored from before the founding founds again; from then on that one counts, on every device.
    if (isInternal(genesis) && genesis.founding.foundedAt >= (newest?.founding.foundedAt ?? 0)) newest = genesis
  }
  return newest && findWorkspace(hub.context, newest.workspace)
}

/** Its one channel. Everything else that is named in it proves nothing. */
export function internalChannel(hub: Hub): ChannelRuntime | undefined {
  const [channel] = internalWorkspace(hub)?.channels ?? []
  return channel && hub.runtime(channel)
}

/**
 * Founds the internal workspace, on the device that issues certificates, once the company has a second device or is about to get
 * one: a channel for every role, in which who is certified, replaced and revoked is told at once. True when it was made.
 */
export function foundInternal(hub: Hub): boolean {
  if (hub.identity.issuer.secret === null || internalWorkspace(hub)) return false
  return hub.change(() => {
    const { channels } = found(hub, {
      kind: 'internal',
      name: NAME,
      outcome: OUTCOME,
      charter: { addCompany: 'every-member', roles: [...ROLES] },
      channel: { name: NAME, roles: [...ROLES] },
      dryRun: false,
    })
    const [channel] = channels
    if (channel === undefined) throw new Error('a workspace that was founded without a channel')
    const known = [...pastRevocations(hub), ...certificates(hub)]
    if (known.length > 0) writeIn(hub, channel, known.map(control))
    renewWhenDue(hub, hub.touch(channel))
    return true
  })
}

/** What the register held before there was a channel to tell it in: else an ended device could be certified in here again. */
function pastRevocations(hub: Hub): readonly Control[] {
  const { crypto, clock } = hub.context
  const { issuer, card } = hub.identity
  const { secret } = issuer
  if (secret === null) return []
  return [...revokedDevices(hub)].map((device) => ({
    kind: 'revocation',
    revocation: signStatement(crypto, 'revocation', secret, {
      company: card.company,
      subject: { kind: 'device', device },
      reason: 'left',
      at: clock.now(),
      cuts: [],
    }),
    issuer: issuer.certificate,
  }))
}

/** Certificates of devices that stand, replaced ones too, in their order: what they replace ends with them. */
function certificates(hub: Hub): readonly Control[] {
  const { crypto, vault } = hub.context
  const { card } = hub.identity
  const revoked = revokedDevices(hub)
  const { serial: own } = certificateIn(hub.identity.certified)
  return vault.records
    .list<IssuedRecord>('certificate')
    .map(({ value }) => ({ certified: value.certified, said: certificateIn(value.certified) }))
    .filter(({ said }) => said.serial !== own && !revoked.has(said.device))
    .filter(({ certified }) => verifyDevice(crypto, card.company, card.root, certified).ok)
    .toSorted((one, other) => one.said.validFrom - other.said.validFrom)
    .map(({ certified }): Control => ({ kind: 'certificate', device: certified }))
}

function revokedDevices(hub: Hub) {
  const stand = new Set(standing(hub).map(({ device }) => device))
  const ended = hub.context.vault.records
    .list<IssuedRecord>('certificate')
    .filter(({ value }) => value.revokedAt !== null && value.endedAs !== 'replaced')
    .map(({ value }) => certificateIn(value.certified).device)
  return new Set(ended.filter((device) => !stand.has(device)))
}

/** Whether the company has a device beside this one, whatever its roles. */
export const hasColleagues = (hub: Hub): boolean =>
  standing(hub).some(({ device }) => device !== hub.identity.device.id)
