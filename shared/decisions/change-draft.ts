import {
  MATTERS, SERVICE_DIMENSIONS, type ChangeContent, type ChangeSide, type Matter, type ServiceDecisionPolicy, type ServiceDimension,
} from '#shared/artifacts/change-content.ts' // prettier-ignore
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { ArtifactId, CompanyId, Role } from '#shared/kernel/ids.ts'
import { addDays, dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import type { Register } from '#shared/living/register.ts'
import { endOfDay, there, type Affected } from './draft.ts'

const SETS = ChangeRequest.sections.joint.fields
export type ChangeSet = keyof typeof SETS

interface TopicValues {
  readonly number: string | null
  readonly title: Words | null
  readonly questionEn: string | null
  readonly questionAr: string | null
  readonly benefitsEn: string | null
  readonly benefitsAr: string | null
  readonly urgency: ChangeContent['topic']['urgency'] | null
  readonly neededBy: IsoDate | null
}
interface PolicyValues {
  readonly verdictRoles: readonly Role[] | null
  readonly signRoles: readonly Role[] | null
  readonly conditionsBy: ServiceDecisionPolicy['conditionsBy'] | null
  readonly arbitration: ServiceDecisionPolicy['arbitration'] | null
  readonly [name: string]: unknown
}
export interface ChangeDraft {
  readonly topic: Projected<TopicValues> | null
  readonly affected: readonly Projected<{ readonly artifact: ArtifactId | null }>[]
  readonly changes: readonly Projected<{ readonly place: Words | null; readonly textEn: string | null; readonly textAr: string | null }>[]
  readonly options: readonly Projected<{ readonly title: Words | null; readonly aboutEn: string | null; readonly aboutAr: string | null }>[]
  readonly parties: readonly Projected<{ readonly company: CompanyId | null; readonly name: Words | null; readonly side: ChangeSide | null }>[]
  readonly policy: Projected<PolicyValues> | null
  /** Fields and records that several people wrote apart, and nobody has chosen. */
  readonly conflicts: number
} // prettier-ignore

/** The usual rule of a new change. */
export const USUAL_SPLIT = {
  scopeDays: 7,
  feasibilityDays: 7,
  priceBy: 'client',
  priceDays: 7,
  timelineBy: 'provider',
  timelineDays: 7,
  acceptanceBy: 'nobody',
  acceptanceDays: 7,
  conditionsBy: 'either',
  verdictRoles: ['founder', 'ceo', 'coo', 'cto', 'account-lead', 'delivery-lead', 'sponsor'],
  signRoles: ['founder', 'ceo', 'coo'],
  vision: 25,
  purpose: 25,
  value: 25,
  legend: 25,
  arbitration: 'ceo',
  mediationDays: 14,
} as const

/** Reads a draft out of its section's registers. */
export function readChangeDraft(registers: readonly Register[]): ChangeDraft {
  const set = (name: ChangeSet): readonly Projected<unknown>[] =>
    projectSet(SETS[name].fields ?? {}, recordsOf(registers, name))
  const one = (name: ChangeSet) => set(name).find(({ id }) => id === 'it') ?? null
  const all = (['topic', 'affected', 'changes', 'options', 'parties', 'policy'] as const).flatMap(set)
  return {
    topic: one('topic') as ChangeDraft['topic'],
    affected: set('affected') as ChangeDraft['affected'],
    changes: set('changes') as ChangeDraft['changes'],
    options: set('options') as ChangeDraft['options'],
    parties: set('parties') as ChangeDraft['parties'],
    policy: one('policy') as ChangeDraft['policy'],
    conflicts: all.reduce((sum, { conflicts, removal }) => sum + conflicts.size + (removal ? 1 : 0), 0),
  }
}

/** What stands in the way of logging a change. */
export type ChangeGate =
  | 'contradiction-open' | 'number-missing' | 'title-missing' | 'question-missing' | 'changes-missing' | 'change-incomplete'
  | 'option-untitled' | 'parties-wrong' | 'sides-wrong' | 'rule-incomplete' | 'dimensions-sum' // prettier-ignore

const both = (text: Words | null | undefined): boolean => Boolean(text?.en.trim() && text.ar.trim())
const pair = (en: string | null | undefined, ar: string | null | undefined): Words => ({ en: (en ?? '').trim(), ar: (ar ?? '').trim() }) // prettier-ignore

/** Every gate that is shut, in the order of the screen. */
export function changeGates(draft: ChangeDraft): readonly ChangeGate[] {
  const topic = draft.topic?.values
  const rule = draft.policy?.values
  const gates: ChangeGate[] = []
  const shut = (gate: ChangeGate, when: boolean): void => void (when && gates.push(gate))
  shut('contradiction-open', draft.conflicts > 0)
  shut('number-missing', !topic?.number?.trim() || topic.number.trim().length > 40)
  shut('title-missing', !both(topic?.title))
  shut('question-missing', !both(pair(topic?.questionEn, topic?.questionAr)))
  shut('changes-missing', draft.changes.length === 0)
  shut('change-incomplete', draft.changes.some(({ values }) => !both(values.place) || !both(pair(values.textEn, values.textAr)))) // prettier-ignore
  shut('option-untitled', draft.options.some(({ values }) => !both(values.title))) // prettier-ignore
  const parties = draft.parties.map(({ values }) => values)
  shut('parties-wrong', parties.length !== 2 || parties.some(({ company, name }) => !company || !name) || new Set(parties.map(({ company }) => company)).size !== 2) // prettier-ignore
  shut('sides-wrong', !(['client', 'provider'] as const).every((side) => parties.some((party) => party.side === side)))
  shut('rule-incomplete', !rule?.verdictRoles?.length || !rule.signRoles?.length || !rule.conditionsBy || !rule.arbitration || !counted(rule, 'mediationDays') || draftMatters(draft) === undefined) // prettier-ignore
  shut('dimensions-sum', SERVICE_DIMENSIONS.reduce((sum, name) => sum + counted(rule, name), 0) !== 100)
  return gates
}

const counted = (rule: PolicyValues | undefined, name: string): number => {
  const value = rule?.[name]
  return typeof value === 'number' ? value : 0
}

/** The matters that are decided, each with who does and in how many days; undefined while one is not said whole. */
export function draftMatters({ policy }: ChangeDraft): readonly { readonly matter: Matter; readonly decider: ChangeSide; readonly days: number }[] | undefined {
  const rule = policy?.values
  const found = MATTERS.flatMap((matter) => {
    const decider = matter === 'scope' ? 'client' : matter === 'feasibility' ? 'provider' : rule?.[`${matter}By`]
    if (decider === 'nobody') return []
    return [{ matter, decider: decider as ChangeSide | null | undefined, days: counted(rule, `${matter}Days`) }]
  })
  const whole = found.flatMap(({ matter, decider, days }) => (decider && days > 0 ? [{ matter, decider, days }] : []))
  return whole.length === found.length ? whole : undefined
} // prettier-ignore

const DAY = 86_400_000

/** The text of a change as it is logged `now`. The gates have passed. @throws when they have not */
export function freezeChange(
  draft: ChangeDraft,
  place: { readonly artifact: ArtifactId; readonly revision: number; readonly previous: string | null },
  affected: readonly Affected[],
  now: Instant,
): ChangeContent {
  const topic = draft.topic?.values
  const rule = draft.policy?.values
  const matters = draftMatters(draft)?.map((one) => ({ ...one, until: endOfDay(addDays(dateOf(now), one.days)) }))
  if (!topic?.title || !rule || !matters) throw new Error('a change was frozen before its gates passed')
  const roles = (some: readonly Role[] | null) => [...new Set(some)].toSorted()
  const weight = (name: ServiceDimension): number => counted(rule, name)
  const mediationDays = counted(rule, 'mediationDays')
  return {
    format: 'mithaq.change.v1',
    ...place,
    workspace: 'client-provider',
    topic: {
      number: there(topic.number).trim(),
      title: pair(topic.title.en, topic.title.ar),
      question: pair(topic.questionEn, topic.questionAr),
      benefits: pair(topic.benefitsEn, topic.benefitsAr),
      urgency: topic.urgency ?? 'normal',
      neededBy: topic.neededBy ?? null,
      affected: [...affected],
    },
    changes: draft.changes.map(({ id, values }) => ({
      id, place: pair(values.place?.en, values.place?.ar), text: pair(values.textEn, values.textAr),
    })),
    options: draft.options.map(({ id, values }) => ({
      id, title: pair(values.title?.en, values.title?.ar), about: pair(values.aboutEn, values.aboutAr),
    })),
    policy: {
      format: 'ServiceDecisionPolicy.v1',
      kind: 'split-authority',
      matters,
      verdictRoles: roles(rule.verdictRoles),
      signRoles: roles(rule.signRoles),
      conditionsBy: there(rule.conditionsBy),
      dimensions: { vision: weight('vision'), purpose: weight('purpose'), value: weight('value'), legend: weight('legend') },
      arbitration: there(rule.arbitration),
      mediationDays,
    },
    parties: draft.parties
      .map(({ values }) => ({ company: there(values.company), name: pair(values.name?.en, values.name?.ar), side: there(values.side) }))
      .toSorted((left, right) => (left.side < right.side ? -1 : 1)),
    signBy: (Math.max(...matters.map(({ until }) => until)) + mediationDays * DAY) as Instant,
  }
} // prettier-ignore
