import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Fields, ValuesOf } from '#shared/artifacts/field.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import { useEngine } from './engine.tsx'
import { LiveDocument } from './live-document.ts'
import { openLivePort } from './live-port.ts'

/** Opens a document's section while the component is shown. Null only before the first effect ran. */
export function useLiveDocument(artifact: string, section = 'joint'): LiveDocument | null {
  const engine = useEngine()
  const [live, setLive] = useState<LiveDocument | null>(null)
  useEffect(() => {
    const opened = new LiveDocument({
      open: () => engine.client.documents.open({ artifact, section }),
      port: (token, hears) => openLivePort(engine.name, token, hears),
    })
    setLive(opened)
    return () => {
      opened.close()
      setLive(null)
    }
  }, [engine, artifact, section])
  useLive(live)
  return live
}

const NEVER = (): (() => void) => () => undefined

/** Renders again whenever the document, its status or who is in it changes. */
export function useLive(live: LiveDocument | null): number {
  return useSyncExternalStore(live?.watch ?? NEVER, () => live?.version ?? 0)
}

/** The records of a set as they are now, in their order. */
export function useSet<F extends Fields>(
  live: LiveDocument | null,
  fields: F,
  set: string,
): readonly Projected<ValuesOf<F>>[] {
  const version = useLive(live)
  return useMemo(
    () => (live ? projectSet(fields, recordsOf(live.registers, set, live.textsOf)) : []),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
    [live, fields, set, version],
  )
}
