import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readAgreement } from '#adapters/files/read-agreement.ts'
import { wordChanges } from '#shared/agreement/word-changes.ts'
import { sampleWord, TERMS } from '#test/agreements/word-sample.ts'
import { editDocx } from '#test/support/edit-docx.ts'
import type { Target } from './fuzz.ts'

const { base } = sampleWord()
const file = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '../agreements/word', `${name}.libreoffice.docx`))

/** Word files that somebody edited, unpacked, so that what is bent is the XML and not its compression. */
export const WORD_TARGET: Target = {
  name: 'word-agreement',
  samples: ['untouched', 'edited'].map((name) => editDocx(file(name), (xml) => xml)),
  async read(input) {
    const found = await readAgreement(input)
    if (!found.ok) return false
    const { items } = wordChanges(base, found.value, TERMS)
    if (new Set(items.map(({ id }) => id)).size !== items.length) throw new Error('two items of one name')
    return true
  },
}
