import type { ZipEntry } from './zip.ts'

/** The parts of a workbook that one sheet's cells depend on, found by way of the workbook's relationships. */
export interface SheetParts {
  readonly sheet: ZipEntry
  /** Workbook, relationships, styles and shared strings. */
  readonly others: readonly ZipEntry[]
}

const RELATIONSHIP = /<(?:\w+:)?Relationship\b[^>]*>/g
const SHEET = /<(?:\w+:)?sheet\s[^>]*>/g
const WORKBOOK = 'xl/workbook.xml'
const LINKS = 'xl/_rels/workbook.xml.rels'
const text = new TextDecoder()
const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''

/** The parts of the n-th sheet; undefined when one that it needs is not there. */
export function partsOf(entries: ReadonlyMap<string, ZipEntry>, sheet: number): SheetParts | undefined {
  const workbook = entries.get(WORKBOOK)
  const links = entries.get(LINKS)
  if (workbook === undefined || links === undefined) return undefined
  const tag = [...text.decode(workbook.content()).matchAll(SHEET)][sheet]?.[0] ?? ''
  const id = attribute(tag, '\\w+:id')
  const targets = [...text.decode(links.content()).matchAll(RELATIONSHIP)].map(([link]) => {
    const target = attribute(link, 'Target')
    const entry = entries.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    return { id: attribute(link, 'Id'), kind: attribute(link, 'Type').split('/').at(-1), entry }
  })
  const found = targets.find((target) => target.id === id)?.entry
  if (found === undefined) return undefined
  const shared = targets.flatMap(({ kind, entry }) =>
    (kind === 'styles' || kind === 'sharedStrings') && entry ? [entry] : [],
  )
  return { sheet: found, others: [workbook, links, ...shared] }
}

/** The beginning of a sheet, cut after a whole row and closed again: enough to propose from, whatever the sheet's length. */
export function beginningOf(xml: Uint8Array, length: number): Uint8Array {
  if (xml.length <= length) return xml
  const start = text.decode(xml.subarray(0, length))
  const rows = [...start.matchAll(/<\/(\w+:)?row>/g)]
  const last = rows.at(-1)
  if (last === undefined) return xml
  const prefix = last[1] ?? ''
  return Buffer.from(`${start.slice(0, last.index + last[0].length)}</${prefix}sheetData></${prefix}worksheet>`)
}
