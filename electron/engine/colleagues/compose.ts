import { encodePolicy } from './policy-page.ts'
import type { Column } from '#shared/artifacts/table.ts'
import { page, writeHead } from '#shared/intake/shared-table.ts'
import { concat } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { findDataset, type DatasetRecord } from '../datasets/dataset.ts'
import { Refused } from '../edge.ts'
import type { JobControl } from '../jobs.ts'
import type { Row } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'

/** What one share may hold; a table that is larger is brought as a file by whoever has it. */
export const MOST_SHARE_BYTES = 64 * 1024 * 1024
const ROWS_PER_PAGE = 1_000

/** Told of the steps of a long composition; it may say that it should stop. */
export type Steps = Pick<JobControl, 'signal' | 'report'>

/**
 * A dataset's chosen columns as the pages that are sealed, made in steps. @throws Refused when it is too large, was replaced
 * meanwhile, or the person cancelled.
 */
export async function composeTable(
  hub: Hub,
  dataset: DatasetRecord,
  columns: readonly Column[],
  steps: Steps,
): Promise<Uint8Array> {
  const { vault, scheduler } = hub.context
  const { name, version, rows, moneyDecimals, cancellation, excluded, defectiveRows, source } = dataset
  const head = writeHead({
    name, version, columns, withheld: dataset.columns.length - columns.length, rows, moneyDecimals, cancellation, excluded,
    defectiveRows, synthetic: dataset.synthetic === true, source,
  }) // prettier-ignore
  const parts = [page(['table', head])]
  let size = parts[0]?.length ?? 0
  let count = 0
  let batch: Row[] = []
  const flush = (): void => {
    const made = page(['rows', batch as unknown as Canonical])
    size += made.length
    if (size > MOST_SHARE_BYTES) throw new Refused('colleagues', 'too-large-to-share')
    parts.push(made)
    count += batch.length
    batch = []
  }
  const scan = vault.datasets.scan(dataset.table, columns.map(({ name: column }) => column)) // prettier-ignore
  for (const row of scan) {
    batch.push(row)
    if (batch.length < ROWS_PER_PAGE) continue
    flush()
    steps.report((0.9 * count) / Math.max(1, rows), count)
    await scheduler.breathe()
    if (steps.signal.aborted) throw new Refused('colleagues', 'sharing-cancelled')
    const now = findDataset(vault, dataset.id)
    if (!now.ok || now.value.table !== dataset.table) throw new Refused('colleagues', 'changed-since-look')
  }
  flush()
  return concat(...parts)
}

/** A policy over a dataset that is shared itself: `dataset` is the artifact under which colleagues hold it. */
export const composePolicy = (dataset: ArtifactId, policy: DisclosurePolicy): Uint8Array =>
  page(['policy', encodePolicy(dataset, policy)])
