import { delimiter, join } from 'node:path'
import { build, PAGES, TARGETS } from './build.mjs'
import { electron, installedElectron } from './electron.mjs'
import { cache, inRoot, ownPath, pinnedNode } from './paths.mjs'
import { forgetResults, storyReport, totals, unitReport } from './results.mjs'
import { complain, say } from './say.mjs'
import { capture, foreground } from './spawn.mjs'
import { findBrowser, findStoryBrowser } from './system.mjs'

const tool = (name) =>
  ({
    vitest: inRoot('node_modules', 'vitest', 'vitest.mjs'),
    playwright: inRoot('node_modules', 'playwright', 'cli.js'),
    prettier: inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'),
    tsc: inRoot('node_modules', 'typescript', 'bin', 'tsc'),
    oxlint: inRoot('node_modules', 'oxlint', 'bin', 'oxlint'),
    knip: inRoot('node_modules', 'knip', 'bin', 'knip.js'),
    builder: inRoot('node_modules', 'electron-builder', 'cli.js'),
  })[name]

const environment = () => {
  const browser = findBrowser()
  return { PATH: `${ownPath()}${delimiter}/usr/sbin${delimiter}/sbin`, ...(browser ? { MITHAQ_BROWSER: browser } : {}) }
}
/** The engine is eight hundred files of TypeScript: a process that finds them compiled by an earlier one starts in half the time. */
const forNode = () => ({ ...environment(), NODE_COMPILE_CACHE: join(cache, 'compiled') })
const node = (args, channel = false) => foreground(pinnedNode, args, { env: forNode(), channel })

export const hasDisplay = () =>
  process.env.MITHAQ_DISPLAY !== 'none' &&
  (process.platform === 'darwin' ||
    process.platform === 'win32' ||
    Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY))

const headless = (...args) => node([inRoot('electron', 'headless', 'main.ts'), ...args], true)

/** What `npm run check` runs of the tests: no process, no browser, no network. */
const UNIT = ['shared', 'electron', 'renderer', 'resources', 'test/architecture']

async function start(args) {
  await build(PAGES)
  if (!hasDisplay()) return headless('serve', '--tour', ...args)
  const binary = await electron()
  if (binary) {
    await build(Object.keys(TARGETS))
    // Chromium's sandbox refuses to run as root.
    const asRoot = process.platform === 'linux' && process.getuid() === 0
    if (asRoot) say('running as root, so Chromium runs with --no-sandbox; use an ordinary account for real work')
    return foreground(binary, [...(asRoot ? ['--no-sandbox'] : []), inRoot(), ...args], { env: environment() })
  }
  say("Electron's binary is not available here; opening the app in the installed browser instead")
  return headless('serve', '--window', ...args)
}

async function test(args) {
  forgetResults()
  const env = forNode()
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]
  const unit = await foreground(pinnedNode, [tool('vitest'), 'run', ...reporters, ...args], { env })
  // With a filter the person is looking at one thing: the browser stories would only be in the way.
  if (args.length > 0) return unit
  const browser = findStoryBrowser()
  const storyBrowser = browser ? { MITHAQ_STORY_BROWSER: browser } : {}
  const stories = await foreground(pinnedNode, [tool('playwright'), 'test'], {
    env: { ...env, ...storyBrowser, PLAYWRIGHT_JSON_OUTPUT_FILE: storyReport },
  })
  const sum = totals(unit || stories)
  process.stdout.write(`${sum.line}\n`)
  return unit || stories || (sum.failed > 0 ? 1 : 0)
}

/** Everything that needs no browser, two at a time; the slowest first. */
async function check() {
  const jobs = [
    { name: 'unit tests', args: [tool('vitest'), 'run', '--reporter=dot', ...UNIT] },
    { name: 'types', args: [tool('tsc'), '-b'] },
    { name: 'lint', args: [tool('oxlint'), '--type-aware', '--deny-warnings', '--disable-nested-config'] },
    { name: 'unused code', args: [tool('knip'), '--no-progress'] },
    { name: 'format', args: [tool('prettier'), '--check', '--cache', '--cache-location', inRoot('.cache', 'prettier'), '--log-level', 'warn', '.'] },
  ] // prettier-ignore
  const failed = []
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { name, args } = job
      const { code, output } = await capture(pinnedNode, args, { env: environment() })
      say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`)
      if (code !== 0) {
        failed.push(name)
        complain(output.trim())
      }
    }
  }
  await Promise.all([worker(), worker()])
  return failed.length === 0 ? 0 : 1
}

async function pack(args) {
  if (!(await electron())) {
    complain("Electron's binary cannot be had here: its download host did not answer within five seconds.")
    complain('Set ELECTRON_MIRROR to a mirror that you can reach, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked copy.')
    return 1
  }
  await build(Object.keys(TARGETS))
  return node([tool('builder'), '--config', 'electron-builder.yml', '--publish', 'never', ...args])
}

/** Command → the Debian packages it needs, those that spare it time, and what it does. Each resolves with an exit code. */
export const COMMANDS = {
  start: { packages: () => (hasDisplay() && installedElectron() ? [] : ['chromium']), run: start },
  test: {
    packages: () => ['chromium', 'iproute2', 'openssl', 'poppler-utils', 'libnss3-tools', 'mupdf-tools', 'qpdf'],
    sparing: () => ['chromium-headless-shell'],
    run: async (args) => (await build(PAGES), test(args)),
  },
  check: { packages: () => [], run: check },
  bench: {
    packages: () => ['chromium', 'iproute2'],
    run: async (args) => (await build(PAGES), node([inRoot('test', 'bench', 'main.ts'), ...args])),
  },
  fuzz: { packages: () => [], run: (args) => node([inRoot('test', 'fuzz', 'main.ts'), ...args]) },
  schedules: { packages: () => [], run: (args) => node([inRoot('test', 'properties', 'schedules-main.ts'), ...args]) },
  ballots: { packages: () => [], run: (args) => node([inRoot('test', 'properties', 'ballots-main.ts'), ...args]) },
  demo: {
    packages: () => ['chromium'],
    run: async (args) => (await build(PAGES), headless('demo', ...(hasDisplay() ? ['--window'] : []), ...args)),
  },
  tour: { packages: () => ['chromium'], run: async (args) => (await build(PAGES), headless('tour', ...args)) },
  // Needs nothing beside Node and the packages: no vault, no browser, no network.
  verify: { packages: () => [], run: (args) => node([inRoot('electron', 'headless', 'verify.ts'), ...args]) },
  relay: { packages: () => [], run: (args) => node([inRoot('electron', 'relay', 'main.ts'), ...args], true) },
  package: { packages: () => [], run: pack },
  build: { packages: () => [], run: async () => (await build(Object.keys(TARGETS)), 0) },
}
