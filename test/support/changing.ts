import type { Matter } from '#shared/artifacts/change-content.ts'
import type { ChangeTextView, MatterView } from '#shared/projection/change-views.ts'
import type { Company } from './company.ts'
import { twoCompanies, type Setting, type TwoCompanies } from './two-companies.ts'
import { kept, openWindow } from './window.ts'
import type { Wire } from './wire.ts'

const TITLE = { en: 'Night shift', ar: 'وردية ليلية' }

/** A client (a) and a provider (b) over a change request that the client has logged. */
export async function changing(setting: Setting = {}): Promise<{ two: TwoCompanies; wire: Wire; artifact: string }> {
  const two = await twoCompanies({ kind: 'client-provider', rolesA: ['ceo'], rolesB: ['ceo'], channelRoles: ['ceo', 'coo', 'cfo'], ...setting })
  const wire = two.wire()
  await two.level(wire)
  const { artifact } = await two.a.client.documents.create({ channel: two.channel, type: 'ChangeRequest.v1', title: TITLE })
  await draftChange(two.a, artifact)
  await two.a.client.changes.log({ artifact, revises: null })
  await two.level(wire)
  return { two, wire, artifact }
} // prettier-ignore

/** What a change needs before it can be logged: price and timeline are decided with the scope and feasibility. `scope`: the agreement that it amends. */
export async function draftChange(company: Company, artifact: string, scope?: string): Promise<void> {
  const live = await openWindow(company, artifact)
  live.set('topic', 'it', 'questionEn', 'Answer at night, too?')
  live.set('topic', 'it', 'questionAr', 'والرد ليلًا أيضًا؟')
  live.set('policy', 'it', 'priceBy', 'nobody')
  live.set('policy', 'it', 'timelineBy', 'nobody')
  live.set('changes', 'r1', 'place', { en: 'Hours of service', ar: 'ساعات الخدمة' })
  live.set('changes', 'r1', 'textEn', 'Round the clock')
  live.set('changes', 'r1', 'textAr', 'على مدار الساعة')
  if (scope !== undefined) live.add('affected', { artifact: scope, order: 'a0' })
  await kept(live)
  live.close()
}

export async function changeOf({ client }: Company, artifact: string): Promise<ChangeTextView> {
  const { current } = await client.changes.get({ artifact })
  if (!current) throw new Error('nothing was logged')
  return current
}

export async function matterOf(company: Company, artifact: string, matter: Matter): Promise<MatterView> {
  const found = (await changeOf(company, artifact)).matters.find((one) => one.matter === matter)
  if (!found) throw new Error(`the rule does not decide ${matter}`)
  return found
}

type Said = Partial<Parameters<Company['client']['changes']['decide']>[0]>

/** A yes on a matter, unless `said` says otherwise. */
export async function decide(company: Company, artifact: string, matter: Matter, said: Said = {}): Promise<void> {
  const { hash: change } = await changeOf(company, artifact)
  await company.client.changes.decide({ artifact, change, matter, verdict: 'yes', reason: '', category: null, conditions: [], ...said }) // prettier-ignore
}

export const INFEASIBLE: Said = {
  verdict: 'no', reason: 'No night team', category: 'capacity', conditions: [{ id: 'k1', text: 'Three months to hire' }],
} // prettier-ignore
