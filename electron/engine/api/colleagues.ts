import { endShare, shareDataset, sharePolicy } from '../colleagues/share.ts'
import { removeCopy } from '../colleagues/remove-copy.ts'
import { colleaguesView, previewShare } from '../colleagues/views.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function colleagueAreas({ colleagues }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const view = () => colleaguesView(engine.desk.session)
  const changed = () => {
    engine.changes.say('colleagues', 'datasets', 'disclosures', 'audit')
    return view()
  }
  return {
    colleagues: {
      get: colleagues.get.handler(() => view()),
      preview: colleagues.preview.handler(({ input }) =>
        previewShare(hub(), input.dataset, input.roles, input.ceiling),
      ),
      share: colleagues.share.handler(({ input }) => {
        const { session, jobs } = engine.desk
        const job = jobs.start('share', async (control) => {
          const { artifact } = await shareDataset(session.hub, input, control)
          changed()
          return artifact
        })
        return { job }
      }),
      sharePolicy: colleagues.sharePolicy.handler(({ input }) => {
        sharePolicy(hub(), input.policy, input.roles)
        return changed()
      }),
      end: colleagues.end.handler(({ input }) => {
        endShare(hub(), input.artifact)
        return changed()
      }),
      removeCopy: colleagues.removeCopy.handler(({ input }) => {
        removeCopy(hub(), input.artifact)
        return changed()
      }),
    },
  }
}
