import type { ComponentType } from 'react'
import type { Route } from './route.ts'

export interface ScreenProps {
  readonly route: Route
}
type ScreenFile = { readonly default: ComponentType<ScreenProps> }

const files = import.meta.glob<ScreenFile>('../features/*/screen.tsx')

/** Fetches the code of a feature's screen: the default export of its `screen.tsx`. */
export function featureScreen(feature: string): Promise<ScreenFile> {
  // A folder that is not there fails inside the screen's own error boundary, and the rest of the app stays.
  const missing = () => Promise.reject(new Error(`no feature is called ${feature}`))
  return (files[`../features/${feature}/screen.tsx`] ?? missing)()
}
