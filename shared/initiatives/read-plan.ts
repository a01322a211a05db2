import { JointInitiativePlan, type PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { Fields } from '#shared/artifacts/field.ts'
import { projectRecord, projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import { REMOVED, type Register } from '#shared/living/register.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { emptyPlan } from './blank.ts'
import type { Dated } from './effect.ts'
import type { Milestone, Of, Plan } from './plan.ts'

/** The one record of the set `plan`. */
export const ABOUT = 'it'

/** The fields of one record of a set. */
export const fieldsOf = (set: PlanSet): Fields => JointInitiativePlan.sections.joint.fields[set].fields ?? {}

/** The plan that the registers of its section come to. Where values stand against each other, the first counts until somebody chooses. */
export function readPlan(registers: readonly Register[]): Plan {
  const bySet = Map.groupBy(registers, ({ set }) => set)
  const rows = <S extends PlanSet>(set: S): readonly Of<S>[] =>
    projectSet(fieldsOf(set), recordsOf(bySet.get(set) ?? [], set)).map(rowOf<S>)
  const empty = emptyPlan()
  const lists = Object.keys(empty).filter((name) => name !== 'about') as Exclude<PlanSet, 'plan'>[]
  const about = rows('plan').find(({ id }) => id === ABOUT) ?? empty.about
  return { ...empty, ...Object.fromEntries(lists.map((set) => [set, rows(set)])), about }
}

/** Without the fields to which several people, apart from each other, gave different values: nobody has chosen there yet. */
export function undisputed(registers: readonly Register[]): readonly Register[] {
  const values = new Map<string, Set<string>>()
  const placeOf = ({ set, record, field }: Register): string => `${set}/${record}/${field}`
  for (const one of registers) {
    const known = values.get(placeOf(one)) ?? new Set()
    values.set(placeOf(one), known.add(JSON.stringify(one.value)))
  }
  return registers.filter((one) => one.field === REMOVED || values.get(placeOf(one))?.size === 1)
}

const rowOf = <S extends PlanSet>({ id, values }: Projected<unknown>): Of<S> => ({ ...(values as object), id }) as Of<S>

/** Milestones that were removed, as they were last: what a calendar has to take out. */
export const removedMilestones = (registers: readonly Register[]): readonly Milestone[] =>
  recordsOf(registers, 'milestones')
    .filter(({ removal }) => removal?.state === 'gone')
    .map((record) => rowOf<'milestones'>(projectRecord(fieldsOf('milestones'), record)))

/** Only what an effect on dates is worked out from. */
export function readDates(registers: readonly Register[]): Dated {
  const dated = registers.filter(({ set }) => set === 'milestones' || set === 'plan')
  const contested = new Map<string, readonly IsoDate[]>()
  for (const { id, conflicts } of projectSet(fieldsOf('milestones'), recordsOf(dated, 'milestones'))) {
    const held = conflicts.get('due')
    if (held) contested.set(id, [...new Set(held.map(({ value }) => value as IsoDate))].toSorted())
  }
  const { about, milestones } = readPlan(dated)
  return { about, milestones, contested, removed: new Set(removedMilestones(dated).map(({ id }) => id)) }
}
