import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Fields, ValuesOf } from '#shared/artifacts/field.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
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

/** The records of a set as they are now, in their order. */
export function useSet<F extends Fields>(
  live: LiveDocument,
  fields: F,
  set: string,
): readonly Projected<ValuesOf<F>>[] {
  const version = useLive(live)
  return useMemo(
    () => projectSet(fields, recordsOf(live.registers, set, live.textsOf)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for what the document holds
    [live, fields, set, version],
  )
}
