// Runs under the pinned Node, after the install: `node bundle.mjs <target>…`
import { build } from 'vite'
import { bundleOf } from '../../vite.config.ts'

for (const target of process.argv.slice(2)) await build({ configFile: false, logLevel: 'warn', ...bundleOf(target) })
