import type { SectionKey } from '#shared/sync/update.ts'
import type { AppliedUpdate } from '../documents.ts'

/** Updates that came into a watched section, in the order in which they were applied. */
export interface Applied {
  readonly section: SectionKey
  readonly updates: readonly AppliedUpdate[]
}

/** Sections that windows have open, how often, and what has come into them since that was last asked. */
export class WatchedSections {
  readonly #watched = new Map<SectionKey, number>()
  #applied: Applied[] = []

  watch(section: SectionKey): void {
    this.#watched.set(section, (this.#watched.get(section) ?? 0) + 1)
  }
  unwatch(section: SectionKey): void {
    const times = (this.#watched.get(section) ?? 0) - 1
    if (times > 0) this.#watched.set(section, times)
    else this.#watched.delete(section)
  }

  note(section: SectionKey, updates: readonly AppliedUpdate[]): void {
    if (this.#watched.has(section)) this.#applied.push({ section, updates })
  }
  take(): readonly Applied[] {
    const applied = this.#applied
    this.#applied = []
    return applied
  }
}
