import {
  ABSTAIN_RULES,
  DIMENSIONS,
  POLICY_KINDS,
  type DecisionContent,
  type DecisionPolicy,
} from '#shared/artifacts/decision-content.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { ArtifactId, Role } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import type { Register } from '#shared/living/register.ts'

const SETS = JointGovernanceDecision.sections.joint.fields
export type DecisionSet = keyof typeof SETS

/** What `fields` says of one record, as far as a draft reads it. */
interface TopicValues {
  readonly title: Words | null
  readonly questionEn: string | null
  readonly questionAr: string | null
  readonly benefitsEn: string | null
  readonly benefitsAr: string | null
  readonly urgency: DecisionContent['topic']['urgency'] | null
  readonly deadline: IsoDate | null
  readonly reopenEn: string | null
  readonly reopenAr: string | null
  readonly reviewOn: IsoDate | null
}
interface PolicyValues {
  readonly kind: DecisionPolicy['kind'] | null
  readonly abstain: DecisionPolicy['abstain'] | null
  readonly sealed: 'yes' | 'no' | null
  readonly vetoRoles: readonly Role[] | null
  readonly approvers: readonly Role[] | null
  readonly [number: string]: unknown
}
export interface DecisionDraft {
  readonly topic: Projected<TopicValues> | null
  readonly affected: readonly Projected<{ readonly artifact: ArtifactId | null }>[]
  readonly options: readonly Projected<{
    readonly title: Words | null
    readonly aboutEn: string | null
    readonly aboutAr: string | null
  }>[]
  readonly policy: Projected<PolicyValues> | null
  readonly voters: readonly Projected<{
    readonly company: DecisionContent['voters'][number]['company'] | null
    readonly name: Words | null
    readonly weight: number | null
  }>[]
  /** Fields and records that several people wrote apart, and nobody has chosen. */
  readonly conflicts: number
}

/** The usual rule of a new decision; an approver is whoever may speak for a company at all. */
export const USUAL_POLICY = {
  kind: 'weighted-majority',
  threshold: 60,
  quorum: 100,
  leastYes: 51,
  abstain: 'left-out',
  sealed: 'yes',
  vetoRoles: [],
  approvers: ['founder', 'ceo', 'coo'],
  vision: 25,
  purpose: 25,
  fit: 25,
  legend: 25,
  dissent: 20,
  leeway: 10,
  mediationDays: 14,
  revealDays: 2,
} as const

/** Reads a draft out of its section's registers. */
export function readDecisionDraft(registers: readonly Register[]): DecisionDraft {
  const set = (name: DecisionSet): readonly Projected<unknown>[] =>
    projectSet(SETS[name].fields ?? {}, recordsOf(registers, name))
  const one = (name: DecisionSet) => set(name).find(({ id }) => id === 'it') ?? null
  const all = (['topic', 'affected', 'options', 'policy', 'voters'] as const).flatMap(set)
  return {
    topic: one('topic') as DecisionDraft['topic'],
    affected: set('affected') as DecisionDraft['affected'],
    options: set('options') as DecisionDraft['options'],
    policy: one('policy') as DecisionDraft['policy'],
    voters: set('voters') as DecisionDraft['voters'],
    conflicts: all.reduce((sum, { conflicts, removal }) => sum + conflicts.size + (removal ? 1 : 0), 0),
  }
}

/** What stands in the way of putting a draft to the vote. */
export type DecisionGate =
  | 'contradiction-open'
  | 'title-missing'
  | 'question-missing'
  | 'deadline-missing'
  | 'deadline-past'
  | 'reopen-one-language'
  | 'review-too-early'
  | 'options-missing'
  | 'option-untitled'
  | 'voters-missing'
  | 'voter-incomplete'
  | 'voter-twice'
  | 'policy-incomplete'
  | 'dimensions-sum'
  | 'approvers-missing'
  | 'standards-need-unanimity'

const both = (text: Words | null | undefined): boolean => Boolean(text?.en.trim() && text.ar.trim())

