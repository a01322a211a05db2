import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '#ui/parts/formatters.ts'

const locales = join(import.meta.dirname, '..', '..', '..', 'renderer', 'locales')

type Tree = { readonly [name: string]: Tree | string }

/** All words of a language by `namespace:dotted.key`. */
export function wordsOf(locale: Locale): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const take = (key: string, value: Tree | string): void => {
    if (typeof value === 'string') found.set(key, value)
    else for (const [name, below] of Object.entries(value)) take(`${key}.${name}`, below)
  }
  for (const file of readdirSync(join(locales, locale))) {
    const tree = JSON.parse(readFileSync(join(locales, locale, file), 'utf8')) as Tree
    for (const [name, below] of Object.entries(tree)) take(`${file.slice(0, -5)}:${name}`, below)
  }
  return found
}

/** What the screens say, in one language. A key that does not exist is a mistake of the story and throws. */
export interface Say {
  readonly locale: Locale
  (key: string, values?: Readonly<Record<string, string>>): string
  /** Any form of a sentence that counts, or that has values in it. */
  any(key: string): RegExp
}

export function sayIn(locale: Locale): Say {
  const words = wordsOf(locale)
  const text = (key: string): string => {
    const found = words.get(key)
    if (found === undefined) throw new Error(`no words for ${key} in ${locale}`)
    return found
  }
  const say = (key: string, values: Readonly<Record<string, string>> = {}) =>
    text(key).replaceAll(/{{\s*(\w+)[^}]*}}/g, (_, name: string) => values[name] ?? '')
  const any = (key: string): RegExp => {
    const forms = [...words].filter(
      ([name]) => name === key || new RegExp(`^${key}_(zero|one|two|few|many|other)$`).test(name),
    )
    if (forms.length === 0) throw new Error(`no words for ${key} in ${locale}`)
    const sources = forms.map(([, form]) =>
      form
        .split(/{{[^}]*}}/)
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
        .join('.+'),
    )
    return new RegExp(sources.join('|'))
  }
  return Object.assign(say, { locale, any })
}
