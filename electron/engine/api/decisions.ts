import { plan, reopen, reportMinority, review } from '../decisions/aftermath.ts'
import { close, mediate, sign } from '../decisions/conclude.ts'
import { open, withdraw } from '../decisions/open.ts'
import { approve, reveal, veto } from '../decisions/positions.ts'
import { removeScores, saveScores } from '../decisions/scores.ts'
import { viewOf } from '../decisions/screen.ts'
import { Refused } from '../edge.ts'
import type { Gathering } from '../evidence/gather.ts'
import { makeDecisionPack } from '../evidence/save-decision.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function decisionAreas({ decisions }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  /** Does it and shows what came of it. */
  const after = (artifact: string, act: (hub: Hub) => void) => {
    act(hub())
    engine.changes.say('documents', 'audit', 'today')
    return viewOf(hub(), artifact)
  }
  const offered = async (open: Hub, artifact: string, control: Gathering): Promise<string> => {
    const made = await makeDecisionPack(open, artifact, control)
    // Whoever stopped it knows; the job says that it was cancelled.
    if (!made) throw new Refused('decisions', 'stopped')
    engine.changes.say('audit')
    return engine.desk.transfers.offer(made.name, made.bytes).id
  }
  return {
    decisions: {
      get: decisions.get.handler(({ input }) => viewOf(hub(), input.artifact)),
      open: decisions.open.handler(({ input: { artifact, reason } }) =>
        after(artifact, (desk) => open(desk, artifact, reason)),
      ),
      withdraw: decisions.withdraw.handler(({ input: { artifact, round, reason } }) =>
        after(artifact, (desk) => withdraw(desk, artifact, round, reason)),
      ),
      saveScores: decisions.saveScores.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => saveScores(desk, artifact, order)),
      ),
      removeScores: decisions.removeScores.handler(({ input: { artifact, round, role } }) =>
        after(artifact, (desk) => removeScores(desk, artifact, round, role)),
      ),
      approve: decisions.approve.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => approve(desk, artifact, order)),
      ),
      reveal: decisions.reveal.handler(({ input: { artifact, round } }) =>
        after(artifact, (desk) => reveal(desk, artifact, round)),
      ),
      veto: decisions.veto.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => veto(desk, artifact, order)),
      ),
      close: decisions.close.handler(({ input: { artifact, round } }) =>
        after(artifact, (desk) => close(desk, artifact, round)),
      ),
      sign: decisions.sign.handler(({ input: { artifact, round, list } }) =>
        after(artifact, (desk) => sign(desk, artifact, round, list)),
      ),
      plan: decisions.plan.handler(({ input: { artifact, round } }) =>
        after(artifact, (desk) => plan(desk, artifact, round)),
      ),
      reportMinority: decisions.reportMinority.handler(({ input: { artifact, round, report } }) =>
        after(artifact, (desk) => reportMinority(desk, artifact, round, report)),
      ),
      review: decisions.review.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => review(desk, artifact, order)),
      ),
      reopen: decisions.reopen.handler(({ input: { artifact, round, reason } }) =>
        after(artifact, (desk) => reopen(desk, artifact, round, reason)),
      ),
      mediate: decisions.mediate.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => mediate(desk, artifact, order)),
      ),
      evidence: decisions.evidence.handler(({ input }) => {
        // A locked vault says so at once, and not in a job that nobody looks at.
        const open = hub()
        return { job: engine.desk.jobs.start('evidence', (control) => offered(open, input.artifact, control)) }
      }),
    },
  }
}
