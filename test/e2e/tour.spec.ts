import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

/** The start of a machine without a display, until it has printed eight pictures or said why not. */
async function startWithoutDisplay(profile: string): Promise<readonly string[]> {
  const child = spawn(
    process.execPath,
    [join(root, 'electron', 'headless', 'main.ts'), 'serve', '--tour', '--port', '0', '--profile', profile],
    { env: { ...process.env, MITHAQ_BROWSER: browser }, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const ended = new Promise((resolve) => child.once('close', resolve))
  let output = ''
  await new Promise<void>((resolve) => {
    void ended.then(() => resolve())
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/8-commitments-ar\.png\n|the tour failed/.test(output)) resolve()
    })
  })
  child.kill('SIGTERM')
  await ended
  return output.split('\n').filter((line) => line.endsWith('.png') || line.includes('failed'))
}

test('a start without a display tells the story anew when pictures are missing, on the same companies, and else leaves them alone', async () => {
  test.setTimeout(300_000)
  const profile = mkdtempSync(join(tmpdir(), 'mithaq-tour-'))
  try {
    const pictures = await startWithoutDisplay(profile)
    expect(pictures).toHaveLength(8)
    const drawn = () => pictures.map((path) => statSync(path).mtimeMs)
    const first = drawn()
    rmSync(pictures[0] ?? '')
    expect(await startWithoutDisplay(profile)).toEqual(pictures)
    const second = drawn()
    expect(second.every((at, index) => at > (first[index] ?? 0))).toBe(true)
    expect(await startWithoutDisplay(profile)).toEqual(pictures)
    expect(drawn()).toEqual(second)
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
})
