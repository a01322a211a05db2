import type { CompanyPosition, DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'

/** What counts of a company; a sealed position that nobody showed is an abstention. */
export interface CountedPosition {
  readonly company: CompanyId
  readonly position: Pick<CompanyPosition, 'stance' | 'options'>
}
export interface CountedVeto {
  readonly company: CompanyId
  /** null: every option. */
  readonly option: string | null
}

/** Why an option does not pass. */
export type Obstacle = 'score' | 'yes-weight' | 'not-all' | 'objection' | 'veto'
export interface OptionTally {
  readonly option: string
  /** Weighted mean in hundredths of a point, cut off and never rounded up, so that what misses the threshold never reads as reaching it; null: nobody counts. */
  readonly score: number | null
  /** Weight that says yes. */
  readonly yes: number
  readonly obstacles: readonly Obstacle[]
}
export type NoDecision = 'nobody-voted' | 'quorum' | 'veto' | 'objection' | 'threshold' | 'tie'
export interface Tally {
  readonly outcome: 'decided' | 'no-decision'
  readonly option: string | null
  readonly reason: NoDecision | null
  /** Weights: of all voters that did not recuse themselves; of those that count towards the quorum; of those that voted. */
  readonly eligible: number
  readonly present: number
  readonly voting: number
  readonly options: readonly OptionTally[]
}

interface Vote {
  readonly weight: number
  readonly score: number
  readonly yes: boolean
  readonly objects: boolean
}

/**
 * Applies a policy to positions. Integers throughout and compared over one denominator, so nothing is rounded but the score that is
 * shown. Of several options that pass the highest score wins; a tie is no decision. A company that said nothing is eligible and
 * not present.
 */
export function tally(
  content: Pick<DecisionContent, 'options' | 'policy' | 'voters'>,
  positions: readonly CountedPosition[],
  vetoes: readonly CountedVeto[],
): Tally {
  const { policy, voters } = content
  const stanceOf = new Map(positions.map(({ company, position }) => [company, position]))
  const weightOf = (...stances: readonly (CompanyPosition['stance'] | undefined)[]): number =>
    voters.reduce((sum, { company, weight }) => sum + (stances.includes(stanceOf.get(company)?.stance) ? weight : 0), 0)
  const voting = weightOf('vote')
  const eligible = voting + weightOf('abstain', undefined)
  const present = voting + (policy.abstain === 'left-out' ? 0 : weightOf('abstain'))
  const against = policy.abstain === 'against' ? weightOf('abstain') : 0
  const exact = content.options.map(({ id }) => {
    const votes = voters.flatMap(({ company, weight }): readonly Vote[] => {
      const said = stanceOf.get(company)
      const one = said?.stance === 'vote' ? said.options.find(({ option }) => option === id) : undefined
      return one ? [{ weight, score: one.score, yes: one.vote === 'yes', objects: one.vote === 'no' && one.objection.trim() !== '' }] : []
    }) // prettier-ignore
    const sum = votes.reduce((all, { weight, score }) => all + weight * score, 0)
    const yes = votes.reduce((all, vote) => all + (vote.yes ? vote.weight : 0), 0)
    const vetoed = vetoes.some(({ option }) => option === null || option === id)
    const obstacles: readonly Obstacle[] = [
      ...obstaclesOf(policy, votes, { sum, counted: voting + against, yes, eligible, against }),
      ...(vetoed ? (['veto'] as const) : []),
    ]
    return { option: id, sum, yes, obstacles }
  })
  const counted = voting + against
  const shared = {
    eligible,
    present,
    voting,
    options: exact.map(({ option, sum, yes, obstacles }) => ({
      option,
      score: counted === 0 ? null : Math.floor(sum / counted),
      yes,
      obstacles,
    })),
  }
  const none = (reason: NoDecision): Tally => ({ outcome: 'no-decision', option: null, reason, ...shared })
  if (voting === 0) return none('nobody-voted')
  if (present * 100 < policy.quorum * eligible) return none('quorum')
  const passing = exact.filter(({ obstacles }) => obstacles.length === 0)
  if (passing.length === 0) return none(lackOf(exact))
  const best = Math.max(...passing.map(({ sum }) => sum))
  const [winner, ...others] = passing.filter(({ sum }) => sum === best)
  if (!winner || others.length > 0) return none('tie')
  return { outcome: 'decided', option: winner.option, reason: null, ...shared }
}

function obstaclesOf(
  policy: DecisionContent['policy'],
  votes: readonly Vote[],
  by: { readonly sum: number; readonly counted: number; readonly yes: number; readonly eligible: number; readonly against: number }, // prettier-ignore
): readonly Obstacle[] {
  const least = policy.threshold * 100
  switch (policy.kind) {
    case 'weighted-majority':
      return [
        ...(by.sum < least * by.counted ? (['score'] as const) : []),
        ...(by.yes * 100 < policy.leastYes * by.eligible ? (['yes-weight'] as const) : []),
      ]
    case 'unanimity':
      return [
        ...(votes.some(({ score }) => score < least) ? (['score'] as const) : []),
        ...(by.against > 0 || votes.some(({ yes }) => !yes) ? (['not-all'] as const) : []),
      ]
    case 'consent':
      return votes.some(({ objects }) => objects) ? ['objection'] : []
  }
}

/** The reason that stands alone before an option, the gravest first: what a person could still talk about. */
function lackOf(options: readonly { readonly obstacles: readonly Obstacle[] }[]): NoDecision {
  const only = (obstacle: Obstacle): boolean =>
    options.some(({ obstacles }) => obstacles.every((one) => one === obstacle))
  return only('veto') ? 'veto' : only('objection') ? 'objection' : 'threshold'
}
