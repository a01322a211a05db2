import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'
import { REGIONS } from '#demo/catalogue.ts'
import { DEMO_HEADERS } from '#demo/transactions.ts'
import type { Locale } from '#ui/parts/formatters.ts'
import { wordsOf } from './say.ts'

/** Something that a person sees or hears, and where. */
interface Shown {
  readonly text: string
  readonly where: string
  /** In an element that keeps data in its own direction or language: a person's or a file's words, not ours. */
  readonly data: boolean
}

/** Latin words that stay as they are in Arabic: names of formats, of protocols, and the other language's own name. */
const STAY = [
  'English', 'XLSX', 'CSV', 'UTF-8', 'UTF-16', 'UTF-16 LE', 'UTF-16 BE', 'SHA-256', 'Excel', 'PII', 'IBAN', 'ERP', 'STUN', 'TURN', 'Apache-2.0',
  'Electron', 'Chromium', 'WAPE', 'MAPE', 'sMAPE', 'P10', 'P50', 'P90', 'SKU', 'PDF', 'Mithaq', 'Ctrl + K', 'Ctrl K', 'Esc', 'Alt', 'ws://', 'wss://', 'mithaq:',
] as const // prettier-ignore

/** Hashes as the screens shorten them, whole hex, product codes and file names: read the same in every language. */
const CODES = [
  /[0-9a-f]{8}…[0-9a-f]{4}/g,
  /\b[0-9a-f]{16,}\b/g,
  /\b[A-Z]{2,}-[A-Z0-9-]*\d[A-Z0-9-]*\b/g,
  /[\w-]+\.(csv|xlsx|mithaq)\b/g,
]

/** Data of the sample companies and of the imported file that is written in English, also where a list or a field shows it. */
export const SAMPLE_DATA: readonly string[] = [
  ...DEMO_HEADERS,
  ...REGIONS.map(({ name }) => name),
  'Customer orders',
  'Sample ERP',
  'cartons',
]

/**
 * Words of the interface on a screen that are not of its language. In Arabic: Latin words and Western digits; in English:
 * Arabic letters and digits. `data` are words that a person or a file brought along.
 */
export async function strangeWords(
  page: Page,
  locale: Locale,
  data: readonly string[] = [],
): Promise<readonly string[]> {
  const known = [...STAY, ...data].toSorted((a, b) => b.length - a.length)
  const shown = await everythingShown(page)
  const english = locale === 'ar' ? englishTexts() : new Set<string>()
  return shown.flatMap(({ text, where, data: isData }) => {
    if (isData) return []
    if (english.has(text) && !(STAY as readonly string[]).includes(text) && !data.includes(text))
      return [`${where}: ${text}`]
    let left = text
    for (const code of CODES) left = left.replaceAll(code, ' ')
    for (const word of known) left = left.replaceAll(word, ' ')
    const strange = locale === 'ar' ? /[A-Za-z]{2,}|[0-9]/ : /[\u0600-\u06ff]/
    return strange.test(left) ? [`${where}: ${text}`] : []
  })
}

let texts: ReadonlySet<string> | undefined
/** Every whole sentence or word of the English interface: shown in Arabic it was not translated, wherever it stands. */
const englishTexts = (): ReadonlySet<string> => {
  const arabic = new Set(wordsOf('ar').values())
  return (texts ??= new Set([...wordsOf('en').values()].filter((text) => !text.includes('{{') && !arabic.has(text))))
}

/** All text on the screen, in the picture and for the ear: nodes, titles, labels, hints, values that lists show. */
function everythingShown(page: Page): Promise<readonly Shown[]> {
  return page.evaluate(() => {
    const found: { text: string; where: string; data: boolean }[] = []
    const ofData = (element: Element): boolean =>
      element.closest('bdi, [lang]:not(html), [dir="ltr"]:not(html), [data-cell] bdi, input, textarea') !== null
    const hidden = (element: Element): boolean =>
      element.closest('script, style, noscript, template') !== null ||
      !element.checkVisibility({ visibilityProperty: true })
    const put = (text: string | null, element: Element, kind: string, data: boolean): void => {
      const trimmed = text?.trim() ?? ''
      if (trimmed) found.push({ text: trimmed, where: `${kind} of <${element.tagName.toLowerCase()}>`, data })
    }
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || (element.tagName !== 'TITLE' && hidden(element))) continue
      put(node.textContent, element, 'text', ofData(element))
    }
    for (const element of document.querySelectorAll('*')) {
      if (hidden(element)) continue
      for (const name of [
        'title',
        'aria-label',
        'placeholder',
        'alt',
        'aria-description',
        'aria-valuetext',
        'aria-roledescription',
      ])
        put(element.getAttribute(name), element, name, false)
      if (element instanceof HTMLInputElement && element.getAttribute('aria-haspopup') === 'listbox')
        put(element.value, element, 'value', false)
    }
    return found
  })
}

/** What another colour scheme can break. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** The program as its authors minified it, from the package that the builder itself depends on. */
const ofBuilder = createRequire(import.meta.resolve('@axe-core/playwright'))
let program: string | undefined
const axeProgram = (): string => (program ??= readFileSync(ofBuilder.resolve('axe-core/axe.min.js'), 'utf8'))

/** Once per document: left to itself the builder sends one and a half megabytes of source twice at every look. */
async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeProgram())
}

/** What axe calls serious or critical on the screen as it is, or on the part of it that `within` selects. */
export async function seriousIssues(
  page: Page,
  { colourOnly = false, within }: { readonly colourOnly?: boolean; readonly within?: string | undefined } = {},
): Promise<readonly string[]> {
  await bringAxe(page)
  // The app has no frames, so the results need no page of their own to be put together on.
  const axe = new AxeBuilder({ page, axeSource: ';' }).setLegacyMode()
  // What passes is not read: every selector of it that axe need not make is time.
  axe.options({ resultTypes: ['violations'] })
  if (within) axe.include(within)
  const { violations } = await (colourOnly ? axe.withRules(OF_COLOUR) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 240))
          .join(' | ')}`,
    )
}

/** Links that bear the name of an area of the app and lead elsewhere: whoever reads or hears the name comes to the wrong place. */
const namesakes = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const areas = new Map<string, string>()
    const found: string[] = []
    const nameOf = (link: Element) => link.getAttribute('aria-label') ?? link.textContent.trim()
    for (const link of document.querySelectorAll('nav a[href]'))
      areas.set(nameOf(link), link.getAttribute('href') ?? '')
    for (const link of document.querySelectorAll('main a[href]')) {
      const area = areas.get(nameOf(link))
      if (area !== undefined && area !== link.getAttribute('href')) found.push(`two places called “${nameOf(link)}”`)
    }
    return found
  })

/** Looks at the screen as a stranger's auditor would; what is found is collected, so that one run tells of all screens. */
export function auditor(locale: Locale, data: readonly string[] = []) {
  const found: string[] = []
  return {
    found,
    /** `within` is what is new on a screen that was looked at before; its words are looked at with all others. */
    async look(page: Page, screen: string, within?: string): Promise<void> {
      for (const issue of await seriousIssues(page, { within })) found.push(`${screen}: ${issue}`)
      for (const words of await strangeWords(page, locale, data)) found.push(`${screen}: ${words}`)
      for (const names of await namesakes(page)) found.push(`${screen}: ${names}`)
    },
    /** The same screen in another colour scheme: its words are the same. */
    async lookAtColours(page: Page, screen: string): Promise<void> {
      for (const issue of await seriousIssues(page, { colourOnly: true })) found.push(`${screen}: ${issue}`)
    },
    done(): void {
      expect(found).toEqual([])
    },
  }
}
