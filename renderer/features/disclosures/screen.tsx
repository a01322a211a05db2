import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { Consents } from './consents.tsx'
import { Detail } from './detail.tsx'
import { DisclosureList } from './disclosure-list.tsx'
import { NewDisclosure } from './new-disclosure.tsx'
import { SeeAs } from './see-as.tsx'

/** What leaves, to whom, until when; and the look through a partner's eyes. */
export default function Disclosures({ route }: ScreenProps) {
  const [page, id] = route.path
  if (page === 'new') return <NewDisclosure dataset={route.query['dataset']} policy={route.query['policy']} />
  if (page === 'of' && id) return <Detail artifact={id} />
  if (page === 'see-as') return <SeeAs workspace={route.query['workspace']} />
  if (page === 'consents') return <Consents />
  return <DisclosureList />
}
