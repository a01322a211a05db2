import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { Printer } from '#engine/agreements/ports.ts'
import { ok, refuse } from '#shared/kernel/result.ts'
import { DevtoolsPipe } from './devtools-pipe.ts'
import { withFonts } from './fonts.ts'
import { PRINT_DEADLINE, PRINT_OPTIONS } from './options.ts'

/**
 * Typesets with an installed browser of the Chromium family: a process of its own for each print, with an empty profile that
 * is deleted afterwards, every name unresolvable and every request refused. `browser` is a path; absent, nothing is printed.
 */
export const chromiumPrinter = (browser: string | undefined): Printer => ({
  print: async (html) => {
    if (browser === undefined) return refuse('no-typesetter')
    const profile = mkdtempSync(join(tmpdir(), 'mithaq-print-'))
    let child: ChildProcess | undefined
    let late: NodeJS.Timeout | undefined
    const tooLate = new Promise<'late'>((resolve) => {
      late = setTimeout(() => resolve('late'), PRINT_DEADLINE)
    })
    try {
      child = launch(browser, profile)
      const printed = await Promise.race([printIn(child, await withFonts(html)), tooLate])
      return printed === 'late' ? refuse('print-too-slow') : ok(printed)
    } catch {
      return refuse('print-failed')
    } finally {
      clearTimeout(late)
      await ended(child)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  },
})

function launch(browser: string, profile: string): ChildProcess {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const args = [
    `--user-data-dir=${profile}`,
    '--headless=new',
    '--remote-debugging-pipe',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-extensions',
    '--disable-gpu',
    '--password-store=basic',
    '--font-render-hinting=none',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    // Chromium's sandbox refuses to start as root.
    ...(asRoot ? ['--no-sandbox'] : []),
    'about:blank',
  ]
  // What it makes outside its profile would stay behind: that goes into the profile, too.
  const env = { ...process.env, TMPDIR: profile, TMP: profile, TEMP: profile }
  return spawn(browser, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
}

async function printIn(child: ChildProcess, html: string): Promise<Uint8Array> {
  const [, , , requests, answers] = child.stdio as unknown as readonly [null, null, null, Writable, Readable]
  const gone = new Promise<never>((_, reject) => child.once('error', reject))
  const pipe = new DevtoolsPipe(requests, answers)
  return Promise.race([gone, conversation(pipe, html)])
}

async function conversation(pipe: DevtoolsPipe, html: string): Promise<Uint8Array> {
  const { targetId } = await pipe.call('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await pipe.call('Target.attachToTarget', { targetId, flatten: true })
  const ask = (method: string, params?: Readonly<Record<string, unknown>>) =>
    pipe.call(method, params, String(sessionId))
  await ask('Emulation.setScriptExecutionDisabled', { value: true })
  await ask('Network.enable')
  await ask('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: 0,
    uploadThroughput: 0,
  })
  const { frameTree } = await ask('Page.getFrameTree')
  const { id: frameId } = (frameTree as { readonly frame: { readonly id: string } }).frame
  await ask('Page.setDocumentContent', { frameId, html })
  // Fonts in the page itself load on their own time, too, and text waits for them unseen.
  const fonts = { expression: 'document.fonts.ready.then(({ status }) => status)', awaitPromise: true }
  const { result } = await ask('Runtime.evaluate', fonts)
  if ((result as { readonly value?: unknown }).value !== 'loaded') throw new Error('the fonts did not load')
  const { stream } = await ask('Page.printToPDF', { ...PRINT_OPTIONS, transferMode: 'ReturnAsStream' })
  const parts: Buffer[] = []
  for (;;) {
    const { data, base64Encoded, eof } = await ask('IO.read', { handle: stream, size: 1 << 20 })
    parts.push(Buffer.from(String(data), base64Encoded === true ? 'base64' : 'latin1'))
    if (eof === true) break
  }
  await ask('IO.close', { handle: stream })
  return new Uint8Array(Buffer.concat(parts))
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  child.kill('SIGKILL')
  await exit
}
