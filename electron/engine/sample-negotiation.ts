import type { NegotiationRanges } from '#shared/artifacts/private-position.ts'
import { NO_RANGE } from '#shared/artifacts/private-position.ts'
import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import { addDays, dateOf } from '#shared/kernel/time.ts'
import type { Desk } from './desk.ts'
import { firstTopic } from './convergence/begin.ts'
import { offer } from './convergence/offers.ts'
import { negotiationPlaces } from './convergence/place.ts'
import { saveRanges } from './convergence/ranges.ts'
import { request } from './convergence/request.ts'
import { negotiationView } from './convergence/screen.ts'
import { createDocument } from './live/documents.ts'
import type { Hub } from './workspaces/hub.ts'

const TITLE = { en: 'Price and volume for 2027', ar: 'السعر والكمية لعام ٢٠٢٧' }
const TOPIC = {
  questionEn: 'At what price per carton, for what volume of the year?',
  questionAr: 'بأي سعر للكرتون ولأي كمية في السنة؟',
  benefitsEn: 'One price all year, and a volume that both can plan with.',
  benefitsAr: 'سعر واحد طوال السنة، وكمية يخطط لها الطرفان.',
} as const
const WRITTEN = {
  en: {
    first: 'The volume of last year and a tenth more.',
    second: 'At this price the trucks have to be full.',
    given: 'Half a riyal per carton',
    received: 'Three thousand cartons more',
    note: 'Above this we ask for a second supplier.',
  },
  ar: {
    first: 'كمية العام الماضي وعُشرها فوقها.',
    second: 'بهذا السعر لا بد أن تمتلئ الشاحنات.',
    given: 'نصف ريال لكل كرتون',
    received: 'ثلاثة آلاف كرتون زيادة',
    note: 'فوق هذا نطلب موردًا ثانيًا.',
  },
} as const

/** Least and most of price (halalas) and volume, and where we leave. */
const ranges = (price: readonly [number, number], volume: readonly [number, number], walkAway: number, note: string): NegotiationRanges => ({
  c1: { ...NO_RANGE, least: price[0], most: price[1], walkAway, note },
  c2: { ...NO_RANGE, least: volume[0], most: volume[1], walkAway: null },
}) // prettier-ignore

/** A negotiation under way: our offer, and the supplier's answer, which lies inside our range and waits for us. */
export async function beginNegotiation(main: Desk, partner: Desk, channel: ChannelId, locale: 'en' | 'ar'): Promise<void> {
  const { hub, context } = main.session
  const words = WRITTEN[locale]
  const runtime = hub.runtime(channel)
  if (!runtime) throw new Error('the sample has no channel')
  const deadline = addDays(dateOf(context.clock.now()), 14)
  const id = createDocument(hub, { channel, type: 'CoordinationTopic.v1', title: TITLE }, (made) => firstTopic(runtime, made, TITLE, { ...TOPIC, deadline })) // prettier-ignore
  request(hub, id)
  saveRanges(hub, id, ranges([8_000, 9_600], [10_000, 18_000], 9_900, words.note))
  offer(hub, id, { ...counted(hub, id), values: { c1: 9_000, c2: 12_000 }, rationale: words.first, tradeOffs: [] })
  const theirs = partner.session.hub
  while (!negotiationPlaces(theirs).some((place) => place.id === id) || !counted(theirs, id).answers) await partner.tools.scheduler.breathe() // prettier-ignore
  saveRanges(theirs, id, ranges([9_400, 12_000], [14_000, 20_000], 9_200, ''))
  const tradeOffs = [{ given: words.given, received: words.received, clause: 'c1' }]
  offer(theirs, id, { ...counted(theirs, id), values: { c1: 9_500, c2: 15_000 }, rationale: words.second, tradeOffs })
} // prettier-ignore

/** What an order names: the negotiation, and the other company's standing offer. */
function counted(hub: Hub, id: ArtifactId): { readonly negotiation: string; readonly answers: string | null } {
  const { request: open } = negotiationView(hub, id)
  const answered = open?.offers.filter(({ stands, by }) => stands && !by.own).at(-1)
  return { negotiation: open?.hash ?? '', answers: answered?.id ?? null }
}
