import type { FeedId } from '#shared/kernel/ids.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { Head } from '#shared/seal/entry.ts'
import type { Settled, Taken } from '#shared/sync/intake.ts'
import { publicCode, type PublicCode, type RunRefusal } from '#shared/sync/refusal.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record, type Context } from '../context.ts'
import { park } from './kept-runs.ts'
import type { WorkspaceRecord } from './workspace-record.ts'

/** What a batch of runs came to. */
export interface Received {
  readonly admitted: number
  readonly refused: number
  readonly parked: number
  readonly needs: readonly { readonly feed: FeedId; readonly fromSeq: number }[]
  /** Heads that entries name and nobody has supplied yet. */
  readonly missing: readonly Head[]
  /** Why whole runs were not taken. */
  readonly codes: ReadonlySet<RunRefusal>
  /** The last public code, to tell the other side. */
  readonly code: PublicCode | undefined
}

/** Counts what a batch of runs comes to, and writes the audit rows of it. Inside the transaction that takes them. */
export class Receiving {
  readonly #context: Context
  readonly #workspace: WorkspaceRecord
  readonly #from: string
  #received: Received = {
    admitted: 0,
    refused: 0,
    parked: 0,
    needs: [],
    missing: [],
    codes: new Set(),
    code: undefined,
  }

  constructor(context: Context, workspace: WorkspaceRecord, from: string) {
    this.#context = context
    this.#workspace = workspace
    this.#from = from
  }

  get received(): Received {
    return this.#received
  }

  count(runtime: ChannelRuntime, taken: Taken): void {
    const before = this.#received
    const subject = { id: this.#workspace.id, name: runtime.members.genesis.founding.name.en }
    if (taken.outcome === 'taken') {
      this.#audit(taken, subject, isInternal(runtime.members.genesis))
      const admitted = before.admitted + taken.admitted.length
      const refused = before.refused + taken.refused.length
      this.#received = { ...before, admitted, refused, missing: taken.missing }
      return
    }
    const needs = taken.need ? [...before.needs, taken.need] : before.needs
    this.#received = { ...before, needs, codes: new Set([...before.codes, taken.code]) }
    if (taken.code === 'replayed') return
    record(this.#context, { kind: 'refusal', code: taken.code, actor: this.#from, subject, detail: {} })
    if (taken.park) park(this.#context, runtime.id, taken.park)
    const parked = before.parked + (taken.park ? 1 : 0)
    this.#received = { ...this.#received, refused: before.refused + 1, parked, code: publicCode(taken.code) }
  }

  /** What waits in the channel counts as parked. */
  countWaiting({ admission }: ChannelRuntime): void {
    const waiting = admission.waiting().reduce((sum, { count }) => sum + count, 0)
    this.#received = { ...this.#received, parked: this.#received.parked + waiting }
  }

  /** One row per run, however many entries it held, and one per refused entry: the feed is the log. */
  #audit({ admitted, refused }: Settled, subject: { id: string; name: string }, internal: boolean): void {
    const first = admitted[0]
    if (first) {
      const detail = { entries: admitted.length, seq: admitted.at(-1)?.entry.seq ?? 0 }
      record(this.#context, { kind: 'update', code: internal ? 'colleague-run-admitted' : 'run-admitted', actor: first.author.name.en, subject, detail }) // prettier-ignore
    }
    for (const { entry, refusal } of refused) {
      const detail = { seq: entry.seq, device: entry.device, membership: refusal.membership ?? '' }
      record(this.#context, { kind: 'refusal', code: refusal.code, actor: this.#from, subject, detail })
    }
  }
}
