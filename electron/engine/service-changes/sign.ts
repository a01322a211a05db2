import type { Canonical } from '#shared/kernel/canonical.ts'
import { MATTER_WORDS, VERDICT_WORDS } from '#shared/artifacts/change-words.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundToWord } from './bound.ts'
import { changePlace, hasSigned, mustActOn, openChange } from './place.ts'

/** Signs what the change comes to. `hash`: the outcome that the person has seen. @throws Refused */
export function signChange(hub: Hub, artifact: string, change: string, hash: string): void {
  const place = changePlace(hub, artifact)
  const current = openChange(hub, place, change)
  const { content, outcome, stage, matters } = current
  mustActOn(hub, place, content, content.policy.signRoles)
  if (stage === 'approved' || stage === 'final') throw new Refused('changes', 'over')
  if (stage === 'remitted') throw new Refused('changes', 'remitted')
  if (!outcome) throw new Refused('changes', 'not-approvable')
  if (outcome.hash !== hash) throw new Refused('changes', 'changed-meanwhile')
  if (hasSigned(hub, current)) throw new Refused('changes', 'duplicate')
  if (hub.context.clock.now() > content.signBy) throw new Refused('changes', 'late')
  const verdicts = matters.map(({ matter, verdict, confirmed }) => ({
    matter: { ...MATTER_WORDS[matter] } as Canonical,
    verdict: verdict ? ({ ...VERDICT_WORDS[verdict.fact.verdict] } as Canonical) : null,
    reason: verdict?.fact.reason ?? '',
    conditions: (verdict?.fact.conditions ?? []).map(({ text }) => text),
    ...(confirmed ? { conditionsMet: true } : {}),
  }))
  const bound = boundToWord(current, { outcome: hash, verdicts })
  say(hub, place, { type: 'change-signed', artifact: place.id, change, hash }, 'change-signed', { hash }, undefined, bound) // prettier-ignore
}
