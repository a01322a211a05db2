import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CHANGE_FACTS, type ChangeEvent } from '#shared/artifacts/change-event.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { CONVERGENCE_FACTS, type ConvergenceEvent } from '#shared/artifacts/convergence-event.ts'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { DECISION_AFTER_FACTS, type DecisionAfterEvent } from '#shared/artifacts/decision-after-event.ts'
import { DECISION_FACTS, type DecisionEvent } from '#shared/artifacts/decision-event.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { aftermathOf, finalRound } from '#shared/decisions/aftermath.ts'
import { changeState } from '#shared/decisions/changes.ts'
import { convergenceState } from '#shared/decisions/convergence.ts'
import type { SignedFact } from '#shared/decisions/facts.ts'
import { decisionState } from '#shared/decisions/state.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Bilingual, RoleCertificate } from '#shared/membership/types.ts'
import type { DecisionKind } from './report.ts'

/** A fact of a pack, as the rules of a decision take it. */
export type PackFact = SignedFact<ArtifactEvent, RoleCertificate>

/** What all who decide have signed. */
export interface Decided {
  /** Which round, or which revision of the text; from 1. */
  readonly round: number
  /** What was decided on, and the SHA-256 that names it. */
  readonly text: string
  readonly hash: string
  /** What was signed, and its SHA-256. */
  readonly result: string
  readonly resultHash: string
  readonly title: Bilingual
  /** What was decided, by name; null where the result is more than a name. */
  readonly outcome: Bilingual | null
  readonly parties: readonly { readonly company: CompanyId; readonly name: Bilingual }[]
  readonly signatures: readonly Pick<PackFact, 'id' | 'author' | 'at'>[]
}
export interface Judgement {
  /** null: no decision that all have signed. */
  readonly decided: Decided | null
  /** Facts without effect, by their hashes. */
  readonly refusals: ReadonlyMap<string, string>
}
export interface RuleDeps {
  readonly sha256: (text: string) => string
  /** What the creation that a fact had seen says; undefined: none had been seen. */
  readonly typeOf: (artifact: string, fact: Pick<PackFact, 'saw'>) => string | undefined
  readonly ownerOf: (fact: Pick<PackFact, 'saw'>) => CompanyId | undefined
}
export interface DecisionRules {
  readonly kind: DecisionKind
  /** The facts of this kind of decision; whatever else is opened in a pack is none of its business. */
  readonly facts: ReadonlySet<string>
  /** The same fold as in every engine. */
  judge(facts: readonly PackFact[], artifact: string, deps: RuleDeps): Judgement
}

const among = <E extends { readonly type: string }>(facts: readonly PackFact[], types: ReadonlySet<string>) =>
  facts.filter(({ fact }) => types.has(fact.type)) as unknown as readonly SignedFact<E, RoleCertificate>[]

/** Of peers: a round that every voter has signed, with what follows it. */
const peer: DecisionRules = {
  kind: 'decision',
  facts: new Set([...DECISION_FACTS, ...DECISION_AFTER_FACTS]),
  judge(facts, artifact, deps) {
    const { current, refusals } = decisionState(among<DecisionEvent>(facts, DECISION_FACTS), artifact, deps)
    const round = current?.standing === 'final' ? current : null
    const after = aftermathOf(among<DecisionAfterEvent>(facts, DECISION_AFTER_FACTS), round && finalRound(round))
    const all = new Map<string, string>([...refusals, ...after.refusals])
    if (!round?.closing) return { decided: null, refusals: all }
    const { hash, content, opening, closing } = round
    const option = content.options.find(({ id }) => id === closing.statement.tally.option)
    return {
      refusals: all,
      decided: {
        round: content.round,
        text: opening.fact.text,
        hash,
        result: closing.statement.text,
        resultHash: closing.statement.hash,
        title: content.topic.title,
        outcome: option?.title ?? null,
        parties: content.voters,
        signatures: [...round.signatures.signed.values()],
      },
    }
  },
}

/** Of a buyer and a seller: an outcome that both have signed. */
const negotiated: DecisionRules = {
  kind: 'convergence',
  facts: CONVERGENCE_FACTS,
  judge(facts, artifact, deps) {
    const { current, refusals } = convergenceState(among<ConvergenceEvent>(facts, CONVERGENCE_FACTS), artifact, deps)
    const isSigned = current?.stage === 'verified' || current?.stage === 'finalized'
    if (!isSigned || !current.outcome || !current.confirmed || !current.verified) return { decided: null, refusals }
    const { hash, content, request, outcome, confirmed, verified } = current
    return {
      refusals,
      decided: {
        round: 1,
        text: request.fact.text,
        hash,
        result: outcome.text,
        resultHash: outcome.hash,
        title: content.topic.title,
        outcome: null,
        parties: content.parties,
        signatures: [confirmed, verified],
      },
    }
  },
}

/** Of a client and a provider: verdicts that both have signed, as they stand without what any dispute came to. */
const change: DecisionRules = {
  kind: 'change',
  facts: CHANGE_FACTS,
  judge(facts, artifact, deps) {
    const { current, refusals } = changeState(among<ChangeEvent>(facts, CHANGE_FACTS), artifact, {
      ...deps,
      ruledOn: () => null,
    })
    const isSigned = current?.stage === 'approved' || current?.stage === 'final'
    if (!isSigned || !current.outcome) return { decided: null, refusals }
    const { hash, content, logged, outcome, signatures } = current
    return {
      refusals,
      decided: {
        round: content.revision,
        text: logged.fact.text,
        hash,
        result: outcome.text,
        resultHash: outcome.hash,
        title: content.topic.title,
        outcome: null,
        parties: content.parties,
        signatures,
      },
    }
  },
}

/** By the type of the document in which a decision is taken. */
export const DECISION_RULES: ReadonlyMap<string, DecisionRules> = new Map([
  [JointGovernanceDecision.type, peer],
  [CoordinationTopic.type, negotiated],
  [ChangeRequest.type, change],
])
