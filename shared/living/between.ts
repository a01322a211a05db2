import { generateKeyBetween } from 'fractional-indexing'

/**
 * A fractional index between two others, which sort as text; undefined: before all, after all. Where the two are not in order, as after
 * a merge, or are none, as by a stranger's program, the first of all: nobody is kept from adding.
 */
export function between(before: string | undefined, after: string | undefined): string {
  try {
    return generateKeyBetween(before ?? null, after ?? null)
  } catch {
    return generateKeyBetween(null, null)
  }
}
