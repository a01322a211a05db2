import type { ComponentType, LazyExoticComponent } from 'react'
import { late } from '#ui/parts/late.ts'
import { featureScreen, type ScreenProps } from './feature-screen.ts'
import type { Area } from './route.ts'

type Screen = LazyExoticComponent<ComponentType<ScreenProps>>

/** The feature folder that shows each area; a document is shown by the feature of its type. */
const FEATURE: Readonly<Record<Exclude<Area, 'document'>, string>> = {
  today: 'today',
  workspaces: 'workspaces',
  private: 'private',
  disclosures: 'disclosures',
  artifact: 'forecast',
  approvals: 'approvals',
  contradictions: 'contradictions',
  disputes: 'disputes',
  activity: 'activity',
  settings: 'settings',
  welcome: 'welcome',
}

const screens = new Map<Area, Screen>()

/** Fetches the code of an area's screen. */
export const loadScreen = (area: Area): Promise<{ readonly default: ComponentType<ScreenProps> }> =>
  area === 'document' ? import('./document.tsx') : featureScreen(FEATURE[area])

/** The screen of an area, loaded when first shown. */
export function screenOf(area: Area): Screen {
  const known = screens.get(area)
  if (known) return known
  const screen = late(async () => (await loadScreen(area)).default)
  screens.set(area, screen)
  return screen
}
