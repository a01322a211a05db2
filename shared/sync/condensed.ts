import type { Canonical } from '#shared/kernel/canonical.ts'
import type { EntryHash } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { readControl, writeControl } from '#shared/membership/control.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { deviceOf, type VerifiedEntry } from '#shared/seal/entry.ts'
import type { AdmittedEntry, Effect } from './admit.ts'
import type { ChannelIndex, CondensedLine } from './channel-index.ts'
import { readDoc, writeDoc } from './doc-body.ts'
import type { CondensedClock } from './section-clocks.ts'
import { sealedSectionKey } from './update.ts'

/**
 * What a channel has come to, as values that can be stored: the same as reading all its runs, without reading them. It holds
 * only what was judged; whatever waits is taken from the log again. Who stores it answers for its bytes.
 */
export interface CondensedChannel {
  readonly lines: readonly CondensedLine[]
  readonly clocks: readonly CondensedClock[]
  readonly authors: readonly RoleCertificate[]
  readonly entries: readonly CondensedEntry[]
  /** Entries beyond the cut of a narrowing that others vouch for, as `Narrowings` names them: who does may be among what waits. */
  readonly vouched: readonly string[]
}

/** An admitted entry of which more is remembered than that it changed a section: an event, a control, parts under a slice's key. */
export interface CondensedEntry {
  /** Number of the feed. */
  readonly feed: number
  readonly seq: number
  readonly hash: EntryHash
  readonly lamport: number
  readonly at: Instant
  /** Place in the list of authors. */
  readonly author: number
  readonly kind: 'event' | 'control' | 'doc'
  readonly payload: Canonical
}

/** The same while the channel is open: its author as itself. */
export type RememberedEntry = Omit<CondensedEntry, 'author'> & { readonly author: RoleCertificate }

/** The remembered part of an admitted entry; undefined when there is nothing beyond changes of sections. */
export function condenseEffect(effect: Effect): Pick<CondensedEntry, 'kind' | 'payload'> | undefined {
  switch (effect.kind) {
    case 'event':
      return { kind: 'event', payload: effect.payload }
    case 'control':
      return { kind: 'control', payload: writeControl(effect.control) }
    case 'doc':
      return effect.kept.length > 0 ? { kind: 'doc', payload: writeDoc(effect.kept) } : undefined
    case 'blob':
      return undefined
  }
}

/** The admitted entry again, as far as it is remembered. @throws when it is not what `condenseEffect` wrote. */
export function admittedAgain(
  index: ChannelIndex,
  authors: readonly RoleCertificate[],
  entry: CondensedEntry,
): AdmittedEntry {
  const line = index.all[entry.feed]
  const author = authors[entry.author]
  if (line === undefined || author === undefined) throw new Error('a condensed entry of nobody')
  const { seq, hash, at, lamport } = entry
  const known: Partial<VerifiedEntry> = { feed: line.id, seq, hash, device: deviceOf(line.id) }
  const effect = effectOf(entry)
  return {
    entry: known as VerifiedEntry,
    at,
    author,
    lamport,
    ancestry: index.ancestryOf(line, seq),
    effect,
    counts: true,
  } as AdmittedEntry
}

function effectOf({ kind, payload }: CondensedEntry): Effect {
  if (kind === 'event') return { kind, payload }
  if (kind === 'control') {
    const control = readControl(payload)
    if (!control.ok) throw new Error(control.refusal)
    return { kind, control: control.value }
  }
  const writes = readDoc(payload)
  if (!writes.ok) throw new Error(writes.refusal)
  const kept = writes.value.flatMap(({ artifact, section, replica, update }) =>
    update instanceof Uint8Array
      ? []
      : [{ artifact, section, key: sealedSectionKey(artifact, section), replica, update }],
  )
  return { kind: 'doc', updates: [], kept }
}
