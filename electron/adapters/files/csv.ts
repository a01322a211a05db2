import { parse } from 'csv-parse/sync'
import type { RawBatch, TableChoice, TableProbe, TableRefusal } from '#engine/ports.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { detectDelimiter, type Delimiter } from './delimiter.ts'
import { decodeChunks, detectEncoding, type Encoding } from './encoding.ts'
import { sha256 } from './digest.ts'
import { RecordCutter, type TextRecord } from './records.ts'

const BATCH = 2_000
/** A batch ends early when its cells are long, so that memory does not depend on what the cells hold. */
const BATCH_CHARACTERS = 1 << 20
const SAMPLE = 200

interface ParsedRecord {
  readonly line: number
  readonly cells: readonly string[]
  readonly unclosed: boolean
  readonly badEncoding: boolean
}

/** Cells of many records in one call of csv-parse; one by one when it counts differently, so that lines never shift. */
function parseCells(records: readonly TextRecord[], delimiter: Delimiter): string[][] {
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 0,
  }
  const together = parse(records.map(({ text }) => text).join('\n'), options)
  if (together.length === records.length) return together
  return records.map(({ text }) => parse(text, options)[0] ?? [])
}

function* parsed(
  bytes: Uint8Array,
  encoding: Encoding,
  delimiter: Delimiter,
): Generator<{ records: ParsedRecord[]; progress: number }> {
  const cutter = new RecordCutter(delimiter)
  let waiting: TextRecord[] = []
  let characters = 0
  const flush = (progress: number) => {
    const whole = waiting.filter(({ unclosed, text }) => !unclosed && text.trim() !== '')
    const cells = parseCells(whole, delimiter)
    let next = 0
    const records = waiting.flatMap(({ line, text, unclosed }): ParsedRecord[] => {
      if (unclosed) return [{ line, cells: [], unclosed, badEncoding: false }]
      if (text.trim() === '') return []
      return [{ line, cells: cells[next++] ?? [], unclosed, badEncoding: text.includes('\ufffd') }]
    })
    waiting = []
    characters = 0
    return { records, progress }
  }
  for (const { text, at } of decodeChunks(bytes, encoding)) {
    for (const record of cutter.push(text, at === bytes.length)) {
      waiting.push(record)
      characters += record.text.length
      if (waiting.length === BATCH || characters > BATCH_CHARACTERS) yield flush(at / bytes.length)
    }
  }
  yield flush(1)
}

/** The width that most of the first records share: a title line above the header must not decide it. */
function headerGuess(records: readonly ParsedRecord[]): number {
  const widths = new Map<number, number>()
  for (const { cells } of records) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  const usual = [...widths].sort((left, right) => right[1] - left[1])[0]?.[0] ?? 0
  const at = records.findIndex(
    ({ cells }) => cells.length === usual && cells.filter((cell) => cell.trim() !== '').length > usual / 2,
  )
  return Math.max(at, 0)
}

export function probeCsv(bytes: Uint8Array, choice: TableChoice): Result<TableProbe, TableRefusal> {
  const encoding = choice.encoding ?? detectEncoding(bytes)
  const [head] = decodeChunks(bytes, encoding)
  if (head === undefined || head.text.trim() === '') return refuse('empty')
  if (head.text.includes('\0')) return refuse(choice.encoding === undefined ? 'not-a-table' : 'bad-encoding')
  const replaced = head.text.split('\ufffd').length - 1
  if (replaced > head.text.length / 10) return refuse('bad-encoding')
  const delimiter = choice.delimiter ?? detectDelimiter(head.text)
  const first: ParsedRecord[] = []
  for (const { records } of parsed(bytes, encoding, delimiter)) {
    first.push(...records.filter(({ unclosed }) => !unclosed))
    if (first.length > SAMPLE) break
  }
  const headerRow = choice.headerRow ?? headerGuess(first.slice(0, 30))
  const headers = first[headerRow]?.cells
  if (headers === undefined) return refuse('empty')
  const sample = first
    .slice(headerRow + 1, headerRow + 1 + SAMPLE)
    .filter(({ cells }) => cells.length === headers.length)
  return ok({
    format: 'csv',
    sha256: sha256(bytes),
    encoding,
    delimiter,
    sheets: [],
    headerRow,
    headers,
    sample: sample.map(({ cells }) => cells),
  })
}

/** All rows below the header, in batches; rows that are not like the header are reported by line and left out. */
export function* readCsv(bytes: Uint8Array, choice: TableChoice): Generator<Result<RawBatch, TableRefusal>> {
  const encoding = choice.encoding ?? detectEncoding(bytes)
  const [head] = decodeChunks(bytes, encoding)
  const delimiter = choice.delimiter ?? detectDelimiter(head?.text ?? '')
  const probe = probeCsv(bytes, choice)
  if (!probe.ok) {
    yield probe
    return
  }
  let skip = probe.value.headerRow + 1
  const width = probe.value.headers.length
  for (const { records, progress } of parsed(bytes, encoding, delimiter)) {
    const rows: { line: number; cells: readonly string[] }[] = []
    const malformed: { line: number; problem: 'column-count' | 'unclosed-quote' | 'bad-encoding' }[] = []
    for (const { line, cells, unclosed, badEncoding } of records) {
      if (unclosed) {
        malformed.push({ line, problem: 'unclosed-quote' })
        continue
      }
      if (skip > 0) {
        skip--
        continue
      }
      if (badEncoding) malformed.push({ line, problem: 'bad-encoding' })
      else if (cells.length !== width) malformed.push({ line, problem: 'column-count' })
      else if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
    }
    yield ok({ rows, malformed, progress })
  }
}
