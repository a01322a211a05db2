import { type Context, newId, record } from '#engine/context.ts'
import { Refused } from '#engine/edge.ts'
import type { JobControl, Jobs } from '#engine/jobs.ts'
import type { TableChoice, TableFile } from '#engine/ports.ts'
import type { Transfers } from '#engine/transfers.ts'
import type { ImportPlan as RequestedPlan } from '#shared/contract/datasets.ts'
import type { Defect } from '#shared/intake/defect.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { DatasetView, DefectView, ImportProbe, ReimportDiff, TablePage } from '#shared/projection/data-views.ts'
import { datasetView, type DatasetRecord, findDataset, listDatasets, pageRows } from './dataset.ts'
import type { DatasetDeps } from './deps.ts'
import { type ColumnDescription, describeDataset } from './describe.ts'
import { datasetTable, exportDefects, exportTable } from './export.ts'
import { defectsOf, importTable, removeDataset } from './import.ts'
import { type ImportPlan, type ImportRefusal, pastedTable, type PlannedColumn } from './plan.ts'
import { probeImport } from './probe.ts'
import { Reimports } from './reimport.ts'
import { synthesise } from './synthesise.ts'
import { type Locale, WORDS } from './words.ts'

/** What an intent is given to read: an upload's id, or cells pasted from a spreadsheet. */
export type TableSource = RequestedPlan['source']

/** What a query for a page looks like over the contract: optional parts may be there and undefined. */
export interface RequestedPage {
  readonly offset: number
  readonly limit: number
  readonly sort?: { readonly column: string; readonly descending: boolean } | undefined
  readonly filter?: string | undefined
}

/**
 * The datasets' part of the contract, for one open vault. Long work runs as a job; every expected refusal leaves as `Refused`
 * of the module `intake`. `actor` is the display name that the audit shows.
 */
export class DatasetIntents {
  readonly #context: Context
  readonly #jobs: Jobs
  readonly #transfers: Transfers
  readonly #deps: DatasetDeps
  readonly #reimports = new Reimports()

