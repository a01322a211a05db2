import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import type { OwnPiece } from '#shared/scoring/prompt.ts'
import { scoredChange, scoredDecision, type Scored } from '#shared/scoring/scored.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import { scorableOffers } from '../convergence/scores.ts'
import type { SheetPlace } from '../decisions/score-sheets.ts'
import { scored } from '../decisions/scores.ts'
import { changeContext, scorableChange } from '../service-changes/scores.ts'
import type { Hub } from '../workspaces/hub.ts'

/** A text of whatever protocol that this company may score now. */
export interface ScoredText {
  readonly place: SheetPlace
  /** What a role judges, as the partners know it. */
  readonly scored: Scored
  /** What our company wrote down for itself beside this very document. Private. */
  readonly beside: Readonly<Partial<Record<OwnPiece, string>>>
}

/** The round of a decision, the text of a change or the last offer of a negotiation that a window names. @throws Refused when it cannot be scored now */
export function scoredText(hub: Hub, artifact: string, text: string): ScoredText {
  const { type } = runtimeOf(hub, artifact)
  if (type === CoordinationTopic.type) return { ...scorableOffers(hub, artifact, text), beside: {} }
  if (type !== ChangeRequest.type) {
    const { place, round } = scored(hub, artifact, text)
    return { place, scored: scoredDecision(round.content), beside: {} }
  }
  const { place, content, side } = scorableChange(hub, artifact, text)
  const { history, priorities } = changeContext(hub, place)
  return {
    place,
    scored: scoredChange(content, side),
    beside: { 'our-history': history, 'our-priorities': priorities },
  }
}
