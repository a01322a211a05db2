import { utf8 } from '#shared/kernel/bytes.ts'
import { canonicalJson } from '#shared/kernel/canonical-json.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { ScoringPreviewView } from '#shared/projection/scoring-views.ts'
import { classesOf, composeRun, MOST_PROMPT, type ScoringMaterial, type ScoringRun } from '#shared/scoring/prompt.ts'
import { ordersOf } from '#shared/scoring/spread.ts'
import { sameWording, type LensName } from '#shared/scoring/rubric.ts'
import { standardRubric } from '#shared/scoring/standard.ts'
import { newId } from '../context.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { modelInUse, type ModelInUse } from './model-settings.ts'
import { rubricOf } from './rubrics.ts'
import { scoredText } from './scored-text.ts'

/** What a person has looked at and may let go: exactly these texts, to exactly this endpoint. */
export interface ScoringPlan {
  readonly view: ScoringPreviewView
  readonly artifact: string
  /** The hash of what is scored. */
  readonly text: string
  readonly role: Role
  /** What is scored, in the text's order. */
  readonly options: readonly string[]
  readonly lenses: readonly LensName[]
  /** Version of the wording of the question itself. */
  readonly prompt: string
  readonly rubric: number
  readonly model: ModelInUse
  readonly runs: readonly ScoringRun[]
}
/** The last preview of each open vault: it is kept nowhere else. */
const plans = new WeakMap<Hub, ScoringPlan>()

export interface PreviewOrder {
  readonly artifact: string
  readonly text: string
  readonly role: Role
  readonly language: 'en' | 'ar'
  /** Said for this proposal alone; private. */
  readonly forThis: string
}

/** Composes the runs as they would be sent. Nothing leaves by it. @throws Refused */
export function preview(hub: Hub, order: PreviewOrder): ScoringPreviewView {
  const { place, scored, beside } = scoredText(hub, order.artifact, order.text)
  const model = modelInUse(hub)
  const kept = rubricOf(hub, order.role)
  const { vision, purpose, notes } = model.context
  const company = { 'our-vision': vision, 'our-purpose': purpose, 'our-notes': notes }
  const standard = standardRubric(order.role)
  const lenses = scored.lenses.map(({ name }) => name)
  const shipped = sameWording(kept.rubric, standard, lenses)
  const material: ScoringMaterial = {
    role: order.role,
    language: order.language,
    scored,
    rubric: model.own ? kept.rubric : standard,
    context: model.own ? { ...company, ...beside, 'for-this': order.forThis } : undefined,
  }
  const options = scored.options.map(({ id }) => id)
  const orders = ordersOf(shuffled(hub, options), model.terms.runs)
  const runs = orders.map((one, run) => composeRun(material, one, run))
  if (runs.some(({ system, user }) => system.length + user.length > MOST_PROMPT))
    throw new Refused('scoring', 'too-much-text')
  const texts = runs.map(({ system, user }) => ({ system, user }))
  const says = (own: object): boolean => Object.values(own).some((text) => String(text).trim() !== '')
  const leftOut = [
    ...(says(company) ? (['context'] as const) : []),
    ...(says(beside) ? (['service'] as const) : []),
    ...(order.forThis.trim() === '' ? [] : (['for-this'] as const)),
    ...(shipped ? [] : (['rubric'] as const)),
  ]
  const view: ScoringPreviewView = {
    token: newId(hub.context.crypto),
    origin: model.origin,
    model: model.model,
    own: model.own,
    hash: hub.context.paper.sha256(utf8(canonicalJson(texts))),
    classes: classesOf(material, shipped || !model.own),
    leftOut: model.own ? [] : leftOut,
    runs: texts,
  }
  const { artifact, role } = order
  const { version: prompt } = scored.frame
  const rubric = model.own ? kept.version : 0
  plans.set(hub, { view, artifact, text: place.text, role, options, lenses, prompt, rubric, model, runs })
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
