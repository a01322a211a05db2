/** One change of a text, by the entry that made it. */
export interface Touch<A> {
  /** `set/record/field` of the text. */
  readonly path: string
  readonly feed: string
  readonly seq: number
  readonly person: string
  readonly author: A
}

/**
 * Which texts were changed by several people who did not know of each other. Letters of both are there, for Yjs merges them; but
 * nobody has read the result yet. A text counts as read again when somebody who had seen all of it changes it or says so.
 */
export class MergedTexts<A> {
  /** Text → the changes that no later change of it had seen. */
  readonly #open = new Map<string, Touch<A>[]>()

  /** Takes a change into account; changes come in an order that respects ancestry. `saw` tells what its author had seen. */
  add(touch: Touch<A>, saw: (place: { readonly feed: string; readonly seq: number }) => boolean): void {
    const apart = (this.#open.get(touch.path) ?? []).filter((one) => one.feed !== touch.feed && !saw(one))
    this.#open.set(touch.path, [...apart, touch])
  }

  /** Texts whose open changes are of more than one person, with one change of each. */
  unread(): readonly { readonly path: string; readonly by: readonly Touch<A>[] }[] {
    return [...this.#open].flatMap(([path, touches]) => {
      const by = new Map(touches.map((touch) => [touch.person, touch]))
      return by.size > 1 ? [{ path, by: [...by.values()].toSorted(byPerson) }] : []
    })
  }
}

const byPerson = (left: Touch<unknown>, right: Touch<unknown>): number =>
  left.person === right.person ? 0 : left.person < right.person ? -1 : 1
