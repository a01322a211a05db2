import { useSyncExternalStore } from 'react'
import type { TodayTarget } from '#shared/projection/today-views.ts'

export const AREAS = [
  'today',
  'workspaces',
  'private',
  'disclosures',
  'approvals',
  'contradictions',
  'disputes',
  'activity',
  'settings',
] as const
/** What the navigation shows, `artifact` and `document`: the pages of one, reached from its workspace. */
export type Area = (typeof AREAS)[number] | 'artifact' | 'document' | 'welcome'

/** A place in the app as the address bar holds it: `#/area/path/parts?name=value`. */
export interface Route {
  readonly area: Area
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

const isArea = (text: string | undefined): text is Area =>
  text === 'artifact' ||
  text === 'document' ||
  text === 'welcome' ||
  (AREAS as readonly (string | undefined)[]).includes(text)

/** The typed places of the app: features link with these and never spell an address. */
export const to = {
  today: (): Route => ({ area: 'today', path: [], query: {} }),
  workspaces: (): Route => ({ area: 'workspaces', path: [], query: {} }),
  newWorkspace: (): Route => ({ area: 'workspaces', path: ['new'], query: {} }),
  openInvitation: (): Route => ({ area: 'workspaces', path: ['open'], query: {} }),
  workspace: (id: string, tab?: string): Route => ({
    area: 'workspaces',
    path: ['of', id, ...(tab ? [tab] : [])],
    query: {},
  }),
  artifact: (id: string): Route => ({ area: 'artifact', path: [id], query: {} }),
  document: (id: string, tab?: string): Route => ({ area: 'document', path: [id, ...(tab ? [tab] : [])], query: {} }),
  privateData: (): Route => ({ area: 'private', path: [], query: {} }),
  /** The private table beside what the sample partner sees. */
  sideBySide: (): Route => ({ area: 'private', path: ['beside'], query: {} }),
  /** What goes between colleagues' devices. */
  colleagues: (): Route => ({ area: 'private', path: ['colleagues'], query: {} }),
  importData: (): Route => ({ area: 'private', path: ['import'], query: {} }),
  dataset: (id: string): Route => ({ area: 'private', path: ['of', id], query: {} }),
  disclosures: (): Route => ({ area: 'disclosures', path: [], query: {} }),
  newDisclosure: (from: { readonly dataset?: string; readonly policy?: string } = {}): Route => ({
    area: 'disclosures',
    path: ['new'],
    query: { ...from },
  }),
  disclosure: (artifact: string): Route => ({ area: 'disclosures', path: ['of', artifact], query: {} }),
  seeAs: (workspace?: string): Route => ({
    area: 'disclosures',
    path: ['see-as'],
    query: workspace ? { workspace } : {},
  }),
  /** Requests for approval; `policy`: how the company approves. */
  approvals: (page?: 'policy'): Route => ({ area: 'approvals', path: page ? [page] : [], query: {} }),
  /** Where documents say different things. */
  contradictions: (): Route => ({ area: 'contradictions', path: [], query: {} }),
  disputes: (): Route => ({ area: 'disputes', path: [], query: {} }),
  /** `opening`: which one of a document that holds several. */
  dispute: (id: string, opening?: string): Route => ({
    area: 'disputes',
    path: ['of', id, ...(opening ? [opening] : [])],
    query: {},
  }),
  disputeDraft: (id: string): Route => ({ area: 'disputes', path: ['draft', id], query: {} }),
  activity: (): Route => ({ area: 'activity', path: [], query: {} }),
  settings: (page?: string): Route => ({ area: 'settings', path: page ? [page] : [], query: {} }),
  welcome: (page?: string): Route => ({ area: 'welcome', path: page ? [page] : [], query: {} }),
} as const

export function hrefOf(route: Route): string {
  const query = new URLSearchParams(route.query).toString()
  return `#/${[route.area, ...route.path].map(encodeURIComponent).join('/')}${query ? `?${query}` : ''}`
}

/** Reads an address; what is no place of the app leads to Today. */
export function parseRoute(hash: string): Route {
  const [address = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [area, ...path] = address.split('/').filter(Boolean).map(decode)
  if (!isArea(area)) return to.today()
  return { area, path, query: Object.fromEntries(new URLSearchParams(query)) }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function go(route: Route): void {
  location.hash = hrefOf(route)
}

/** Where a change or a need of the Today screen leads. */
export function targetRoute(target: TodayTarget): Route {
  switch (target.area) {
    case 'workspace':
      return to.workspace(target.id)
    case 'artifact':
      return to.artifact(target.id)
    case 'document':
      return to.document(target.id)
    case 'dispute':
      return to.dispute(target.id)
    case 'dataset':
      return to.dataset(target.id)
    case 'private':
      return to.privateData()
    case 'disclosures':
      return to.disclosures()
    case 'approvals':
      return to.approvals()
    case 'contradictions':
      return to.contradictions()
    case 'settings':
      return to.settings()
    case 'workspaces':
      return to.workspaces()
  }
}

const follow = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** The address as text: equal text is the same place. */
export const useAddress = (): string => useSyncExternalStore(follow, () => location.hash)
/** Where the address bar is, outside of any component. */
export const currentRoute = (): Route => parseRoute(location.hash)
export const useRoute = (): Route => parseRoute(useAddress())
