import { CLAUSE_UNITS, NEGOTIATED_AGREEMENTS, SIDES, type ClauseUnit, type ConvergenceContent, type Side } from '#shared/artifacts/convergence-content.ts' // prettier-ignore
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { ArtifactId, CompanyId, Role } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import type { Register } from '#shared/living/register.ts'
import { endOfDay, there, type Affected } from './draft.ts'

const SETS = CoordinationTopic.sections.joint.fields
export type TopicSet = keyof typeof SETS

interface TopicValues {
  readonly title: Words | null
  readonly questionEn: string | null
  readonly questionAr: string | null
  readonly benefitsEn: string | null
  readonly benefitsAr: string | null
  readonly urgency: ConvergenceContent['topic']['urgency'] | null
  readonly deadline: IsoDate | null
}
interface ClauseFields {
  readonly label: Words | null
  readonly unit: ClauseUnit | null
  readonly choicesEn: string | null
  readonly choicesAr: string | null
  readonly term: string | null
}
interface RuleValues {
  readonly offerRoles: readonly Role[] | null
  readonly signRoles: readonly Role[] | null
  readonly rounds: number | null
  readonly mediationDays: number | null
  readonly agreement: ConvergenceContent['agreement'] | null
}
interface PartyValues {
  readonly company: CompanyId | null
  readonly name: Words | null
  readonly side: Side | null
}
export interface TopicDraft {
  readonly topic: Projected<TopicValues> | null
  readonly affected: readonly Projected<{ readonly artifact: ArtifactId | null }>[]
  readonly clauses: readonly Projected<ClauseFields>[]
  readonly parties: readonly Projected<PartyValues>[]
  readonly policy: Projected<RuleValues> | null
  /** Fields and records that several people wrote apart, and nobody has chosen. */
  readonly conflicts: number
}

/** The usual rule of a new negotiation. */
export const USUAL_CONVERGENCE = {
  offerRoles: ['founder', 'ceo', 'coo', 'cmo', 'cfo', 'account-lead'],
  signRoles: ['founder', 'ceo', 'coo', 'cfo'],
  rounds: 6,
  mediationDays: 7,
  agreement: 'ContractTerms.v1',
} as const

/** Reads a draft out of its section's registers. */
export function readTopicDraft(registers: readonly Register[]): TopicDraft {
  const set = (name: TopicSet): readonly Projected<unknown>[] =>
    projectSet(SETS[name].fields ?? {}, recordsOf(registers, name))
  const one = (name: TopicSet) => set(name).find(({ id }) => id === 'it') ?? null
  const all = (['topic', 'affected', 'clauses', 'parties', 'policy'] as const).flatMap(set)
  return {
    topic: one('topic') as TopicDraft['topic'],
    affected: set('affected') as TopicDraft['affected'],
    clauses: set('clauses') as TopicDraft['clauses'],
    parties: set('parties') as TopicDraft['parties'],
    policy: one('policy') as TopicDraft['policy'],
    conflicts: all.reduce((sum, { conflicts, removal }) => sum + conflicts.size + (removal ? 1 : 0), 0),
  }
}

/** What stands in the way of requesting a negotiation. */
export type TopicGate =
  | 'contradiction-open' | 'title-missing' | 'question-missing' | 'deadline-missing' | 'deadline-past' | 'clauses-missing'
  | 'clause-incomplete' | 'choices-differ' | 'parties-wrong' | 'sides-wrong' | 'rule-incomplete' // prettier-ignore

