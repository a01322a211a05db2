import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { effectOn, type Dated, type PlanEffect, type PlanMove } from '#shared/initiatives/effect.ts'
import { readDates } from '#shared/initiatives/read-plan.ts'
import type { ArtifactId, PersonId } from '#shared/kernel/ids.ts'
import { REMOVED, type Register } from '#shared/living/register.ts'
import { sectionKey } from '#shared/sync/update.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { JOINT } from '../live/documents.ts'

/** The dates of every joint plan of a channel. */
export type PlanDates = ReadonlyMap<ArtifactId, Dated>

const registersOf = (runtime: ChannelRuntime, plan: ArtifactId): readonly Register[] =>
  runtime.read(plan, JOINT).registers()

export const planDates = (runtime: ChannelRuntime): PlanDates =>
  new Map(runtime.facts.artifacts(JointInitiativePlan.type).map(({ id }) => [id, readDates(registersOf(runtime, id))]))

/** The field whose writer made a move. */
const FIELD: Readonly<Record<PlanMove['code'], string | null>> = {
  moved: 'due', dated: 'due', contested: 'due', undated: null, added: null, returned: null, removed: REMOVED, done: 'doneOn', reopened: null, decided: 'gateResult',
} // prettier-ignore

/**
 * What one person's changes did to a plan's dates. A batch may hold several people's: a move belongs to whoever wrote the value that
 * stands now. A value that was emptied has no writer any more; it counts for everybody in the batch.
 */
export function planEffectOf(
  runtime: ChannelRuntime,
  plan: ArtifactId,
  person: PersonId,
  before: PlanDates,
  after: PlanDates,
): PlanEffect | null {
  const [then, now] = [before.get(plan), after.get(plan)]
  // A plan that was not there before did not move: it is new.
  if (now === undefined || then === undefined) return null
  const { moves, end } = effectOn(then, now)
  const registers = registersOf(runtime, plan)
  const { clocks } = runtime.admission
  const key = sectionKey(plan, JOINT)
  const own = moves.filter((move) => {
    const field = FIELD[move.code]
    const written = registers.filter(
      ({ set, record, field: of }) =>
        set === 'milestones' && record === move.milestone && (field === null || of === field),
    )
    const authors = written.flatMap(({ client, clock }) => {
      const entry = clocks.authorOf(key, client, clock)
      const stated = entry && runtime.facts.changes.authored(entry.feed, entry.seq)
      return stated ? [stated.author.person] : []
    })
    return authors.length === 0 || authors.includes(person)
  })
  return own.length === 0 && end === null ? null : { moves: own, end: own.length === 0 ? null : end }
}
