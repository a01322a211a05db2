import { USUAL_CONVERGENCE } from '#shared/decisions/convergence-draft.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Plain } from '#shared/living/register.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { jointDraft } from '../channels/joint-draft.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'

/** What a new negotiation begins with: its title, the usual rule, price and volume, and the first two companies of the channel; `more` of the topic. */
export function firstTopic(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  title: Bilingual,
  more: Readonly<Record<string, Plain>> = {},
): Saying | undefined {
  return jointDraft(runtime, artifact, (put) => {
    put('topic', 'it', { title: { ...title }, urgency: 'normal', ...more })
    put('policy', 'it', {
      ...USUAL_CONVERGENCE,
      offerRoles: [...USUAL_CONVERGENCE.offerRoles],
      signRoles: [...USUAL_CONVERGENCE.signRoles],
    })
    put('clauses', 'c1', { label: { en: 'Unit price', ar: 'سعر الوحدة' }, unit: 'halalas', term: 'prices.price', order: 'a0' }) // prettier-ignore
    put('clauses', 'c2', { label: { en: 'Volume of a year', ar: 'الكمية السنوية' }, unit: 'number', order: 'a1' })
    const companies = [...runtime.members.companies.values()].filter(({ left }) => !left).slice(0, 2)
    companies.forEach(({ card }, at) => {
      put('parties', `p${String(at + 1)}`, { company: card.company, name: { ...card.name }, side: at === 0 ? 'buyer' : 'seller', order: `a${String(at)}` })
    }) // prettier-ignore
  })
}
