import { rubricLines, rubricOf, saveRubric } from '../scoring/rubrics.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function scoringAreas({ scoring }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  return {
    scoring: {
      rubrics: scoring.rubrics.handler(() => rubricLines(hub())),
      rubric: scoring.rubric.handler(({ input }) => rubricOf(hub(), input.role)),
      saveRubric: scoring.saveRubric.handler(({ input: { rubric, version } }) => {
        const next = saveRubric(hub(), rubric, version)
        engine.changes.say('company', 'audit')
        return next
      }),
    },
  }
}
