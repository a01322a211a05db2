import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** What a running app leaves in its profile, so that a second start finds it. Readable by its own user alone. */
export interface Running {
  readonly pid: number
  /** Random, hex; the server repeats it, so that another program on a reused port is not taken for us. */
  readonly instance: string
  /** 0 while it is still starting. */
  readonly port: number
  /** With its secret: for the person, or for a browser of their choice. */
  readonly link: string
}

export interface Claim {
  /** Tells later starts where the app is. */
  publish(port: number, link: string): void
  release(): void
}

const STARTING_LIMIT = 60_000
const HALF_WRITTEN_LIMIT = 2_000

/**
 * Takes the profile for this process, or finds the app that already runs on it. A start that was killed leaves its
 * file behind: it counts only while its process lives and its server answers with the same instance.
 */
export async function claim(profile: string, instance: string): Promise<Claim | Running> {
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  const path = join(profile, 'running.json')
  for (;;) {
    try {
      writeFileSync(path, text({ pid: process.pid, instance, port: 0, link: '' }), { flag: 'wx', mode: 0o600 })
      return claimOn(path, instance)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const found = read(path)
    const answer = found ? await ask(found) : 'silent'
    if (found && answer === 'yes') return found
    const dead = found ? !isAlive(found.pid) || answer === 'no' : age(path) > HALF_WRITTEN_LIMIT
    if (dead || age(path) > STARTING_LIMIT) rmSync(path, { force: true })
    else await pause(200)
  }
}

export const isRunning = (found: Claim | Running): found is Running => 'link' in found

function claimOn(path: string, instance: string): Claim {
  return {
    publish(port, link) {
      writeFileSync(`${path}.next`, text({ pid: process.pid, instance, port, link }), { mode: 0o600 })
      renameSync(`${path}.next`, path)
    },
    release() {
      if (read(path)?.instance === instance) rmSync(path, { force: true })
    },
  }
}

const text = (running: Running) => `${JSON.stringify(running)}\n`

function read(path: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Running
  } catch {
    return undefined
  }
}

function age(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** `no`: somebody else has that port, or nobody. `silent`: still starting, or too busy to answer just now. */
async function ask({ port, instance }: Running): Promise<'yes' | 'no' | 'silent'> {
  if (port === 0) return 'silent'
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(3_000) })
    return answer.ok && (await answer.text()).trim() === `mithaq ${instance}` ? 'yes' : 'no'
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'silent' : 'no'
  }
}
