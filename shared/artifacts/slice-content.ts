import { z } from 'zod'
import type { CompanyId, PolicyId, Role, SliceId } from '../kernel/ids.ts'
import { ROLES } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'
import { calendarDate, field, LAST_INSTANT, type SharedClass } from './field.ts'
import type { Cell, ColumnType } from './table.ts'
import { words } from './words.ts'

type Mark = readonly [row: number, column: number, why: 'below-k' | 'complementary']

/** The slice of `shared/disclosure/slice.ts` as an artifact carries it: the walls let artifacts see its shape alone. */
export interface DisclosedSlice {
  readonly format: 'mithaq.slice.v1'
  readonly owner: CompanyId
  readonly policy: PolicyId
  readonly policyVersion: number
  readonly revision: number
  readonly supersedes: SliceId | null
  readonly title: { readonly en: string; readonly ar: string }
  readonly purpose: string
  readonly necessity: string | null
  readonly roles: readonly Role[]
  readonly k: number
  readonly columns: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly part: 'group' | 'measure' | 'detail'
    readonly transform: string
    readonly dataClass: SharedClass
  }[]
  readonly rows: readonly (readonly Cell[])[]
  readonly suppressed: readonly Mark[]
  readonly totals: readonly {
    readonly over: readonly number[]
    readonly rows: readonly (readonly Cell[])[]
    readonly suppressed: readonly Mark[]
  }[]
  readonly provenance: {
    readonly sourceSystem: string
    readonly sourceTimestamp: Instant
    readonly sourceVersion: string
    readonly transformation: string
  }
  readonly asOf: IsoDate
  readonly currencyDays: number
  readonly expiresOn: IsoDate
}

const hex = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const day = calendarDate<IsoDate>()
const mark = z.tuple([z.int().min(0), z.int().min(0), z.enum(['below-k', 'complementary'])])
const cell: z.ZodType<Cell> = z.union([z.string(), z.number(), z.null()])

/**
 * The slice as it arrives from another company, whose bytes prove nothing about their shape. It reads to the very type that
 * `disclose` makes; constructing one stays `disclose`'s alone.
 */
const content = z
  .looseObject({
    format: z.literal('mithaq.slice.v1'),
    owner: hex<CompanyId>(32),
    policy: hex<PolicyId>(16),
    policyVersion: z.int().min(0),
    revision: z.int().min(1),
    supersedes: hex<SliceId>(32).nullable(),
    title: z.looseObject({ en: z.string(), ar: z.string() }),
    purpose: z.string(),
    necessity: z.string().nullable(),
    roles: z.array(z.enum(ROLES) as z.ZodType<Role>),
    k: z.int().min(0),
    columns: z.array(
      z.looseObject({
        name: z.string(),
        type: z.enum(['text', 'integer', 'decimal', 'date', 'boolean']),
        part: z.enum(['group', 'measure', 'detail']),
        transform: z.string(),
        dataClass: z.enum(['public', 'shared-confidential']),
      }),
    ),
    rows: z.array(z.array(cell)),
    suppressed: z.array(mark),
    totals: z.array(
      z.looseObject({ over: z.array(z.int().min(0)), rows: z.array(z.array(cell)), suppressed: z.array(mark) }),
    ),
    provenance: z.looseObject({
      sourceSystem: z.string(),
      sourceTimestamp: z.int().min(0).max(LAST_INSTANT) as unknown as z.ZodType<Instant>,
      sourceVersion: z.string(),
      transformation: z.string(),
    }),
    asOf: day,
    currencyDays: z.int().min(0),
    expiresOn: day,
  })
  .refine(({ columns, rows, suppressed, totals }) =>
    [{ rows, suppressed }, ...totals].every(
      (part) =>
        part.rows.every((row) => row.length === columns.length) &&
        part.suppressed.every(([row, column]) => part.rows[row]?.[column] === null),
    ),
  )

export const slice = field<DisclosedSlice>(
  words('Disclosed data', 'البيانات المفصح عنها'),
  'hidden',
  content as unknown as z.ZodType<DisclosedSlice>,
)
