import { words } from '#shared/artifacts/words.ts'
import { dateText } from '#shared/agreement/term-text.ts'
import type { DeprecationWindow } from '#shared/standards/due.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { placesOf, type Doc, type Place } from './place.ts'

/** A standard as the rules read it: the released versions that end. */
export interface StandardSource {
  readonly of: 'standard'
  readonly doc: Doc
  readonly ending: readonly { readonly version: string; readonly last: Place; readonly day: IsoDate }[]
}

/** Reads a standard for the rules. `released`: versions by number. */
export function standardSource(
  doc: Doc,
  released: readonly { readonly version: string; readonly hash: string }[],
  windows: ReadonlyMap<string, DeprecationWindow>,
): StandardSource {
  return {
    of: 'standard',
    doc,
    ending: released.flatMap(({ version, hash }, at) => {
      const { to = null, withdrawnOn = null } = windows.get(version) ?? {}
      const day = withdrawnOn ?? to
      if (day === null) return []
      const place = placesOf(doc, 'signed', { number: at + 1, hash })
      const label = words(`Version ${version}: last day of use`, `الإصدار ${version}: آخر يوم للاستعمال`)
      return [{ version, day, last: place(`versions/${version}`, label, day, dateText(day), { standing: 'current' }) }]
    }),
  }
}
