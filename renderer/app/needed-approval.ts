import { useSyncExternalStore } from 'react'
import type { RefusalView } from '#shared/projection/app-views.ts'

/** The token of what an engine refused for want of an approval, whatever screen had asked; null: nothing, or it was dealt with. */
let needed: string | null = null
const watchers = new Set<() => void>()

function set(token: string | null): void {
  needed = token
  for (const watcher of watchers) watcher()
}

/** Every refusal passes here on its way to a screen. */
export function noteRefusal({ module, code, params }: RefusalView): void {
  if (module === 'approvals' && code === 'approval-needed' && typeof params?.['token'] === 'string')
    set(params['token'])
}
export const forgetNeeded = (): void => set(null)

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
export const useNeeded = (): string | null => useSyncExternalStore(watch, () => needed)
