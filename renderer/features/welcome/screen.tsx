import { useEffect } from 'react'
import { go, to } from '#ui/app/route.ts'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import type { AppState } from '#shared/projection/app-views.ts'
import { useAppState } from '#ui/app/state.ts'
import { Create } from './create.tsx'
import { Doorway } from './doorway.tsx'
import { Join } from './join.tsx'
import { Joining } from './joining.tsx'
import { Restore } from './restore.tsx'
import { Start } from './start.tsx'
import { Unlock } from './unlock.tsx'
import { UnlockWithWords } from './unlock-with-words.tsx'

/** What comes before an open vault: start, create, restore, or unlock. */
export default function Welcome({ route }: ScreenProps) {
  const { stage } = useAppState()
  const page = route.path[0]
  // The words of a new company are shown after the vault has opened, so `create` stays until the person is done.
  const through = stage === 'open' && page !== 'create' && page !== 'words'
  useEffect(() => {
    if (through) go(to.today())
  }, [through])
  if (through) return null
  return <Doorway>{screenOf(stage, page, route.query['then'])}</Doorway>
}

function screenOf(stage: AppState['stage'], page: string | undefined, then: string | undefined) {
  if (page === 'create' && stage !== 'locked') return <Create then={then} />
  // The words of a vault that was just made are shown to their end, whatever the engine already says.
  if (page === 'join' && stage !== 'locked') return <Join />
  if (stage === 'joining') return <Joining />
  if (page === 'words' && stage !== 'new') return <UnlockWithWords />
  if (page === 'restore' && stage === 'new') return <Restore />
  return stage === 'locked' ? <Unlock /> : <Start />
}
