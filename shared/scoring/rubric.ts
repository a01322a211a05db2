import { z } from 'zod'
import type { ServiceDimension } from '#shared/artifacts/change-content.ts'
import type { PartnershipDimension } from '#shared/artifacts/convergence-content.ts'
import type { Dimension } from '#shared/artifacts/decision-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { ROLES, type Role } from '#shared/kernel/ids.ts'

/** Levels that a lens is judged in; level 4 is 100 points. */
export const LEVELS = [0, 1, 2, 3, 4] as const
export type Level = (typeof LEVELS)[number]

/** Points of 100 that a level stands for: 0, 25, 50, 75, 100. */
export const pointsOf = (level: Level): number => level * 25

/** A lens of any protocol. */
export type LensName = Dimension | ServiceDimension | PartnershipDimension
/** All of them. What is scored asks for four: fit is asked about a joint decision, value about a change of a service, partnership about offers, the rest about all. */
export const LENSES: readonly LensName[] = ['vision', 'purpose', 'fit', 'value', 'partnership', 'legend']

/** How a role judges one lens: what it asks, and what each of the five levels looks like. */
export interface Lens {
  readonly question: Words
  readonly anchors: readonly [Words, Words, Words, Words, Words]
}

/** A role's rubric. Private: it says what a company pays attention to. */
export interface Rubric {
  readonly role: Role
  /** How much the role counts among the company's roles, unless the person who scores says otherwise: 1 to 1000. */
  readonly weight: number
  readonly lenses: Readonly<Record<LensName, Lens>>
}

/** Longest text of a question or an anchor, in characters. */
export const MOST_ANCHOR = 400

const text = z.string().trim().max(MOST_ANCHOR)
const words = z.object({ en: text, ar: text })
const lens = z.object({ question: words, anchors: z.tuple([words, words, words, words, words]).readonly() })

/** A rubric as a person saves it. */
export const rubricSchema: z.ZodType<Rubric, Rubric> = z.object({
  role: z.enum(ROLES),
  weight: z.int().min(1).max(1000),
  lenses: z.object({ vision: lens, purpose: lens, fit: lens, value: lens, partnership: lens, legend: lens }),
})

/** Whether every question and every anchor says something in at least one language. */
export const isWhole = ({ lenses }: Pick<Rubric, 'lenses'>): boolean =>
  LENSES.every((name) =>
    [lenses[name].question, ...lenses[name].anchors].every(({ en, ar }) => en.trim() !== '' || ar.trim() !== ''),
  )

/** A text in the language asked for, or in the other where that one is empty. */
export const wordsIn = (said: Words, language: 'en' | 'ar'): string =>
  said[language].trim() || said[language === 'en' ? 'ar' : 'en'].trim()

/** Whether two rubrics say the same under these lenses. */
export const sameWording = (left: Rubric, right: Rubric, names: readonly LensName[] = LENSES): boolean =>
  names.every((name) => {
    const [one, other] = [left.lenses[name], right.lenses[name]]
    return [one.question, ...one.anchors].every((said, at) => {
      const same = [other.question, ...other.anchors][at]
      return said.en === same?.en && said.ar === same.ar
    })
  })

/** Whether two rubrics say and count the same. */
export const sameRubric = (left: Rubric, right: Rubric): boolean =>
  left.weight === right.weight && sameWording(left, right)
