import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { Connection, type EngineClient, type EngineName } from './connection.ts'
import { followChanges } from './live.ts'

/** One engine as the screens use it: `client` to ask, `orpc` for TanStack Query options and keys. */
export interface Engine {
  readonly name: EngineName
  readonly connection: Connection
  readonly client: EngineClient
  readonly orpc: RouterUtils<EngineClient>
  readonly queries: QueryClient
}

const engines = new Map<EngineName, Engine>()

function engineOf(name: EngineName): Engine {
  const known = engines.get(name)
  if (known) return known
  const connection = new Connection(name)
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  const { client } = connection
  const made: Engine = { name, connection, client, orpc: createTanstackQueryUtils(client), queries }
  engines.set(name, made)
  return made
}

const followed = new Map<EngineName, { followers: number; readonly stop: () => void }>()

/** Follows an engine's changes for as long as somebody does; returns the way to stop. */
function follow(engine: Engine): () => void {
  const following = followed.get(engine.name) ?? { followers: 0, stop: followChanges(engine) }
  followed.set(engine.name, following)
  following.followers += 1
  return () => {
    following.followers -= 1
    if (following.followers > 0) return
    followed.delete(engine.name)
    following.stop()
  }
}

/**
 * Opens the connection and asks for the engine's state before there is a screen to show it. Changes are followed first, and for as
 * long as there is a window: what is asked after that need not be asked again.
 */
export function askAhead(name: EngineName): void {
  const engine = engineOf(name)
  follow(engine)
  void engine.queries.prefetchQuery(engine.orpc.app.state.queryOptions())
}

const EngineContext = createContext<Engine | null>(null)

/** Everything below asks this engine; nest one with `engine="partner"` to show the other side of the sample. */
export function EngineProvider({ engine, children }: { readonly engine: EngineName; readonly children: ReactNode }) {
  const value = engineOf(engine)
  useEffect(() => {
    const stop = follow(value)
    const letGo = value.connection.hold()
    return () => {
      stop()
      letGo()
    }
  }, [value])
  return (
    <EngineContext value={value}>
      <QueryClientProvider client={value.queries}>{children}</QueryClientProvider>
    </EngineContext>
  )
}

/** Lets go of every answer but the app's own state: after a lock nothing of the vault stays in the window. */
export function forgetAnswers(): void {
  for (const { queries } of engines.values())
    queries.removeQueries({ predicate: ({ queryKey }) => !Array.isArray(queryKey[0]) || queryKey[0][0] !== 'app' })
}

/** The engine of the nearest provider. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext)
  if (!engine) throw new Error('useEngine outside an EngineProvider')
  return engine
}

export const useClient = (): EngineClient => useEngine().client
export const useOrpc = (): RouterUtils<EngineClient> => useEngine().orpc

/** False while the engine cannot be reached. */
export function useAlive(): boolean {
  const { connection } = useEngine()
  return useSyncExternalStore(
    (watcher) => connection.watch(watcher),
    () => connection.alive,
  )
}
