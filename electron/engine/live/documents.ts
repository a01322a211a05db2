import { agreementKind, isOffered } from '#shared/artifacts/agreement-kinds.ts'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { artifactOf, CATALOGUE, mayWrite } from '#shared/artifacts/catalogue.ts'
import type { SectionSpec } from '#shared/artifacts/define.ts'
import type { ArtifactId, ChannelId, SectionName } from '#shared/kernel/ids.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import { projectSet } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import { textRoot } from '#shared/living/register.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { DocumentSummary } from '#shared/projection/document-views.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { firstDraft } from '../agreements/begin.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { firstChange } from '../service-changes/begin.ts'
import { firstTopic } from '../convergence/begin.ts'
import { firstDecision } from '../decisions/begin.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import type { SectionReader } from '../documents.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { findWorkspace, genesisOf } from '../workspaces/workspace-record.ts'
import { authorView } from './authors.ts'

/** The section that everybody edits together; a type with one such section is a document of the documents list. */
export const JOINT = 'joint' as SectionName

/** A section of an artifact type if it has the form asked for. */
export function sectionOfForm(type: string, section: string, form: SectionSpec['form']): SectionSpec | undefined {
  const sections = artifactOf(type)?.sections
  const spec = sections && Object.hasOwn(sections, section) ? sections[section] : undefined
  return spec?.form === form ? spec : undefined
}

/** Types that are co-edited documents. */
export const DOCUMENT_TYPES: readonly string[] = CATALOGUE.filter(
  ({ sections }) => sections['joint']?.form === 'records',
).map(({ type }) => type)

export function titleOf(runtime: ChannelRuntime, artifact: ArtifactId): Bilingual {
  return runtime.facts.eventsOf(artifact, 'artifact-created').at(0)?.fact.title ?? { en: '', ar: '' }
}

/** All co-edited documents of all workspaces, or of one; what changed last comes first. */
export function listDocuments(hub: Hub, workspace?: string): readonly DocumentSummary[] {
  const found: DocumentSummary[] = []
  for (const runtime of hub.runtimes()) {
    if (workspace !== undefined && runtime.workspace !== workspace) continue
    for (const type of DOCUMENT_TYPES)
      for (const { id, owner, created } of runtime.facts.artifacts(type)) {
        const own = hub.identity.card.company
        const last = runtime.facts.changes.lastOf(sectionKey(id, JOINT))
        const author = { company: own, roles: certificateIn(hub.identity.certified).roles }
        found.push({
          id,
          type,
          workspace: runtime.workspace,
          channel: runtime.id,
          title: titleOf(runtime, id),
          owner: runtime.members.companies.get(owner)?.card.name ?? { en: '', ar: '' },
          mine: owner === own,
          mayWrite: mayWrite(type, JOINT, author, owner).ok,
          createdAt: created.at,
          changed: last ? { at: last.at, by: authorView(runtime, last.author, own) } : null,
          conflicts: conflictsIn(type, runtime.read(id, JOINT)),
        })
      }
  }
  return found.toSorted((left, right) => (right.changed?.at ?? right.createdAt) - (left.changed?.at ?? left.createdAt))
}

/** How many fields and records of a document wait for a choice. */
export function conflictsIn(type: string, reader: SectionReader): number {
  const registers = reader.registers()
  const roots = new Set(reader.richRoots())
  let count = 0
  for (const [set, { fields }] of Object.entries(artifactOf(type)?.sections['joint']?.fields ?? {})) {
    if (fields === null) continue
    const rich = Object.keys(fields).filter((name) => fields[name]?.control === 'rich')
    const texts = (of: string, id: string) =>
      new Map(
        rich
          .filter((field) => roots.has(textRoot(of, id, field)))
          .map((field) => [field, reader.richClocks(textRoot(of, id, field))]),
      )
    for (const { conflicts, removal } of projectSet(fields, recordsOf(registers, set, texts)))
      count += conflicts.size + (removal === null ? 0 : 1)
  }
  return count
}

/** Makes a document in a channel; `begin`: what it starts with, in place of what its type starts with. @throws Refused */
export function createDocument(
  hub: Hub,
  order: { readonly channel: string; readonly type: string; readonly title: Bilingual },
  begin?: (id: ArtifactId) => Saying | undefined,
): ArtifactId {
  const runtime = hub.runtime(order.channel as ChannelId)
  // A document is what companies write together; colleagues' own channel carries none.
  if (!runtime || isInternal(runtime.members.genesis)) throw new Refused('artifacts', 'no-such-artifact')
  if (!DOCUMENT_TYPES.includes(order.type)) throw new Refused('documents', 'no-such-type')
  const workspace = findWorkspace(hub.context, runtime.workspace)
  if (workspace && !isOffered(order.type, genesisOf(hub.context.crypto, workspace).founding.kind))
    throw new Refused('documents', 'not-in-this-workspace')
  const { crypto } = hub.context
  const { card, certified } = hub.identity
  const { roles, name } = certificateIn(certified)
  if (!mayWrite(order.type, JOINT, { company: card.company, roles }, card.company).ok)
    throw new Refused('artifacts', 'role-may-not-write')
  const nonce = crypto.random(16)
  const id = artifactIdOf(crypto, card.company, nonce)
  hub.change(() => {
    const created = {
      type: 'artifact-created' as const,
      artifact: id,
      artifactType: order.type,
      nonce,
      title: order.title,
    }
    hub.touch(runtime.id)
    const draft = begin ? begin(id) : usualBeginning(hub, runtime, id, order)
    writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent(created) }, ...(draft ? [draft] : [])])
    record(hub.context, {
      kind: 'update',
      code: 'document-created',
      actor: name.en,
      subject: { id, name: order.title.en },
      detail: { type: order.type },
    })
    return undefined
  })
  hub.context.changes.say('documents', 'audit')
  return id
}

function usualBeginning(
  hub: Hub,
  runtime: ChannelRuntime,
  id: ArtifactId,
  { type, title }: { readonly type: string; readonly title: Bilingual },
): Saying | undefined {
  const kind = agreementKind(type)
  if (kind) return firstDraft(hub, runtime, id, kind, title)
  if (type === JointGovernanceDecision.type) return firstDecision(runtime, id, title)
  if (type === ChangeRequest.type) return firstChange(runtime, id, title)
  return type === CoordinationTopic.type ? firstTopic(runtime, id, title) : undefined
}
