import { USUAL_POLICY } from '#shared/decisions/draft.ts'
import type { DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { jointDraft } from '../channels/joint-draft.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'

/** What a new decision begins with: its title, the usual rule, two options to name, and the companies of the channel alike. */
export const firstDecision = (runtime: ChannelRuntime, artifact: ArtifactId, title: Bilingual): Saying | undefined =>
  jointDraft(runtime, artifact, (put) => {
    put('topic', 'it', { title: { ...title }, urgency: 'normal' })
    put('policy', 'it', { ...USUAL_POLICY })
    put('options', 'o1', { title: { en: '', ar: '' }, order: 'a0' })
    put('options', 'o2', { title: { en: '', ar: '' }, order: 'a1' })
    const companies = [...runtime.members.companies.values()].filter(({ left }) => !left)
    companies.forEach(({ card }, at) => {
      put('voters', `v${String(at + 1)}`, { company: card.company, name: { ...card.name }, weight: 1, order: `a${String(at)}` })
    }) // prettier-ignore
  })

/** What a decision begins with that puts an earlier one again: its text and rule, without its dates and without who has left. */
export const decisionAgain = (
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  { topic, options, policy, voters, after }: DecisionContent,
): Saying | undefined =>
  jointDraft(runtime, artifact, (put) => {
    const { title, question, benefits, urgency, affected } = topic
    put('topic', 'it', {
      title: { ...title }, urgency,
      questionEn: question.en, questionAr: question.ar, benefitsEn: benefits.en, benefitsAr: benefits.ar,
      ...(after ? { reopenEn: after.reopen.en, reopenAr: after.reopen.ar } : {}),
    }) // prettier-ignore
    affected.forEach((one, at) => put('affected', `d${String(at + 1)}`, { artifact: one.artifact, order: orderOf(at) }))
    options.forEach(({ id, title: name, about }, at) =>
      put('options', id, { title: { ...name }, aboutEn: about.en, aboutAr: about.ar, order: orderOf(at) }),
    )
    const { format: _, dimensions, sealed, vetoRoles, approvers, ...numbers } = policy
    put('policy', 'it', {
      ...numbers, ...dimensions, sealed: sealed ? 'yes' : 'no', vetoRoles: [...vetoRoles], approvers: [...approvers],
    }) // prettier-ignore
    voters
      .filter(({ company }) => runtime.members.companies.get(company)?.left === false)
      .forEach(({ company, name, weight }, at) =>
        put('voters', `v${String(at + 1)}`, { company, name: { ...name }, weight, order: orderOf(at) }),
      )
  })

/** Sorts as text in the order of its number, up to 100. */
const orderOf = (at: number): string => `a${String(at).padStart(2, '0')}`
