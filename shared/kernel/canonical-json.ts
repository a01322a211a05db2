/** What canonical JSON can carry here: integers only, so that every writer of numbers agrees. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * One value, one text: keys sorted by their UTF-16 units, no white space (RFC 8785 restricted to integers). Made for what third
 * parties check with ordinary tools. @throws for a number that is no safe integer, because its text would depend on the writer.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error('canonical JSON holds integers only')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`
  const members = Object.entries(value as Readonly<Record<string, Json>>)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`)
  return `{${members.join(',')}}`
}
