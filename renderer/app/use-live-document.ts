import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useEngine } from './engine.tsx'
import { LiveDocument } from './live-document.ts'
import { openLivePort } from './live-port.ts'

/** Opens a document's section while the component is shown. */
export function useLiveDocument(artifact: string, section = 'joint'): LiveDocument {
  const engine = useEngine()
  const live = useMemo(
    () =>
      new LiveDocument({
        open: () => engine.client.documents.open({ artifact, section }),
        port: (token, hears) => openLivePort(engine.name, token, hears),
      }),
    [engine, artifact, section],
  )
  useEffect(() => live.start(), [live])
  useLive(live)
  return live
}

/** Renders again whenever the document, its status or who is in it changes. */
export function useLive(live: LiveDocument): number {
  return useSyncExternalStore(live.watch, () => live.version)
}
