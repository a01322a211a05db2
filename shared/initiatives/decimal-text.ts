/** A measure as decimal text, at most six places after the point; null: there is none, or it is too large to be one. */
export function decimalText(value: number | null): string | null {
  if (value === null || !Number.isFinite(value) || Math.abs(value) >= 1e15) return null
  const text = value.toFixed(6).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
