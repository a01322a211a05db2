import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root: two folders above this file. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const inRoot = (...parts) => join(root, ...parts)
export const cache = inRoot('.cache')

/** The Node that `package-lock.json` pins, wherever the `node` package keeps it on this platform. */
export const pinnedNode = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** PATH with the project's own programs first. */
export const ownPath = () =>
  [inRoot('node_modules', '.bin'), dirname(pinnedNode), process.env.PATH ?? ''].join(delimiter)

/** Full path of the first of `names` found in PATH, else undefined. */
export function findProgram(names, path = process.env.PATH ?? '') {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  for (const name of names)
    for (const folder of path.split(delimiter).filter(Boolean))
      for (const ending of endings) if (existsSync(join(folder, name + ending))) return join(folder, name + ending)
  return undefined
}

/** Files below a path, sorted, as paths relative to the root; a file is its own list. */
export function filesUnder(path, base = root) {
  const full = join(base, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(base.length + 1))
      .sort()
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}

/** SHA-256 over names and contents: changes exactly when what it covers changes, whatever the clocks say. */
export function fingerprint(paths, base = root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}\n`)
  for (const path of paths.flatMap((each) => filesUnder(each, base)))
    hash
      .update(`${path.replaceAll('\\', '/')}\n`)
      .update(readFileSync(join(base, path)))
      .update('\n')
  return hash.digest('hex')
}

export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
