import { createElement, lazy, useState, type ComponentType, type FunctionComponent } from 'react'

const RETRY_MS = 1_000
/** A file that is missing right after such a reload is missing for good. */
const RELOADED_MS = 10_000
const RELOADED_AT = 'mithaq-reloaded-at'

/** A component whose code is fetched when it is first shown, or ahead of that. */
export interface Late<P> extends FunctionComponent<P> {
  /** Fetches the code ahead. What fails now is fetched again, and told of, when it is shown. */
  prepare(): Promise<void>
}

/**
 * A component whose code is fetched late. The code comes from the engine's own shell, and a browser remembers a module that
 * it failed to fetch: when the shell is away the component keeps loading, and the window reloads once the shell answers
 * again. Rejects, into the nearest error boundary, when that did not help.
 */
export function late<P extends object>(load: () => Promise<ComponentType<P>>): Late<P> {
  let ready: ComponentType<P> | undefined
  const fetched = async () => (ready = await load())
  const Waiting: ComponentType<P> = lazy(async () => ({ default: await fetched().catch(startAgain) }))
  function Shown(props: P) {
    // What is there already is shown at once: after a fallback, however short, React shows nothing new for a third of a
    // second. And what was shown once is not taken for another component later.
    const [Component] = useState<ComponentType<P>>(() => ready ?? Waiting)
    return createElement(Component, props)
  }
  const prepare = (): Promise<void> => fetched().then(nothing, nothing)
  return Object.assign(Shown, { prepare })
}
const nothing = (): void => undefined

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
