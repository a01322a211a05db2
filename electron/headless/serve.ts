import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyRouter } from '@orpc/server'
import { browserPath, needsNoSandbox, openChromium } from './chromium.ts'
import { namedEndpoints } from './endpoints.ts'
import type { Door } from './gate.ts'
import { startEngine } from '#engine/start.ts'
import { claim, isRunning } from './running.ts'
import { sentences } from './sentences.ts'
import { startServer, type Served } from './server.ts'
import { sessionOf } from './session.ts'

export interface ServeOptions {
  /** The repository's or the package's root: where `dist/` is. */
  readonly root: string
  readonly profile: string
  readonly port: number
  /** Opens a window of the installed browser; without it the caller gives the link to the person. */
  readonly window: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
}

export interface App {
  /** The engine's contract, for what runs in this process beside it. */
  readonly router: AnyRouter
  /** The same of the sample partner, while there is one. */
  readonly partnerRouter: () => AnyRouter | undefined
  readonly link: string
  readonly browser: string | undefined
  /** Whether the person has a window of it; without one they need the link. */
  readonly hasWindow: boolean
  /** Resolves when the person closed the window; never without one. */
  readonly closedByPerson: Promise<void>
  close(): Promise<void>
}

/** Starts the app on a profile. Undefined when it already runs there: then that one was reopened. */
export async function serve(options: ServeOptions): Promise<App | undefined> {
  const { say, profile, root } = options
  const instance = randomBytes(16).toString('hex')
  const browser = browserPath(options.environment)
  const found = await claim(profile, instance)
  if (isRunning(found)) {
    say('Mithaq is already running here; this opens the same app')
    if (options.window && browser) reopenWindow(browser, found.link, profile)
    else say(found.link)
    return undefined
  }
  const engine = await startEngine({
    profileDirectory: profile,
    ...(browser ? { typesetter: { browser } } : {}),
    endpoints: namedEndpoints,
  }).catch((error: unknown) => {
    found.release()
    throw error
  })
  let server: Served
  try {
    server = await startServer({
      backend: {
        router: (name) => (name === 'main' ? engine.router : name === 'partner' ? engine.partner?.router : undefined),
        attachCarrier: (pipe) => engine.attachCarrier(pipe),
        attachLive: (name, token, pipe) => (name === 'main' ? engine : engine.partner)?.attachLive(token, pipe),
      },
      pages: { app: join(root, 'dist', 'ui'), carrier: join(root, 'dist', 'carrier') },
      instance,
      session: sessionOf(profile),
      port: options.port,
      sentence: sentences(root),
    })
  } catch (error) {
    engine.close()
    found.release()
    throw error
  }
  const link = server.gate.link('app')
  found.publish(server.port, link)
  const carrier = browser ? openCarrier(browser, server.gate.door('carrier'), profile, say) : undefined
  const window = options.window && browser ? openWindow(browser, server.gate.door('app'), profile) : undefined
  if (!browser) say(sentences(root)('no-browser'))
  return {
    router: engine.router,
    partnerRouter: () => engine.partner?.router,
    link,
    browser,
    hasWindow: window !== undefined,
    closedByPerson: new Promise((resolve) => window?.once('exit', () => resolve())),
    async close() {
      carrier?.stop()
      window?.kill()
      await server.close()
      engine.close()
      found.release()
    },
  }
}

const openWindow = (browser: string, door: Door, profile: string) =>
  openChromium({ browser, door, directory: join(profile, 'browser', 'window'), headless: false })

/** The browser of the running app has the session already and opens one more window of it. */
function reopenWindow(browser: string, link: string, profile: string): void {
  const args = [`--user-data-dir=${join(profile, 'browser', 'window')}`, `--app=${new URL('/door', link).href}`]
  spawn(browser, args, { stdio: 'ignore', detached: true }).unref()
}

/** Keeps the carrier's page open: a crashed browser is started again, with growing pauses. */
function openCarrier(browser: string, door: Door, profile: string, say: (line: string) => void) {
  if (needsNoSandbox())
    say(
      'running as root: Chromium refuses its sandbox there, so it runs with --no-sandbox; use an ordinary account for real work',
    )
  const directory = join(profile, 'browser', 'carrier')
  let stopped = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  const open = () => {
    // What a killed run left here would only be taken for a crash. Nothing in it is worth keeping.
    rmSync(directory, { recursive: true, force: true })
    const startedAt = Date.now()
    const chromium = openChromium({ browser, door, directory, headless: true })
    chromium.once('error', () => undefined)
    chromium.once('close', () => {
      if (stopped) return
      failures = Date.now() - startedAt > 60_000 ? 0 : failures + 1
      timer = setTimeout(() => (current = open()), Math.min(60_000, 1_000 * 2 ** failures))
    })
    return chromium
  }
  let current = open()
  return {
    stop() {
      stopped = true
      clearTimeout(timer)
      current.kill()
    },
  }
}
