#!/usr/bin/env node
// `npm start`, `npm test` and the rest, from nothing: Node 20 built-ins only, because nothing is installed yet.
import { COMMANDS } from './commands.mjs'
import { install } from './install.mjs'
import { withLock } from './lock.mjs'
import { cache } from './paths.mjs'
import { complain, say, Stop } from './say.mjs'
import { provide, provideSparing } from './system.mjs'
import { join } from 'node:path'

const [name = 'start', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined

try {
  if (!command) throw new Stop(`there is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}`)
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Stop(`Node.js 20 or later is needed; this is ${process.version}`)
  say(`${name} (Node ${process.versions.node})`)
  // The two waits are on different networks: together they take as long as the slower one.
  const provided = () => provide(command.packages()).then(() => provideSparing(command.sparing?.() ?? []))
  await withLock(join(cache, 'setup.lock'), () => Promise.all([install(), provided()]))
  process.exitCode = await command.run(args)
} catch (error) {
  complain(error instanceof Stop ? error.message : error.stack)
  process.exitCode = 1
}
