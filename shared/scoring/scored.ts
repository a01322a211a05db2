import { SERVICE_DIMENSIONS, type ChangeContent, type ChangeSide } from '#shared/artifacts/change-content.ts'
import {
  PARTNERSHIP_DIMENSIONS,
  PARTNERSHIP_WEIGHTS,
  type ConvergenceContent,
  type Side,
} from '#shared/artifacts/convergence-content.ts'
import { DIMENSIONS, type DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { wordsIn, type LensName } from './rubric.ts'

/** How a model is asked about one kind of text. Another wording is another version, so that proposals can be told apart by it. */
export interface Frame {
  readonly version: string
  /** What it is to do, in one sentence. */
  readonly task: string
  /** Who wrote the material, as a sentence begins. */
  readonly authors: string
}

/** What a role judges: the same for every protocol, and all of it known to the partners. */
export interface Scored {
  readonly frame: Frame
  /** Lenses in their order, each with how much it counts, in percent. */
  readonly lenses: readonly { readonly name: LensName; readonly weight: number }[]
  /** On which side the company stands, where the protocol has sides. */
  readonly side: ChangeSide | Side | null
  readonly options: readonly { readonly id: string; readonly title: Words; readonly about: Words }[]
  readonly pieces: Readonly<Partial<Record<SharedPiece, readonly Words[]>>>
}
/** Pieces that the text of what is decided gives. */
export type SharedPiece = 'question' | 'benefits' | 'documents' | 'needed-by'

const DECISION: Frame = {
  version: 'mithaq.score.v1',
  task: 'You score the options of a decision that companies take together, as one role of one company.',
  authors: 'Several companies wrote it',
}
const CHANGE: Frame = {
  version: 'mithaq.score-change.v1',
  task: 'You score a change of a service between its client and its provider, and what was considered instead of it, as one role of one of the two.',
  authors: 'Both companies wrote it',
}

const OFFERS: Frame = {
  version: 'mithaq.score-offer.v1',
  task: 'You score the offers that stand in a negotiation between a buyer and a seller, and no agreement beside them, as one role of one of the two.',
  authors: 'Both companies wrote it',
}

export const scoredDecision = ({
  topic,
  options,
  policy,
}: Pick<DecisionContent, 'topic' | 'options' | 'policy'>): Scored => ({
  frame: DECISION,
  lenses: DIMENSIONS.map((name) => ({ name, weight: policy.dimensions[name] })),
  side: null,
  options,
  pieces: piecesOf(topic),
})

/** The id of the change itself among what is scored; the rest are its alternatives. */
export const THE_CHANGE = 'it'

/** A change as one of its two sides judges it: the change with what becomes what, then what was considered instead. */
export const scoredChange = (
  { topic, changes, options, policy }: Pick<ChangeContent, 'topic' | 'changes' | 'options' | 'policy'>,
  side: ChangeSide,
): Scored => ({
  frame: CHANGE,
  lenses: SERVICE_DIMENSIONS.map((name) => ({ name, weight: policy.dimensions[name] })),
  side,
  options: [
    { id: THE_CHANGE, title: topic.title, about: linesOf(changes.map(({ place, text }) => [place, text])) },
    ...options,
  ],
  pieces: {
    ...piecesOf(topic),
    ...(topic.neededBy === null ? {} : { 'needed-by': [{ en: topic.neededBy, ar: topic.neededBy }] }),
  },
})

/** The id of having no agreement among what is scored. */
export const NO_AGREEMENT = 'none'

/** An offer as far as it is judged: whose it is, and what it says of each clause. */
export interface ScoredOffer {
  readonly id: string
  readonly title: Words
  readonly clauses: readonly { readonly label: Words; readonly says: Words }[]
}

/** Offers as one of the two sides judges them, beside having no agreement: without that nobody could say what an offer is worth. */
export const scoredOffers = (
  { topic }: Pick<ConvergenceContent, 'topic'>,
  offers: readonly ScoredOffer[],
  side: Side,
): Scored => ({
  frame: OFFERS,
  lenses: PARTNERSHIP_DIMENSIONS.map((name) => ({ name, weight: PARTNERSHIP_WEIGHTS[name] })),
  side,
  options: [
    ...offers.map(({ id, title, clauses }) => ({
      id,
      title,
      about: linesOf(clauses.map(({ label, says }) => [label, says])),
    })),
    { id: NO_AGREEMENT, title: { en: 'No agreement', ar: 'لا اتفاق' }, about: { en: '', ar: '' } },
  ],
  pieces: piecesOf(topic),
})

const piecesOf = ({ title, question, benefits, affected }: Pick<DecisionContent['topic'], 'title' | 'question' | 'benefits' | 'affected'>): Scored['pieces'] => ({
  question: [title, question],
  benefits: [benefits],
  documents: affected.map((one) => one.title),
}) // prettier-ignore

/** “Hours of service: round the clock”, a line each. What has no text in one language is said in the other. */
function linesOf(pairs: readonly (readonly [Words, Words])[]): Words {
  const said = (language: 'en' | 'ar'): string =>
    pairs.map((pair) => pair.map((one) => wordsIn(one, language)).join(': ')).join('\n')
  return { en: said('en'), ar: said('ar') }
}