const both = (text: Words | null | undefined): boolean => Boolean(text?.en.trim() && text.ar.trim())
const lines = (text: string | null): readonly string[] =>
  (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore

/** Every gate that is shut, in the order of the screen. */
export function topicGates(draft: TopicDraft, now: Instant): readonly TopicGate[] {
  const topic = draft.topic?.values
  const rule = draft.policy?.values
  const gates: TopicGate[] = []
  const shut = (gate: TopicGate, when: boolean): void => void (when && gates.push(gate))
  shut('contradiction-open', draft.conflicts > 0)
  shut('title-missing', !both(topic?.title))
  shut('question-missing', !both({ en: topic?.questionEn ?? '', ar: topic?.questionAr ?? '' }))
  shut('deadline-missing', !topic?.deadline)
  shut('deadline-past', Boolean(topic?.deadline) && endOfDay(topic?.deadline as IsoDate) <= now)
  shut('clauses-missing', draft.clauses.length === 0)
  shut('clause-incomplete', draft.clauses.some(({ values }) => !both(values.label) || !values.unit || !CLAUSE_UNITS.includes(values.unit))) // prettier-ignore
  shut(
    'choices-differ',
    draft.clauses.some(({ values }) => values.unit === 'choice' && !hasChoices(values)),
  )
  const parties = draft.parties.map(({ values }) => values)
  shut('parties-wrong', parties.length !== 2 || parties.some(({ company, name }) => !company || !name) || new Set(parties.map(({ company }) => company)).size !== 2) // prettier-ignore
  shut('sides-wrong', !SIDES.every((side) => parties.some((party) => party.side === side)))
  shut('rule-incomplete', !rule?.offerRoles?.length || !rule.signRoles?.length || !rule.rounds || !rule.mediationDays || !rule.agreement || !NEGOTIATED_AGREEMENTS.includes(rule.agreement)) // prettier-ignore
  return gates
}

/** At least two, and as many in each language. */
const hasChoices = ({ choicesEn, choicesAr }: ClauseFields): boolean =>
  lines(choicesEn).length >= 2 && lines(choicesEn).length === lines(choicesAr).length && lines(choicesEn).length <= 20

const DAY = 86_400_000

/** The text of a request. The gates have passed. @throws when they have not */
export function freezeTopic(
  draft: TopicDraft,
  artifact: ArtifactId,
  affected: readonly Affected[],
): ConvergenceContent {
  const topic = draft.topic?.values
  const rule = draft.policy?.values
  if (!topic?.title || !topic.deadline || !rule) throw new Error('a negotiation was frozen before its gates passed')
  const trimmed = (text: Words): Words => ({ en: text.en.trim(), ar: text.ar.trim() })
  const roles = (some: readonly Role[] | null) => [...new Set(some)].toSorted()
  const answerBy = endOfDay(topic.deadline)
  return {
    format: 'mithaq.negotiation.v1',
    artifact,
    workspace: 'customer-seller',
    topic: {
      title: trimmed(topic.title),
      question: trimmed({ en: topic.questionEn ?? '', ar: topic.questionAr ?? '' }),
      benefits: trimmed({ en: topic.benefitsEn ?? '', ar: topic.benefitsAr ?? '' }),
      urgency: topic.urgency ?? 'normal',
      affected: [...affected],
    },
    clauses: draft.clauses.map(({ id, values }) => ({
      id,
      label: trimmed(there(values.label)),
      unit: there(values.unit),
      choices:
        values.unit === 'choice'
          ? lines(values.choicesEn).map((en, at) => ({ id: `o${String(at + 1)}`, label: { en, ar: lines(values.choicesAr)[at] ?? '' } }))
          : [],
      term: /^[a-z][A-Za-z0-9]{0,39}(\.[a-z][A-Za-z0-9]{0,39})?$/.test(values.term ?? '') ? values.term : null,
    })),
    policy: {
      format: 'PartnershipDecisionPolicy.v1',
      kind: 'negotiated-convergence',
      offerRoles: roles(rule.offerRoles),
      signRoles: roles(rule.signRoles),
      rounds: there(rule.rounds),
      mediationDays: there(rule.mediationDays),
    },
    parties: draft.parties
      .map(({ values }) => ({ company: there(values.company), name: trimmed(there(values.name)), side: there(values.side) }))
      .toSorted((left, right) => (left.side < right.side ? -1 : 1)),
    agreement: there(rule.agreement),
    answerBy,
    settleBy: (answerBy + there(rule.mediationDays) * DAY) as Instant,
  }
} // prettier-ignore
