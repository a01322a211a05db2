import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { CasePage } from './case.tsx'
import { DraftPage } from './draft.tsx'
import { DisputeList } from './list.tsx'

/** All disputes, one of them, or one that is still being written. */
export default function Disputes({ route }: ScreenProps) {
  const [page, id, which] = route.path
  if (page === 'of' && id) return <CasePage key={id} id={id} which={which ?? null} />
  if (page === 'draft' && id) return <DraftPage key={id} id={id} />
  return <DisputeList />
}
