import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { late } from '#ui/parts/late.ts'
import { Dataset } from './dataset.tsx'
import { DatasetList } from './dataset-list.tsx'

// The table is what people open all day: it does not wait for the code of charts and of reading files.
const Beside = late(async () => (await import('./beside.tsx')).Beside)
const Colleagues = late(async () => (await import('./colleagues.tsx')).Colleagues)
const Import = late(async () => (await import('./import.tsx')).Import)
const Reimport = late(async () => (await import('./reimport.tsx')).Reimport)

/** Private data: what stays in the vault, how it comes in, and what of it a partner sees. */
export default function Private({ route }: ScreenProps) {
  const [page, id, action] = route.path
  if (page === 'beside') return <Beside />
  if (page === 'import') return <Import />
  if (page === 'colleagues') return <Colleagues />
  if (page === 'of' && id)
    return action === 'reimport' ? <Reimport dataset={id} /> : <Dataset dataset={id} tab={route.query['tab']} />
  return <DatasetList />
}
