import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { startServer, type Served } from '#headless/server.ts'
import { transactionsCsv } from '#demo/transactions.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { importFile, startCompany } from '#test/support/company.ts'
import { median } from './clock.ts'
import type { BenchRow } from './row.ts'

const ROWS = 100_000
const ROUNDS = 11
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] // prettier-ignore

/** Time until the first window can be used, over a vault with 100,000 rows, against an empty page that the same shell serves. */
export async function benchWindow(): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'mithaq-window-'))
  const empty = join(directory, 'empty')
  mkdirSync(empty)
  writeFileSync(join(empty, 'index.html'), '<!doctype html><html lang="en"><title>empty</title><h1>ready</h1></html>')
  const passphrase = 'a bench keeps no secret'
  const clock = { now: () => Date.now() as Instant }
  const company = await startCompany({ directory: join(directory, 'profile'), passphrase, clock })
  const name = { en: 'Bench', ar: 'قياس' }
  await company.client.vault.create({ company: name, person: name, roles: ['coo'], passphrase })
  const dataset = await importFile(
    company,
    'orders.csv',
    new TextEncoder().encode(transactionsCsv({ rows: ROWS, seed: 1 })),
  )
  const pages = new URL('../../dist/', import.meta.url).pathname
  const backend = { router: () => company.engine.router, attachCarrier: () => {}, attachLive: () => {} }
  const serve = (app: string, instance: string): Promise<Served> =>
    startServer({
      backend,
      pages: { app, carrier: join(pages, 'carrier') },
      instance,
      port: 0,
      sentence: (code) => code,
    })
  const app = await serve(join(pages, 'ui'), 'a'.repeat(32))
  const blank = await serve(empty, 'b'.repeat(32))
  const browser = await chromium.launch({
    executablePath: process.env['MITHAQ_BROWSER'] ?? '/usr/bin/chromium',
    args: FLAGS,
  })
  try {
    const [usable, nothing]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      nothing.push(await opened(browser, blank.gate.link('app'), '', 'h1'))
      usable.push(await opened(browser, app.gate.link('app'), `#/private/of/${dataset.id}`, '[role=gridcell], td'))
    }
    const [took, bare] = [median(usable), median(nothing)]
    return [
      {
        name: 'first window usable, vault of 100,000 rows / an empty page in the same shell',
        ratio: took / bare,
        budget: 2,
        direction: 'at-most',
        detail: `${took.toFixed(0)} ms against ${bare.toFixed(0)} ms, median of ${ROUNDS}`,
      },
    ]
  } finally {
    await browser.close()
    await Promise.all([app.close(), blank.close()])
    company.engine.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** From the address to the first cell on the screen, in a browser profile that has seen neither. */
async function opened(browser: Browser, link: string, place: string, seen: string): Promise<number> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const start = performance.now()
    await page.goto(`${link}${place}`, { waitUntil: 'commit' })
    // At every frame: what Playwright waits for by itself it looks at ever more rarely, up to half a second apart.
    await page.waitForFunction((css) => (document.querySelector(css)?.getClientRects().length ?? 0) > 0, seen, {
      polling: 'raf',
    })
    return performance.now() - start
  } finally {
    await context.close()
  }
}
