import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Milestone, Plan } from './plan.ts'

/** One whole-day entry of a calendar file. */
export interface CalendarEvent {
  /** The same for a milestone in every export of every company: importing again updates, it does not add. */
  readonly uid: string
  readonly day: IsoDate
  /** English and Arabic in one line; one of them where the other is missing. */
  readonly summary: string
  readonly description: string
  readonly kind: 'milestone' | 'gate'
  /** `cancelled`: no longer in the plan; a calendar that has it takes it out. */
  readonly status: 'confirmed' | 'cancelled'
}

export const eventUid = (artifact: ArtifactId, milestone: string): string => `${artifact}-${milestone}@mithaq.invalid`

/** English and Arabic, isolated from each other so that neither turns the other round. */
export const bilingualLine = (en: string | null, ar: string | null): string =>
  [...new Set([en, ar].map((text) => (text ?? '').trim()))].filter((text) => text !== '').join(' · ')

const GATE = 'Gate · بوابة'
const DONE = '✓'

/** Milestones and gates with a date, by date; and what was removed, as cancelled, so that a calendar forgets it. */
export function eventsOf(
  { milestones }: Pick<Plan, 'milestones'>,
  artifact: ArtifactId,
  title: { readonly en: string; readonly ar: string },
  removed: readonly Milestone[] = [],
): readonly CalendarEvent[] {
  const event = (milestone: Milestone, status: CalendarEvent['status']): readonly CalendarEvent[] => {
    const { id, due, doneOn, gate, titleEn, titleAr, evidence } = milestone
    if (due === null) return []
    const kind = gate === 'yes' ? 'gate' : 'milestone'
    const name = bilingualLine(titleEn, titleAr) || '—'
    const summary = [doneOn === null ? '' : DONE, kind === 'gate' ? `${GATE}:` : '', name].filter(Boolean).join(' ')
    const description = [bilingualLine(title.en, title.ar), (evidence ?? '').trim()].filter(Boolean).join('\n')
    return [{ uid: eventUid(artifact, id), day: due, summary, description, kind, status }]
  }
  return [
    ...milestones.flatMap((milestone) => event(milestone, 'confirmed')),
    ...removed.flatMap((milestone) => event(milestone, 'cancelled')),
  ].toSorted((left, right) => (left.day === right.day ? 0 : left.day < right.day ? -1 : 1))
}
