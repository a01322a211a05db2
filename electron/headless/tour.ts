import { chromium, type Page } from 'playwright'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineClient } from './company.ts'

/** What the tour needs: a running app, a browser and a folder for its pictures. */
export interface TourOptions {
  readonly link: string
  readonly browser: string
  readonly into: string
  /** Only to learn addresses: the story itself is told on the screens. */
  readonly owner: EngineClient
}

const PATIENCE = 60_000
const SIZE = { width: 1440, height: 900 }
const LANGUAGES = {
  en: { name: 'English', commitments: 'Commitments' },
  ar: { name: 'العربية', commitments: 'الالتزامات' },
} as const

const PLACES = ['private-table', 'preview', 'partner-view', 'commitments'] as const
/** Path of every picture, in the order in which they are taken. */
const picturesIn = (folder: string): readonly string[] =>
  Object.keys(LANGUAGES)
    .flatMap((language) => PLACES.map((place) => `${place}-${language}`))
    .map((name, at) => join(folder, `${at + 1}-${name}.png`))

/** The pictures of an earlier tour when all are there and newer than `builtAt` (epoch milliseconds), else undefined. */
export function keptPictures(folder: string, builtAt: number): readonly string[] | undefined {
  const paths = picturesIn(folder)
  return paths.every((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > builtAt) ? paths : undefined
}

/**
 * Drives the running app through the sample story and takes eight pictures: private table, preview, partner's view and
 * commitments, in English and in Arabic. Resolves with their paths. Rejects when a step of the story fails; undefined when
 * a company of the person's own lives here, which is none of the tour's business.
 */
export async function runTour({
  link,
  browser: program,
  into,
  owner,
}: TourOptions): Promise<readonly string[] | undefined> {
  const { stage, sample } = await owner.app.state()
  if (stage !== 'new' && !sample) return undefined
  mkdirSync(into, { recursive: true })
  const browser = await chromium.launch({ executablePath: program, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    const page = await browser.newPage({ viewport: SIZE, locale: 'en-GB', colorScheme: 'light' })
    const broken: string[] = []
    page.on('pageerror', (error) => broken.push(error.message))
    page.setDefaultTimeout(PATIENCE)
    await page.goto(link)
    if (!sample) await page.getByRole('button', { name: 'Explore with sample companies' }).click()
    else await open(page, '#/private/beside')
    await tell(page)
    const [disclosed] = await owner.disclosures.list()
    const dataset = (await owner.disclosures.policies()).find(({ id }) => id === disclosed?.policy)?.datasetId
    if (!disclosed || !dataset) throw new Error('nothing was disclosed')
    const pictures: string[] = []
    for (const [language, words] of Object.entries(LANGUAGES)) {
      await speak(page, language, words.name)
      const take = async (place: (typeof PLACES)[number]) => {
        await settled(page)
        if (broken.length > 0) throw new Error(`${place}, ${language}: ${broken.join('; ')}`)
        const path = picturesIn(into)[pictures.length]
        if (!path?.endsWith(`${place}-${language}.png`)) throw new Error(`${place}, ${language}: out of its order`)
        await page.screenshot({ path })
        pictures.push(path)
      }
      await open(page, `#/private/of/${dataset}`)
      await take('private-table')
      await open(page, `#/disclosures/new?policy=${disclosed.policy}`)
      await page
        .getByText(/^[0-9a-f]{8}…[0-9a-f]{4}$/)
        .first()
        .waitFor()
      // Folded, the rules leave the room to the private rows and the very slice.
      for (const section of await page.locator('main h2 [aria-expanded="true"]').all()) await section.click()
      await page
        .getByRole('main')
        .getByRole('grid')
        .first()
        .evaluate((grid) => grid.scrollIntoView({ block: 'center' }))
      await take('preview')
      await open(page, '#/private/beside')
      await page.getByText(short(disclosed.sliceId)).first().waitFor()
      await take('partner-view')
      await open(page, `#/artifact/${disclosed.artifact}`)
      await page.getByRole('tab', { name: words.commitments }).click()
      await take('commitments')
    }
    return pictures
  } finally {
    await browser.close()
  }
}

/** Cells of the grid where the partner has a third too little. */
const SHORT = [0, 8, 15] as const

/** The same slice on both sides; the partner commits, in a few cells less than is needed; the owner learns of it on Today. */
async function tell(page: Page): Promise<void> {
  await page.getByText('Same hash as yours').waitFor()
  await page.getByRole('link', { name: 'Answer as this partner' }).click()
  await page.getByRole('tab', { name: LANGUAGES.en.commitments }).click()
  const whole = page.getByRole('button', { name: /^Commit as forecast/ })
  await whole.waitFor()
  if (await whole.isEnabled()) await whole.click()
  const cells = page.getByRole('grid', { name: LANGUAGES.en.commitments }).getByRole('textbox')
  for (const at of SHORT) {
    const says = (await cells.nth(at).getAttribute('aria-label')) ?? ''
    const needed = Number(/Forecast: ([\d,]+)/.exec(says)?.[1]?.replaceAll(',', ''))
    if (!needed) throw new Error(`no forecast in “${says}”`)
    await cells.nth(at).fill(String(Math.floor((needed * 2) / 3)))
    await cells.nth(at).press('Enter')
  }
  // On a second tour the commitments are there already.
  const send = page.getByRole('button', { name: 'Send the commitments' })
  if (await send.isVisible()) {
    await send.click()
    const sent = page.getByRole('status').filter({ hasText: 'The commitments were sent.' })
    await sent.getByRole('button').click()
  }
  await open(page, '#/today')
  await page
    .getByText(/\d+ shortfalls? to resolve/)
    .first()
    .waitFor()
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(new URL(`/${address}`, page.url()).href)
  await settled(page)
}

async function speak(page: Page, language: string, name: string): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) !== language)
    await page.getByRole('button', { name, exact: true }).first().click()
  await page.locator(`html[lang="${language}"]`).waitFor()
}

/** A screen is there when its heading is, nothing loads any more and its fonts have come. */
async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}

/** As the screens shorten a hash. */
const short = (hash: string): string => `${hash.slice(0, 8)}…${hash.slice(-4)}`
