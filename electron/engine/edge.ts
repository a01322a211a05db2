import type { Result } from '#shared/kernel/result.ts'

/** An expected refusal on its way to the window: the only exception that is not a bug. The router turns it into `REFUSED`. */
export class Refused extends Error {
  readonly module: string
  readonly code: string
  readonly params: Readonly<Record<string, string | number>> | undefined

  constructor(module: string, code: string, params?: Readonly<Record<string, string | number>>) {
    super(`${module}:${code}`)
    this.module = module
    this.code = code
    this.params = params
  }
}

/** The value of a result whose refusals are codes of `module`. @throws Refused */
export function must<T, E extends string>(result: Result<T, E>, module: string): T {
  if (result.ok) return result.value
  throw new Refused(module, result.refusal)
}
