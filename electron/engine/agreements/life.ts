import { earliestEnd } from '#shared/agreement/life-dates.ts'
import { isDone } from '#shared/agreement/obligations.ts'
import { lifeOf, type AgreementLife } from '#shared/agreement/life.ts'
import { bilingualLine, type CalendarEvent } from '#shared/initiatives/calendar.ts'
import { writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { addDays, dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { AgreementLifeView } from '#shared/projection/agreement-views.ts'
import { amountOf, authorityRefusal } from '#shared/agreement/authority.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, replacementsIn, versionsIn, type Place, type Version } from './agreement.ts'

/** The text that is in force: the latest that everybody signed. An amendment is a later version, signed in the same way. */
export const signedVersion = (hub: Hub, place: Place): Version | undefined =>
  versionsIn(hub, place).findLast(({ state }) => state === 'signed')

export function lifeIn(hub: Hub, place: Place, version: Version): AgreementLife {
  const { runtime, id, kind } = place
  const today = dateOf(hub.context.clock.now())
  return lifeOf(
    kind,
    version.content,
    version.hash,
    runtime.facts.eventsAbout(id),
    today,
    replacementsIn(hub, runtime, version),
  )
}

export function lifeView(hub: Hub, place: Place): AgreementLifeView | null {
  const version = signedVersion(hub, place)
  if (!version) return null
  const { content, hash } = version
  const own = certificateIn(hub.identity.certified)
  const now = hub.context.clock.now()
  const refusal = authorityRefusal(own, content, amountOf(place.kind, content), now)
  return {
    version: version.version,
    hash,
    company: own.company,
    parties: content.parties.map(({ company, name }) => ({ company, name })),
    life: lifeIn(hub, place, version),
    earliestEnd: earliestEnd(content, dateOf(now)),
    refusal: refusal ? { module: 'agreements', code: refusal } : null,
  }
}

/** @throws Refused when nothing is signed, when it has ended, or when this person may not bind their company to it. */
function mayBind(hub: Hub, place: Place): { readonly version: Version; readonly life: AgreementLife } {
  const version = signedVersion(hub, place)
  if (!version) throw new Refused('agreements', 'not-signed')
  const life = lifeIn(hub, place, version)
  if (life.state === 'superseded') throw new Refused('agreements', 'already-replaced')
  if (life.state === 'ended') throw new Refused('agreements', 'agreement-ended')
  const own = certificateIn(hub.identity.certified)
  if (!version.content.parties.some(({ company }) => company === own.company)) throw new Refused('agreements', 'not-a-signatory') // prettier-ignore
  const refusal = authorityRefusal(own, version.content, amountOf(place.kind, version.content), hub.context.clock.now())
  if (refusal) throw new Refused('agreements', refusal)
  return { version, life }
}

/** Our company ends the agreement by notice, on a day that leaves the notice of the text. */
export function giveNotice(hub: Hub, artifact: string, endsOn: IsoDate, reason: string): void {
  const place = agreementPlace(hub, artifact)
  const { version, life } = mayBind(hub, place)
  if (life.notice) throw new Refused('agreements', 'notice-runs')
  const earliest = earliestEnd(version.content, dateOf(hub.context.clock.now()))
  if (earliest === null) throw new Refused('agreements', 'no-notice-agreed')
  if (endsOn < earliest) throw new Refused('agreements', 'notice-too-short')
  if (life.until !== null && endsOn > life.until) throw new Refused('agreements', 'ends-before')
  state(hub, place, { type: 'agreement-notice-given', artifact: place.id, hash: version.hash, endsOn, reason })
}

/** Our company agrees on a last day; it counts once every party agreed on the same. Later than before it renews the agreement. */
export function agreeTerm(hub: Hub, artifact: string, until: IsoDate): void {
  const place = agreementPlace(hub, artifact)
  const { version, life } = mayBind(hub, place)
  if (until === life.until || until < dateOf(hub.context.clock.now())) throw new Refused('agreements', 'day-fits-not')
  state(hub, place, { type: 'agreement-term-agreed', artifact: place.id, hash: version.hash, until })
}

/** Our company says that it has done what it owed, and where that can be seen; or takes that back. */
export function stateObligation(hub: Hub, artifact: string, obligation: string, done: boolean, evidence: string): void {
  const place = agreementPlace(hub, artifact)
  const version = signedVersion(hub, place)
  if (!version) throw new Refused('agreements', 'not-signed')
  const owed = lifeIn(hub, place, version).obligations.find(({ id }) => id === obligation)
  const { company } = certificateIn(hub.identity.certified)
  if (owed?.ended) throw new Refused('agreements', 'already-replaced')
  if (!owed?.owners.includes(company)) throw new Refused('agreements', 'not-our-obligation')
  if (done && evidence.length < 3) throw new Refused('agreements', 'evidence-missing')
  state(hub, place, { type: 'obligation-stated', artifact: place.id, hash: version.hash, obligation, done, evidence })
}

type LifeFact = Extract<ArtifactEvent, { readonly type: 'agreement-notice-given' | 'agreement-term-agreed' | 'obligation-stated' }> // prettier-ignore

function state(hub: Hub, { runtime, id }: Place, fact: LifeFact): void {
  hub.change(() => {
    writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent(fact) }])
    const actor = certificateIn(hub.identity.certified).name.en
    const detail = fact.type === 'agreement-notice-given' ? { to: fact.endsOn } : fact.type === 'agreement-term-agreed' ? { to: fact.until } : { item: fact.obligation } // prettier-ignore
    record(hub.context, { kind: 'commitment', code: fact.type, actor, subject: { id, name: titleOf(runtime, id).en }, detail }) // prettier-ignore
    return undefined
  })
}

