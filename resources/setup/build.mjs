import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { cache, fingerprint, inRoot, pinnedNode } from './paths.mjs'
import { say, Stop, withHeartbeat } from './say.mjs'
import { capture } from './spawn.mjs'

const COMMON = ['shared', 'package-lock.json', 'package.json', 'vite.config.ts', 'resources/setup/bundle.mjs']

/** Target → what its bundle is made from. The names are those of `vite.config.ts`. */
export const TARGETS = {
  ui: [...COMMON, 'renderer', 'resources/fonts', 'resources/icons'],
  carrier: [...COMMON, 'renderer/carrier'],
  main: [...COMMON, 'electron'],
  preload: [...COMMON, 'electron/preload', 'electron/main'],
  engine: [...COMMON, 'electron', 'resources/demo'],
  files: [...COMMON, 'electron/adapters/files'],
}
export const PAGES = ['ui', 'carrier']

const marker = (target) => inRoot('dist', `.built-${target}`)

/** Builds those of `targets` whose sources changed since their last build. */
export const build = (targets) => withLock(join(cache, 'build.lock'), () => buildStale(targets))

async function buildStale(targets) {
  const stale = targets
    .map((target) => ({ target, sources: fingerprint(TARGETS[target]) }))
    .filter(({ target, sources }) => !existsSync(marker(target)) || readFileSync(marker(target), 'utf8') !== sources)
  if (stale.length === 0) return
  const names = stale.map(({ target }) => target)
  say(`building ${names.join(', ')}`)
  for (const name of names) rmSync(marker(name), { force: true })
  const { code, output } = await withHeartbeat(
    'still building',
    capture(pinnedNode, [inRoot('resources', 'setup', 'bundle.mjs'), ...names]),
  )
  if (code !== 0) throw new Stop(`the build failed:\n${output.trim().split('\n').slice(-40).join('\n')}`)
  mkdirSync(inRoot('dist'), { recursive: true })
  for (const { target, sources } of stale) writeFileSync(marker(target), sources)
}
