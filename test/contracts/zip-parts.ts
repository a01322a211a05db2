import { crc32, deflateRawSync } from 'node:zlib'

/** One part of a zip file, and the lies that a hostile one tells. */
export interface ZipPart {
  readonly name: string
  readonly text: string
  readonly stored?: boolean
  readonly encrypted?: boolean
  /** Uncompressed size to declare in place of the true one. */
  readonly claims?: number
  /** In the archive, but not in its directory. */
  readonly hidden?: boolean
}

/** A zip archive written by hand, so that the readers are tested against another writer than the one we ship. */
export function zipParts(parts: readonly ZipPart[]): Uint8Array {
  const chunks: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, stored, encrypted, claims, hidden } of parts) {
    const plain = Buffer.from(text)
    const packed = stored ? plain : deflateRawSync(plain)
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(encrypted ? 1 : 0, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claims ?? plain.length, 18)
    common.writeUInt16LE(label.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, label, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    if (!hidden) directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, label]))
    chunks.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...chunks, index, end]))
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface HandmadeWorkbook {
  /** Sheet name → content of `<sheetData>`. */
  readonly sheets: Readonly<Record<string, string>>
  readonly date1904?: string
  readonly shared?: readonly string[]
}

/** Styles: 0 general, 1 built-in date (14), 2 date and time (22), 3 own format `dd/mm/yyyy`. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`

export function workbookParts({ sheets, date1904, shared = [] }: HandmadeWorkbook): ZipPart[] {
  const names = Object.keys(sheets)
  const flag = date1904 === undefined ? '' : ` date1904="${date1904}"`
  return [
    {
      name: 'xl/workbook.xml',
      text: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><workbookPr${flag}/><sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${LINKS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId90" Type="${LINKS}/styles" Target="styles.xml"/><Relationship Id="rId91" Type="${LINKS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      stored: true,
    },
    { name: 'xl/styles.xml', text: XML + STYLES },
    {
      name: 'xl/sharedStrings.xml',
      text: `${XML}<sst xmlns="${MAIN}">${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    },
    ...names.map((name, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      text: `${XML}<worksheet xmlns="${MAIN}"><sheetData>${sheets[name]}</sheetData></worksheet>`,
    })),
  ]
}
