import { finalise } from '../convergence/finalise.ts'
import { accept, offer } from '../convergence/offers.ts'
import { saveRanges } from '../convergence/ranges.ts'
import { end, request } from '../convergence/request.ts'
import { removeOfferScores, saveOfferScores } from '../convergence/scores.ts'
import { negotiationView } from '../convergence/screen.ts'
import { confirm, verify } from '../convergence/sign.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { Api } from './areas.ts'
import type { Front } from './front.ts'

export function convergenceAreas({ convergence }: Api, engine: Front) {
  const hub = () => engine.desk.session.hub
  /** Does it and shows what came of it. */
  const after = (artifact: string, act: (hub: Hub) => void) => {
    act(hub())
    engine.changes.say('documents', 'audit', 'today')
    return negotiationView(hub(), artifact)
  }
  return {
    convergence: {
      get: convergence.get.handler(({ input }) => negotiationView(hub(), input.artifact)),
      saveRanges: convergence.saveRanges.handler(({ input: { artifact, ranges } }) =>
        after(artifact, (desk) => saveRanges(desk, artifact, ranges)),
      ),
      saveScores: convergence.saveScores.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => saveOfferScores(desk, artifact, order)),
      ),
      removeScores: convergence.removeScores.handler(({ input: { artifact, text, role } }) =>
        after(artifact, (desk) => removeOfferScores(desk, artifact, text, role)),
      ),
      request: convergence.request.handler(({ input: { artifact } }) =>
        after(artifact, (desk) => request(desk, artifact)),
      ),
      offer: convergence.offer.handler(({ input: { artifact, ...order } }) =>
        after(artifact, (desk) => offer(desk, artifact, order)),
      ),
      accept: convergence.accept.handler(({ input }) =>
        after(input.artifact, (desk) => accept(desk, input.artifact, input.negotiation, input.offer)),
      ),
      confirm: convergence.confirm.handler(({ input }) =>
        after(input.artifact, (desk) => confirm(desk, input.artifact, input.negotiation, input.hash)),
      ),
      verify: convergence.verify.handler(({ input }) =>
        after(input.artifact, (desk) => verify(desk, input.artifact, input.negotiation, input.hash)),
      ),
      finalise: convergence.finalise.handler(({ input }) =>
        after(input.artifact, (desk) => finalise(desk, input.artifact, input.negotiation)),
      ),
      end: convergence.end.handler(({ input: { artifact, negotiation, reason } }) =>
        after(artifact, (desk) => end(desk, artifact, negotiation, reason)),
      ),
    },
  }
}
