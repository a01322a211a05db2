import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from './paths.mjs'
import { complain, say, withHeartbeat } from './say.mjs'
import { capture } from './spawn.mjs'

const BROWSERS = [
  'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable',
  'brave-browser', 'chrome', 'msedge',
] // prettier-ignore

const BUNDLED = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable]
    return folder
      ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]
      : []
  }),
}

/** An installed browser of the Chromium family, else undefined. `MITHAQ_BROWSER` names one, or `none` for none. */
export function findBrowser() {
  const named = process.env.MITHAQ_BROWSER
  if (named === 'none') return undefined
  if (named) return existsSync(named) ? named : findProgram([named])
  return (BUNDLED[process.platform] ?? []).find((path) => existsSync(path)) ?? findProgram(BROWSERS)
}

/**
 * The browser of the stories that are told in one: Chromium without its own windows, where that is installed. It shows the same pages and
 * spends a fifth of the processor on opening one. Whoever names a browser has the stories told in that.
 */
export const findStoryBrowser = () =>
  process.env.MITHAQ_BROWSER ? findBrowser() : (findProgram([HEADLESS]) ?? findBrowser())

const HEADLESS = 'chromium-headless-shell'

/** Debian package → is it there? */
const PACKAGES = {
  chromium: () => findBrowser() !== undefined || process.env.MITHAQ_BROWSER === 'none',
  [HEADLESS]: () => Boolean(process.env.MITHAQ_BROWSER) || findProgram([HEADLESS]) !== undefined,
  iproute2: () => findProgram(['ip'], `${process.env.PATH ?? ''}:/usr/sbin:/sbin`) !== undefined,
  openssl: () => findProgram(['openssl']) !== undefined,
  // Other people's readers and verifiers of PDF files: what ours says is compared with what they say.
  'poppler-utils': () => findProgram(['pdfsig']) !== undefined,
  'libnss3-tools': () => findProgram(['certutil']) !== undefined,
  'mupdf-tools': () => findProgram(['mutool']) !== undefined,
  qpdf: () => findProgram(['qpdf']) !== undefined,
}

/**
 * Installs what is missing where that needs no question (Debian, as root); elsewhere prints the one command.
 * Resolves with the packages still missing.
 */
export async function provide(wanted) {
  const missing = wanted.filter((name) => !PACKAGES[name]())
  if (missing.length === 0 || process.platform !== 'linux') return missing
  const apt = findProgram(['apt-get'])
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (!apt) {
    complain(`${missing.join(', ')} is not installed; install it with your system's package manager`)
    return missing
  }
  if (process.getuid?.() !== 0) {
    complain(`${missing.join(', ')} is not installed. To install it: sudo ${command}`)
    return missing
  }
  say(`installing ${missing.join(', ')} from Debian`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60']
  const install = () => capture(apt, [...options, 'install', ...missing], { env })
  const work = async () => {
    const first = await install()
    if (first.code === 0) return first
    await capture(apt, ['-qq', 'update'], { env })
    return install()
  }
  const { code, output } = await withHeartbeat(`still installing ${missing.join(', ')}`, work())
  if (code !== 0) complain(`apt-get failed (${output.trim().split('\n').at(-1)}). By hand: ${command}`)
  return wanted.filter((name) => !PACKAGES[name]())
}

/** The same for what spares time alone: nothing is said, asked or waited for long where it cannot be had, and nothing depends on it. */
export async function provideSparing(wanted) {
  const missing = wanted.filter((name) => !PACKAGES[name]())
  const apt = findProgram(['apt-get'])
  if (missing.length === 0 || !apt || process.platform !== 'linux' || process.getuid?.() !== 0) return
  const options = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=20'] // prettier-ignore
  const install = capture(apt, [...options, 'install', ...missing], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
  await withHeartbeat(`still installing ${missing.join(', ')}`, install)
}
