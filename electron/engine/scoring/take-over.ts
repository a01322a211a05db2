import type { DimensionScores } from '#shared/decisions/position.ts'
import type { OptionScoreView } from '#shared/projection/decision-views.ts'
import type { ProposalView } from '#shared/projection/scoring-views.ts'
import type { LensName } from '#shared/scoring/rubric.ts'

/** Lenses of one option whose points a person took over from a proposal. */
interface Taken<D extends LensName> {
  readonly proposal: string
  readonly lenses: readonly D[]
}
/** Scores as a person writes them; `taken` are those that a proposal stands behind. */
export type WrittenScores<D extends LensName> = Pick<OptionScoreView<D>, 'scores' | 'rationale' | 'evidence'> & {
  readonly taken?: Taken<D> | undefined
}

/**
 * Scores as they are kept: where a lens was taken over as it was proposed, the runs stand behind it, so that their spread becomes part of
 * the position's uncertainty; what the person wrote or changed is the same in every run.
 */
export const withRuns = <D extends LensName>(
  proposals: readonly ProposalView[],
  options: Readonly<Record<string, WrittenScores<D>>>,
): Readonly<Record<string, OptionScoreView<D>>> =>
  Object.fromEntries(Object.entries(options).map(([id, written]) => [id, one(proposals, id, written)]))

function one<D extends LensName>(
  proposals: readonly ProposalView[],
  option: string,
  { taken, scores, rationale, evidence }: WrittenScores<D>,
): OptionScoreView<D> {
  const byHand = { scores, rationale, evidence }
  const proposal = proposals.find(({ id, state }) => id === taken?.proposal && state === 'proposed')
  const lenses = proposal?.options[option]
  if (!proposal || !lenses || !taken) return byHand
  const names = Object.keys(scores) as D[]
  const unchanged = names.filter((name) => taken.lenses.includes(name) && lenses[name]?.points === scores[name])
  if (unchanged.length === 0) return byHand
  const runs = Array.from({ length: proposal.runs }, (_, run): DimensionScores<D> => ({
    ...scores,
    ...Object.fromEntries(unchanged.map((name) => [name, lenses[name]?.runs[run] ?? scores[name]])),
  }))
  return { ...byHand, runs, taken: { proposal: proposal.id, model: proposal.model, lenses: unchanged } }
}
