import { isDefinedError, ORPCError } from '@orpc/client'
import type { RefusalView } from '#shared/projection/app-views.ts'

/** Any failure of a call as a refusal that has a sentence: the engine's own, a lost connection, or a bug. */
export function refusalOf(error: unknown): RefusalView {
  if (error instanceof ORPCError) {
    const data: unknown = error.data
    if (isDefinedError(error) && isRefusal(data)) return data
    if (error.code === 'REFUSED' && isRefusal(data)) return data
    if (error.code === 'BAD_REQUEST') return { module: 'app', code: 'input-not-understood' }
    return { module: 'app', code: 'unexpected' }
  }
  if (error instanceof DOMException && error.name === 'AbortError') return { module: 'app', code: 'engine-unreachable' }
  if (error instanceof Error && /not open|closed|abort/i.test(error.message))
    return { module: 'app', code: 'engine-unreachable' }
  return { module: 'app', code: 'unexpected' }
}

const isRefusal = (data: unknown): data is RefusalView =>
  typeof data === 'object' && data !== null && 'module' in data && 'code' in data
