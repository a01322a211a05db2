import type { DecisionKind } from '#shared/evidence/report.ts'
import { negotiationPlaces, negotiationState } from '../convergence/place.ts'
import { decisionPlaces, stateIn } from '../decisions/decision.ts'
import type { Place } from '../decisions/places.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changeIn, changePlaces } from '../service-changes/place.ts'

/** What stands now where companies decide: SHA-256 of the text, and of the result once all have signed it. */
interface Standing {
  readonly text: string | null
  readonly result: string | null
}

interface Deciding {
  readonly places: (hub: Hub) => readonly Place[]
  readonly standing: (hub: Hub, place: Place) => Standing
}

const DECIDING: Record<DecisionKind, Deciding> = {
  decision: {
    places: decisionPlaces,
    standing(hub, place) {
      const { current } = stateIn(hub, place)
      const isSigned = current?.standing === 'final'
      return { text: current?.hash ?? null, result: (isSigned && current.closing?.statement.hash) || null }
    },
  },
  convergence: {
    places: negotiationPlaces,
    standing(hub, place) {
      const { current } = negotiationState(hub, place)
      const isSigned = current?.stage === 'verified' || current?.stage === 'finalized'
      return { text: current?.hash ?? null, result: (isSigned && current.outcome?.hash) || null }
    },
  },
  change: {
    places: changePlaces,
    standing(hub, place) {
      const { current } = changeIn(hub, place)
      const isSigned = current?.stage === 'approved' || current?.stage === 'final'
      return { text: current?.hash ?? null, result: (isSigned && current.outcome?.hash) || null }
    },
  },
}

/** SHA-256 of what all have signed, as this engine sees it; null while they have not. */
export const signedResult = (hub: Hub, kind: DecisionKind, place: Place): string | null =>
  DECIDING[kind].standing(hub, place).result

/** Where the text of this SHA-256 is decided on in this vault. */
export function decidedHere(hub: Hub, kind: DecisionKind, text: string): Place | undefined {
  const { places, standing } = DECIDING[kind]
  return places(hub).find((place) => standing(hub, place).text === text)
}