/** Every gate that is shut, in the order of the screen. `standards`: whether a document concerned is a standard. */
export function decisionGates(draft: DecisionDraft, now: Instant, standards: boolean): readonly DecisionGate[] {
  const topic = draft.topic?.values
  const gates: DecisionGate[] = []
  const shut = (gate: DecisionGate, when: boolean): void => void (when && gates.push(gate))
  shut('contradiction-open', draft.conflicts > 0)
  shut('title-missing', !both(topic?.title))
  shut('question-missing', !both({ en: topic?.questionEn ?? '', ar: topic?.questionAr ?? '' }))
  shut('deadline-missing', !topic?.deadline)
  shut('deadline-past', Boolean(topic?.deadline) && endOfDay(topic?.deadline as IsoDate) <= now)
  shut('reopen-one-language', Boolean(topic?.reopenEn?.trim()) !== Boolean(topic?.reopenAr?.trim()))
  shut('review-too-early', Boolean(topic?.reviewOn && topic.deadline && topic.reviewOn <= topic.deadline))
  shut('options-missing', draft.options.length === 0)
  shut('option-untitled', draft.options.some(({ values }) => !both(values.title))) // prettier-ignore
  shut('voters-missing', draft.voters.length < 2)
  shut('voter-incomplete', draft.voters.some(({ values }) => !values.company || !values.weight || !values.name)) // prettier-ignore
  shut('voter-twice', new Set(draft.voters.map(({ values }) => values.company)).size < draft.voters.length)
  const policy = policyOf(draft)
  shut('policy-incomplete', policy === undefined)
  shut('dimensions-sum', policy !== undefined && DIMENSIONS.reduce((sum, name) => sum + policy.dimensions[name], 0) !== 100) // prettier-ignore
  shut('approvers-missing', policy?.approvers.length === 0)
  shut('standards-need-unanimity', standards && policy?.kind !== 'unanimity')
  return gates
}

/** The rule as it stands in the draft; undefined while part of it is not said. */
export function policyOf({ policy }: DecisionDraft): DecisionPolicy | undefined {
  const values = policy?.values
  if (!values) return undefined
  const number = (name: string): number => (typeof values[name] === 'number' ? values[name] : Number.NaN)
  const numbers = ['threshold', 'quorum', 'leastYes', ...DIMENSIONS, 'dissent', 'leeway', 'mediationDays', 'revealDays'] // prettier-ignore
  const { kind, abstain, sealed } = values
  if (!kind || !abstain || !sealed || numbers.some((name) => Number.isNaN(number(name)))) return undefined
  if (!POLICY_KINDS.includes(kind) || !ABSTAIN_RULES.includes(abstain)) return undefined
  return {
    format: 'PeerDecisionPolicy.v1',
    kind,
    threshold: number('threshold'),
    quorum: number('quorum'),
    leastYes: number('leastYes'),
    abstain,
    sealed: sealed === 'yes',
    vetoRoles: [...new Set(values.vetoRoles)].toSorted(),
    approvers: [...new Set(values.approvers)].toSorted(),
    dimensions: { vision: number('vision'), purpose: number('purpose'), fit: number('fit'), legend: number('legend') },
    dissent: number('dissent'),
    leeway: number('leeway'),
    mediationDays: number('mediationDays'),
    revealDays: number('revealDays'),
  }
}

const DAY = 86_400_000
/** Days end at midnight in Riyadh, UTC+3 all year. */
const RIYADH = 3 * 3_600_000
export const endOfDay = (date: IsoDate): Instant => (Date.parse(`${date}T00:00:00Z`) + DAY - RIYADH - 1) as Instant

/** A document that the topic names, with what the channel knows of it. */
export type Affected = DecisionContent['topic']['affected'][number]

/** The text of a round. The gates have passed. @throws when they have not */
export function freezeDecision(
  draft: DecisionDraft,
  place: { readonly artifact: ArtifactId; readonly round: number; readonly previous: string | null },
  affected: readonly Affected[],
): DecisionContent {
  const topic = draft.topic?.values
  const policy = policyOf(draft)
  if (!topic?.title || !topic.deadline || !policy) throw new Error('a decision was frozen before its gates passed')
  const trimmed = (text: Words): Words => ({ en: text.en.trim(), ar: text.ar.trim() })
  const closesAt = endOfDay(topic.deadline)
  return {
    format: 'mithaq.decision.v1',
    ...place,
    workspace: 'peer',
    topic: {
      title: trimmed(topic.title),
      question: trimmed({ en: topic.questionEn ?? '', ar: topic.questionAr ?? '' }),
      benefits: trimmed({ en: topic.benefitsEn ?? '', ar: topic.benefitsAr ?? '' }),
      urgency: topic.urgency ?? 'normal',
      affected: [...affected],
    },
    options: draft.options.map(({ id, values }) => ({
      id,
      title: trimmed(there(values.title)),
      about: trimmed({ en: values.aboutEn ?? '', ar: values.aboutAr ?? '' }),
    })),
    policy,
    voters: draft.voters.map(({ values }) => ({
      company: there(values.company),
      name: trimmed(there(values.name)),
      weight: there(values.weight),
    })),
    closesAt,
    revealBy: (policy.sealed ? closesAt + policy.revealDays * DAY : closesAt) as Instant,
    ...(topic.reopenEn?.trim() || topic.reviewOn
      ? {
          after: {
            reopen: trimmed({ en: topic.reopenEn ?? '', ar: topic.reopenAr ?? '' }),
            reviewOn: topic.reviewOn ?? null,
          },
        }
      : {}),
  }
}

/** What the gates saw to. @throws when they did not */
export function there<T>(value: T | null): T {
  if (value === null) throw new Error('a draft was frozen before its gates passed')
  return value
}
