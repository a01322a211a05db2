import type { ChangeContent } from '#shared/artifacts/change-content.ts'
import type { Finding } from '#shared/artifacts/dispute-event.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { ChangeOf, MatterState } from './change-matters.ts'
import type { FactPlace } from './facts.ts'

/** What a dispute about one text of a change came to: a settlement, ruling or award that stands. */
export interface RuledOn {
  readonly finding: Finding
  /** Who asked for what was upheld or dismissed. */
  readonly opener: CompanyId
  readonly parties: readonly CompanyId[]
  /** Whether one of those who came to it had seen an entry. */
  readonly knew: (place: FactPlace) => boolean
}
/** `remitted`: the text goes back and is revised; `ended`: nothing comes of the change. */
export type RuledStage = 'remitted' | 'ended'

/**
 * What follows for the text, by the finding and never by the words. Whoever disputes the other side's refusal asks to go on: upheld or
 * varied, the text goes back; dismissed, the refusal stands and the change ends. Whoever disputes while its own refusal is the only one
 * asks for the end: upheld, it ends; dismissed or varied, the text goes back. null: nothing, as it was between others.
 */
export function stageRuled<A>(
  ruled: RuledOn | null,
  { parties }: Pick<ChangeContent, 'parties'>,
  matters: readonly MatterState<A>[],
): RuledStage | null {
  const same = ruled?.parties.length === parties.length && parties.every(({ company }) => ruled.parties.includes(company)) // prettier-ignore
  if (!same) return null
  const refusers = matters.flatMap(({ verdict, settled, decider }) => (verdict && !settled ? [decider] : []))
  const ownRefusal = refusers.length > 0 && refusers.every((company) => company === ruled.opener)
  return ruled.finding === (ownRefusal ? 'upheld' : 'dismissed') ? 'ended' : 'remitted'
}

export interface Ruled {
  readonly stage: RuledStage
  readonly knew: RuledOn['knew']
}

/**
 * The texts that go on. Nobody goes on from a text whose end it pretends not to know: a revision counts when somebody who came to that
 * end had seen it, and falls with the text that it revises.
 */
export function goingOn<A>(
  logged: readonly ChangeOf<'change-logged', A>[],
  contents: ReadonlyMap<string, ChangeContent>,
  ruledOf: (hash: string) => Ruled | null,
): readonly ChangeOf<'change-logged', A>[] {
  const falls = (one: ChangeOf<'change-logged', A>): boolean => {
    const previous = contents.get(one.fact.hash)?.previous ?? null
    if (previous === null) return false
    const ruled = ruledOf(previous)
    if (ruled?.stage === 'ended' && !ruled.knew(one.place)) return true
    return logged.some((before) => before.fact.hash === previous && falls(before))
  }
  return logged.filter((one) => !falls(one))
}
