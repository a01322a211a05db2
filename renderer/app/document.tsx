import { useQuery } from '@tanstack/react-query'
import { AGREEMENTS } from '#shared/artifacts/agreement-kinds.ts'
import { late, type Late } from '#ui/parts/late.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useOrpc } from './engine.tsx'
import { featureScreen, type ScreenProps } from './feature-screen.ts'
import { refusalOf } from './refusal.ts'

/** The feature folder that shows each type of co-edited document. */
const FEATURE: Readonly<Record<string, string>> = {
  'JointInitiativePlan.v1': 'plan',
  'StandardsDoc.v1': 'standards',
  ...Object.fromEntries(AGREEMENTS.map(({ type }) => [type, 'agreement'])),
  'JointGovernanceDecision.v1': 'decision',
  'CoordinationTopic.v1': 'convergence',
  'ChangeRequest.v1': 'service-change',
}

const screens = new Map<string, Late<ScreenProps>>()

function screenFor(type: string): Late<ScreenProps> | undefined {
  const feature = FEATURE[type]
  if (feature === undefined) return undefined
  const known = screens.get(type) ?? late<ScreenProps>(async () => (await featureScreen(feature)).default)
  screens.set(type, known)
  return known
}

/** A co-edited document, shown by the feature of its type. */
export default function Document({ route }: ScreenProps) {
  const found = useQuery(useOrpc().documents.list.queryOptions({ input: {} }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  const document = found.data.find(({ id }) => id === route.path[0])
  const Screen = document && screenFor(document.type)
  if (!Screen) return <RefusalAlert refusal={{ module: 'artifacts', code: 'no-such-artifact' }} />
  return <Screen route={route} key={document.id} />
}
