import { useQuery } from '@tanstack/react-query'
import type { AppState } from '#shared/projection/app-views.ts'
import { useOrpc } from './engine.tsx'

/** What the app is, whichever screen asks. The gate shows no screen before this is known. */
export function useAppState(): AppState {
  const { data } = useQuery(useOrpc().app.state.queryOptions())
  if (!data) throw new Error('useAppState above the gate')
  return data
}
