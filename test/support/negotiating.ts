import type { Company } from './company.ts'
import type { NegotiationRanges } from '#shared/artifacts/private-position.ts'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { twoCompanies, type Setting, type TwoCompanies } from './two-companies.ts'
import { kept, openWindow } from './window.ts'
import type { Wire } from './wire.ts'

const TITLE = { en: 'Cartons for the season', ar: 'كراتين الموسم' }

/** Two companies over a negotiation of price (c1) and volume (c2) that the first has requested. */
export async function negotiating(setting: Setting = {}): Promise<{ two: TwoCompanies; wire: Wire; artifact: string }> {
  const two = await twoCompanies({ rolesA: ['ceo'], rolesB: ['ceo'], channelRoles: ['ceo', 'coo', 'cfo'], ...setting })
  const wire = two.wire()
  await two.level(wire)
  const { artifact } = await two.a.client.documents.create({ channel: two.channel, type: 'CoordinationTopic.v1', title: TITLE })
  const live = await openWindow(two.a, artifact)
  live.set('topic', 'it', 'questionEn', 'At what price, for what volume?')
  live.set('topic', 'it', 'questionAr', 'بأي سعر ولأي كمية؟')
  live.set('topic', 'it', 'deadline', '2026-11-30')
  await kept(live)
  live.close()
  await two.a.client.convergence.request({ artifact })
  await two.level(wire)
  return { two, wire, artifact }
} // prettier-ignore

export async function requestOf({ client }: Company, artifact: string): Promise<RequestView> {
  const { request } = await client.convergence.get({ artifact })
  if (!request) throw new Error('nothing was requested')
  return request
}

/** Least and most of price and volume, in halalas and pieces, with what each side keeps for itself. */
export const ranges = (price: readonly [number, number], volume: readonly [number, number], walkAway: number | null = null, note = ''): NegotiationRanges => ({
  c1: { least: price[0], most: price[1], must: null, never: [], note, walkAway },
  c2: { least: volume[0], most: volume[1], must: null, never: [], note: '', walkAway: null },
}) // prettier-ignore

export async function offer({ client }: Company, artifact: string, price: number, volume: number, given?: { readonly given: string; readonly received: string }): Promise<void> {
  const view = await requestOf({ client } as Company, artifact)
  const theirs = view.offers.filter(({ stands, by }) => stands && !by.own).at(-1)
  const tradeOffs = given ? [{ ...given, clause: 'c1' }] : []
  await client.convergence.offer({ artifact, negotiation: view.hash, answers: theirs?.id ?? null, values: { c1: price, c2: volume }, rationale: 'For the season', tradeOffs })
} // prettier-ignore
