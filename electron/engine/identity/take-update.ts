import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { isEnded } from '#shared/membership/certificate-of.ts'
import { verifyDevice } from '#shared/membership/certificate.ts'
import { openCompanyUpdate } from '#shared/membership/company-update.ts'
import type { CertifiedDevice } from '#shared/membership/types.ts'
import { record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { findWorkspace, saveWorkspace, type WorkspaceRecord } from '../workspaces/workspace-record.ts'
import { START_KINDS } from './enrol.ts'
import { certificateIn, saveIdentity } from './identity.ts'

/**
 * Takes the company's word to this device: register, workspaces that it reads now, slice keys of its roles. A device that
 * issues itself takes nobody's word, and an older word does not undo a newer one. @throws Refused
 */
export function takeUpdate(hub: Hub, bytes: Uint8Array): void {
  const { crypto, vault } = hub.context
  followRoot(hub)
  const { card, device } = hub.identity
  if (hub.identity.issuer.secret !== null) throw new Refused('membership', 'update-foreign')
  const update = must(openCompanyUpdate(crypto, bytes, { card, device: device.id, box: device.box }), 'membership')
  for (const { members } of hub.runtimes())
    if (isEnded(members, `${card.company}/${update.issuer}`)) throw new Refused('membership', 'update-foreign')
  const last = vault.records.get<Instant>('settings', 'company-update') ?? 0
  if (update.at < last) throw new Refused('company', 'update-older')
  hub.change(() => {
    for (const one of Array.isArray(update.start) ? (update.start as readonly Canonical[]) : []) take(hub, one)
    vault.records.put('settings', 'company-update', update.at)
    record(hub.context, {
      kind: 'certificate',
      code: 'company-update-taken',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: device.id, name: card.name.en },
      detail: {},
    })
    return undefined
  })
}

/** The company's root may have changed: channels know, because each checked that the old one named the new. */
function followRoot(hub: Hub): void {
  const { card } = hub.identity
  const known = [...hub.runtimes()].flatMap(({ members }) => members.companies.get(card.company)?.card ?? [])
  const newest = known.toSorted((one, other) => other.rotations.length - one.rotations.length)[0]
  if (!newest || newest.rotations.length <= card.rotations.length) return
  hub.change(() => {
    hub.identity = { ...hub.identity, card: newest }
    saveIdentity(hub.context, hub.identity)
    return undefined
  })
}

function take(hub: Hub, one: Canonical): void {
  const [kind, id, value] = Array.isArray(one) ? (one as readonly Canonical[]) : []
  if (typeof kind !== 'string' || typeof id !== 'string') throw new Refused('membership', 'update-malformed')
  if (kind === 'certified') return takeCertificate(hub, value as unknown as CertifiedDevice)
  if (!START_KINDS.includes(kind)) throw new Refused('membership', 'update-malformed')
  if (kind === 'workspace') return takeWorkspace(hub, value as unknown as WorkspaceRecord)
  hub.context.vault.records.put(kind, id, value)
}

/** What is held here of a workspace stands; the word brings those that are new, and channels that are. */
function takeWorkspace(hub: Hub, given: WorkspaceRecord): void {
  const held = findWorkspace(hub.context, given.id)
  const channels = [...new Set([...(held?.channels ?? []), ...given.channels])]
  const workspace = { ...(held ?? given), channels }
  saveWorkspace(hub.context, workspace)
  hub.load(workspace)
}

function takeCertificate(hub: Hub, certified: CertifiedDevice): void {
  const { card, device } = hub.identity
  const held = verifyDevice(hub.context.crypto, card.company, card.root, certified)
  if (!held.ok || held.value.certificate.device !== device.id) throw new Refused('membership', 'update-foreign')
  hub.identity = { ...hub.identity, certified, issuer: { secret: null, certificate: certified.issuer } }
  saveIdentity(hub.context, hub.identity)
}
