import { confirmConditions, decide, meetCondition } from '../service-changes/decide.ts'
import { finaliseChange } from '../service-changes/finalise.ts'
import { logChange, withdrawChange } from '../service-changes/log.ts'
import { removeChangeScores, saveChangeContext, saveChangeScores } from '../service-changes/scores.ts'
import { changeView } from '../service-changes/screen.ts'
import { signChange } from '../service-changes/sign.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function changeAreas({ changes }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  /** Does it and shows what came of it. */
  const after = (artifact: string, act: (hub: Hub) => void) => {
    act(hub())
    engine.changes.say('documents', 'audit', 'today')
    return changeView(hub(), artifact)
  }
  return {
    changes: {
      get: changes.get.handler(({ input }) => changeView(hub(), input.artifact)),
      saveContext: changes.saveContext.handler(({ input: { artifact, ...context } }) =>
        after(artifact, (desk) => saveChangeContext(desk, artifact, context)),
      ),
      saveScores: changes.saveScores.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => saveChangeScores(desk, artifact, order)),
      ),
      removeScores: changes.removeScores.handler(({ input: { artifact, change, role } }) =>
        after(artifact, (desk) => removeChangeScores(desk, artifact, change, role)),
      ),
      log: changes.log.handler(({ input: { artifact, revises } }) =>
        after(artifact, (desk) => logChange(desk, artifact, revises)),
      ),
      decide: changes.decide.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => decide(desk, artifact, order)),
      ),
      meet: changes.meet.handler(({ input: { artifact, change, condition, evidence } }) =>
        after(artifact, (desk) => meetCondition(desk, artifact, change, condition, evidence)),
      ),
      confirm: changes.confirm.handler(({ input: { artifact, change } }) =>
        after(artifact, (desk) => confirmConditions(desk, artifact, change)),
      ),
      sign: changes.sign.handler(({ input: { artifact, change, hash } }) =>
        after(artifact, (desk) => signChange(desk, artifact, change, hash)),
      ),
      finalise: changes.finalise.handler(({ input: { artifact, change } }) =>
        after(artifact, (desk) => finaliseChange(desk, artifact, change)),
      ),
      withdraw: changes.withdraw.handler(({ input: { artifact, change, reason } }) =>
        after(artifact, (desk) => withdrawChange(desk, artifact, change, reason)),
      ),
    },
  }
}
