/** What an incremental update appended, as its own table says. */
export interface UpdateSection {
  /** Numbers of the objects that it defines. */
  readonly objects: ReadonlySet<number>
  /** Where the table stands that it builds on. */
  readonly previous: number
  readonly start: number
}

const END = /startxref\r?\n(\d+)\r?\n%%EOF(?:\r?\n)?$/

/** Where the cross-reference table stands that a file ends with. */
export function tableStart(file: Uint8Array): number | undefined {
  const found = END.exec(Buffer.from(file.subarray(-64)).toString('latin1'))
  return found ? Number(found[1]) : undefined
}

/**
 * Reads the bytes from `from` to the end as one update and nothing else: objects one after the other, each where the table says,
 * the table, its trailer. A file that different readers could read differently is `undefined`, and so is one in another form.
 */
export function readUpdate(file: Uint8Array, from: number): UpdateSection | undefined {
  const start = tableStart(file)
  if (start === undefined || start < from || start >= file.length) return undefined
  const text = (a: number, b: number): string => Buffer.from(file.subarray(a, b)).toString('latin1')
  const table = /^xref\r?\n([\d nf\r\n]+?)trailer\s*(<<.*>>)\s*startxref\r?\n\d+\r?\n%%EOF(?:\r?\n)?$/s.exec(
    text(start, file.length),
  )
  const entries = table && tableEntries(table[1] ?? '')
  const previous = /\/Prev (\d+)/.exec(table?.[2] ?? '')?.[1]
  if (!entries || previous === undefined || /\/(?:XRefStm|Encrypt)\b|trailer|startxref|%%EOF/.test(table?.[2] ?? ''))
    return undefined

  const inOrder = entries.toSorted((a, b) => a.offset - b.offset)
  const objects = new Set(inOrder.map(({ number }) => number))
  if (objects.size !== entries.length || entries.length === 0) return undefined
  if (text(from, inOrder[0]!.offset).trim() !== '') return undefined
  const whole = inOrder.every(({ number, offset }, at) => {
    const body = text(offset, inOrder[at + 1]?.offset ?? start)
    return body.startsWith(`${number} 0 obj`) && body.trimEnd().endsWith('endobj') && !/endobj\s+\d+ \d+ obj/.test(body)
  })
  return whole ? { objects, previous: Number(previous), start } : undefined
}

interface Entry {
  readonly number: number
  readonly offset: number
}

/** The entries of a table's subsections. Ours free no object and have one generation. */
function tableEntries(text: string): readonly Entry[] | undefined {
  const lines = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
  const entries: Entry[] = []
  for (let at = 0; at < lines.length;) {
    const [, first, count] = /^(\d+) (\d+)$/.exec(lines[at++] ?? '') ?? []
    if (first === undefined || count === undefined || Number(count) > lines.length) return undefined
    for (let index = 0; index < Number(count); index++) {
      const offset = /^(\d{10}) 00000 n$/.exec(lines[at++] ?? '')?.[1]
      if (offset === undefined) return undefined
      entries.push({ number: Number(first) + index, offset: Number(offset) })
    }
  }
  return entries
}
