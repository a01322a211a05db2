import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { NewWorkspace } from './new-workspace.tsx'
import { OpenAnything } from './open-anything.tsx'
import { Workspace } from './workspace.tsx'
import { WorkspaceList } from './workspace-list.tsx'

/** Workspaces: the list, a new one, opening what a partner sent, and one workspace. */
export default function Workspaces({ route }: ScreenProps) {
  const [page, id, tab] = route.path
  if (page === 'new') return <NewWorkspace />
  if (page === 'open') return <OpenAnything link={route.query['link']} key={route.query['link']} />
  if (page === 'of' && id) return <Workspace id={id} tab={tab} />
  return <WorkspaceList />
}
