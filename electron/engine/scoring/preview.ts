import { utf8 } from '#shared/kernel/bytes.ts'
import { canonicalJson } from '#shared/kernel/canonical-json.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { ScoringPreviewView } from '#shared/projection/scoring-views.ts'
import { classesOf, composeRun, MOST_PROMPT, type ScoringMaterial, type ScoringRun } from '#shared/scoring/prompt.ts'
import { ordersOf } from '#shared/scoring/spread.ts'
import { standardRubric } from '#shared/scoring/standard.ts'
import { newId } from '../context.ts'
import { Refused } from '../edge.ts'
import { scored } from '../decisions/scores.ts'
import type { Hub } from '../workspaces/hub.ts'
import { modelInUse, type ModelInUse } from './model-settings.ts'
import { rubricOf } from './rubrics.ts'

/** What a person has looked at and may let go: exactly these texts, to exactly this endpoint. */
export interface ScoringPlan {
  readonly view: ScoringPreviewView
  readonly artifact: string
  readonly round: string
  readonly role: Role
  readonly rubric: number
  readonly model: ModelInUse
  readonly runs: readonly ScoringRun[]
}
/** The last preview of each open vault: it is kept nowhere else. */
const plans = new WeakMap<Hub, ScoringPlan>()

export interface PreviewOrder {
  readonly artifact: string
  readonly round: string
  readonly role: Role
  readonly language: 'en' | 'ar'
  /** Said for this decision alone; private. */
  readonly forThis: string
}

/** Composes the runs as they would be sent. Nothing leaves by it. @throws Refused */
export function preview(hub: Hub, order: PreviewOrder): ScoringPreviewView {
  const { round } = scored(hub, order.artifact, order.round)
  const model = modelInUse(hub)
  const kept = rubricOf(hub, order.role)
  const { vision, purpose, notes } = model.context
  const material: ScoringMaterial = {
    role: order.role,
    language: order.language,
    content: round.content,
    rubric: model.own ? kept.rubric : standardRubric(order.role),
    context: model.own ? { vision, purpose, notes, forThis: order.forThis } : undefined,
  }
  const orders = ordersOf(shuffled(hub, round.content.options.map(({ id }) => id)), model.terms.runs) // prettier-ignore
  const runs = orders.map((one) => composeRun(material, one))
  if (runs.some(({ system, user }) => system.length + user.length > MOST_PROMPT))
    throw new Refused('scoring', 'too-much-text')
  const texts = runs.map(({ system, user }) => ({ system, user }))
  const said = [vision, purpose, notes].some((text) => text.trim() !== '')
  const leftOut = [
    ...(said ? (['context'] as const) : []),
    ...(order.forThis.trim() === '' ? [] : (['for-this'] as const)),
    ...(kept.standard ? [] : (['rubric'] as const)),
  ]
  const view: ScoringPreviewView = {
    token: newId(hub.context.crypto),
    origin: model.origin,
    model: model.model,
    own: model.own,
    hash: hub.context.paper.sha256(utf8(canonicalJson(texts))),
    classes: classesOf(material, kept.standard || !model.own),
    leftOut: model.own ? [] : leftOut,
    runs: texts,
  }
  const { artifact, role } = order
  plans.set(hub, { view, artifact, round: round.hash, role, rubric: model.own ? kept.version : 0, model, runs })
  return view
}

/** What was previewed under this token, once. @throws Refused */
export function takePlan(hub: Hub, token: string): ScoringPlan {
  const plan = plans.get(hub)
  if (plan?.view.token !== token) throw new Refused('scoring', 'preview-forgotten')
  plans.delete(hub)
  const { base, model, own } = modelInUse(hub)
  if (base !== plan.model.base || model !== plan.model.model || own !== plan.model.own)
    throw new Refused('scoring', 'changed-since-preview')
  return plan
}

/** Fisher and Yates, with the vault's own randomness. The bias of a byte over at most 20 places does not matter here. */
function shuffled(hub: Hub, ids: readonly string[]): readonly string[] {
  const mixed = [...ids]
  const random = hub.context.crypto.random(mixed.length)
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = (random[at] ?? 0) % (at + 1)
    const [one, two] = [mixed[at], mixed[other]]
    if (one !== undefined && two !== undefined) [mixed[at], mixed[other]] = [two, one]
  }
  return mixed
}
