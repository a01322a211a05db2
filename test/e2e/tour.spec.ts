import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'playwright/test'

const root = join(import.meta.dirname, '..', '..')
const browser = process.env['MITHAQ_BROWSER'] ?? '/usr/bin/chromium'

/** The tour as `npm run tour` starts it, with its code of exit and what it printed. */
function tour(environment: Readonly<Record<string, string>>): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, [join(root, 'electron', 'headless', 'main.ts'), 'tour'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, lines: output.trim().split('\n') })))
}

test('the tour tells the sample story on the screens and prints eight new pictures', async () => {
  test.setTimeout(180_000)
  const begun = Date.now()
  const { code, lines } = await tour({ MITHAQ_BROWSER: browser })
  expect(code).toBe(0)
  const pictures = lines.filter((line) => line.endsWith('.png'))
  const places = ['private-table', 'preview', 'partner-view', 'commitments']
  const wanted = ['en', 'ar'].flatMap((language) => places.map((place) => `${place}-${language}.png`))
  expect(pictures.map((path) => basename(path))).toEqual(wanted.map((name, at) => `${at + 1}-${name}`))
  for (const path of pictures) {
    expect(statSync(path).mtimeMs).toBeGreaterThanOrEqual(begun)
    expect(statSync(path).size).toBeGreaterThan(20_000)
  }
})

test('a tour that cannot be told fails', async () => {
  expect((await tour({ MITHAQ_BROWSER: 'none' })).code).toBe(1)
})
