import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

const RETRY_MS = 1_000
/** A file that is missing right after such a reload is missing for good. */
const RELOADED_MS = 10_000
const RELOADED_AT = 'mithaq-reloaded-at'

/**
 * A component whose code is fetched when it is first shown. The code comes from the engine's own shell, and a browser
 * remembers a module that it failed to fetch: when the shell is away the component keeps loading, and the window reloads
 * once the shell answers again. Rejects, into the nearest error boundary, when that did not help.
 */
export function late<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await load().catch(startAgain) }))
}

async function startAgain(error: unknown): Promise<never> {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < RELOADED_MS) throw error
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  sessionStorage.setItem(RELOADED_AT, String(Date.now()))
  location.reload()
  return new Promise<never>(() => undefined)
}

const answers = (): Promise<boolean> =>
  fetch(location.pathname, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
