import type { LensProposalView, ProposalView } from '#shared/projection/scoring-views.ts'
import { answerJsonSchema, readAnswer, type RunJudgements } from '#shared/scoring/answer.ts'
import type { LensName } from '#shared/scoring/rubric.ts'
import { costOf, figuresOf, tooWide, type LensFigure, type OptionFigures } from '#shared/scoring/spread.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import { newId, record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { JobControl, Jobs } from '../jobs.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { Completion } from './ports.ts'
import { keepProposals, proposalsOf } from './proposals.ts'
import { takePlan, type ScoringPlan } from './preview.ts'
import { scoredText } from './scored-text.ts'

const running = new WeakSet<Hub>()

/** Asks the model as it was previewed; the job's result is the proposal's id. @throws Refused */
export function propose(hub: Hub, jobs: Jobs, token: string): string {
  if (running.has(hub)) throw new Refused('scoring', 'already-asking')
  const plan = takePlan(hub, token)
  scoredText(hub, plan.artifact, plan.text)
  note(hub, plan, 'model-asked', {
    role: plan.role,
    endpoint: plan.model.origin,
    model: plan.model.model,
    own: plan.model.own,
    classes: plan.view.classes.join(', '),
    text: plan.view.hash,
    runs: plan.runs.length,
  })
  running.add(hub)
  return jobs.start('propose', (control) => asked(hub, plan, control).finally(() => running.delete(hub)))
}

async function asked(hub: Hub, plan: ScoringPlan, control: JobControl): Promise<string> {
  try {
    const answers: { completion: Completion; judged: RunJudgements }[] = []
    for (const run of plan.runs) {
      stopIf(control)
      const completion = await complete(hub, plan, run, control)
      answers.push({ completion, judged: must(readAnswer(completion.text, run), 'scoring') })
      control.report(answers.length / plan.runs.length)
    }
    stopIf(control)
    return kept(hub, plan, answers)
  } catch (problem) {
    // A vault that was locked meanwhile is not written to.
    if (problem instanceof Refused && !control.signal.aborted) note(hub, plan, 'model-gave-none', { role: plan.role, why: problem.code }) // prettier-ignore
    throw problem
  } finally {
    hub.context.changes.say('documents', 'audit')
  }
}

const stopIf = ({ signal }: JobControl): void => {
  if (signal.aborted) throw new Refused('scoring', 'cancelled')
}

async function complete(
  hub: Hub,
  { model }: ScoringPlan,
  { system, user, labels, lenses }: ScoringPlan['runs'][number],
  control: JobControl,
): Promise<Completion> {
  const { advisor, endpoints } = hub.context
  const { base, key, terms } = model
  const order = {
    base, key, model: model.model, system, user,
    temperature: terms.temperature,
    patience: terms.patience * 1000,
    schema: answerJsonSchema(lenses),
    mostTokens: 1000 + 1000 * Object.keys(labels).length,
  } // prettier-ignore
  const found = await advisor.complete(order, (request) => {
    const { answer, cancel } = endpoints.ask(request)
    control.onCancel(cancel)
    return answer
  })
  stopIf(control)
  return must(found, 'scoring')
}

function kept(
  hub: Hub,
  plan: ScoringPlan,
  answers: readonly { completion: Completion; judged: RunJudgements }[],
): string {
  // It may be over by now, or have been revised.
  const { place } = scoredText(hub, plan.artifact, plan.text)
  const runs = answers.map(({ judged }) => judged)
  const figures = plan.options.map((id) => figuresOf(runs, id, plan.lenses))
  const { terms, origin, own, model } = plan.model
  const total = (of: 'tokensIn' | 'tokensOut'): number | null =>
    answers.reduce<number | null>((sum, { completion }) => {
      const one = completion[of]
      return sum === null || one === null ? null : sum + one
    }, 0)
  const tokens = { in: total('tokensIn'), out: total('tokensOut') }
  const thousandths = costOf(tokens, terms.price)
  const proposal: ProposalView = {
    id: newId(hub.context.crypto),
    role: plan.role,
    state: tooWide(figures, terms.limit) ? 'too-wide' : 'proposed',
    at: hub.context.clock.now(),
    by: certificateIn(hub.identity.certified).name,
    origin, own, model,
    prompt: plan.prompt,
    rubric: plan.rubric,
    temperature: terms.temperature,
    runs: runs.length,
    limit: terms.limit,
    sent: plan.view.hash,
    classes: plan.view.classes,
    tokens,
    cost: thousandths === undefined || !terms.price ? null : { thousandths, currency: terms.price.currency },
    options: Object.fromEntries(plan.options.map((id, at) => [id, lensesOf(runs, id, figures[at] ?? {})])),
  } // prettier-ignore
  const others = proposalsOf(hub, place.id, place.text).filter(({ role }) => role !== plan.role)
  hub.change(() => {
    keepProposals(hub, place.id, place.text, [...others, proposal])
    note(hub, plan, 'scores-proposed', { role: plan.role, model, state: proposal.state, runs: runs.length })
    return undefined
  })
  return proposal.id
}

function lensesOf(
  runs: readonly RunJudgements[],
  option: string,
  figures: OptionFigures,
): Readonly<Partial<Record<LensName, LensProposalView>>> {
  return Object.fromEntries(
    (Object.entries(figures) as [LensName, LensFigure][]).map(([name, figure]) => {
      const reasons = runs.flatMap((run) => {
        const judged = run[option]?.[name]
        return judged ? [{ rationale: judged.rationale, evidence: judged.evidence }] : []
      })
      return [name, { ...figure, reasons }]
    }),
  )
}

function note(
  hub: Hub,
  { artifact }: ScoringPlan,
  code: 'model-asked' | 'model-gave-none' | 'scores-proposed',
  detail: Readonly<Record<string, string | number | boolean>>,
): void {
  const { runtime, id } = runtimeOf(hub, artifact)
  const actor = certificateIn(hub.identity.certified).name.en
  hub.change(() => {
    record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail })
    return undefined
  })
}
