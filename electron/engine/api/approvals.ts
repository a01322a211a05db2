import { savePolicy } from '../approvals/policy.ts'
import { answer, ask, toCarryOut, withdraw } from '../approvals/requests.ts'
import { approvalsView, neededView, policyView, warningsFor } from '../approvals/views.ts'
import { sliceNow } from '../disclosures/release.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function approvalAreas({ approvals }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  const changed = () => {
    engine.changes.say('approvals', 'audit', 'today')
    engine.desk.session.colleagues.wake()
    return approvalsView(hub())
  }
  return {
    approvals: {
      get: approvals.get.handler(() => approvalsView(hub())),
      look: approvals.look.handler(({ input }) =>
        neededView(hub(), engine.desk.session.refusals.look(input.token).needed),
      ),
      ask: approvals.ask.handler(({ input }) => {
        const { refusals } = engine.desk.session
        ask(hub(), refusals.look(input.token), input.note)
        refusals.drop(input.token)
        return changed()
      }),
      answer: approvals.answer.handler(({ input }) => {
        answer(hub(), input)
        return changed()
      }),
      withdraw: approvals.withdraw.handler(({ input }) => {
        withdraw(hub(), input.request)
        return changed()
      }),
      send: approvals.send.handler(async ({ input }) => {
        const { intent } = toCarryOut(hub(), input.request)
        const given = JSON.parse(intent.input) as unknown
        // A slice's id names the day on which it is sealed; what it says is bound to the approval all the same.
        const order = intent.path.join('.') === 'disclosures.disclose' ? sliceNow(hub(), given) : given
        await engine.perform(intent.path, order)
        return changed()
      }),
      policy: approvals.policy.handler(() => policyView(hub())),
      tryPolicy: approvals.tryPolicy.handler(({ input }) => ({ warnings: warningsFor(hub(), input) })),
      savePolicy: approvals.savePolicy.handler(({ input }) => {
        savePolicy(hub(), input.policy, input.based)
        changed()
        return policyView(hub())
      }),
    },
  }
}
