/** Where a clause stands: its level (1 is the outermost) and, where counting would not give its known number, that number. */
export interface Placed {
  readonly level: number | null
  readonly start: number | null
}

/**
 * Numbers of clauses in their order: `1`, `1.1`, `1.2`, `2`. A clause that skips levels counts as one level below the clause
 * before it, because `1` followed by `1.0.1` is a number that nobody can cite. The number is for people; the id of the clause
 * is its permanent anchor.
 */
export function numberClauses(clauses: readonly Placed[]): readonly string[] {
  const counts: number[] = []
  return clauses.map(({ level, start }) => {
    const depth = Math.min(Math.max(level ?? 1, 1), counts.length + 1)
    counts.length = Math.max(counts.length, depth)
    counts[depth - 1] = start ?? (counts[depth - 1] ?? 0) + 1
    counts.length = depth
    return counts.join('.')
  })
}

/** The level that `numberClauses` gives: how many parts the number has. */
export const depthOf = (number: string): number => number.split('.').length

/**
 * Levels and starts that make `numberClauses` give back the numbers that a document came with. A clause without a number
 * takes its level and counts.
 */
export function placeNumbered(
  given: readonly { readonly number: string | null; readonly level: number }[],
): readonly { readonly level: number; readonly start: number | null }[] {
  const placed: { level: number; start: number | null }[] = []
  let previous: readonly number[] = []
  for (const { number, level } of given) {
    const parts = number === null ? undefined : partsOf(number)
    const depth = Math.min(parts?.length ?? Math.max(level, 1), previous.length + 1, 6)
    const counted = (previous[depth - 1] ?? 0) + 1
    const last = parts?.at(-1)
    const start = last !== undefined && parts?.length === depth && last !== counted ? last : null
    placed.push({ level: depth, start })
    previous = [...previous.slice(0, depth - 1), start ?? counted]
  }
  return placed
}

function partsOf(number: string): readonly number[] | undefined {
  const parts = number.split('.').map(Number)
  return parts.length <= 6 && parts.every((part) => Number.isInteger(part) && part >= 1 && part <= 999)
    ? parts
    : undefined
}

const ARABIC_DIGITS = /[٠-٩]/g
/** `3.2 Scope`, `٣٫٢ النطاق`, `3.2) Scope` and `Clause 3.2: Scope` → number and heading; number null where there is none. */
export function splitNumber(heading: string): { readonly number: string | null; readonly heading: string } {
  const text = heading.trim()
  const latin = text.replaceAll(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) - 0x660)).replaceAll('٫', '.')
  const found =
    /^(?:clause|section|article|البند|القسم|المادة)?\s*(\d{1,3}(?:\.\d{1,3}){0,5})(?:[.):\-–—]\s*|\s+)(?=\S)/iu.exec(
      latin,
    )
  if (!found?.[1] || partsOf(found[1]) === undefined) return { number: null, heading: text }
  return { number: found[1], heading: text.slice(found[0].length) }
}
