import type { TableFile } from '#engine/ports.ts'
import type { Column } from '#shared/artifacts/table.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { ReimportDiff } from '#shared/projection/data-views.ts'
import { type DatasetRecord, findDataset } from './dataset.ts'
import type { DatasetDeps, Watch } from './deps.ts'
import { difference, type Side } from './difference.ts'
import { keepRecord, recordOf } from './import.ts'
import { type ImportPlan, type ImportRefusal, refuseImport } from './plan.ts'
import { type StagedTable, stageTable } from './stage.ts'

interface Prepared {
  readonly dataset: DatasetId
  readonly version: number
  readonly file: TableFile
  readonly plan: ImportPlan
  readonly staged: StagedTable
  readonly diff: ReimportDiff
}

/**
 * New versions of datasets that somebody looks at before taking them. They live in staging: a lock or a crash forgets them and
 * the vault sweeps their rows, so an unconfirmed version never becomes anything.
 */
export class Reimports {
  readonly #prepared = new Map<string, Prepared>()

  /** Reads the new file into staging and says what it would change. The token in the difference confirms or drops it. */
  async prepare(
    deps: DatasetDeps,
    id: string,
    file: TableFile,
    plan: ImportPlan,
    key: readonly string[],
    watch: Watch,
  ): Promise<Result<ReimportDiff, ImportRefusal>> {
    const found = findDataset(deps.vault, id)
    if (!found.ok) return refuseImport(found.refusal)
    if (found.value.colleague) return refuseImport('from-colleague')
    if (key.some((name) => !plan.columns.some((column) => column.name === name))) return refuseImport('no-such-column')
    const reading: Watch = { signal: watch.signal, report: (progress, rows) => watch.report(progress * 0.7, rows) }
    const staged = await stageTable(deps, file, plan, reading)
    if (!staged.ok) return staged
    const { table } = staged.value
    let kept = false
    try {
      const breathe = async (): Promise<void> => {
        await deps.scheduler.breathe()
        if (watch.signal.aborted) throw new Stopped()
      }
      const side = (columns: readonly Column[], at: DatasetId): Side => ({
        columns,
        scan: (names) => deps.vault.datasets.scan(at, names),
      })
      const what = await difference(
        side(found.value.columns, found.value.table),
        side(staged.value.columns, table),
        key,
        breathe,
      )
      const diff: ReimportDiff = { token: table, ...what }
      this.#prepared.set(table, {
        dataset: found.value.id,
        version: found.value.version,
        file: { ...file, bytes: new Uint8Array() },
        plan,
        staged: staged.value,
        diff,
      })
      kept = true
      return ok(diff)
    } catch (problem) {
      if (problem instanceof Stopped) return refuseImport('cancelled')
      throw problem
    } finally {
      if (!kept) deps.vault.datasets.drop(table)
    }
  }

  diff(token: string): Result<ReimportDiff, ImportRefusal> {
    const prepared = this.#prepared.get(token)
    return prepared === undefined ? refuseImport('no-such-reimport') : ok(prepared.diff)
  }

  /**
   * Puts the new version in the place of the old one, in one transaction. Classes that a person set by hand stay: a file must
   * not make a column less private than it was. Refuses when the dataset changed since the difference was shown.
   */
  confirm(deps: DatasetDeps, token: string): Result<DatasetRecord, ImportRefusal> {
    const prepared = this.#prepared.get(token)
    if (prepared === undefined) return refuseImport('no-such-reimport')
    const found = findDataset(deps.vault, prepared.dataset)
    if (!found.ok || found.value.version !== prepared.version) {
      this.drop(deps, token)
      return refuseImport('no-such-reimport')
    }
    const before = found.value
    const fresh = recordOf(deps, before.id, before.version + 1, prepared.file, prepared.plan, prepared.staged)
    const columns = fresh.columns.map((column): Column => {
      const was = before.columns.find(({ name }) => name === column.name)
      return was === undefined ? column : { ...column, dataClass: was.dataClass }
    })
    const record: DatasetRecord = { ...fresh, name: before.name, columns }
    keepRecord(deps, record, prepared.staged, before)
    this.#prepared.delete(token)
    return ok(record)
  }

  drop(deps: DatasetDeps, token: string): void {
    const prepared = this.#prepared.get(token)
    if (prepared === undefined) return
    this.#prepared.delete(token)
    deps.vault.datasets.drop(prepared.staged.table)
  }
}

/** How the comparison ends when it was cancelled; never leaves this file. */
class Stopped extends Error {}
