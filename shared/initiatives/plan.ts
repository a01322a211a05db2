import type { PlanSet, PlanValues } from '#shared/artifacts/joint-initiative-plan.v1.ts'

/** One record of a set of the plan, as merged. A value that nobody wrote, or that was not valid, is null. */
export type Of<S extends PlanSet> = PlanValues<S> & { readonly id: string }

/** The plan as it reads now, each list in its order. All calculations start here. */
export interface Plan {
  readonly about: PlanValues<'plan'>
  readonly milestones: readonly Of<'milestones'>[]
  readonly criteria: readonly Of<'criteria'>[]
  readonly activities: readonly Of<'activities'>[]
  readonly raci: readonly Of<'raci'>[]
  readonly resources: readonly Of<'resources'>[]
  readonly usage: readonly Of<'usage'>[]
  readonly kpis: readonly Of<'kpis'>[]
  readonly readings: readonly Of<'readings'>[]
  readonly risks: readonly Of<'risks'>[]
  readonly budget: readonly Of<'budget'>[]
  readonly outputs: readonly Of<'outputs'>[]
  readonly links: readonly Of<'links'>[]
}
export type Milestone = Of<'milestones'>
