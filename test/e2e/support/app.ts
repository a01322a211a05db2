import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright/test'

const root = join(import.meta.dirname, '..', '..', '..')

/** A company's running app: the real server on a profile of its own, without a carrier, for stories that use files alone. */
export interface RunningApp {
  readonly link: string
  readonly port: number
  readonly profile: string
  /** Ends it as a crash would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface Start {
  /** An earlier profile, to start on it again. */
  readonly profile?: string
  readonly port?: number
  /** Modules that Node loads first. */
  readonly preload?: readonly string[]
  /** Leaves it the browser: it prints with it, and its carrier runs. */
  readonly browser?: boolean
}

/** A module of this folder, as Node takes one to load first. */
const preloaded = (module: string): string => new URL(module, import.meta.url).href
export const HURRY = preloaded('hurry.ts')
export const daysLater = (days: number): string => preloaded(`later.ts?days=${String(days)}`)

const profiles = new Set<string>()
const running = new Set<RunningApp>()

/** Starts an app. It and its profile are gone after `stopAll`. @throws when it ends before its link is there. */
export async function startApp({
  profile = newProfile(),
  port = 0,
  preload = [],
  browser = false,
}: Start = {}): Promise<RunningApp> {
  const { MITHAQ_BROWSER: path = '/usr/bin/chromium', ...environment } = process.env
  const child = spawn(
    process.execPath,
    [
      ...preload.flatMap((module) => ['--import', module]),
      join(root, 'electron', 'headless', 'main.ts'),
      'serve',
      '--port',
      String(port),
    ],
    {
      env: { ...environment, MITHAQ_HOME: profile, ...(browser ? { MITHAQ_BROWSER: path } : {}) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const link = await linkOf(child)
  const end = async (signal: NodeJS.Signals) => {
    running.delete(app)
    child.kill(signal)
    await ended
  }
  const app: RunningApp = {
    link,
    port: Number(new URL(link).port),
    profile,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
  running.add(app)
  return app
}

/**
 * Ends every app that still runs and deletes their profiles. Windows that a story opened go with it: left open they go on
 * looking for their engine, and slow every story that follows.
 */
export async function stopAll({ browser }: { readonly browser: Browser }): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await Promise.all([...running].map((app) => app.stop()))
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  profiles.clear()
}

function newProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'mithaq-story-'))
  profiles.add(profile)
  return profile
}

function linkOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\S+token=\S+/.exec(output)
      if (found) resolve(found[0])
    })
    child.once('exit', () => reject(new Error(`the app ended: ${output}`)))
  })
}
