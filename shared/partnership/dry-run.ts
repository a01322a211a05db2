import { PROVEN_ITEMS, STATED_ITEMS, WITNESSED_ITEMS, type DryRunItem } from '#shared/artifacts/dry-run.v1.ts'
import type { CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** A company's word about an item, in the order of the channel. */
export interface Tick {
  readonly company: CompanyId
  readonly item: DryRunItem
  readonly done: boolean
  readonly evidence: string
  readonly by: { readonly en: string; readonly ar: string }
  readonly at: Instant
}
/** What a channel's facts say about its dry run. */
export interface DryRunFacts {
  /** The member companies. */
  readonly companies: readonly CompanyId[]
  readonly proven: ReadonlySet<DryRunItem>
  readonly ticks: readonly Tick[]
  readonly passes: readonly { readonly company: CompanyId; readonly at: Instant }[]
  readonly production: readonly { readonly workspace: WorkspaceId; readonly link: string; readonly by: CompanyId }[]
}

export interface ItemState {
  readonly item: DryRunItem
  /** `proven` by facts of the channel, `witnessed` by an engine, `stated` by a person of each company. */
  readonly how: 'proven' | 'witnessed' | 'stated'
  readonly done: boolean
  /** The standing word of each company; an item of the channel as a whole has none. */
  readonly words: readonly Tick[]
}
export interface DryRunState {
  readonly items: readonly ItemState[]
  /** Companies with nothing left to do: they may say that they pass. */
  readonly ready: readonly CompanyId[]
  /** Companies that said so, and of which it is still true. */
  readonly passed: readonly CompanyId[]
  /** Every member has passed, and there are two at least (TR-14). */
  readonly unlocked: boolean
  readonly production: DryRunFacts['production'][number] | null
}

/**
 * The state of a dry run as its facts say: the same on every engine. A pass holds as long as what it rests on does, so a tick that
 * is taken back takes the pass with it. A production workspace that was founded stays founded; of two the first counts.
 */
export function dryRunOf(facts: DryRunFacts): DryRunState {
  const { companies, proven } = facts
  const standing = (item: DryRunItem): readonly Tick[] =>
    companies.flatMap((company) => {
      const last = facts.ticks.findLast((tick) => tick.company === company && tick.item === item)
      return last?.done ? [last] : []
    })
  const items: ItemState[] = [
    ...PROVEN_ITEMS.map((item): ItemState => ({ item, how: 'proven', done: proven.has(item), words: [] })),
    ...WITNESSED_ITEMS.map((item): ItemState => {
      const words = standing(item)
      return { item, how: 'witnessed', done: words.length > 0, words }
    }),
    ...STATED_ITEMS.map((item): ItemState => {
      const words = standing(item)
      return { item, how: 'stated', done: companies.length > 0 && words.length === companies.length, words }
    }),
  ]
  const ready = companies.filter((company) =>
    items.every(({ how, done, words }) => done || (how === 'stated' && words.some((word) => word.company === company))),
  )
  const passed = ready.filter((company) => facts.passes.some((pass) => pass.company === company))
  return {
    items,
    ready,
    passed,
    unlocked: companies.length >= 2 && passed.length === companies.length,
    production: facts.production[0] ?? null,
  }
}
