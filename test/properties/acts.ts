import fc from 'fast-check'
import type { Fate } from './network.ts'

/** One thing that happens. */
export type Act =
  | { readonly kind: 'write'; readonly who: number; readonly what: number; readonly where: number }
  | { readonly kind: 'move'; readonly link: number; readonly steps: number }
  | { readonly kind: 'cut'; readonly link: number; readonly on: boolean }
  /** `torn`: the next run that it takes is in memory when it dies, and not yet committed. */
  | { readonly kind: 'crash'; readonly who: number; readonly torn: boolean }
  /** It condenses what it knows: after the next crash it goes on from there. */
  | { readonly kind: 'save'; readonly who: number }
  | { readonly kind: 'clock'; readonly who: number; readonly days: number }
  | { readonly kind: 'revoke'; readonly by: number; readonly whom: number }
  /** It says what the channel comes to: at the newest cut of somebody else's that its company has not answered, or here and now. */
  | { readonly kind: 'attest'; readonly who: number }
  /** A company leaves, or the others remove it. */
  | { readonly kind: 'go'; readonly by: number; readonly whom: number }
  /** Roles of a device become fewer, so few that it goes, or are given back; the last of them is the device that lives twice. */
  | { readonly kind: 'narrow'; readonly by: number; readonly whom: number; readonly out: boolean }
  /** A device that lives twice writes in one of its lives and shows that to one company. */
  | { readonly kind: 'twin'; readonly life: number; readonly to: number; readonly what: number; readonly where: number }

export const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('write' as const), who: fc.nat(2), what: fc.nat(12), where: fc.nat(20) }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('move' as const), link: fc.nat(2), steps: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cut' as const), link: fc.nat(2), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), who: fc.nat(2), torn: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('save' as const), who: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('clock' as const), who: fc.nat(2), days: fc.constantFrom(-800, -90, -1, 0, 1, 90, 800) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('revoke' as const), by: fc.nat(2), whom: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('twin' as const), life: fc.nat(1), to: fc.nat(2), what: fc.nat(12), where: fc.nat(20) }) },
) // prettier-ignore
/** What becomes of a run on its way. */
export const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('deliver' as const) },
  { weight: 1, arbitrary: fc.constant('drop' as const) },
  { weight: 1, arbitrary: fc.constant('twice' as const) },
  { weight: 1, arbitrary: fc.constant('swap' as const) },
)

/** Who attests before an act. */
export const attester = fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(2) })
/** Which company goes before an act. */
export const goer = fc.oneof(
  { weight: 25, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.record({ by: fc.nat(2), whom: fc.nat(2) }) },
)
/** Whose roles change before an act. */
export const narrowed = fc.oneof(
  { weight: 12, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.record({ by: fc.nat(2), whom: fc.nat(3), out: fc.boolean() }) },
)
