import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { FeedLine } from './channel-index.ts'
import type { SealedUpdate } from './doc-body.ts'
import type { Judges } from './judges.ts'
import type { SectionClocks } from './section-clocks.ts'
import { openUpdate } from './slice-key.ts'
import type { CheckedUpdate, SectionKey, UpdateRefusal } from './update.ts'

export type KeptRefusal = UpdateRefusal | 'slice-key-mismatch' | 'cannot-open' | 'client-taken'

interface Kept {
  readonly line: FeedLine
  readonly seq: number
  readonly replica: number
  readonly sealed: SealedUpdate
}

/**
 * Updates under a slice's own key. Their entries are admitted without looking inside, by everybody alike; who is handed
 * the key checks them then, against the ancestry of their entries, so that all holders of the key see the same.
 */
export class KeptUpdates {
  readonly #judges: Judges
  readonly #clocks: SectionClocks
  readonly #waiting = new Map<SectionKey, Kept[]>()

  constructor(judges: Judges, clocks: SectionClocks) {
    this.#judges = judges
    this.#clocks = clocks
  }

  /** Called for admitted entries, in the order of judgement. */
  keep(line: FeedLine, seq: number, section: SectionKey, replica: number, sealed: SealedUpdate): void {
    const kept = this.#waiting.get(section)
    if (kept === undefined) this.#waiting.set(section, [{ line, seq, replica, sealed }])
    else kept.push({ line, seq, replica, sealed })
  }

  /** How many updates of a section wait for its key. */
  count(section: SectionKey): number {
    return this.#waiting.get(section)?.length ?? 0
  }

  /** Opens and checks all that waits for the key; updates of another key go on waiting for theirs. */
  open(
    section: SectionKey,
    key: SymmetricKey,
  ): { readonly updates: readonly CheckedUpdate[]; readonly refused: readonly KeptRefusal[] } {
    const updates: CheckedUpdate[] = []
    const refused: KeptRefusal[] = []
    const still: Kept[] = []
    for (const kept of this.#waiting.get(section) ?? []) {
      const outcome = this.#openOne(section, key, kept)
      if (typeof outcome !== 'string') updates.push(outcome)
      else if (outcome === 'slice-key-mismatch') still.push(kept)
      else refused.push(outcome)
    }
    this.#waiting.set(section, still)
    return { updates, refused }
  }

  #openOne(section: SectionKey, key: SymmetricKey, { line, seq, replica, sealed }: Kept): CheckedUpdate | KeptRefusal {
    const { crypto, channel, checkUpdate } = this.#judges
    const opened = openUpdate(crypto, { channel, section, replica }, key, sealed)
    if (!opened.ok) return opened.refusal
    const context = this.#clocks.contextOf(line, seq, section, replica)
    if (!context.ok) return context.refusal
    const checked = checkUpdate(opened.value, context.value)
    if (!checked.ok) return checked.refusal
    this.#clocks.advance(line, seq, section, replica, checked.value)
    return checked.value
  }
}
