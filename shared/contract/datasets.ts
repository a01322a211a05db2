import { type } from '@orpc/contract'
import * as z from 'zod'
import type { DatasetView, DefectView, ImportProbe, ReimportDiff, TablePage } from '#shared/projection/data-views.ts'
import { hexId, none, procedure } from './refusal.ts'

const choice = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1256']).optional(),
  delimiter: z.enum([',', ';', '\t']).optional(),
  sheet: z.string().max(255).optional(),
  headerRow: z.int().min(0).max(1000).optional(),
})
/** A file that was uploaded, or text pasted from a spreadsheet. */
const source = z.union([z.object({ upload: z.string() }), z.object({ pasted: z.string().max(20_000_000) })])

export const dataClass = z.enum(['public', 'shared-confidential', 'private'])
export const columnMeaning = z.enum([
  'date', 'sku', 'product', 'region', 'customer', 'quantity', 'price', 'amount', 'status', 'order',
  'person-name', 'email', 'phone', 'iban', 'national-id', 'tax-id', 'note', 'other',
]) // prettier-ignore
const column = z.object({
  header: z.string().max(500),
  name: z.string().min(1).max(200),
  type: z.enum(['text', 'integer', 'decimal', 'date', 'boolean']),
  meaning: columnMeaning,
  dataClass,
  dateOrder: z.enum(['ymd', 'dmy', 'mdy', 'hijri']).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
})
const plan = z.object({
  source,
  choice,
  name: z.string().min(1).max(200),
  system: z.string().max(200),
  columns: z.array(column).min(1).max(500),
  /** What to do with cancelled rows, and how many defective rows are too many (0: any defect refuses the file). */
  cancellations: z.enum(['exclude', 'net', 'keep']),
  maxDefects: z.int().min(0),
})
export type ImportPlan = z.infer<typeof plan>

export const datasets = {
  list: procedure.input(none).output(type<readonly DatasetView[]>()),
  probe: procedure.input(z.object({ source, choice })).output(type<ImportProbe>()),
  /** Starts the import; follow it with `jobs.get`. */
  import: procedure.input(plan).output(type<{ readonly job: string }>()),
  /** Makes a dataset of invented orders, the only kind that may leave into a dry run. Follow it with `jobs.get`. */
  synthesise: procedure
    .input(z.object({ name: z.string().min(1).max(200), rows: z.int().min(100).max(100_000) }))
    .output(type<{ readonly job: string }>()),
  page: procedure
    .input(
      z.object({
        dataset: hexId,
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
        sort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
        filter: z.string().max(200).optional(),
      }),
    )
    .output(type<TablePage>()),
  defects: procedure.input(z.object({ dataset: hexId })).output(type<readonly DefectView[]>()),
  update: procedure
    .input(
      z.object({
        dataset: hexId,
        name: z.string().min(1).max(200),
        columns: z.array(z.object({ name: z.string(), dataClass, meaning: columnMeaning })),
      }),
    )
    .output(type<DatasetView>()),
  remove: procedure.input(z.object({ dataset: hexId })).output(type<void>()),
  export: procedure
    .input(z.object({ dataset: hexId, locale: z.enum(['en', 'ar']) }))
    .output(type<{ readonly job: string }>()),
  exportDefects: procedure
    .input(z.object({ dataset: hexId, locale: z.enum(['en', 'ar']) }))
    .output(type<{ readonly job: string }>()),
  /** Reads the new file and says what would change; nothing changes until `confirmReimport`. Follow with `jobs.get`. */
  reimport: procedure
    .input(z.object({ dataset: hexId, plan, key: z.array(z.string()) }))
    .output(type<{ readonly job: string }>()),
  reimportDiff: procedure.input(z.object({ job: z.string() })).output(type<ReimportDiff>()),
  confirmReimport: procedure.input(z.object({ token: z.string() })).output(type<DatasetView>()),
  dropReimport: procedure.input(z.object({ token: z.string() })).output(type<void>()),
}
