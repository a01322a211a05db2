import * as z from 'zod'
import { reciprocityTermsSchema } from '#shared/artifacts/reciprocity-terms.ts'
import { ROLES, type ChannelId, type DatasetId, type PolicyId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { isoDate, type IsoDate } from '#shared/kernel/time.ts'
import { groundSchema } from './privacy/ground.ts'
import { fieldTransformSchema } from './transform.ts'

/** Fewest distinct entities behind a published cell unless a policy asks for more. */
export const DEFAULT_K = 5
/** An aggregate over fewer than this is not an aggregate. */
export const LEAST_K = 3

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))
const columnName = z.string().min(1).max(200)
const cell = z.union([z.string().max(1000), z.number(), z.null()])
const bound = z.union([z.string().max(1000), z.number()])

/** Which rows are selected. All filters must hold. A missing value is in a list that names null, and never inside a range or comparison. */
export const rowFilterSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('in'), column: columnName, values: z.array(cell).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('not-in'), column: columnName, values: z.array(cell).min(1).max(10_000) }),
  /** Both ends included; ISO dates compare as dates. */
  z.strictObject({ kind: z.literal('range'), column: columnName, from: bound.nullable(), to: bound.nullable() }),
  z.strictObject({
    kind: z.literal('compare'),
    column: columnName,
    is: z.enum(['<', '<=', '=', '!=', '>=', '>']),
    value: bound,
  }),
])
export type RowFilter = z.infer<typeof rowFilterSchema>

const fieldRuleSchema = z.strictObject({
  column: columnName,
  transform: fieldTransformSchema,
  /** Contract clause that requires personal data unmasked in this column (PV-8); null: what the scan finds is refused. */
  clause: z.string().trim().min(3).max(300).nullable(),
})
export type FieldRule = z.infer<typeof fieldRuleSchema>

const measureSchema = z.strictObject({
  /** `count` counts records and takes no column. */
  column: columnName.nullable(),
  is: z.enum(['sum', 'count', 'mean', 'min', 'max']),
})

/**
 * What a company lets out of one dataset, to whom, how, why and until when. It is private: it names columns that never leave
 * and values it filters by. Default is deny: a column without a rule does not leave.
 */
export const disclosurePolicySchema = z.strictObject({
  format: z.literal('mithaq.policy.v1'),
  id: hex(32).transform((text) => text as PolicyId),
  version: z.int().min(1),
  name: z.strictObject({ en: z.string().max(200), ar: z.string().max(200) }),
  datasetId: hex(32).transform((text) => text as DatasetId),
  workspaceId: hex(64).transform((text) => text as WorkspaceId),
  channelId: hex(64)
    .transform((text) => text as ChannelId)
    .nullable(),
  /** Roles of the other companies that may open the slice. */
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  purpose: z.string().trim().min(3).max(500),
  rows: z.array(rowFilterSchema).max(50),
  /** `aggregate` is the default; `detail` gives single records and needs a recorded reason (PV-4). */
  mode: z.enum(['aggregate', 'detail']),
  necessity: z.string().trim().min(10).max(500).nullable(),
  /** In an aggregate the released columns name the cells. Several rules for one column: a `drop` among them wins. */
  fields: z.array(fieldRuleSchema).max(100),
  k: z.int().min(1).max(1000),
  /** The column whose distinct values k counts: whom the numbers are about. It does not leave by being counted. */
  entity: columnName.nullable(),
  measures: z.array(measureSchema).max(20),
  /** Published totals: each lists the group columns it keeps; an empty list is the grand total. */
  totals: z.array(z.array(columnName).max(10)).max(20),
  currencyDays: z.int().min(1).max(3650),
  expiresOn: z
    .string()
    .refine((text) => isoDate(text) !== undefined)
    .transform((text) => text as IsoDate),
  /** What is asked in return (PV-1); null: nothing. */
  reciprocity: reciprocityTermsSchema.nullable(),
  /** Why personal data may leave, should there be any (PV-10); null: none may. */
  ground: groundSchema.nullable().default(null),
})
export type DisclosurePolicy = Readonly<z.infer<typeof disclosurePolicySchema>>
