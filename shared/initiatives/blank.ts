import { JointInitiativePlan, type PlanSet } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { Of, Plan } from './plan.ts'

const FIELDS = JointInitiativePlan.sections.joint.fields

/** A record with every field that is not given absent, as merging leaves it. For tests and for empty rows. */
export function blank<S extends PlanSet>(set: S, id: string, values: Partial<Of<S>> = {}): Of<S> {
  const empty = Object.fromEntries(Object.keys(FIELDS[set].fields ?? {}).map((name) => [name, null]))
  return { ...empty, ...values, id } as Of<S>
}

export const emptyPlan = (): Plan => ({
  about: blank('plan', 'it'),
  milestones: [],
  criteria: [],
  activities: [],
  raci: [],
  resources: [],
  usage: [],
  kpis: [],
  readings: [],
  risks: [],
  budget: [],
  outputs: [],
  links: [],
})
