import { MergedTexts } from '#shared/living/merged.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import type { ChannelIndex } from '#shared/sync/channel-index.ts'
import type { StatedUpdate } from './stated.ts'

type Author = Pick<StatedUpdate, 'author' | 'at'>
type Entry = Author & { readonly feed: FeedId; readonly seq: number }

/** Texts of one section that were merged and not read since: built from the log when first asked for, and kept up to date after. */
export class MergedIndex {
  readonly #index: ChannelIndex
  readonly #texts = new MergedTexts<Author>()

  constructor(index: ChannelIndex) {
    this.#index = index
  }

  add({ feed, seq, author, at }: Entry, paths: readonly string[]): void {
    const line = this.#index.line(feed)
    if (!line) return
    const ancestry = this.#index.ancestryOf(line, seq)
    for (const path of paths)
      this.#texts.add({ path, feed, seq, person: author.person, author: { author, at } }, (place) =>
        ancestry.includes({ feed: place.feed as FeedId, seq: place.seq }),
      )
  }

  unread = (): ReturnType<MergedTexts<Author>['unread']> => this.#texts.unread()
}
