import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { profileDirectory } from '#engine/profile-directory.ts'
import { clientOf } from './company.ts'
import { DEMO_PASSPHRASE, startDemo } from './demo.ts'
import { serve, type App } from './serve.ts'
import { keptPictures, runTour } from './tour.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const say = (line: string) => process.stdout.write(`${line}\n`)

/** A port of our own that is tried first, so that a bookmark survives a restart. */
const PORT = 47_615

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    profile: { type: 'string' },
    window: { type: 'boolean', default: false },
    tour: { type: 'boolean', default: false },
  },
})
const options = {
  root,
  profile: values.profile ?? profileDirectory(process.env, process.platform, homedir()),
  port: Number(values.port ?? process.env['MITHAQ_PORT'] ?? PORT),
  window: values.window,
  environment: process.env,
  say,
}

/** Ctrl-C, a polite kill, the set-up script's death: all end in the same orderly close. */
function closeOnSignals(app: Pick<App, 'close' | 'closedByPerson'>): void {
  let closing = false
  const close = (code: number) => {
    if (closing) return
    closing = true
    // A close that hangs must not hold the terminal; the vault is consistent at every moment anyway.
    setTimeout(() => process.exit(code), 5_000).unref()
    void app.close().then(() => process.exit(code))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => close(0))
  process.on('disconnect', () => close(0))
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack}\n`)
    close(1)
  })
  void app.closedByPerson.then(() => close(0))
}

const FIRST_LOOK = join(root, 'first-look')

/** The tour plays both companies, so it leaves alone a sample that the person has already seen, as long as its pictures are this build's. */
async function firstTour(app: App): Promise<void> {
  const { sample } = await clientOf(app.router).app.state()
  const builtAt = statSync(join(root, 'dist', '.built-ui'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const kept = sample ? keptPictures(FIRST_LOOK, builtAt) : undefined
  if (!kept) return tourOf(app)
  for (const picture of kept) say(picture)
}

async function tourOf(app: App): Promise<void> {
  if (!app.browser) throw new Error('the tour needs a Chromium browser')
  const pictures = await runTour({
    link: app.link,
    browser: app.browser,
    into: FIRST_LOOK,
    owner: clientOf(app.router),
  })
  for (const picture of pictures ?? []) say(picture)
}

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  async serve() {
    const app = await serve(options)
    if (!app) return process.disconnect?.()
    closeOnSignals(app)
    // Last, so that whoever waits for the link finds everything in place.
    if (!app.hasWindow) say(app.link)
    if (values.tour && app.browser)
      await firstTour(app).catch((error: Error) => say(`the tour failed: ${error.message.split('\n', 1)[0]}`))
  },
  async demo() {
    const demo = await startDemo(options)
    const { apps } = demo
    closeOnSignals({ close: () => demo.close(), closedByPerson: Promise.race(apps.map((app) => app.closedByPerson)) })
    say(`both open with the passphrase: ${DEMO_PASSPHRASE}`)
    for (const [at, app] of apps.entries()) if (!app.hasWindow) say(`${demo.names[at]}: ${app.link}`)
  },
  async tour() {
    const profile = mkdtempSync(join(tmpdir(), 'mithaq-tour-'))
    const app = await serve({ ...options, profile, port: 0, window: false })
    try {
      if (app) await tourOf(app)
    } finally {
      await app?.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
    process.exit(0)
  },
}

const command = COMMANDS[positionals[0] ?? 'serve']
if (!command) throw new Error(`there is no command ${positionals[0]}`)
await command()
