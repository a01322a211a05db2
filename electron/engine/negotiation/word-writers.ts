import { OWN_MARK, type TrackedBy, type WordDraft } from '#shared/agreement/word-file.ts'
import { recordsOf, type LivingRecord } from '#shared/living/records.ts'
import { DRAFT_KEY, versionRegisters } from '../agreements/texts.ts'
import type { Place } from '../agreements/agreement.ts'
import { writtenBy } from '../live/authors.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'

/** Who tracked changes are by: of each clause and language whoever wrote it last. */
interface Writers {
  of(clause: string): WordDraft['clauses'][number]['by']
  /** Of everything else: the version by itself. */
  readonly other: TrackedBy
}

/** The writers of a draft or a named version, by their certificates. Of a closed version only the version is named. */
export function writersIn(hub: Hub, place: Place, key: string, version: string): Writers {
  const other = { author: version, date: wordDate(hub.context.clock.now()) }
  if (key !== DRAFT_KEY && !key.startsWith('named/')) return { of: () => ({ en: other, ar: other }), other }
  const records = new Map(recordsOf(versionRegisters(hub, place, key), 'clauses').map((one) => [one.id, one]))
  const by = (record: LivingRecord | undefined, fields: readonly string[]): TrackedBy => {
    const held = record?.removal?.by ?? fields.flatMap((field) => record?.fields.get(field)?.slice(0, 1) ?? [])
    const written = writtenBy(place.runtime, place.id, JOINT, held, hub.identity.card.company)
    const [last] = written.toSorted((left, right) => right.at - left.at)
    if (!last) return other
    const { person, company } = last.by
    const name = `${person.name.en || person.name.ar} (${company.name.en || company.name.ar})`
    return { author: name + OWN_MARK, date: wordDate(last.at) }
  }
  return {
    of(clause) {
      const record = records.get(clause)
      return { en: by(record, ['headingEn', 'textEn']), ar: by(record, ['headingAr', 'textAr']) }
    },
    other,
  }
}

/** As Word writes it: UTC without a fraction. */
const wordDate = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`