const WORDS = {
  until: ['Last day', 'آخر يوم'],
  noticeBy: ['Last day for a notice', 'آخر يوم للإشعار بالإنهاء'],
  signBy: ['Sign by', 'آخر يوم للتوقيع'],
} as const

/** The dates of an agreement as a calendar file; opening a later one updates what an earlier one made. */
export function agreementCalendar(hub: Hub, artifact: string, locale: 'en' | 'ar'): { readonly name: string; readonly bytes: Uint8Array } {
  const place = agreementPlace(hub, artifact)
  const title = titleOf(place.runtime, place.id)
  const description = bilingualLine(title.en, title.ar)
  const event = (key: string, day: IsoDate | null, en: string, ar: string, done = false, cancelled = false): readonly CalendarEvent[] =>
    day === null ? [] : [{ uid: `${place.id}-${key.replace('/', '-')}@mithaq.invalid`, day, summary: `${done ? '✓ ' : ''}${bilingualLine(en, ar)}`, description, kind: 'milestone', status: cancelled ? 'cancelled' : 'confirmed' }]
  const version = signedVersion(hub, place)
  const life = version && lifeIn(hub, place, version)
  const open = versionsIn(hub, place).filter(({ state: of }) => of === 'signing')
  const events = [
    ...(life ? event('until', life.until, ...WORDS.until) : []),
    ...(life ? event('notice', life.noticeBy, ...WORDS.noticeBy) : []),
    ...(life?.obligations ?? []).flatMap((one) => event(one.id, one.due, one.what.en, one.what.ar, isDone(one), one.ended)),
    ...open.flatMap(({ hash, signBy }) => event(`sign-${hash.slice(0, 8)}`, signBy, ...WORDS.signBy)),
  ].toSorted((left, right) => (left.day < right.day ? -1 : 1))
  const { calendars, clock } = hub.context
  return { name: `agreement-${place.id.slice(0, 8)}.ics`, bytes: calendars.write({ name: title[locale] || title.en, at: clock.now(), events }) }
} // prettier-ignore

/** What of an agreement's life waits for this company today (TR-25). */
export interface LifeDue {
  /** Days until a notice is due or the agreement ends; null: neither is near. */
  readonly ending: IsoDate | null
  readonly obligations: { readonly count: number; readonly on: IsoDate } | null
  /** Signatures of others that a text which we closed or signed still lacks. */
  readonly missing: { readonly count: number; readonly on: IsoDate | null } | null
}
/** How long before a day it is shown. */
const ENDING_DAYS = 60
const OBLIGATION_DAYS = 14
/** From how many days before the last day for signing it is said to be near: to whom has to sign, and to whom closed the text. */
export const SIGN_SOON_DAYS = 7

export function lifeDue(hub: Hub, artifact: string): LifeDue {
  const place = agreementPlace(hub, artifact)
  const today = dateOf(hub.context.clock.now())
  const own = certificateIn(hub.identity.certified)
  const version = signedVersion(hub, place)
  const life = version && lifeIn(hub, place, version)
  const first = life ? (life.noticeBy !== null && life.noticeBy >= today ? life.noticeBy : life.until) : null
  const near =
    first !== null && life?.state !== 'ended' && life?.state !== 'superseded' && first <= addDays(today, ENDING_DAYS)
  const owed = (life?.obligations ?? []).flatMap(({ due, owners, done, ended }) =>
    due !== null && !ended && due <= addDays(today, OBLIGATION_DAYS) && owners.includes(own.company) && !done.some(({ company }) => company === own.company)
      ? [due]
      : [],
  ) // prettier-ignore
  const [earliest] = owed.toSorted()
  const waiting = versionsIn(hub, place).findLast(({ state: of }) => of === 'signing')
  const missing = waiting?.content.signatories.filter(({ id }) => !waiting.signed.has(id)) ?? []
  const signSoon = waiting?.signBy != null && waiting.signBy <= addDays(today, SIGN_SOON_DAYS)
  const ours =
    waiting !== undefined &&
    ((waiting.frozenBy.company === own.company && signSoon) ||
      [...waiting.signed.values()].some(({ by }) => by.company === own.company))
  const others = missing.filter(({ company }) => company !== own.company)
  return {
    ending: near ? first : null,
    obligations: earliest === undefined ? null : { count: owed.length, on: earliest },
    missing: ours && others.length > 0 ? { count: others.length, on: waiting?.signBy ?? null } : null,
  }
}
