import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { worthOf } from '#shared/disclosure/worth.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import { confirmHeld } from '#shared/disclosure/disclose.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { boxSliceKey } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, renewEpoch, writeIn } from '../workspaces/membership-steps.ts'
import { findWorkspace, isActive } from '../workspaces/workspace-record.ts'
import { encodeComposed, type Composed } from './compose.ts'
import { findDisclosure, saveDisclosure, type DisclosureRecord } from './disclosure-record.ts'
import { recipientsOf } from './hand-over.ts'
import { isHeld, prepare } from './prepare.ts'
import { reciprocateOne } from './reciprocate.ts'
import { findPolicy } from './policies.ts'

export interface ReleaseOrder {
  readonly policy: string
  readonly title: Bilingual
  readonly forecast: ForecastChoice | undefined
  /** The id that the person saw in the preview. */
  readonly sliceId: string
  readonly confirmHeld: boolean
}

/**
 * Seals what was previewed: computed again, and refused when it is no longer the same bytes. In one transaction: the artifact
 * (first time), the slice under a key of its own, the key's hand-over to the recipients' devices, the private ledger, the
 * record and the audit row.
 */
export function release(hub: Hub, order: ReleaseOrder): DisclosureRecord {
  const { crypto, clock } = hub.context
  const policy = findPolicy(hub, order.policy)
  const prepared = prepare(hub, policy, order.title, order.forecast)
  if (!prepared.ok) {
    const first = prepared.objections.refusals[0]
    throw new Refused(first?.module ?? 'disclosures', first?.code ?? 'changed-since-preview', first?.params)
  }
  const { disclosed, composed, id, artifact, nonce, before, revision, dataset, privacy, permit } = prepared.value
  const ground = privacy.personal ? permit.policy.ground : null
  if (id !== order.sliceId) throw new Refused('disclosures', 'changed-since-preview')
  if (isHeld(disclosed) && !order.confirmHeld) throw new Refused('disclosures', 'held')
  const { slice, ledger } = isHeld(disclosed) ? confirmHeld(disclosed) : disclosed
  const { bytes } = encodeComposed(crypto, slice, composed)
  const runtime = policy.channelId === null ? undefined : hub.runtime(policy.channelId)
  const workspace = findWorkspace(hub.context, policy.workspaceId)
  if (!runtime || !workspace || !isActive(workspace)) throw new Refused('workspaces', 'not-active')
  const by = certificateIn(hub.identity.certified).name.en
  const clauses = permit.fields.flatMap(({ column, clause }) => (clause === null ? [] : [`${column}: ${clause}`]))
  const type = composed.envelope.type as DisclosureRecord['type']
  return hub.change(() => {
    const key = crypto.random(32) as SymmetricKey
    const section = sliceSection(revision)
    hub.context.vault.records.put('slice-key', `${runtime.id}/${sealedSectionKey(artifact, section)}`, key)
    hub.touch(runtime.id)
    const sealed = runtime.writeSlice(artifact, section, key, bytes)
    const { title, expiresOn, roles } = slice
    const terms = policy.reciprocity
    // Who owes something in return is handed the key when the terms are met, not before; the sealed slice travels all the same.
    const recipients = recipientsOf(hub, runtime, roles, (company) => !terms?.companies.includes(company))
    const boxes = boxSliceKey(crypto, key, recipients)
    const sayings: Saying[] = [
      { kind: 'event', payload: writeArtifactEvent({ type: 'slice-disclosed', artifact, revision, slice: id, title, roles: [...roles], expiresOn, worth: worthOf(slice), ...(terms && { terms }) }) },
      ...sealed.writes.map((write): Saying => ({ kind: 'doc', payload: writeDoc([write]) })),
      ...(terms && boxes.length === 0 ? [] : [control({ kind: 'slice-key', artifact, section, commitment: sealed.commitment, boxes })]),
    ] // prettier-ignore
    if (!before)
      sayings.unshift({
        kind: 'event',
        payload: writeArtifactEvent({ type: 'artifact-created', artifact, artifactType: type, nonce, title }),
      })
    writeIn(hub, runtime.id, sayings, { content: approvedContent(composed, policy, terms ?? null), title })
    const at = clock.now()
    const saved: DisclosureRecord = {
      artifact,
      type,
      workspace: policy.workspaceId,
      channel: runtime.id,
      policy: policy.id,
      dataset: dataset.id,
      title,
      roles,
      expiresOn,
      revisions: [...(before?.revisions ?? []), { revision, sliceId: id, disclosedAt: at, by }],
      withdrawnAt: null,
      privacy: { ...privacy, basis: ground?.basis ?? null, consents: ground?.consents ?? [] },
    }
    saveDisclosure(hub, saved, ledger)
    record(hub.context, {
      kind: 'disclosure',
      code: 'slice-disclosed',
      actor: by,
      subject: { id: artifact, name: title.en },
      detail: {
        revision, slice: id, policy: policy.id, policyVersion: policy.version, rows: slice.rows.length, k: slice.k,
        held: isHeld(disclosed), roles: roles.join(' '), dataset: dataset.name, datasetVersion: dataset.version,
        personal: privacy.personal, personalColumns: privacy.tagged.join(', '), scanFindings: privacy.scanned,
        ...(ground && { basis: ground.basis, approval: ground.approval ?? '', consents: ground.consents.length }),
        ...(ground?.transfer && { transfer: ground.transfer.ground, safeguard: ground.transfer.safeguard, document: ground.transfer.document }),
        ...(clauses.length > 0 && { clauses: clauses.join('; ') }),
      }, // prettier-ignore
    })
    reciprocateOne(hub, saved)
    return saved
  })
}

