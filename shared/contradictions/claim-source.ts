import { words } from '#shared/artifacts/words.ts'
import type { Claim } from '#shared/agreement/claims.ts'
import type { AgreementSource } from './agreement-source.ts'
import { placesOf } from './place.ts'
import { folded } from './same.ts'
import type { ClaimSource } from './source.ts'
import { joined, monthText, shareText } from './text.ts'

/**
 * What the service-credit claims under a signed text say was reached, level by level. A withdrawn claim and a second one about the
 * same month say nothing, and neither does a level that is not measured over the month.
 */
export const claimSources = ({ doc, version, levels }: AgreementSource, claims: readonly Claim[]): readonly ClaimSource[] =>
  claims.flatMap(({ id, state, measured }): readonly ClaimSource[] => {
    if (state === 'withdrawn' || state === 'double' || measured.kind !== 'service-credit') return []
    const { month } = measured
    return measured.results.flatMap((result): readonly ClaimSource[] => {
      const level = levels.find(({ metric }) => folded(metric) === folded(result.metric))
      if (!result.reported || level?.window !== 'month' || result.total <= result.excluded) return []
      const { metric, good, total, excluded } = result
      const reached = Math.floor((good * 10_000) / (total - excluded))
      const label = joined(' · ', words('Claim', 'مطالبة'), words(metric, metric), monthText(month))
      const place = placesOf(doc, 'current', version)(`claims/${id}/${metric}`, label, reached, shareText(reached))
      return [{ of: 'claim', doc, metric, month, reached: place }]
    })
  }) // prettier-ignore
