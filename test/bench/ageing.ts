import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BenchRow } from './row.ts'

interface Opened {
  /** From the passphrase to the workspace on the screen. */
  readonly whole: number
  /** What stretching the passphrase takes of it, at the floor of its cost. */
  readonly stretch: number
  readonly memory: number
}

const AGES = [10_000, 100_000, 1_000_000] as const
const ROUNDS = 5
const child = fileURLToPath(new URL('./ageing-child.ts', import.meta.url))
const run = async (mode: 'fill' | 'open', directory: string, entries = 0): Promise<string> =>
  (await promisify(execFile)(process.execPath, ['--max-old-space-size=8192', child, mode, directory, String(entries)]))
    .stdout

/** Opening a workspace that has grown old and not large: the same plan, written ten thousand, a hundred thousand, a million times. */
export async function benchAgeing(): Promise<readonly BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'mithaq-bench-ageing-'))
  try {
    for (const age of AGES) await run('fill', join(root, String(age)), age)
    const best = new Map<number, Opened>()
    // In turns, so that all ages meet the machine in the same states; the best of each.
    for (let round = 0; round < ROUNDS; round++) {
      for (const age of AGES) {
        const opened = JSON.parse(await run('open', join(root, String(age)))) as Opened
        if (opened.whole < (best.get(age)?.whole ?? Infinity)) best.set(age, opened)
      }
    }
    const young = best.get(AGES[0]) as Opened
    return AGES.slice(1).map((age) => {
      const old = best.get(age) as Opened
      return {
        name: `open a workspace with ${age.toLocaleString('en')} past entries, against ${AGES[0].toLocaleString('en')}`,
        ratio: old.whole / young.whole,
        budget: 1.2,
        direction: 'at-most',
        detail: `${old.whole.toFixed(0)} ms against ${young.whole.toFixed(0)} ms from passphrase to screen, of which ${young.stretch.toFixed(0)} ms stretch the passphrase; ${(old.memory / 1e6).toFixed(0)} MB against ${(young.memory / 1e6).toFixed(0)} MB`,
      }
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
