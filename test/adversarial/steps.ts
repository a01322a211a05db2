import { writeSync } from 'node:fs'

const dieAt = Number(process.env['MITHAQ_DIE_AT_STEP'] || 0)
let steps = 0

/** Counts one step of a child, and kills it when its time has come: no handler runs, no buffer is flushed. */
export function step(): void {
  steps += 1
  if (steps === dieAt) process.kill(process.pid, 'SIGKILL')
}

/** Acknowledges before going on: a line in the pipe outlives the process. */
export const acknowledge = (line: string): void => {
  writeSync(1, `${line}\n`)
}

/** The same object, each call of which is a step before and a step after; objects that calls give back are followed too. */
export function stepped<T extends object>(target: T): T {
  return new Proxy(target, {
    get(from, name) {
      const member: unknown = Reflect.get(from, name, from)
      if (typeof member === 'function')
        return (...values: unknown[]) => {
          step()
          const result: unknown = Reflect.apply(member as (...all: unknown[]) => unknown, from, values)
          step()
          return follow(result)
        }
      return follow(member)
    },
  })
}

function follow(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Promise || value instanceof Uint8Array)
    return value
  const opened = value as { readonly ok?: boolean; readonly value?: unknown }
  if (opened.ok === true && isStore(opened.value)) return { ...opened, value: stepped(opened.value as object) }
  return isStore(value) ? stepped(value) : value
}

/** Only things with methods are worth following; data stays data. */
const isStore = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).some((member) => typeof member === 'function')
