import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** When a child dies by SIGKILL: before its n-th step (its own count, see `steps.ts`), or when its n-th line has been read. */
export type KillPoint = { readonly step: number } | { readonly line: number }

export interface KilledChild {
  /** What it acknowledged before it died. */
  readonly lines: readonly string[]
  /** False when it ended by itself before the point was reached. */
  readonly killed: boolean
}

/**
 * Runs a TypeScript file under this Node until the kill point. Nothing in the child gets a chance to tidy up.
 * @throws when the child fails by itself: then it was not the kill that was tested.
 */
export async function runAndKill(script: URL, args: readonly string[], point: KillPoint): Promise<KilledChild> {
  const dieAt = 'step' in point ? String(point.step) : ''
  const child = spawn(process.execPath, [script.pathname, ...args], {
    env: { ...process.env, MITHAQ_DIE_AT_STEP: dieAt },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const ended = new Promise<{ readonly code: number | null; readonly signal: string | null }>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if ('line' in point && lines.length === point.line) child.kill('SIGKILL')
  }
  const { code, signal } = await ended
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the child failed (${code ?? signal}): ${errors.join('')}`)
  return { lines, killed: signal === 'SIGKILL' }
}

/** A small seeded generator (mulberry32): the same points in every run, and others for another seed. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
