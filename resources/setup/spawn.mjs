import { spawn } from 'node:child_process'
import { ownPath, root } from './paths.mjs'

/** Runs a program quietly. Resolves `{ code, output }`; never rejects. `limit` in milliseconds. */
export function capture(program, args, { env = {}, limit, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(limit === undefined ? {} : { timeout: limit, killSignal: 'SIGKILL' }),
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * Runs a program in the foreground. Ctrl-C reaches it through the terminal, a polite kill is passed on, and when this
 * process dies without a word the closed IPC channel tells it, so nothing is left behind.
 */
export function foreground(program, args, { env = {}, channel = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, PATH: ownPath(), ...env },
      stdio: channel ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    })
    const wait = () => {}
    const parent = process.ppid
    // npm passes a kill on to its shell and no further; whoever kills `npm start` means all of it.
    const watch = process.env.npm_lifecycle_event
      ? setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1_000)
      : undefined
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', wait)
    process.on('SIGTERM', pass)
    process.on('SIGHUP', pass)
    const done = (code) => {
      clearInterval(watch)
      process.off('SIGINT', wait)
      process.off('SIGTERM', pass)
      process.off('SIGHUP', pass)
      resolve(code)
    }
    child.on('error', () => done(127))
    child.on('exit', (code, signal) => done(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
  })
}
