import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { Place } from './place.ts'
import { RULES, type RuleId, type Severity } from './rules.ts'

/** Two places that cannot both be right. */
export interface Finding {
  /** Rule and places, not values: it stays the same while the same two places contradict each other. */
  readonly id: string
  readonly rule: RuleId
  readonly severity: Severity
  /** What is wrong, in one sentence. */
  readonly sentence: Words
  readonly places: readonly [Place, Place]
  /** Both values as one text: somebody who set it aside did so for exactly these. */
  readonly values: string
  /** How many further places of the same two documents contradict each other in the same way, less than this one. */
  readonly more: number
  /** It rests on something that lies in our vault alone. */
  readonly private: boolean
  /** At least one of the places is a draft. */
  readonly draft: boolean
}

/** A finding whose places stand in the order given. `about`: what the sentence speaks of. */
export function finding(rule: RuleId, left: Place, right: Place, about: Words, more = 0): Finding {
  const { severity, sentence } = RULES[rule]
  const places = [left, right] as const
  // Two drafts bind nobody yet: somebody still writes them.
  const drafts = places.every(({ standing }) => standing === 'draft')
  return {
    id: canonicalJson([rule, ...places.flatMap(({ artifact, anchor }) => [artifact, anchor])]),
    rule,
    severity: drafts ? 'low' : severity,
    sentence: sentence(about),
    places,
    values: canonicalJson(places.map(({ value }) => (typeof value === 'number' ? String(value) : (value as Json)))),
    more,
    private: places.some(({ audience }) => audience === 'company'),
    draft: places.some(({ standing }) => standing === 'draft'),
  }
}

/** A place with what its own document calls the matter. */
export interface Named {
  readonly place: Place
  readonly about: Words
}
/** The same of two places of equal standing: which comes first, and whose words are used, does not depend on which was read first. */
export function between(rule: RuleId, one: Named, other: Named): Finding {
  const [left, right] = orderOf(one.place) <= orderOf(other.place) ? [one, other] : [other, one]
  return finding(rule, left.place, right.place, left.about)
}
const orderOf = ({ artifact, anchor }: Place): string => `${artifact} ${anchor}`

const WEIGHT: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2 }

/** The gravest first, what is signed before what is drafted; the same order for the same findings. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (left, right) =>
      WEIGHT[left.severity] - WEIGHT[right.severity] ||
      Number(left.draft) - Number(right.draft) ||
      compare(left.rule, right.rule) ||
      compare(left.id, right.id),
  )
const compare = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1)
