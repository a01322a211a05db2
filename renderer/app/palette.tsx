import { useHotkeys } from '@mantine/hooks'
import { Suspense, useEffect, useState } from 'react'
import type { AppState } from '#shared/projection/app-views.ts'
import { late } from '#ui/parts/late.ts'
import { AREAS, go } from './route.ts'

const load = () => import('./commands.tsx')
const Commands = late(async () => (await load()).Commands)

/** The window is about to start again; the palette opens with the next press. */
const noPalette = (): void => undefined

/** Long enough for the first screen to have its data. */
const SETTLED_MS = 1_500

/** Keys that lead to an area: `g` is not needed, Alt and a digit are free in every browser. */
const AREA_KEY = (index: number): string => `alt+${index + 1}`

/**
 * The keys of the app (palette with Ctrl or Cmd + K, areas, `?` for the list of keys), and the palette itself: its code
 * and its questions to the engine come after the first screen, or at once when they are called for.
 */
export function usePalette(state: AppState) {
  const [wanted, setWanted] = useState(false)
  const [help, setHelp] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWanted(true), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [])
  const open = (): void => {
    setWanted(true)
    void load().then(({ openPalette }) => openPalette(), noPalette)
  }
  const showHelp = (): void => {
    setWanted(true)
    setHelp(true)
  }
  useHotkeys([
    ['mod+K', open],
    ['shift+?', showHelp],
    ['?', showHelp],
    ...AREAS.map((area, index): [string, () => void] => [AREA_KEY(index), () => go({ area, path: [], query: {} })]),
  ])
  const palette = wanted ? (
    <Suspense fallback={null}>
      <Commands state={state} help={help} onHelp={setHelp} />
    </Suspense>
  ) : null
  return { open, palette }
}
