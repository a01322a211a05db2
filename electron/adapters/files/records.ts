/** One logical record of a delimited file: its text without the line end, and the 1-based line it starts on. */
export interface TextRecord {
  readonly line: number
  readonly text: string
  readonly unclosed: boolean
}

/** A quoted cell that runs on for longer than this was never closed: no spreadsheet holds such a cell. */
const MOST_LINES = 300
const MOST_CHARACTERS = 200_000

/**
 * Cuts decoded text into records so that one unclosed quote costs one line and not the rest of the file. A quote opens only at
 * the start of a cell and must be followed by a delimiter, a line end or a second quote; where that fails, the line on which it
 * opened is reported and reading goes on with the line after it. The cells themselves are parsed by `csv-parse`.
 */
export class RecordCutter {
  private rest = ''
  private line = 1
  private readonly delimiter: string

  constructor(delimiter: string) {
    this.delimiter = delimiter
  }

  /** Records that are complete with this text. With `last`, what remains is a record too. */
  *push(text: string, last: boolean): Generator<TextRecord> {
    const buffer = this.rest + text
    let at = 0
    while (at < buffer.length) {
      const end = this.endOf(buffer, at, last)
      if (end === undefined) break
      const record = { line: this.line, text: buffer.slice(at, end.to), unclosed: end.unclosed }
      this.line += end.lines
      at = end.next
      if (record.text !== '') yield record
    }
    this.rest = buffer.slice(at)
  }

  private endOf(
    buffer: string,
    from: number,
    last: boolean,
  ): { to: number; next: number; lines: number; unclosed: boolean } | undefined {
    let quoted = false
    let lines = 1
    let cellStart = true
    let firstEnd: { to: number; next: number } | undefined
    const unclosed = () => {
      const end = firstEnd ?? lineEnd(buffer, from, last)
      return end === undefined ? undefined : { ...end, lines: 1, unclosed: true }
    }
    for (let at = from; at < buffer.length; at++) {
      const letter = buffer[at]
      if (quoted) {
        if (letter === '"') {
          const after = buffer[at + 1]
          if (after === undefined && !last) return undefined
          if (after === '"') at++
          else if (after === undefined || after === this.delimiter || after === '\r' || after === '\n') quoted = false
          else return unclosed()
        } else if (letter === '\n' || letter === '\r') {
          if (letter === '\r' && at + 1 >= buffer.length && !last) return undefined
          const next = letter === '\r' && buffer[at + 1] === '\n' ? at + 2 : at + 1
          firstEnd ??= { to: at, next }
          lines++
          at = next - 1
          if (lines > MOST_LINES || at - from > MOST_CHARACTERS) return unclosed()
        }
      } else if (letter === '\n' || letter === '\r') {
        if (letter === '\r' && at + 1 >= buffer.length && !last) return undefined
        return { to: at, next: letter === '\r' && buffer[at + 1] === '\n' ? at + 2 : at + 1, lines, unclosed: false }
      } else if (letter === this.delimiter) {
        cellStart = true
        continue
      } else if (letter === '"' && cellStart) quoted = true
      cellStart = false
    }
    if (!last) return undefined
    return quoted ? unclosed() : { to: buffer.length, next: buffer.length, lines, unclosed: false }
  }
}

function lineEnd(buffer: string, from: number, last: boolean): { to: number; next: number } | undefined {
  for (let at = from; at < buffer.length; at++) {
    if (buffer[at] === '\n') return { to: at, next: at + 1 }
    if (buffer[at] === '\r') return { to: at, next: buffer[at + 1] === '\n' ? at + 2 : at + 1 }
  }
  return last ? { to: buffer.length, next: buffer.length } : undefined
}
