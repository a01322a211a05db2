import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname

// The type tests (`*.test-d.ts`) say which steps must not compile; only the compiler can fail them.
it(
  'every layer compiles with the libraries that it may see, and what must not compile does not',
  { timeout: 300_000 },
  async () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const output = await promisify(execFile)(process.execPath, [tsc, '-b'], { cwd: root }).then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => error.stdout ?? String(error),
    )
    expect(output).toBe('')
  },
)
