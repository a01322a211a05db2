import type { QueryClient } from '@tanstack/react-query'
import type { Topic } from '#shared/projection/app-views.ts'
import type { EngineClient } from './connection.ts'

/** As much of an engine as following it takes. */
interface Followed {
  readonly client: EngineClient
  readonly queries: QueryClient
}

/** Which screens' answers each topic makes stale: names of the contract's areas. */
const AREAS: Readonly<Record<Topic, readonly (keyof EngineClient & string)[]>> = {
  app: ['app', 'company'],
  company: ['app', 'company'],
  workspaces: ['workspaces', 'dryRuns'],
  datasets: ['datasets'],
  jobs: ['jobs'],
  disclosures: ['disclosures', 'consents', 'artifacts'],
  artifacts: ['artifacts', 'disclosures', 'contradictions'],
  documents: [
    'documents',
    'agreements',
    'decisions',
    'convergence',
    'changes',
    'disputes',
    'negotiation',
    'standards',
    'contradictions',
    'today',
  ],
  colleagues: ['colleagues'],
  audit: ['audit'],
  connection: ['workspaces', 'colleagues'],
  today: ['today', 'contradictions'],
  approvals: ['approvals', 'agreements', 'disputes', 'today'],
}
const AGAIN_MS = 1_000

/**
 * Follows the engine's stream of changes and makes the answers that it names stale, so that every screen shows what is
 * true now. What was asked before the stream stood, at first or after it broke, counts as changed; what was asked after
 * it, on the same ordered connection, does not. Returns the way to stop.
 */
export function followChanges(engine: Followed): () => void {
  const stop = new AbortController()
  const follow = async (): Promise<void> => {
    let first = true
    while (!stop.signal.aborted) {
      const before = new Set(engine.queries.getQueryCache().getAll())
      try {
        for await (const { topics } of await engine.client.app.changes({}, { signal: stop.signal })) {
          if (first) void engine.queries.invalidateQueries({ predicate: (query) => before.has(query) })
          else for (const topic of topics) for (const area of AREAS[topic]) void stale(engine, area)
          first = false
        }
      } catch {
        // The reason is shown by the connection itself; what matters here is to ask again.
      }
      first = true
      if (!stop.signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
  void follow()
  return () => stop.abort()
}

const stale = (engine: Followed, area: string): Promise<void> =>
  engine.queries.invalidateQueries({
    predicate: ({ queryKey }) => Array.isArray(queryKey[0]) && queryKey[0][0] === area,
  })
