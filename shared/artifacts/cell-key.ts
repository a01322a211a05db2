import type { IsoMonth } from '../kernel/time.ts'

/** Where a quantity stands: product, region and month. An empty `sku` or `region` means the slice does not split by it. */
export interface Place {
  readonly sku: string
  readonly region: string
  readonly bucket: IsoMonth
}

const escape = (part: string): string => part.replaceAll('%', '%25').replaceAll('|', '%7C')
const unescape = (part: string): string => part.replaceAll('%7C', '|').replaceAll('%25', '%')

/** `sku|region|bucket`: the key of a cell in a living document. `|` and `%` inside the parts are escaped. */
export const cellKey = (place: Place): string => `${seriesKey(place.sku, place.region)}|${place.bucket}`
export const seriesKey = (sku: string, region: string): string => `${escape(sku)}|${escape(region)}`

/** undefined when the key was not written by `cellKey`. */
export function placeOf(key: string): Place | undefined {
  const [sku, region, bucket, ...rest] = key.split('|')
  if (sku === undefined || region === undefined || bucket === undefined || rest.length > 0) return undefined
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(bucket)) return undefined
  return { sku: unescape(sku), region: unescape(region), bucket: bucket as IsoMonth }
}
