import { z } from 'zod'
import { isoDate } from '../kernel/time.ts'
import type { DataClass } from './table.ts'
import type { Words } from './words.ts'

/** What the generic form renders for a field. `hidden` is carried and not shown. */
export type Control =
  | 'line' | 'note' | 'bilingual' | 'quantity' | 'count' | 'percent' | 'date' | 'month' | 'instant' | 'choice'
  | 'reference' | 'group' | 'list' | 'cells' | 'records' | 'rich' | 'series' | 'hidden' // prettier-ignore

/** Class of what an artifact carries: nothing `private` can be declared in an artifact at all. */
export type SharedClass = Exclude<DataClass, 'private'>

/** One field of an artifact: its schema and everything that a form, a print-out or a policy has to know about it. */
export interface Field<T = unknown> {
  readonly schema: z.ZodType<T>
  readonly label: Words
  readonly help: Words | null
  readonly unit: Words | null
  readonly control: Control
  readonly dataClass: SharedClass
  readonly optional: boolean
  /** False: computed or set by the engine, shown by forms, edited by nobody. */
  readonly editable: boolean
  /** Labels of the values of a `choice`. */
  readonly options: Readonly<Record<string, Words>> | null
  /** Fields inside a `group`, of one row of a `list`, of one cell of `cells`, or of one of `records`. */
  readonly fields: Fields | null
}
export type Fields = Readonly<Record<string, Field>>
export type ValueOf<F> = F extends Field<infer T> ? T : never
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> }

interface About {
  readonly help?: Words
  readonly unit?: Words
  readonly dataClass?: SharedClass
}

/** A field from a schema of one's own; the builders below cover the usual ones. */
export function field<T>(label: Words, control: Control, schema: z.ZodType<T>, about: About = {}): Field<T> {
  const { help = null, unit = null, dataClass = 'shared-confidential' } = about
  return { schema, label, help, unit, control, dataClass, optional: false, editable: true, options: null, fields: null }
}

/** Brands what a pattern has checked. */
const branded = <T extends string>(pattern: RegExp): z.ZodType<T> =>
  z.string().regex(pattern) as unknown as z.ZodType<T>

/** Years that calendars can work with: beyond them a hostile date would break arithmetic that honest ones never test. */
const MONTH = /^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/
export const LAST_INSTANT = Date.UTC(2199, 11, 31)

/** Schema of a calendar date that exists. */
export const calendarDate = <T extends string>(): z.ZodType<T> =>
  z.string().refine((text) => isoDate(text) !== undefined && MONTH.test(text.slice(0, 7))) as unknown as z.ZodType<T>

export const line = (label: Words, about?: About) => field(label, 'line', z.string().max(400), about)
export const note = (label: Words, about?: About) => field(label, 'note', z.string().max(20_000), about)
export const quantity = (label: Words, about?: About) => field(label, 'quantity', z.number().min(0).max(1e15), about)
export const count = (label: Words, least: number, most: number, about?: About) =>
  field(label, 'count', z.int().min(least).max(most), about)
export const percent = (label: Words, about?: About) => field(label, 'percent', z.number().min(0).max(1e6), about)
export const date = <T extends string>(label: Words, about?: About) => field(label, 'date', calendarDate<T>(), about)
export const month = <T extends string>(label: Words, about?: About) => field(label, 'month', branded<T>(MONTH), about)
export const instant = <T extends number>(label: Words, about?: About) =>
  field(label, 'instant', z.int().min(0).max(LAST_INSTANT) as unknown as z.ZodType<T>, about)
/** A lower-case hex id of `bytes` bytes. */
export const reference = <T extends string>(label: Words, bytes: number, about?: About) =>
  field(label, 'reference', branded<T>(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)), about)
export const bilingual = (label: Words, about?: About) =>
  field<Words>(label, 'bilingual', z.looseObject({ en: z.string().max(400), ar: z.string().max(400) }), about)

export function choice<const O extends Readonly<Record<string, Words>>>(
  label: Words,
  options: O,
  about?: About,
): Field<keyof O & string> {
  const values = Object.keys(options) as (keyof O & string)[]
  return { ...field(label, 'choice', z.enum(values) as unknown as z.ZodType<keyof O & string>, about), options }
}

/** Absent or null reads as null: what is not known is null, never 0. */
export const optional = <T>(inner: Field<T>): Field<T | null> => ({
  ...inner,
  schema: inner.schema.nullable().default(null) as unknown as z.ZodType<T | null>,
  optional: true,
})

/** Shown by the form and the print-out, edited by nobody. */
export const derived = <T>(inner: Field<T>): Field<T> => ({ ...inner, editable: false })

/** Unknown keys pass and stay: a reader of `.v1` accepts what a newer minor adds and hands it on (EX-4). */
export const objectOf = <F extends Fields>(fields: F): z.ZodType<ValuesOf<F>> =>
  z.looseObject(
    Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, inner.schema])),
  ) as unknown as z.ZodType<ValuesOf<F>>

export const group = <F extends Fields>(label: Words, fields: F, about?: About): Field<ValuesOf<F>> => ({
  ...field(label, 'group', objectOf(fields), about),
  fields,
})

export const list = <F extends Fields>(
  label: Words,
  fields: F,
  most: number,
  about?: About,
): Field<readonly ValuesOf<F>[]> => ({
  ...field<readonly ValuesOf<F>[]>(label, 'list', z.array(objectOf(fields)).max(most), about),
  fields,
})

/**
 * A table whose rows live in one map under their keys, each row a small map of fields: in a living document two people who
 * edit different cells, or different fields of one cell, merge. Give every inner field `optional`: merged rows are partial.
 */
export const cells = <F extends Fields>(
  label: Words,
  fields: F,
  about?: About,
): Field<Readonly<Record<string, ValuesOf<F>>>> => ({
  ...field<Readonly<Record<string, ValuesOf<F>>>>(
    label,
    'cells',
    z.record(z.string().max(900), objectOf(fields)) as unknown as z.ZodType<Readonly<Record<string, ValuesOf<F>>>>,
    about,
  ),
  fields,
})

/**
 * A set of records in a section of form `records`: every field of every record is a register of its own, so that what two
 * people wrote apart stays visible until somebody chooses. Give every inner field `optional`: a record grows field by field.
 */
export const records = <F extends Fields>(label: Words, fields: F, about?: About): Field<readonly ValuesOf<F>[]> => ({
  ...field<readonly ValuesOf<F>[]>(label, 'records', z.array(objectOf(fields)), about),
  fields,
})

/** Rich text of a record, edited letter by letter: it lives in a root fragment of the section's document, not in a register. */
export const rich = (label: Words, about?: About): Field<null> => ({
  ...field<null>(label, 'rich', z.null().default(null) as unknown as z.ZodType<null>, about),
  optional: true,
})

/** One number per bucket of the horizon; null is "not computable". */
export const series = (label: Words, about?: About) =>
  field<readonly (number | null)[]>(label, 'series', z.array(z.number().min(0).max(1e15).nullable()).max(60), about)
