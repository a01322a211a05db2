import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const
const SUFFIX = /_(zero|one|two|few|many|other)$/
/** Latin that stays Latin in Arabic text: formats, protocols, commands and names of files. */
const ALLOWED = new Set(
  (
    'http https ws wss mithaq xlsx xls csv txt XLSX CSV JSON SKU UTF STUN TURN VAT IBAN SHA LE BE WAPE MAPE SMAPE mithaq-backup mithaq-company-kit Ctrl Esc Alt Apache ' +
    'Chromium chromium sudo apt-get install Windows ISO WebRTC PDF Excel Debian Word Markdown Schema docx md LibreOffice ics'
  ).split(' '),
)
const FILE_NAME = /[\w-]+\.(keys|kit|db|json|mithaq|xlsx|csv)\b/g

type Tree = { readonly [key: string]: string | Tree }
const here = new URL('.', import.meta.url)
const read = (locale: string, file: string): Tree =>
  JSON.parse(readFileSync(new URL(`${locale}/${file}`, here), 'utf8'))
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  )
const files = (locale: string): string[] => readdirSync(new URL(locale, here)).sort()
const bare = (key: string): string => key.replace(SUFFIX, '')
const names = (text: string): string[] => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name!).sort()

/** Shown as a file holds them: how a number is written there, the number in a format's name, and a version as it is typed. */
const AS_IN_THE_FILE = [
  'decimal.point', 'decimal.comma', 'encoding.windows-1256', 'not-a-version', 'schema-unsupported', 'example.json-schema',
] // prettier-ignore

describe('the two languages', () => {
  it('have the same files', () => expect(files('ar')).toEqual(files('en')))

  it.each(files('en'))('%s: have the same keys', (file) => {
    const keys = (locale: string) => [...new Set(flat(read(locale, file)).map(([key]) => bare(key)))].sort()
    expect(keys('ar')).toEqual(keys('en'))
  })

  it.each(files('en'))('%s: every plural has the forms of its language', (file) => {
    for (const [locale, forms] of [
      ['en', ['one', 'other']],
      ['ar', PLURALS],
    ] as const) {
      const entries = flat(read(locale, file))
      const plurals = new Set(entries.filter(([key]) => SUFFIX.test(key)).map(([key]) => bare(key)))
      for (const key of plurals)
        expect([locale, key, forms.filter((form) => !entries.some(([name]) => name === `${key}_${form}`))]).toEqual([
          locale,
          key,
          [],
        ])
    }
  })

  it.each(files('en'))('%s: say nothing empty and ask for the same values', (file) => {
    const english = new Map(flat(read('en', file)))
    for (const [key, text] of flat(read('ar', file))) {
      expect([key, text.trim() === '']).toEqual([key, false])
      const other = english.get(key) ?? english.get(`${bare(key)}_other`) ?? ''
      // A number may be written as a word in one plural form, so only values that English does not know are wrong.
      expect([key, names(text).filter((name) => !names(other).includes(name))]).toEqual([key, []])
      if (!SUFFIX.test(key)) expect([key, names(text)]).toEqual([key, names(other)])
    }
  })

  it.each(files('ar'))('%s: Arabic holds no untranslated word', (file) => {
    const left = flat(read('ar', file))
      .map(([key, text]): [string, string[]] => {
        const words =
          text
            .replace(/{{.*?}}/g, '')
            .replace(FILE_NAME, '')
            .match(/[A-Za-z][A-Za-z-]+/g) ?? []
        return [key, words.filter((word) => !ALLOWED.has(word.replace(/-$/, '')))]
      })
      .filter(([, words]) => words.length > 0)
    expect(left).toEqual([])
  })

  it.each(files('ar'))('%s: Arabic text uses Arabic-Indic digits', (file) => {
    const left = flat(read('ar', file))
      .filter(([key]) => !AS_IN_THE_FILE.includes(key))
      .filter(([, text]) => /\d/.test(text.replace(/{{.*?}}/g, '').replace(/[A-Za-z]+-?\d+/g, '')))
    expect(left).toEqual([])
  })
})
