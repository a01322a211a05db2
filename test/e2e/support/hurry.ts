/** Loaded before an app: a wait of a minute or more takes a fiftieth of it, so that a story can see the automatic lock. */
const real = globalThis.setTimeout
const hurried = (work: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) =>
  real(work, delay !== undefined && delay >= 60_000 ? delay / 50 : delay, ...args)
globalThis.setTimeout = Object.assign(hurried, real) as typeof globalThis.setTimeout
