import { isLoopback } from '#shared/kernel/endpoint.ts'
import { Refused } from '../edge.ts'
import { modelSettingsView, modelsOffered, saveModelSettings } from '../scoring/model-settings.ts'
import { preview } from '../scoring/preview.ts'
import { discardProposal, proposalsOf } from '../scoring/proposals.ts'
import { propose } from '../scoring/propose.ts'
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
      model: scoring.model.handler(() => modelSettingsView(hub())),
      saveModel: scoring.saveModel.handler(({ input }) => {
        // The sample companies promise that nothing leaves the machine.
        const { base } = input
        if (engine.desk.sample && base && !isLoopback(base.trim())) throw new Refused('scoring', 'sample-stays-here')
        const next = saveModelSettings(hub(), input)
        engine.changes.say('company', 'audit')
        return next
      }),
      models: scoring.models.handler(() => modelsOffered(hub())),
      preview: scoring.preview.handler(({ input }) => preview(hub(), input)),
      propose: scoring.propose.handler(({ input }) => ({ job: propose(hub(), engine.desk.jobs, input.token) })),
      proposals: scoring.proposals.handler(({ input }) => proposalsOf(hub(), input.artifact, input.text)),
      discard: scoring.discard.handler(({ input: { artifact, text, role } }) => {
        discardProposal(hub(), artifact, text, role)
        engine.changes.say('documents')
        return proposalsOf(hub(), artifact, text)
      }),
    },
  }
}
