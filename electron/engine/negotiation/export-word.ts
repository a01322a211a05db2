import { exportOfContent, exportOfDraft } from '#shared/agreement/export-text.ts'
import { redline, type BothRuns } from '#shared/agreement/redline.ts'
import { aroundOf, type WordDraft } from '#shared/agreement/word-file.ts'
import { readExport, writeExport, type AgreementExport } from '#shared/artifacts/agreement-export.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { DRAFT_KEY, textVersions, versionDraft, versionText } from '../agreements/texts.ts'
import { agreementPlace, draftOf, versionOf, type Place } from '../agreements/agreement.ts'
import { mustEdit } from '../agreements/freeze.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { entryLabel, versionLabel } from './word-words.ts'
import { writersIn } from './word-writers.ts'

/**
 * A version as a Word file in both languages; with `from` another version, what differs stands in it as tracked changes. The text is
 * stated as a fact under its hash, which the file carries, so that whoever of the channel gets an edited copy back can compare it.
 * @throws Refused
 */
export async function exportWord(
  hub: Hub,
  order: { readonly artifact: string; readonly from: string | null; readonly to: string },
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const place = agreementPlace(hub, order.artifact)
  mustEdit(hub, place)
  // Of two texts that stand against each other the file could show one, and would hide the other.
  for (const key of [order.from, order.to])
    if (key !== null && !key.startsWith('closed/') && versionDraft(hub, place, key).conflicts > 0)
      throw new Refused('negotiation', 'contradictions-open')
  const after = versionText(hub, place, order.to)
  const before = order.from === null ? after : versionText(hub, place, order.from)
  const lines = redline(before, after)
  const versions = textVersions(hub, place.id)
  const label = versionLabel(versions, order.to)
  const about = order.from === null ? label : changesSince(label, versionLabel(versions, order.from))
  const writers = writersIn(hub, place, order.to, `${label.en} · Mithaq`)
  const changed = new Map(lines.entries.map((entry) => [`${entry.kind}/${entry.id}`, entry.text]))
  const there = new Set(after.entries.map(({ kind, id }) => `${kind}/${id}`))
  const gone = before.entries.filter(({ kind, id }) => !there.has(`${kind}/${id}`))
  const draft: Omit<WordDraft, 'hash'> = {
    artifact: place.id,
    title: after.entries.find(({ kind }) => kind === 'title')?.text ?? titleOf(place.runtime, place.id),
    about,
    entries: [...after.entries, ...gone].map(({ kind, id, text }) => ({
      name: kind === 'term' ? id : `${kind}_${id}`,
      label: entryLabel(place.kind, kind, id),
      text: changed.get(`${kind}/${id}`) ?? unchanged(text),
      by: writers.other,
    })),
    clauses: lines.clauses.map(({ id, state, heading, text }) => ({ id, state, heading, text, by: writers.of(id) })),
  }
  const text = writeExport({ ...exportAt(hub, place, order.to), around: [...aroundOf(draft)] })
  if (!readExport(text)) throw new Refused('negotiation', 'word-too-long')
  const hash = hub.context.paper.sha256(utf8(text))
  const bytes = await hub.context.wordFiles.write({ ...draft, hash })
  hub.change(() => {
    const known = place.runtime.facts.eventsOf(place.id, 'agreement-exported').some(({ fact }) => fact.hash === hash)
    const fact = { type: 'agreement-exported' as const, artifact: place.id, hash, text }
    if (!known) {
      hub.touch(place.runtime.id)
      writeIn(hub, place.runtime.id, [{ kind: 'event', payload: writeArtifactEvent(fact) }])
    }
    record(hub.context, {
      kind: 'export',
      code: 'agreement-exported',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: place.id, name: titleOf(place.runtime, place.id).en },
      detail: { hash },
    })
    return undefined
  })
  return { name: fileName(draft.title, label.en), bytes }
}

function exportAt(hub: Hub, place: Place, key: string): Omit<AgreementExport, 'around'> {
  const { kind, id } = place
  if (!key.startsWith('closed/')) return exportOfDraft(kind, id, key === DRAFT_KEY ? draftOf(place) : versionDraft(hub, place, key)) // prettier-ignore
  return exportOfContent(versionOf(hub, place, key.slice('closed/'.length)).content, kind, draftOf(place))
}

const unchanged = ({ en, ar }: { readonly en: string; readonly ar: string }): BothRuns => ({
  en: en === '' ? [] : [{ kind: 'same', text: en }],
  ar: ar === '' ? [] : [{ kind: 'same', text: ar }],
})

const changesSince = (to: WordDraft['about'], from: WordDraft['about']): WordDraft['about'] => ({
  en: `${to.en}. Changes since ${from.en} are tracked.`,
  ar: `${to.ar}. التغييرات منذ ${from.ar} متتبَّعة.`,
})

const fileName = ({ en, ar }: WordDraft['title'], version: string): string =>
  `${`${en || ar} ${version}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.docx`
