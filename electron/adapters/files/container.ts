/** OLE2, the container of legacy workbooks and of encrypted new ones, told apart by a stream name in UTF-16. */
export function olderContainer(bytes: Uint8Array): 'encrypted' | 'legacy-workbook' | undefined {
  if (bytes[0] !== 0xd0 || bytes[1] !== 0xcf || bytes[2] !== 0x11 || bytes[3] !== 0xe0) return undefined
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  )
    ? 'encrypted'
    : 'legacy-workbook'
}

/** True for every container that a spreadsheet program writes, those that are refused included. */
export const isWorkbook = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) || olderContainer(bytes) !== undefined
