import { contradictionsView, setAside, takeBack } from '../contradictions/contradictions.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function contradictionAreas({ contradictions }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const changed = () => {
    engine.changes.say('today', 'audit')
    return contradictionsView(hub())
  }
  return {
    contradictions: {
      list: contradictions.list.handler(() => contradictionsView(hub())),
      setAside: contradictions.setAside.handler(({ input }) => {
        setAside(hub(), input)
        return changed()
      }),
      takeBack: contradictions.takeBack.handler(({ input }) => {
        takeBack(hub(), input.id)
        return changed()
      }),
    },
  }
}
