import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { cache, fingerprint, findProgram, inRoot, pinnedNode, readJson } from './paths.mjs'
import { say, Stop, withHeartbeat } from './say.mjs'
import { capture } from './spawn.mjs'

const marker = inRoot('node_modules', '.mithaq-installed')

/**
 * npm writes its own copy of the lockfile as the last act of an install, so a tree that a developer installed by hand
 * counts too, and one whose install was killed does not.
 */
export function sameTree(wanted, installed) {
  if (!wanted?.packages || !installed?.packages) return false
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    const found = installed.packages[path]
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true
  })
}

function current(wanted) {
  if (!existsSync(pinnedNode)) return false
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return true
  return sameTree(readJson(inRoot('package-lock.json')), readJson(inRoot('node_modules', '.package-lock.json')))
}

/** npm as a command: the one that runs us, else the one in PATH. */
function npm() {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js') && existsSync(script)) return [process.env.npm_node_execpath ?? process.execPath, script]
  const found = findProgram(['npm'])
  if (!found) throw new Stop('npm was not found. Install Node.js 20 or later with npm, then run this again.')
  return [found]
}

/** npm needs a place to write; a home that is missing or read-only is no reason to fail. */
function writableHome() {
  try {
    accessSync(homedir(), constants.W_OK)
    return {}
  } catch {
    return { npm_config_cache: join(cache, 'npm') }
  }
}

/** Installs exactly what the lockfile names, only when it differs from what is there. The marker is written last. */
export async function install() {
  const wanted = fingerprint(['package-lock.json'])
  if (current(wanted)) {
    writeFileSync(marker, wanted)
    return
  }
  say('installing the packages of package-lock.json (once, about a minute)')
  rmSync(marker, { force: true })
  const [program, ...script] = npm()
  // On Windows a program in use cannot be deleted, and `npm ci` deletes the Node that may be running this.
  const verb = process.platform === 'win32' && existsSync(pinnedNode) ? 'install' : 'ci'
  // No package may run code at install but `node`, whose script fetches the runtime. Left to itself npm would compile
  // the database, which ships ready-made for every platform.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const run = (...args) =>
    capture(program, [...script, ...args, ...quiet], { env: { ...writableHome(), NODE_ENV: 'development' } })
  const tree = () => withHeartbeat('still installing', run(verb, '--ignore-scripts', '--include=dev'))
  let result = await tree()
  // A killed install can leave a tree that npm itself stumbles over: once more, from an empty one.
  if (result.code !== 0 && /ENOTEMPTY|EEXIST|ENOTDIR|EBUSY/.test(result.output)) {
    rmSync(inRoot('node_modules'), { recursive: true, force: true, maxRetries: 3 })
    result = await tree()
  }
  if (result.code === 0)
    result = await withHeartbeat('still installing the pinned Node', run('rebuild', 'node', '--ignore-scripts=false'))
  if (result.code !== 0 || !existsSync(pinnedNode)) {
    const lines = result.output.split('\n').filter((line) => line.trim() && !/^npm (notice|warn)/.test(line))
    throw new Stop(`npm could not install the packages:\n${lines.slice(0, 12).join('\n')}`)
  }
  mkdirSync(inRoot('node_modules'), { recursive: true })
  writeFileSync(marker, wanted)
}
