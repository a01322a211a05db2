import { z } from 'zod'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { PIECES, type Piece, type ScoringRun } from './prompt.ts'
import type { LensName, Level } from './rubric.ts'

/** Why an answer is not taken. Each is about one run, and the whole proposal falls with it. */
export type AnswerRefusal =
  | 'answer-not-json'
  | 'answer-outside-schema'
  | 'answer-other-options' // an option is missing, twice or invented
  | 'evidence-not-given' // a rationale points to nothing, to something that was not sent, or to another option

const reference = z.string().max(40)
const judgement = z.strictObject({
  level: z.int().min(0).max(4),
  rationale: z.string().trim().min(1).max(1200),
  evidence: z.array(reference).max(12),
})
/** Each option under its label, with a judgement under every one of `lenses` and nothing else. */
const answerSchema = (lenses: readonly LensName[]) =>
  z.strictObject({
    options: z
      .array(
        z.strictObject({ label: z.string().max(4), ...Object.fromEntries(lenses.map((name) => [name, judgement])) }),
      )
      .max(20),
  })

/** The schema that goes with the request, for endpoints that can hold a model to it. What comes back is read by our own all the same. */
export const answerJsonSchema = (lenses: readonly LensName[]): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(answerSchema(lenses))

type Said = Readonly<Partial<Record<LensName, z.infer<typeof judgement>>>>

export interface Judgement {
  readonly level: Level
  readonly rationale: string
  /** `option` is the text of the option itself. */
  readonly evidence: readonly (Piece | 'option')[]
}
/** Judgements by option id and lens. */
export type RunJudgements = Readonly<Record<string, Readonly<Partial<Record<LensName, Judgement>>>>>

/** Longest answer that is looked at, in characters. */
export const MOST_ANSWER = 200_000

/** Reads one run's answer: nothing but levels, words and references of what was sent can come out of it. */
export function readAnswer(
  text: string,
  run: Pick<ScoringRun, 'labels' | 'lenses' | 'pieces'>,
): Result<RunJudgements, AnswerRefusal> {
  const raw = parsed(text)
  if (raw === undefined) return refuse('answer-not-json')
  const answer = answerSchema(run.lenses).safeParse(raw)
  if (!answer.success) return refuse('answer-outside-schema')
  const said = new Map(answer.data.options.map((one) => [one.label, one]))
  const labels = Object.keys(run.labels)
  if (said.size !== answer.data.options.length || said.size !== labels.length || labels.some((one) => !said.has(one)))
    return refuse('answer-other-options')
  const judged: Record<string, Partial<Record<LensName, Judgement>>> = {}
  for (const [label, option] of Object.entries(run.labels)) {
    const lenses: Partial<Record<LensName, Judgement>> = {}
    for (const name of run.lenses) {
      const one = (said.get(label) as Said | undefined)?.[name]
      const evidence = one?.evidence.map((id) => (id === label ? ('option' as const) : pieceOf(id, run.pieces)))
      if (!one || !evidence || evidence.length === 0 || !evidence.every((id) => id !== undefined))
        return refuse('evidence-not-given')
      lenses[name] = { level: one.level as Level, rationale: one.rationale, evidence: [...new Set(evidence)] }
    }
    judged[option] = lenses
  }
  return ok(judged)
}

const pieceOf = (id: string, given: readonly Piece[]): Piece | undefined =>
  PIECES.find((piece) => piece === id && given.includes(piece))

/** Small models like to put a fence around what they were asked for; anything else around it is no answer. */
const FENCE = /^```(?:json)?\s*\n([\s\S]*)\n```$/

function parsed(text: string): unknown {
  if (text.length > MOST_ANSWER) return undefined
  const trimmed = text.trim()
  try {
    return JSON.parse(FENCE.exec(trimmed)?.[1] ?? trimmed)
  } catch {
    return undefined
  }
}
