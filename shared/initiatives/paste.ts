import { CURRENCIES, type Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { dateEvidence, isHijri, readDate, type DateOrder } from '#shared/intake/calendar.ts'
import { decimalEvidence, readDecimal, toMinorUnits, toNumber, type DecimalMark } from '#shared/intake/decimal.ts'
import { excerpt } from '#shared/intake/defect.ts'
import { bare, folded, isMissing, isSpreadsheetError } from '#shared/intake/text.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { readClipboard } from './clipboard.ts'
import { matchHeaders, PASTE_FIELDS, PASTE_KEY, type PasteField, type PasteKind } from './paste-columns.ts'

/** What the plan and the workspace already know, for cells that name a company or a milestone. */
export interface PasteKnown {
  readonly companies: readonly { readonly id: CompanyId; readonly names: readonly string[] }[]
  readonly milestones: readonly { readonly id: string; readonly names: readonly string[] }[]
  readonly currency: Currency | null
}

/** What the person settled in the preview; anything left out is proposed from the cells. */
export interface PasteChoice {
  readonly columns?: readonly (string | null)[]
  readonly header?: boolean
  readonly dateOrder?: DateOrder
  readonly decimalMark?: DecimalMark
}

/** Why a cell is not taken. A closed list: each code has its sentence in both languages. */
export const PASTE_DEFECTS = [
  'nothing-named', 'not-a-date', 'hijri-out-of-range', 'not-a-number', 'number-too-large', 'money-too-fine', 'no-currency',
  'negative', 'not-a-rating', 'unknown-choice', 'unknown-company', 'unknown-milestone', 'spreadsheet-error', 'too-long',
] as const // prettier-ignore
export type PasteDefectCode = (typeof PASTE_DEFECTS)[number]

export interface PasteDefect {
  /** 1-based, as pasted, the header row counted. */
  readonly row: number
  /** 1-based. */
  readonly column: number
  readonly code: PasteDefectCode
  readonly value: string
}

/** Names a milestone of the plan, or one of the pasted rows (1-based, as pasted), which has no id yet. */
export type PasteTarget = { readonly id: string } | { readonly row: number }

export interface PasteRow {
  readonly row: number
  /** By field of the set; null clears nothing, it was an empty cell. */
  readonly values: Readonly<Record<string, string | number | null>>
  readonly depends: readonly PasteTarget[] | null
  /** A milestone, risk ... of the plan with the same name: the person may update it instead of adding another. */
  readonly same: string | null
}

export interface PasteReading {
  readonly kind: PasteKind
  readonly header: boolean
  readonly columns: readonly { readonly title: string; readonly field: string | null }[]
  readonly rows: readonly PasteRow[]
  /** While there is one, nothing is pasted at all. */
  readonly defects: readonly PasteDefect[]
  readonly dateOrder: DateOrder
  readonly decimalMark: DecimalMark
  /** What the cells leave open, so the person is asked. */
  readonly questions: readonly ('date-order' | 'decimal-mark')[]
}

export type PasteRefusal = 'paste-empty' | 'paste-too-large' | 'paste-no-columns'

/** Rows that one paste may hold. */
const MOST = 2_000
const LONGEST: Readonly<Record<string, number>> = { mitigation: 20_000 }

/** Reads what was copied from a spreadsheet. Nothing is written; the reading is what the preview shows. */
export function readPaste(
  kind: PasteKind,
  text: string,
  known: PasteKnown,
  existing: readonly { readonly id: string; readonly names: readonly string[] }[],
  choice: PasteChoice = {},
): Result<PasteReading, PasteRefusal> {
  const all = readClipboard(text)
  const lines = all
    .map((cells, at) => ({ row: at + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => bare(cell) !== ''))
  const [first] = lines
  if (first === undefined) return refuse('paste-empty')
  if (lines.length > MOST + 1) return refuse('paste-too-large')
  const width = Math.max(...lines.map(({ cells }) => cells.length))
  const matched = matchHeaders(kind, first.cells)
  // Two known words make a header; one does where nothing but one column was copied.
  const header = choice.header ?? matched.filter((name) => name !== null).length >= Math.min(2, first.cells.length)
  const fields = (choice.columns ?? (header ? matched : [])).slice(0, width)
  const columns = Array.from({ length: width }, (_, at) => ({
    title: header ? bare(first.cells[at] ?? '') : '',
    field: fields[at] ?? null,
  }))
  const used = columns.map(({ field }) => PASTE_FIELDS[kind].find((one) => one.field === field))
  if (!header && choice.columns === undefined) return ok(unread(kind, columns))
  if (used.every((field) => field === undefined)) return refuse('paste-no-columns')
  const body = header ? lines.slice(1) : lines
  if (body.length === 0) return refuse('paste-empty')
  const cellsOf = (...kinds: readonly string[]): readonly string[] =>
    body.flatMap(({ cells }) =>
      cells.filter((cell, at) => kinds.includes(used[at]?.type.kind ?? '') && !isMissing(cell)),
    )
  const dates = proposeOrder(cellsOf('date'))
  const marks = proposeMark(cellsOf('number', 'money', 'percent'))
  const dateOrder = choice.dateOrder ?? dates.order
  const decimalMark = choice.decimalMark ?? marks.mark
  const names = namesOf(kind, used, body)
  const context: Reading = { known, names, dateOrder, decimalMark }
  const defects: PasteDefect[] = []
  const rows = body.map(({ row, cells }) => readRow(kind, row, cells, used, context, existing, defects))
  const questions = [
    ...(dates.open && choice.dateOrder === undefined ? (['date-order'] as const) : []),
    ...(marks.open && choice.decimalMark === undefined ? (['decimal-mark'] as const) : []),
  ]
  return ok({ kind, header, columns, rows, defects, dateOrder, decimalMark, questions })
}

/** Without a header that we know nothing is guessed: the person says what the columns are. */
const unread = (kind: PasteKind, columns: PasteReading['columns']): PasteReading => ({
  kind, header: false, columns, rows: [], defects: [], dateOrder: 'dmy', decimalMark: '.', questions: [],
}) // prettier-ignore

type Line = { readonly row: number; readonly cells: readonly string[] }
interface Reading {
  readonly known: PasteKnown
  /** Folded name of a pasted milestone → its row. */
  readonly names: ReadonlyMap<string, number>
  readonly dateOrder: DateOrder
  readonly decimalMark: DecimalMark
}

function readRow(
  kind: PasteKind,
  row: number,
  cells: readonly string[],
  used: readonly (PasteField | undefined)[],
  context: Reading,
  existing: readonly { readonly id: string; readonly names: readonly string[] }[],
  defects: PasteDefect[],
): PasteRow {
  const values: Record<string, string | number | null> = {}
  let depends: readonly PasteTarget[] | null = null
  const currency = currencyOf(cells, used) ?? context.known.currency
  for (const [at, cell] of cells.entries()) {
    const field = used[at]
    if (field === undefined) continue
    const defect = (code: PasteDefectCode): void =>
      void defects.push({ row, column: at + 1, code, value: excerpt(cell) })
    if (isMissing(cell)) continue
    if (isSpreadsheetError(cell)) defect('spreadsheet-error')
    else if (field.type.kind === 'milestones') {
      const found = targetsOf(cell, context)
      if (found === undefined) defect('unknown-milestone')
      else depends = found.filter((target) => !('row' in target) || target.row !== row)
    } else {
      const value = readCell(cell, field, context, currency)
      if (value.ok) values[field.field] = value.value
      else defect(value.refusal)
    }
  }
  // `5 د.ك` names its currency beside the amount: the amount was read in its minor units, so it has to be kept with it.
  if (
    typeof values['amount'] === 'number' &&
    values['currency'] === undefined &&
    currency !== null &&
    currency !== context.known.currency
  )
    values['currency'] = currency
  const key = PASTE_KEY[kind].map((name) => values[name]).filter((value) => typeof value === 'string')
  const named = used.findIndex((field) => field !== undefined && PASTE_KEY[kind].includes(field.field))
  if (
    key.length === 0 &&
    !defects.some((defect) => defect.row === row && PASTE_KEY[kind].includes(used[defect.column - 1]?.field ?? ''))
  )
    defects.push({ row, column: Math.max(0, named) + 1, code: 'nothing-named', value: '' })
  const same = existing.find(({ names }) =>
    names.some((name) => name !== '' && key.some((text) => folded(text) === folded(name))),
  )
  return { row, values, depends, same: kind === 'budget' ? null : (same?.id ?? null) }
}

function readCell(
  cell: string,
  { type, field }: PasteField,
  { known, dateOrder, decimalMark }: Reading,
  currency: Currency | null,
): Result<string | number, PasteDefectCode> {
  switch (type.kind) {
    case 'text': {
      const text = bare(cell)
      return text.length > (LONGEST[field] ?? 400) ? refuse('too-long') : ok(text)
    }
    case 'date': {
      const date = readDate(cell, dateOrder)
      if (date === 'not-a-date') return refuse('not-a-date')
      return date === 'hijri-out-of-range' ? refuse('hijri-out-of-range') : ok(date)
    }
    case 'number': {
      const value = numberIn(cell, decimalMark)
      return value === undefined
        ? refuse('not-a-number')
        : Math.abs(value) > 1e15
          ? refuse('number-too-large')
          : ok(value)
    }
    case 'percent': {
      // 60 and 60% both mean sixty per cent: a share below 1 % is not what people paste.
      const reading = readDecimal(cell, decimalMark)
      const value = reading && toNumber({ ...reading, percent: false })
      if (value === undefined) return refuse('not-a-number')
      return value < 0 ? refuse('negative') : value > 1e6 ? refuse('number-too-large') : ok(value)
    }
    case 'money': {
      const reading = readDecimal(cell, decimalMark)
      if (reading === undefined) return refuse('not-a-number')
      if (currency === null) return refuse('no-currency')
      const minor = toMinorUnits(reading, CURRENCIES[currency].decimals)
      if (minor === 'too-fine') return refuse('money-too-fine')
      if (minor === 'too-large' || minor > 1e15) return refuse('number-too-large')
      return minor < 0 ? refuse('negative') : ok(minor)
    }
    case 'rating': {
      const value = numberIn(cell, decimalMark)
      return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 5
        ? ok(value)
        : refuse('not-a-rating')
    }
    case 'company': {
      const name = folded(cell)
      const found = known.companies.find(({ names }) => names.some((one) => folded(one) === name))
      return found === undefined ? refuse('unknown-company') : ok(found.id)
    }
    case 'choice': {
      const word = folded(cell)
      const found = Object.entries(type.options).find(([value, { en, ar }]) =>
        [value, en, ar].some((one) => folded(one) === word),
      )
      return found === undefined ? refuse('unknown-choice') : ok(found[0])
    }
    case 'milestones':
      return refuse('unknown-milestone')
  }
}

function numberIn(cell: string, mark: DecimalMark): number | undefined {
  const reading = readDecimal(cell, mark)
  return reading && toNumber(reading)
}

/** The currency of a row: its own column, else the mark beside its amount. */
function currencyOf(cells: readonly string[], used: readonly (PasteField | undefined)[]): Currency | undefined {
  for (const kind of ['currency', 'amount']) {
    const cell = cells[used.findIndex((field) => field?.field === kind)]
    if (cell === undefined || isMissing(cell)) continue
    const word = folded(cell)
    const named = Object.entries(CURRENCIES).find(([code, { label }]) =>
      [code, label.en, label.ar].some((one) => folded(one) === word),
    )?.[0]
    const marked = kind === 'amount' ? readDecimal(cell, '.')?.currency : undefined
    const code = named ?? marked
    if (code !== undefined && code in CURRENCIES) return code as Currency
  }
  return undefined
}

/** Pasted milestones by name, and which row each stands in. */
function namesOf(
  kind: PasteKind,
  used: readonly (PasteField | undefined)[],
  body: readonly Line[],
): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  if (kind !== 'milestones') return names
  for (const { row, cells } of body) {
    for (const [at, field] of used.entries()) {
      const name = folded(cells[at] ?? '')
      if (field !== undefined && PASTE_KEY.milestones.includes(field.field) && name !== '' && !names.has(name))
        names.set(name, row)
    }
  }
  return names
}

/** `Design; Pilot`: names of milestones, whole first, because a name may hold a comma itself. */
function targetsOf(cell: string, { known, names }: Reading): readonly PasteTarget[] | undefined {
  const one = (text: string): PasteTarget | undefined => {
    const name = folded(text)
    const row = names.get(name)
    if (row !== undefined) return { row }
    const found = known.milestones.find((milestone) =>
      milestone.names.some((own) => own !== '' && folded(own) === name),
    )
    return found && { id: found.id }
  }
  const whole = one(cell)
  if (whole !== undefined) return [whole]
  const parts = cell.split(/[;؛\n]|[,،]/).filter((part) => bare(part) !== '').map(one) // prettier-ignore
  return parts.some((part) => part === undefined) ? undefined : parts.filter((part) => part !== undefined)
}

function proposeOrder(values: readonly string[]): { readonly order: DateOrder; readonly open: boolean } {
  const seen = values.map(dateEvidence)
  const count = (kind: string): number => seen.filter((one) => one === kind).length
  if (values.length > 0 && values.filter(isHijri).length > values.length / 2) return { order: 'hijri', open: false }
  const order = count('mdy') > count('dmy') ? 'mdy' : 'dmy'
  const mixed = count('mdy') > 0 && count('dmy') > 0
  return { order, open: mixed || (count('either') > 0 && count('mdy') + count('dmy') === 0) }
}

function proposeMark(values: readonly string[]): { readonly mark: DecimalMark; readonly open: boolean } {
  const seen = values.map(decimalEvidence)
  const count = (kind: string): number => seen.filter((one) => one === kind).length
  const mixed = count(',') > 0 && count('.') > 0
  return {
    mark: count(',') > count('.') ? ',' : '.',
    open: mixed || (count('either') > 0 && count('.') + count(',') === 0),
  }
}
