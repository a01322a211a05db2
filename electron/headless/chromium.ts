import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import type { Door } from './gate.ts'

/** The browser that the set-up found, when there is one. */
export const browserPath = (environment: Readonly<Record<string, string | undefined>>): string | undefined =>
  environment['MITHAQ_BROWSER'] || undefined

export interface ChromiumOptions {
  readonly browser: string
  readonly door: Door
  /** Its own user data, so that it never meets the person's everyday browser. */
  readonly directory: string
  readonly headless: boolean
}

/** Chromium's sandbox refuses to start as root. */
export const needsNoSandbox = (): boolean => process.platform === 'linux' && process.getuid?.() === 0

/** Starts Chromium at one page's door and lets it in. It ends with this process, even when that is killed: its debugging pipe closes then. */
export function openChromium({ browser, door, directory, headless }: ChromiumOptions): ChildProcess {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const args = [
    `--user-data-dir=${directory}`,
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-breakpad',
    '--password-store=basic',
    ...(needsNoSandbox() ? ['--no-sandbox'] : []),
    ...(headless
      ? [
          '--headless=new',
          '--disable-gpu',
          '--disable-background-timer-throttling',
          '--disable-renderer-backgrounding',
          // The partner has to be able to reach the address that the candidate names.
          '--disable-features=WebRtcHideLocalIpsWithMdns',
          door.url,
        ]
      : ['--window-size=1400,900', `--app=${door.url}`]),
  ]
  const child = spawn(browser, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const [, , , requests, answers] = child.stdio as unknown as readonly [null, null, null, Writable, Readable]
  const command = { id: 1, method: 'Storage.setCookies', params: { cookies: [door.cookie] } }
  // A browser that could not start, or that handed its page to one already running, reads nothing.
  requests.on('error', () => undefined)
  requests.write(`${JSON.stringify(command)}\0`)
  answers.on('error', () => undefined).resume()
  return child
}
