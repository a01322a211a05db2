import { optionPosition, type OptionPosition, type ScoreRule } from '#shared/decisions/position.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { OptionScoreView, RoleScoresView } from '#shared/projection/decision-views.ts'
import type { LensName } from '#shared/scoring/rubric.ts'
import { record } from '../context.ts'
import type { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { proposalsOf } from '../scoring/proposals.ts'
import { withRuns, type WrittenScores } from '../scoring/take-over.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { DecisionPlace } from './decision.ts'

/*
 * What the roles of the own company think of what a text puts before them. It stays in the vault under a kind of its own that nothing
 * composes, seals or exports; what is scored, and on which dimensions, is the protocol's.
 */

/** Where the sheets of one text lie. */
export interface SheetPlace extends DecisionPlace {
  readonly kind: 'decision-scores' | 'change-scores' | 'offer-scores'
  /** The hash of the text. */
  readonly text: string
}
interface SheetOrder<D extends string> {
  readonly role: Role
  readonly weight: number
  readonly options: Readonly<Record<string, OptionScoreView<D>>>
}

export const sheetsIn = <D extends string>({ context }: Hub, { kind, id, text }: SheetPlace): readonly RoleScoresView<D>[] =>
  context.vault.records.get<readonly RoleScoresView<D>[]>(kind, `${id}/${text}`) ?? [] // prettier-ignore

/** A sheet as a person writes it: what was taken over from a proposal is looked up there. */
export type WrittenSheet<D extends LensName> = Omit<SheetOrder<D>, 'options'> & {
  readonly options: Readonly<Record<string, WrittenScores<D>>>
}

/** Keeps a sheet about what there is to score now, `ids`. @throws Refused as `stale` when it is about something else */
export function writeSheet<D extends LensName>(
  hub: Hub,
  place: SheetPlace,
  ids: readonly string[],
  { role, weight, options }: WrittenSheet<D>,
  stale: Refused,
): void {
  if (Object.keys(options).some((id) => !ids.includes(id))) throw stale
  keepSheet(hub, place, { role, weight, options: withRuns(proposalsOf(hub, place.id, place.text), options) })
}

/** Keeps a role's sheet in place of what was kept for it. The audit row names the role and nothing of what it thinks. */
function keepSheet<D extends string>(hub: Hub, place: SheetPlace, { role, weight, options }: SheetOrder<D>): void {
  const sheet = { role, weight, options, by: certificateIn(hub.identity.certified).name, at: hub.context.clock.now() }
  keep(hub, place, [...sheetsIn<D>(hub, place).filter((one) => one.role !== role), sheet], 'scores-kept', role)
} // prettier-ignore

export const dropSheet = (hub: Hub, place: SheetPlace, role: Role): void =>
  keep(hub, place, sheetsIn(hub, place).filter((one) => one.role !== role), 'scores-removed', role) // prettier-ignore

function keep(
  hub: Hub,
  { kind, id, runtime, text }: SheetPlace,
  sheets: readonly unknown[],
  code: 'scores-kept' | 'scores-removed',
  role: Role,
): void {
  hub.change(() => {
    hub.context.vault.records.put(kind, `${id}/${text}`, sheets)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail: { role } })
    return undefined
  })
} // prettier-ignore

/** The company's score of everything that some role has scored on all dimensions. */
export function computedScores<D extends string>(
  rule: ScoreRule<D>,
  ids: readonly string[],
  sheets: readonly RoleScoresView<D>[],
): Readonly<Record<string, OptionPosition>> {
  const names = Object.keys(rule.dimensions)
  const roles = sheets.map(({ role, weight, options }) => ({
    role,
    weight,
    options: Object.fromEntries(
      Object.entries(options).map(([id, { scores, runs }]) => [
        id,
        runs ?? (names.every((name) => name in scores) ? [scores] : []),
      ]),
    ),
  }))
  return Object.fromEntries(
    ids.flatMap((id) => {
      const position = optionPosition(rule, roles, id)
      return position ? [[id, position]] : []
    }),
  )
}
