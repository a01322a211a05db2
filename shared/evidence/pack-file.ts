/** One file of a pack, by its path inside it. */
export interface PackFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Paths of our own making: lower and upper case letters, digits, a few marks, folders one deep or more. */
const SAFE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,79}){0,3}$/

/** Whether unpacking a file of this name stays in its folder on every system. */
export const isSafeName = (name: string): boolean => SAFE.test(name) && !name.includes('..')

/** In one order everywhere: that of their names' characters. */
export const inOrder = (files: readonly PackFile[]): readonly PackFile[] =>
  files.toSorted((left, right) => (left.name < right.name ? -1 : 1))

export const README = 'README.txt'
export const TIMELINE = 'timeline.html'
export const INDEX = 'pack.json'
export const MANIFEST = 'manifest.txt'
/** The maker's signature over the manifest. */
export const MANIFEST_SIGNATURE = 'manifest.sig'
export const SIGNED_PDF = 'agreement/signed.pdf'
export const TEXT = 'agreement/agreement.json'
/** The signed file as a licensed provider's signatures were added to it. */
export const CERTIFIED_PDF = 'agreement/certified.pdf'
