import type { Column, ColumnMeaning } from '#shared/artifacts/table.ts'
import type { DatasetId, PolicyId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { DEFAULT_K, type DisclosurePolicy, type FieldRule } from './disclosure-policy.ts'

/** What a proposal cannot know by itself. */
export interface ProposalContext {
  readonly id: PolicyId
  readonly datasetId: DatasetId
  readonly workspaceId: WorkspaceId
  readonly roles: readonly Role[]
  readonly today: IsoDate
}

/**
 * A first policy that a person can send as it stands: month by SKU and region, quantity summed, at least five customers
 * behind each number, cancelled records left out, everything else dropped by name so that the person sees the decision.
 */
export function proposePolicy(columns: readonly Column[], context: ProposalContext): DisclosurePolicy {
  const first = (...meanings: ColumnMeaning[]) =>
    meanings.map((meaning) => columns.find((column) => column.meaning === meaning)).find((found) => found !== undefined)
  const date = first('date')
  const product = first('sku', 'product')
  const region = first('region')
  const entity = first('customer', 'email', 'phone', 'person-name', 'tax-id')
  const numeric = (column: Column | undefined) =>
    column !== undefined && (column.type === 'integer' || column.type === 'decimal')
  const quantity = columns.find((column) => column.meaning === 'quantity' && numeric(column))

  const released: FieldRule[] = []
  if (date?.type === 'date') {
    released.push({ column: date.name, transform: { kind: 'generalise-date', to: 'month' }, clause: null })
  }
  for (const column of [product, region]) {
    // A private product or region is not kept: it leaves as a pseudonym until the person decides otherwise.
    if (column === undefined) continue
    const transform =
      column.dataClass === 'private' ? ({ kind: 'replace', prefix: 'P-' } as const) : ({ kind: 'keep' } as const)
    released.push({ column: column.name, transform, clause: null })
  }
  const named = new Set(released.map((rule) => rule.column))
  const counted = new Set(quantity === undefined ? [] : [quantity.name])
  const dropped = columns
    .filter((column) => !named.has(column.name) && !counted.has(column.name))
    .map((column): FieldRule => ({ column: column.name, transform: { kind: 'drop' }, clause: null }))

  return {
    format: 'mithaq.policy.v1',
    id: context.id,
    version: 1,
    name: { en: 'Monthly demand by product and region', ar: 'الطلب الشهري حسب المنتج والمنطقة' },
    datasetId: context.datasetId,
    workspaceId: context.workspaceId,
    channelId: null,
    roles: [...context.roles],
    purpose: 'Joint capacity planning',
    rows: quantity === undefined ? [] : [{ kind: 'compare', column: quantity.name, is: '>', value: 0 }],
    mode: 'aggregate',
    necessity: null,
    fields: [...released, ...dropped],
    k: DEFAULT_K,
    entity: entity?.name ?? null,
    measures: quantity === undefined ? [{ column: null, is: 'count' }] : [{ column: quantity.name, is: 'sum' }],
    // The monthly total gives the whole a history and a forecast of its own; suppression protects what it sums over.
    totals: quantity !== undefined && date?.type === 'date' ? [[date.name]] : [],
    // A monthly aggregate is replaced once a month, and takes some days to be made.
    currencyDays: 45,
    expiresOn: addDays(context.today, 90),
    reciprocity: null,
    ground: null,
  }
}
