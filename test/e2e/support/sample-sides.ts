import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright/test'
import type { Locale } from '#ui/parts/formatters.ts'
import { mouse, type Hand } from './hand.ts'
import { sayIn } from './say.ts'
import type { Person } from './story.ts'

/** A window of one of the sample companies: the partner's asks the partner's engine, as a window on its own machine would. */
export async function sit(
  browser: Browser,
  link: string,
  locale: Locale,
  engine: 'main' | 'partner',
  handOf: (page: Page) => Hand = mouse,
): Promise<Person> {
  const context = await browser.newContext({ locale: locale === 'ar' ? 'ar-SA' : 'en-GB', viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' }) // prettier-ignore
  context.setDefaultTimeout(20_000)
  if (engine === 'partner')
    await context.addInitScript(() => {
      const Real = globalThis.WebSocket
      globalThis.WebSocket = class extends Real {
        constructor(address: string | URL) {
          const url = new URL(address)
          url.searchParams.set('engine', 'partner')
          super(url)
        }
      }
    })
  const page = await context.newPage()
  await page.goto(link)
  return { page, hand: handOf(page), say: sayIn(locale) }
}

/** Where pictures go when somebody wants to look at them. */
const PICTURES = process.env['MITHAQ_PICTURES']
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}