  constructor(context: Context, jobs: Jobs, transfers: Transfers, actor: () => string) {
    this.#context = context
    this.#jobs = jobs
    this.#transfers = transfers
    const { vault, tables, clock, scheduler, crypto } = context
    this.#deps = {
      vault, tables, clock, scheduler,
      newId: () => newId(crypto),
      audit: (event) => record(context, { ...event, actor: actor() }),
    } // prettier-ignore
  }

  list(): readonly DatasetView[] {
    return listDatasets(this.#deps.vault).map((one) => datasetView(this.#deps.vault, one))
  }

  async probe(source: TableSource, choice: RequestedPlan['choice']): Promise<ImportProbe> {
    const { file, choice: given } = this.#file(source, choice)
    return settled(await probeImport(this.#deps.tables, file, given))
  }

  import(requested: RequestedPlan): { readonly job: string } {
    const { file, plan } = this.#plan(requested)
    const job = this.#jobs.start('import', async (control) => {
      const imported = settled(await importTable(this.#deps, file, plan, control))
      this.#changed()
      return imported.id
    })
    return { job }
  }

  /** Invented orders for a dry run; the job's result is the dataset's id. */
  synthesise(name: string, rows: number): { readonly job: string } {
    const [a = 0, b = 0, c = 0] = this.#context.crypto.random(3)
    const job = this.#jobs.start('import', async (control) => {
      const made = settled(await synthesise(this.#deps, name, rows, a * 65_536 + b * 256 + c, control))
      this.#changed()
      return made.id
    })
    return { job }
  }

  page(id: string, { offset, limit, sort, filter }: RequestedPage): TablePage {
    const query = { offset, limit, ...(sort ? { sort } : {}), ...(filter ? { filter } : {}) }
    const page = pageRows(this.#deps.vault, id, query)
    if (!page.ok) throw new Refused('intake', page.refusal)
    return page.value
  }

  defects(id: string): readonly DefectView[] {
    return defectsOf(this.#deps.vault, this.#find(id).id).map(defectView)
  }

  update(id: string, name: string, columns: readonly ColumnDescription[]): DatasetView {
    const described = settled(describeDataset(this.#deps, id, name, columns))
    this.#changed()
    return datasetView(this.#deps.vault, described)
  }

  remove(id: string): void {
    const dataset = this.#find(id)
    // A colleague's copy is removed as one, so that it is known to come back with the next revision.
    if (dataset.colleague) throw new Refused('intake', 'from-colleague')
    removeDataset(this.#deps, dataset)
    this.#changed()
  }

  /** The job's result is the download's id. */
  export(id: string, locale: Locale): { readonly job: string } {
    const dataset = this.#find(id)
    const { vault, tables, clock, scheduler } = this.#deps
    const job = this.#jobs.start('export', async (control) => {
      const bytes = await exportTable(tables, scheduler, datasetTable(vault, dataset, clock.now(), locale), locale)
      if (control.signal.aborted) throw new Refused('intake', 'cancelled')
      vault.transaction(() =>
        this.#deps.audit({
          kind: 'export',
          code: 'table-exported',
          subject: { id: dataset.id, name: dataset.name },
          detail: { rows: dataset.rows, version: dataset.version },
        }),
      )
      this.#context.changes.say('audit')
      return this.#transfers.offer(`${dataset.name}.xlsx`, bytes).id
    })
    return { job }
  }

  /** The job's result is the download's id. */
  exportDefects(id: string, locale: Locale): { readonly job: string } {
    const dataset = this.#find(id)
    const { vault, tables } = this.#deps
    const job = this.#jobs.start('export', async () => {
      const bytes = await exportDefects(tables, defectsOf(vault, dataset.id), locale)
      return this.#transfers.offer(`${dataset.name} - ${WORDS[locale].defects}.xlsx`, bytes).id
    })
    return { job }
  }

  /** The job's result is the token of the difference. */
  reimport(id: string, requested: RequestedPlan, key: readonly string[]): { readonly job: string } {
    const { file, plan } = this.#plan(requested)
    const work = async (control: JobControl): Promise<string> =>
      settled(await this.#reimports.prepare(this.#deps, id, file, plan, key, control)).token
    return { job: this.#jobs.start('reimport', work) }
  }

  reimportDiff(job: string): ReimportDiff {
    return settled(this.#reimports.diff(this.#jobs.get(job).result ?? ''))
  }

  confirmReimport(token: string): DatasetView {
    const confirmed = settled(this.#reimports.confirm(this.#deps, token))
    this.#changed()
    return datasetView(this.#deps.vault, confirmed)
  }

  dropReimport(token: string): void {
    this.#reimports.drop(this.#deps, token)
  }

  #changed(): void {
    this.#context.changes.say('datasets', 'audit', 'today')
  }

  #find(id: string): DatasetRecord {
    const found = findDataset(this.#deps.vault, id)
    if (!found.ok) throw new Refused('intake', found.refusal)
    return found.value
  }

  #file(source: TableSource, choice: RequestedPlan['choice']): { file: TableFile; choice: TableChoice } {
    const given = present<TableChoice>(choice)
    if ('upload' in source) return { file: this.#transfers.uploaded(source.upload), choice: given }
    const pasted = pastedTable(source.pasted)
    return { file: pasted.file, choice: { ...given, ...pasted.choice } }
  }

  #plan(requested: RequestedPlan): { file: TableFile; plan: ImportPlan } {
    const { file, choice } = this.#file(requested.source, requested.choice)
    const { name, system, cancellations, maxDefects } = requested
    const columns = requested.columns.map((column) => present<PlannedColumn>(column))
    return { file, plan: { choice, name, system, columns, cancellations, maxDefects } }
  }
}

const defectView = ({ line, column, code, value }: Defect): DefectView => ({ line, column, code, excerpt: value })

function settled<T>(result: Result<T, ImportRefusal>): T {
  if (result.ok) return result.value
  throw new Refused('intake', result.refusal.code, result.refusal.params)
}

/** Without the fields that are there and undefined, as a validator leaves them; `T` names the type that this yields. */
function present<T extends object>(value: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
}
