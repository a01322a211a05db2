import { createHash } from 'node:crypto'
import type { FactPlace, SignedFact } from '#shared/decisions/facts.ts'
import type { CompanyId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
export type Who = 'a' | 'b' | 'c' | 'd'
const COMPANY = { a: 'a1', b: 'b2', c: 'c3', d: 'd4' } as const
export const companyOf = (who: Who): CompanyId => COMPANY[who].repeat(32) as CompanyId

export interface MadeFact<E> extends SignedFact<E, { readonly who: Who }> {
  readonly past: ReadonlySet<string>
}
export const keyOf = ({ feed, seq }: FactPlace): string => `${feed}/${String(seq)}`

/** How a fact is stated: `device`: another log of the same company; `knows`: instead of all that there is. */
export interface How<E> {
  readonly roles?: readonly Role[]
  readonly device?: string
  readonly knows?: readonly MadeFact<E>[]
}

/** A document's log as several companies write it, each knowing what it was handed. */
export class FactWorld<E> {
  readonly facts: MadeFact<E>[] = []
  readonly #known = new Map<string, Set<string>>()
  readonly #seq = new Map<string, number>()

  say(who: Who, fact: E, at: number, how: How<E> = {}): MadeFact<E> {
    const feed = `${who}${how.device ?? ''}`
    const seq = (this.#seq.get(feed) ?? 0) + 1
    this.#seq.set(feed, seq)
    const own = this.#known.get(feed) ?? new Set<string>()
    this.#known.set(feed, own)
    for (const one of how.knows ?? this.facts) for (const key of [...one.past, keyOf(one.place)]) own.add(key)
    const past = new Set(own)
    const place = { feed, seq }
    own.add(keyOf(place))
    const lamport = 1 + Math.max(0, ...this.facts.filter((one) => past.has(keyOf(one.place))).map((one) => one.lamport))
    const author = { who, company: companyOf(who), person: who.repeat(32) as PersonId, roles: how.roles ?? (['ceo'] as const) } // prettier-ignore
    const id = sha256(JSON.stringify([fact, place, at, [...past].toSorted()]))
    const made: MadeFact<E> = { id, place, lamport, fact, author, at: at as Instant, past, saw: (other: FactPlace) => past.has(keyOf(other)) } // prettier-ignore
    this.facts.push(made)
    return made
  }
}
