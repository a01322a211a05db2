import { words } from '#shared/artifacts/words.ts'
import type { AgreementSource } from './agreement-source.ts'
import { finding, type Finding } from './finding.ts'
import type { ForecastSource } from './forecast-source.ts'
import type { OutcomeSource } from './outcome-source.ts'
import { restsOn } from './plans.ts'
import type { PlanSource } from './plan-source.ts'
import { folded } from './same.ts'
import type { ClaimSource, LimitSource } from './source.ts'

/** CON-6 and CON-7: commitments against the forecast, the widest gap of each series; and against the capacity of a line. */
export const forecastKept = ({ short, full }: ForecastSource): readonly Finding[] => [
  ...short.flatMap(({ name, cells }) => {
    const [widest, ...rest] = cells.toSorted(
      (left, right) => right.gap - left.gap || (left.forecast.anchor < right.forecast.anchor ? -1 : 1),
    )
    return widest ? [finding('CON-6', widest.forecast, widest.committed, name, rest.length)] : []
  }),
  ...full.map(({ name, capacity, committed }) => finding('CON-7', capacity, committed, name)),
]

/** By how much, in hundredths of a percent, a split may miss its shares: amounts are round, shares are not. */
const TOLERANCE = 100

/** CON-14 and CON-15: a plan against itself. */
export const planFigures = ({ accountable, shares }: PlanSource): readonly Finding[] => [
  ...accountable.flatMap(({ name, places: [first, second, ...more] }) =>
    first && second ? [finding('CON-14', first, second, name, more.length)] : [],
  ),
  ...shares.flatMap(({ name, agreed, actual }) =>
    Math.abs(Number(agreed.value) - Number(actual.value)) > TOLERANCE ? [finding('CON-15', agreed, actual, name)] : [],
  ),
]

/** CON-16, CON-17 and CON-21: a plan against the agreements that it rests on. */
export const planAgainst = (
  plans: readonly PlanSource[],
  agreements: readonly AgreementSource[],
  outcomes: readonly OutcomeSource[],
): readonly Finding[] =>
  plans.flatMap((plan) =>
    restsOn(plan, agreements, outcomes).flatMap((agreement) => [
      ...budgetWithin(plan, agreement),
      ...targetsReached(plan, agreement),
    ]),
  )

/** Amounts of an agreement are Saudi riyals: another currency is never converted, it is said. */
function budgetWithin({ totals, currency }: PlanSource, { terms }: AgreementSource): readonly Finding[] {
  const cap = terms.get('fee')
  if (!cap) return []
  const inRiyals = totals.find((one) => one.currency === 'SAR')
  return [
    ...(inRiyals && Number(inRiyals.place.value) > Number(cap.value) ? [finding('CON-16', cap, inRiyals.place, cap.label)] : []), // prettier-ignore
    ...(currency && currency.code !== 'SAR' ? [finding('CON-17', cap, currency.place, cap.label)] : []),
  ]
}

function targetsReached({ measures }: PlanSource, { levels }: AgreementSource): readonly Finding[] {
  return measures.flatMap(({ metric, direction, target }) =>
    levels.flatMap((level) =>
      target && level.target && direction !== 'down' && folded(level.metric) === folded(metric) &&
      Math.round(Number(target.value) * 100) < Number(level.target.value)
        ? [finding('CON-21', level.target, target, words(level.metric, level.metric))]
        : [],
    ),
  ) // prettier-ignore
}

/** CON-22: what a claim says was reached in a month against the reading of the same measure in a plan of the same workspace. */
export const claimsAgainst = (claims: readonly ClaimSource[], plans: readonly PlanSource[]): readonly Finding[] =>
  claims.flatMap(({ doc, metric, month, reached }) =>
    plans
      .filter((plan) => plan.doc.workspace === doc.workspace)
      .flatMap(({ measures }) => measures.filter((one) => folded(one.metric) === folded(metric)))
      .flatMap(({ readings }) => readings.filter((one) => one.month === month))
      // A claim counts whole hundredths of a percent and leaves the rest.
      .filter(({ place }) => Math.abs(Math.floor(Number(place.value) * 100 + 1e-6) - Number(reached.value)) > 1)
      .map(({ place }) => finding('CON-22', reached, place, words(metric, metric))),
  )

/** CON-23: a text against a limit of our own. Only limits that are broken are handed in. */
export const limitsKept = (limits: readonly LimitSource[]): readonly Finding[] =>
  limits.map(({ name, limit, said }) => finding('CON-23', limit, said, name))