/** The order to disclose with the id that the same content has today. What is refused is refused by the order itself. */
export function sliceNow(hub: Hub, order: unknown): unknown {
  const given = order as ReleaseOrder
  const prepared = prepare(hub, findPolicy(hub, given.policy), given.title, given.forecast)
  return prepared.ok ? { ...given, sliceId: prepared.value.id } : given
}

/** What a person approves of a slice: all that it says, but for the day on which it is sealed. */
export function approvedContent(
  composed: Composed,
  policy: DisclosurePolicy,
  terms: DisclosurePolicy['reciprocity'] | null,
): Canonical {
  const { envelope, ...rest } = composed as Composed & Readonly<Record<string, unknown>>
  const { validFrom: _, ...lasting } = envelope
  const { id, version, name } = policy
  return plainOf({ policy: { id, version, name }, envelope: lasting, terms, ...rest })
}
/** Without what is undefined, which no canonical form carries. */
const plainOf = (value: unknown): Canonical => JSON.parse(JSON.stringify(value)) as Canonical

/** No further revision: our keys are destroyed, the partner is told, and a new channel key is made. What was read stays read. */
export function withdraw(hub: Hub, artifact: string, reason: string): void {
  const found = findDisclosure(hub, artifact)
  if (found.withdrawnAt !== null) throw new Refused('disclosures', 'already-withdrawn')
  hub.change(() => {
    const runtime = hub.touch(found.channel)
    renewEpoch(hub, runtime)
    writeIn(hub, runtime.id, [
      // The reason is for our own record, as the screen says: every member of the channel would read it in the event.
      { kind: 'event', payload: writeArtifactEvent({ type: 'slice-withdrawn', artifact: found.artifact, reason: '' }) },
    ])
    for (const { revision } of found.revisions) {
      const section = sliceSection(revision)
      hub.context.vault.records.remove('slice-key', `${runtime.id}/${sealedSectionKey(found.artifact, section)}`)
      runtime.dropSlice(found.artifact, section)
    }
    saveDisclosure(hub, { ...found, withdrawnAt: hub.context.clock.now() })
    record(hub.context, {
      kind: 'disclosure',
      code: 'slice-withdrawn',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: artifact, name: found.title.en },
      detail: { revisions: found.revisions.length, reason },
    })
    return undefined
  })
}
