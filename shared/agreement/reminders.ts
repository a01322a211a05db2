import type { Signatory } from '#shared/artifacts/agreement-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'

/** One reminder that counts: to whom, by whom, and when as its author claims. */
export interface Reminder<A> {
  readonly signatory: string
  readonly by: A
  readonly at: Instant
}
export type ReminderRefusal =
  | 'not-yours-to-remind' // another company closed the text
  | 'no-such-signatory'
  | 'signatory-answered' // they gave their word, or declined
  | 'reminded-today'
  | 'lapsed' | 'declined' | 'superseded' // prettier-ignore

/** What a reminder is held against: the text as it stood where the reminder stands in the log. */
export interface Remindable {
  readonly signatories: readonly Pick<Signatory, 'id'>[]
  readonly closedBy: CompanyId
  readonly signBy: IsoDate | null
  readonly answered: (signatory: string) => boolean
  readonly declined: boolean
  readonly superseded: boolean
  readonly reminders: readonly Pick<Reminder<unknown>, 'signatory' | 'at'>[]
}

/**
 * Why somebody of `company` may not remind a signatory at that time; undefined when they may. Only who closed the text reminds, while
 * it can be signed, and each signatory once a day (UTC) by the times that are claimed: so no claim of an earlier day adds one.
 */
export function reminderRefusal(
  text: Remindable,
  { signatory, company, at }: { readonly signatory: string; readonly company: CompanyId; readonly at: Instant },
): ReminderRefusal | undefined {
  if (company !== text.closedBy) return 'not-yours-to-remind'
  if (!text.signatories.some(({ id }) => id === signatory)) return 'no-such-signatory'
  if (text.declined) return 'declined'
  if (text.superseded) return 'superseded'
  if (text.answered(signatory)) return 'signatory-answered'
  if (text.signBy !== null && dateOf(at) > text.signBy) return 'lapsed'
  const last = text.reminders.findLast((one) => one.signatory === signatory)
  return last && dateOf(at) <= dateOf(last.at) ? 'reminded-today' : undefined
}
