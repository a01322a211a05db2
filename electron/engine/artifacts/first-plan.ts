import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { jointDraft } from '../channels/joint-draft.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'

/** AR-21, as a joint plan that goes on from what was agreed. */
export interface PlanOrder {
  readonly objective: Bilingual
  /** Hash of the outcome that the plan carries out. */
  readonly decision: string
  /** ISO date. */
  readonly start: string
  /** A first milestone for each company. */
  readonly steps: readonly { readonly owner: CompanyId; readonly title: Bilingual }[]
}

/** What such a plan begins with: why, which outcome it carries out, and a first step for each company. */
export function firstPlan(runtime: ChannelRuntime, artifact: ArtifactId, order: PlanOrder): Saying | undefined {
  const { objective, decision, start, steps } = order
  return jointDraft(runtime, artifact, (put) => {
    put('plan', 'it', { objectiveEn: objective.en, objectiveAr: objective.ar, decision, start, currency: 'SAR' })
    steps.forEach(({ owner, title }, at) => {
      put('milestones', `m${String(at + 1)}`, { titleEn: title.en, titleAr: title.ar, owner, start, order: `a${String(at)}` }) // prettier-ignore
    })
  })
}
