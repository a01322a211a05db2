import { useState } from 'react'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'

export type Cell = ForecastScreen['forecast']['series'][number]['cells'][number]
export type Status = 'proposed' | 'committed' | 'shortfall'

/** One answer as the person is writing it; what is not in the draft stands as it was. */
export interface Answer {
  readonly committed: number | null
  readonly status: Status
  readonly reason: string
  readonly alternate: string
  readonly resource: string
}
export interface CommitDraft {
  readonly size: number
  /** What the grid shows in a cell: the draft, else what was sent before. */
  readonly answerOf: (cell: Cell) => Answer
  readonly isChanged: (cell: Cell) => boolean
  readonly setQuantity: (cell: Cell, committed: number | null) => void
  readonly set: (cell: Cell, part: Partial<Answer>) => void
  /** Puts many quantities in at once: a fill or a paste. */
  readonly fill: (entries: readonly (readonly [Cell, number | null])[]) => void
  readonly clear: () => void
  readonly commitments: () => readonly {
    readonly sku: string
    readonly region: string
    readonly bucket: string
    readonly committed: number | null
    readonly status: Status
    readonly reason: string | null
    readonly alternate: string | null
    readonly resource: string | null
  }[]
}

/** A quantity under the forecast is a shortfall, everything else a commitment, until the person says otherwise. */
const statusOf = (cell: Cell, committed: number | null): Status =>
  committed !== null && cell.net !== null && committed < cell.net ? 'shortfall' : 'committed'

/** What was sent before: a supplier sees its own plan, also where others promise to the same cell. */
function sentOf(cell: Cell, { mayCommit, plan }: ForecastScreen): Answer {
  const byRule = cell.promises.find(({ commitment }) => commitment.status === 'auto')?.commitment
  const sent = mayCommit ? (plan?.content.commitments?.[cell.key] ?? byRule) : cell.promises[0]?.commitment
  return {
    committed: sent?.committed ?? null,
    status: sent?.status === 'proposed' || sent?.status === 'shortfall' ? sent.status : 'committed',
    reason: sent?.reason ?? '',
    alternate: sent?.alternate ?? '',
    resource: sent?.resource ?? '',
  }
}

/** The answers of a supplier before they are sent. */
export function useCommitDraft(screen: ForecastScreen): CommitDraft {
  const [draft, setDraft] = useState<ReadonlyMap<string, readonly [Cell, Answer]>>(new Map())
  const answerOf = (cell: Cell): Answer => draft.get(cell.key)?.[1] ?? sentOf(cell, screen)
  const put = (entries: readonly (readonly [Cell, Answer])[]): void =>
    setDraft(
      (now) => new Map([...now, ...entries.map(([cell, answer]) => [cell.key, [cell, answer] as const] as const)]),
    )
  const withQuantity = (cell: Cell, committed: number | null): readonly [Cell, Answer] => [
    cell,
    { ...answerOf(cell), committed, status: statusOf(cell, committed) },
  ]
  return {
    size: draft.size,
    answerOf,
    isChanged: (cell) => draft.has(cell.key),
    setQuantity: (cell, committed) => put([withQuantity(cell, committed)]),
    set: (cell, part) => put([[cell, { ...answerOf(cell), ...part }]]),
    fill: (entries) => put(entries.map(([cell, committed]) => withQuantity(cell, committed))),
    clear: () => setDraft(new Map()),
    commitments: () =>
      [...draft.values()].map(([{ sku, region, bucket }, answer]) => ({
        sku,
        region,
        bucket,
        committed: answer.committed,
        status: answer.status,
        reason: answer.reason.trim() || null,
        alternate: answer.alternate.trim() || null,
        resource: answer.resource.trim() || null,
      })),
  }
}
