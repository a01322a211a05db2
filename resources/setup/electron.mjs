import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cache, inRoot, pinnedNode, readJson } from './paths.mjs'
import { say } from './say.mjs'
import { capture } from './spawn.mjs'

const DAY = 86_400_000
const LIMIT = 5_000
const home = inRoot('node_modules', 'electron')

/** Path of Electron's executable when its binary is installed, else undefined. */
export function installedElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const pathFile = join(home, 'path.txt')
  if (!existsSync(pathFile) && !override) return undefined
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const path = override ? join(override, name) : join(home, 'dist', name)
  return existsSync(path) ? path : undefined
}

async function reachable(address) {
  try {
    const answer = await fetch(address, { method: 'HEAD', redirect: 'follow', signal: AbortSignal.timeout(LIMIT) })
    return answer.ok
  } catch {
    return false
  }
}

/**
 * Electron's executable, downloading it when its host answers within five seconds. A "no" is remembered for a day per
 * version and mirror, so that later starts lose no time. `MITHAQ_ELECTRON`: `skip` never asks, `probe` asks again.
 */
export async function electron(memory = join(cache, 'electron.json')) {
  const wish = process.env.MITHAQ_ELECTRON
  if (wish === 'skip' || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD)
    return wish === 'skip' ? undefined : installedElectron()
  const there = installedElectron()
  if (there) return there
  const version = readJson(join(home, 'package.json'))?.version
  if (!version) return undefined
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/'
  const remembered = readJson(memory)
  const fresh = remembered?.version === version && remembered.mirror === mirror && Date.now() - remembered.at < DAY
  if (fresh && wish !== 'probe') return undefined
  const address = `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`
  if (await reachable(address)) {
    say(`downloading Electron ${version} (once)`)
    await capture(pinnedNode, [join(home, 'install.js')], { limit: 180_000 })
    const path = installedElectron()
    if (path) return path
  }
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify({ version, mirror, at: Date.now() }))
  return undefined
}
