import type { ComponentType, LazyExoticComponent } from 'react'
import { late } from '#ui/parts/late.ts'
import type { Area, Route } from './route.ts'

export interface ScreenProps {
  readonly route: Route
}
type Screen = LazyExoticComponent<ComponentType<ScreenProps>>

const files = import.meta.glob<{ readonly default: ComponentType<ScreenProps> }>('../features/*/screen.tsx')

/** The feature folder that shows each area. */
const FEATURE: Readonly<Record<Area, string>> = {
  today: 'today',
  workspaces: 'workspaces',
  private: 'private',
  disclosures: 'disclosures',
  artifact: 'forecast',
  activity: 'activity',
  settings: 'settings',
  welcome: 'welcome',
}

const screens = new Map<Area, Screen>()

/** Fetches the code of an area's screen. */
export function loadScreen(area: Area): Promise<{ readonly default: ComponentType<ScreenProps> }> {
  // A folder that is not there fails inside the screen's own error boundary, and the rest of the app stays.
  const missing = () => Promise.reject(new Error(`no feature shows ${area}`))
  return (files[`../features/${FEATURE[area]}/screen.tsx`] ?? missing)()
}

/** The screen of an area: the default export of its feature's `screen.tsx`, loaded when first shown. */
export function screenOf(area: Area): Screen {
  const known = screens.get(area)
  if (known) return known
  const screen = late(async () => (await loadScreen(area)).default)
  screens.set(area, screen)
  return screen
}
