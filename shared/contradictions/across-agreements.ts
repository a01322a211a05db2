import { words, type Words } from '#shared/artifacts/words.ts'
import type { AgreementSource, LevelLine, PriceLine } from './agreement-source.ts'
import { between, type Finding, type Named } from './finding.ts'
import type { Place } from './place.ts'
import type { RuleId } from './rules.ts'
import { folded, keyOf, same } from './same.ts'

/** Terms of which two companies can have only one between them; every other term is an agreement's own. */
const ONE_BETWEEN_US = ['payment', 'vat', 'confidentialityYears', 'mediationDays', 'seat', 'law', 'prevailing'] as const

/** CON-1 to CON-4: agreements between the same companies, pair by pair. One that replaces the other is meant to differ. */
export function acrossAgreements(agreements: readonly AgreementSource[]): readonly Finding[] {
  const bySame = Map.groupBy(
    agreements.filter(({ parties }) => parties.length > 1),
    ({ parties }) => parties.join(' '),
  )
  return [...bySame.values()].flatMap((group) =>
    group.flatMap((one, at) => group.slice(at + 1).flatMap((other) => (replaces(one, other) ? [] : pair(one, other)))),
  )
}

const replaces = (one: AgreementSource, other: AgreementSource): boolean =>
  one.replaces === other.doc.artifact || other.replaces === one.doc.artifact

const pair = (one: AgreementSource, other: AgreementSource): readonly Finding[] => [
  ...terms(one, other),
  ...(one.taxIn === other.taxIn ? prices(one.prices, other.prices) : []),
  ...levels(one.levels, other.levels),
]

const named = (place: Place | null | undefined, about: Words): Named | null => (place ? { place, about } : null)
const differ = (rule: RuleId, one: Named | null, other: Named | null): readonly Finding[] =>
  one && other && !same(one.place.value, other.place.value) ? [between(rule, one, other)] : []

/** A name alone is not enough: two kinds of agreement may call different things the same. */
const terms = (one: AgreementSource, other: AgreementSource): readonly Finding[] =>
  ONE_BETWEEN_US.flatMap((name) => {
    const [left, right] = [one.terms.get(name), other.terms.get(name)]
    if (!left || !right || same(left.value, right.value) || keyOf(left.label) !== keyOf(right.label)) return []
    return [between('CON-1', { place: left, about: left.label }, { place: right, about: right.label })]
  })

function prices(ours: readonly PriceLine[], theirs: readonly PriceLine[]): readonly Finding[] {
  const known = only(theirs, priceKey)
  return [...only(ours, priceKey)].flatMap(([key, { item, place }]) => {
    const other = known.get(key)
    return other ? differ('CON-2', { place, about: item }, { place: other.place, about: other.item }) : []
  })
}
const priceKey = ({ item, per, from }: PriceLine): string => `${keyOf(item)}\u0000${keyOf(per)}\u0000${String(from)}`

function levels(ours: readonly LevelLine[], theirs: readonly LevelLine[]): readonly Finding[] {
  const key = ({ metric }: LevelLine): string => folded(metric)
  const known = only(theirs, key)
  return [...only(ours, key)].flatMap(([name, level]) => {
    const other = known.get(name)
    if (!other) return []
    const [us, them] = [level, other].map(({ metric }) => words(metric, metric)) as [Words, Words]
    return [
      ...differ('CON-3', named(level.definition, us), named(other.definition, them)),
      ...(level.window === other.window ? differ('CON-4', named(level.target, us), named(other.target, them)) : []),
    ]
  })
}

/** By key, without those that stand twice in one document: which of them would be meant nobody can say. */
function only<T>(lines: readonly T[], key: (line: T) => string): ReadonlyMap<string, T> {
  const groups = Map.groupBy(lines, key)
  return new Map([...groups].flatMap(([name, [first, ...more]]) => (first && more.length === 0 ? [[name, first] as const] : []))) // prettier-ignore
}
