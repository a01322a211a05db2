import { z } from 'zod'
import { isoDate } from '../kernel/time.ts'
import { ok, refuse, type Result } from '../kernel/result.ts'
import { Findings, type CheckOutcome } from './check-outcome.ts'

const columnRule = z.strictObject({
  name: z.string().min(1).max(200),
  /** The column has to be there; what it holds is said by the others. */
  present: z.boolean().default(true),
  /** No cell may be empty. */
  required: z.boolean().default(false),
  type: z.enum(['text', 'integer', 'decimal', 'date', 'boolean']).default('text'),
  /** A regular expression somewhere in the cell, as in JSON Schema; `^…$` for the whole cell. */
  pattern: z.string().max(500).optional(),
  unique: z.boolean().default(false),
  /** Of numbers; of dates as ISO text. */
  min: z.union([z.number(), z.string().max(10)]).optional(),
  max: z.union([z.number(), z.string().max(10)]).optional(),
  oneOf: z.array(z.string().max(200)).min(1).max(1_000).optional(),
})
const tableRules = z.strictObject({
  columns: z.array(columnRule).min(1).max(300),
  otherColumns: z.enum(['allowed', 'refused']).default('allowed'),
  rows: z.strictObject({ least: z.int().min(0).optional(), most: z.int().min(0).optional() }).optional(),
})
export type TableRules = z.infer<typeof tableRules>
type ColumnRule = TableRules['columns'][number]

/** Reads the rules of a `csv-rules` test. A word that this version does not know refuses them: a rule left out is a test not made. */
export function readTableRules(text: string): Result<TableRules, 'rules-malformed'> {
  try {
    const parsed = tableRules.safeParse(JSON.parse(text))
    if (!parsed.success) return refuse('rules-malformed')
    for (const { pattern } of parsed.data.columns) if (pattern !== undefined) void new RegExp(pattern, 'u')
    return ok(parsed.data)
  } catch {
    return refuse('rules-malformed')
  }
}

type Cell = string | number | boolean | null
interface Bound {
  readonly rule: ColumnRule
  readonly at: number
  readonly pattern: RegExp | undefined
  readonly seen: Set<string>
}

/**
 * A table against rules, row by row. Patterns come from a partner: whoever calls this does so where a deadline ends it.
 */
export class TableCheck {
  readonly #rules: TableRules
  readonly #findings = new Findings()
  readonly #columns: readonly Bound[]
  #rows = 0

  constructor(rules: TableRules, headers: readonly string[]) {
    this.#rules = rules
    const names = headers.map((header) => header.trim())
    for (const [at, name] of names.entries()) {
      if (names.indexOf(name) < at) this.#findings.add('1', name, 'column-twice')
      if (rules.otherColumns === 'refused' && !rules.columns.some((rule) => rule.name === name))
        this.#findings.add('1', name, 'column-unexpected')
    }
    this.#columns = rules.columns.flatMap((rule) => {
      const at = names.indexOf(rule.name)
      if (at < 0 && rule.present) this.#findings.add('1', rule.name, 'column-missing')
      const pattern = rule.pattern === undefined ? undefined : new RegExp(rule.pattern, 'u')
      return at < 0 ? [] : [{ rule, at, pattern, seen: new Set<string>() }]
    })
  }

  row(line: number, cells: readonly Cell[]): void {
    this.#rows++
    for (const bound of this.#columns) this.#cell(String(line), bound, cells[bound.at] ?? null)
  }

  /** A line that no table could be read from. */
  unreadable(line: number): void {
    this.#findings.add(String(line), '', 'unreadable-line')
  }

  end(): CheckOutcome {
    const { least, most } = this.#rules.rows ?? {}
    if (least !== undefined && this.#rows < least) this.#findings.add('', '', 'too-few-rows', this.#rows)
    if (most !== undefined && this.#rows > most) this.#findings.add('', '', 'too-many-rows', this.#rows)
    return this.#findings.outcome()
  }

  #cell(line: string, { rule, pattern, seen }: Bound, cell: Cell): void {
    const text = cell === null ? '' : String(cell).trim()
    const say = (code: Parameters<Findings['add']>[2]): void => this.#findings.add(line, rule.name, code, text)
    if (text === '') {
      if (rule.required) say('value-missing')
      return
    }
    const value = typed(rule.type, text)
    if (value === undefined) return say('wrong-type')
    if (pattern !== undefined && !pattern.test(text)) say('pattern')
    if (rule.oneOf !== undefined && !rule.oneOf.includes(text)) say('not-listed')
    if (rule.min !== undefined && isLess(value, rule.min)) say('too-small')
    if (rule.max !== undefined && isLess(rule.max, value)) say('too-large')
    if (!rule.unique) return
    if (seen.has(text)) say('not-unique')
    seen.add(text)
  }
}

const NUMBER = /^[+-]?\d{1,15}(\.\d{1,10})?$/
/** The cell as its type compares; undefined when it is not of the type. */
function typed(type: ColumnRule['type'], text: string): string | number | undefined {
  switch (type) {
    case 'text':
      return text
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined
    case 'decimal':
      return NUMBER.test(text) ? Number(text) : undefined
    case 'date':
      return isoDate(text)
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined
  }
}
/** Numbers against numbers, text (ISO dates) against text; unlike things have no order. */
const isLess = (left: string | number, right: string | number): boolean => typeof left === typeof right && left < right
