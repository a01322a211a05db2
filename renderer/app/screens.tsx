import { late, type Late } from '#ui/parts/late.ts'
import { featureScreen, type ScreenProps } from './feature-screen.ts'
import type { Area } from './route.ts'

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

const screens = new Map<Area, Late<ScreenProps>>()

/** The screen of an area. */
export function screenOf(area: Area): Late<ScreenProps> {
  const known = screens.get(area)
  if (known) return known
  const screen = late<ScreenProps>(
    async () => (await (area === 'document' ? import('./document.tsx') : featureScreen(FEATURE[area]))).default,
  )
  screens.set(area, screen)
  return screen
}
