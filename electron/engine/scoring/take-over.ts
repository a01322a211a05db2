import { DIMENSIONS, type Dimension } from '#shared/artifacts/decision-content.ts'
import type { DimensionScores } from '#shared/decisions/position.ts'
import type { OptionScoreView } from '#shared/projection/decision-views.ts'
import type { ProposalView } from '#shared/projection/scoring-views.ts'

/** Lenses of one option whose points a person took over from a proposal. */
interface Taken {
  readonly proposal: string
  readonly lenses: readonly Dimension[]
}
/** Scores as a person writes them; `taken` are those that a proposal stands behind. */
export type WrittenScores = Pick<OptionScoreView, 'scores' | 'rationale' | 'evidence'> & {
  readonly taken?: Taken | undefined
}

/**
 * Scores as they are kept: where a lens was taken over as it was proposed, the runs stand behind it, so that their spread becomes part of
 * the position's uncertainty; what the person wrote or changed is the same in every run.
 */
export const withRuns = (
  proposals: readonly ProposalView[],
  options: Readonly<Record<string, WrittenScores>>,
): Readonly<Record<string, OptionScoreView>> =>
  Object.fromEntries(Object.entries(options).map(([id, written]) => [id, one(proposals, id, written)]))

function one(
  proposals: readonly ProposalView[],
  option: string,
  { taken, scores, rationale, evidence }: WrittenScores,
): OptionScoreView {
  const byHand = { scores, rationale, evidence }
  const proposal = proposals.find(({ id, state }) => id === taken?.proposal && state === 'proposed')
  const lenses = proposal?.options[option]
  if (!proposal || !lenses || !taken) return byHand
  const unchanged = DIMENSIONS.filter((name) => taken.lenses.includes(name) && lenses[name].points === scores[name])
  if (unchanged.length === 0) return byHand
  const runs = Array.from({ length: proposal.runs }, (_, run): DimensionScores => ({
    ...scores,
    ...Object.fromEntries(unchanged.map((name) => [name, lenses[name].runs[run] ?? scores[name]])),
  }))
  return { ...byHand, runs, taken: { proposal: proposal.id, model: proposal.model, lenses: unchanged } }
}
