import { acrossAgreements } from './across-agreements.ts'
import { agreementItself, standardsNamed, versionsNamed } from './agreement-itself.ts'
import { claimsAgainst, forecastKept, limitsKept, planAgainst, planFigures } from './figures.ts'
import { inOrder, type Finding } from './finding.ts'
import { accountableFor, changesCarried, inTime, outcomesKept } from './outcomes.ts'
import { planItself, plansInTerm } from './plans.ts'
import type { Source } from './source.ts'

/**
 * Every contradiction between the documents that are handed in, the gravest first. Pure: the same findings in whatever order they
 * come, out of nothing but what stands in them. What a document does not say is no finding.
 */
export function findContradictions(sources: readonly Source[]): readonly Finding[] {
  const all = <K extends Source['of']>(kind: K) =>
    sources.filter((one): one is Extract<Source, { readonly of: K }> => one.of === kind)
  const [agreements, plans, outcomes] = [all('agreement'), all('plan'), all('outcome')]
  const found = [
    ...acrossAgreements(agreements),
    ...outcomesKept(outcomes, agreements),
    ...all('forecast').flatMap(forecastKept),
    ...plansInTerm(plans, agreements, outcomes),
    ...agreements.flatMap(agreementItself),
    ...planItself(plans),
    ...inTime(outcomes, plans),
    ...changesCarried(outcomes, agreements),
    ...accountableFor(outcomes, plans),
    ...plans.flatMap(planFigures),
    ...planAgainst(plans, agreements, outcomes),
    ...versionsNamed(agreements),
    ...standardsNamed(all('standard'), agreements),
    ...claimsAgainst(all('claim'), plans),
    ...limitsKept(all('limit')),
  ]
  // Two outcomes may have become one plan: what is wrong there is said once.
  return inOrder([...new Map(found.map((one) => [one.id, one])).values()])
}
