import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import type { Pipe } from '#engine/ports.ts'
import { openChromium } from '#headless/chromium.ts'
import { startServer } from '#headless/server.ts'
import { mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { exploreSample } from './support/story.ts'
import { open, settled } from './support/walk.ts'

const root = join(import.meta.dirname, '..', '..')
const browser = process.env['MITHAQ_BROWSER'] ?? '/usr/bin/chromium'

interface Started {
  readonly link: string
  readonly process: ChildProcess
  readonly ended: Promise<number | null>
}

/** The app on a profile of its own, with its carrier in a headless browser. */
async function start(profile: string): Promise<Started> {
  const child = spawn(process.execPath, [join(root, 'electron', 'headless', 'main.ts'), 'serve', '--port', '0'], {
    env: { ...process.env, MITHAQ_HOME: profile, MITHAQ_BROWSER: browser },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const link = await new Promise<string>((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\S+token=\S+/.exec(output)
      if (found) resolve(found[0])
    })
    child.once('exit', () => reject(new Error(`the app ended: ${output}`)))
  })
  return { link, process: child, ended }
}

const profiles: string[] = []
const running: Started[] = []
const begin = async (profile = mkdtempSync(join(tmpdir(), 'mithaq-shell-'))) => {
  profiles.push(profile)
  const started = await start(profile)
  running.push(started)
  return { ...started, profile }
}
test.afterEach(async () => {
  for (const started of running.splice(0)) {
    started.process.kill('SIGTERM')
    await started.ended
  }
  for (const profile of profiles.splice(0))
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
})

test('the link opens the app, survives a reload and works in a second browser', async ({ page, playwright }) => {
  const { link } = await begin()
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) failures.push(message.text())
  })
  await page.goto(link)
  await expect(page.locator('#root div:visible').first()).toBeVisible()
  // The secret does not stay where a screenshot or a bookmark would take it along.
  expect(page.url()).not.toContain('token')
  await page.reload()
  await expect(page.locator('#root div:visible').first()).toBeVisible()
  expect(failures).toEqual([])
  const second = await playwright.chromium.launch({ executablePath: browser })
  const other = await second.newPage()
  await other.goto(link)
  await expect(other.locator('#root div:visible').first()).toBeVisible()
  await second.close()
})

test('a window asks for each thing once, and fetches no schema of a document before it shows one', async ({ page }) => {
  const { link } = await begin()
  await page.goto(link)
  await exploreSample({ page, hand: mouse(page), say: sayIn('en') })
  await open(page, '#/private')
  const [asked, fetched]: [string[], string[]] = [[], []]
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => asked.push(String(payload).replace(/"i":"\d+",?/, ''))),
  )
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await page.reload()
  await settled(page)
  expect(asked.filter((one) => one.includes('/app/state'))).toHaveLength(1)
  expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([])
  expect(fetched.filter((path) => path.includes('/common-'))).not.toEqual([])
  expect(fetched.filter((path) => path.includes('/documents-'))).toEqual([])
})

test('a page of another origin cannot reach the app that this browser has open', async ({ page }) => {
  const { link } = await begin()
  await page.goto(link)
  const { origin, port } = new URL(link)
  // Another server on this machine: the same site to the cookie, another origin to us.
  const stranger = await begin()
  await page.goto(stranger.link)
  const reached = await page.evaluate(
    (address) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(address)
        socket.onopen = () => resolve('open')
        socket.onerror = () => resolve('refused')
      }),
    `ws://127.0.0.1:${port}/rpc`,
  )
  expect(reached).toBe('refused')
  expect(origin).not.toBe(new URL(stranger.link).origin)
})

test('a killed start leaves nothing running and a profile that starts again', async ({ page }) => {
  const first = await begin()
  await expect.poll(() => existsSync(join(first.profile, 'browser', 'carrier', 'Default'))).toBe(true)
  first.process.kill('SIGKILL')
  await first.ended
  const second = await begin(first.profile)
  expect(second.link).not.toBe(first.link)
  await page.goto(second.link)
  await expect(page.locator('#root div:visible').first()).toBeVisible()
})

test('a browser that we start gets in by its door, with no secret among its arguments', async () => {
  let attach: (pipe: Pipe) => void = () => undefined
  const attached = new Promise<Pipe>((resolve) => (attach = resolve))
  const served = await startServer({
    backend: { router: () => undefined, attachCarrier: (pipe) => attach(pipe), attachLive: () => {} },
    pages: { app: join(root, 'dist', 'ui'), carrier: join(root, 'dist', 'carrier') },
    instance: '0123456789abcdef',
    port: 0,
    sentence: (code) => code,
  })
  const directory = mkdtempSync(join(tmpdir(), 'mithaq-carrier-'))
  profiles.push(directory)
  const door = served.gate.door('carrier')
  const chromium = openChromium({ browser, door, directory, headless: true })
  const first = await attached.then((pipe) => new Promise<Uint8Array>((resolve) => pipe.onMessage(resolve)))
  expect(first.length).toBeGreaterThan(0)
  expect(chromium.spawnargs.join(' ')).toContain(door.url)
  expect(chromium.spawnargs.join(' ')).not.toContain(door.cookie.value)
  expect(chromium.spawnargs.join(' ')).not.toContain(served.gate.tokenOf('carrier'))
  const ended = new Promise((resolve) => chromium.once('close', resolve))
  chromium.kill()
  await ended
  await served.close()
})
