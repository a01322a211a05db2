/** Rows and cells of what a spreadsheet puts on the clipboard: tabs between cells, quotes around a cell that holds tabs, quotes or line breaks. */
export function readClipboard(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = (): void => {
    row.push(cell)
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (letter === '"' && cell === '' && closes(text, at)) quoted = true
    else if (letter === '\t') endCell()
    else if (letter === '\n') endRow()
    else if (letter !== '\r' || text[at + 1] !== '\n') cell += letter
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** A quote that nothing closes before a cell's end is a quotation mark, not the beginning of a quoted cell. */
function closes(text: string, from: number): boolean {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at++
    else return at + 1 === text.length || '\t\r\n'.includes(text[at + 1] ?? '')
  }
  return false
}
