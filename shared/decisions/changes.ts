import { readChange, sideCompany, type ChangeContent } from '#shared/artifacts/change-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import {
  changeOutcome, isWitnessed, lastVerdicts, mattersOf, verdictRefusal,
  type ChangeFact, type ChangeOf, type ChangeOutcome, type ChangeRefusal, type MatterState, type Verdict,
} from './change-matters.ts' // prettier-ignore
import { goingOn, stageRuled, type Ruled, type RuledOn, type RuledStage } from './change-ruled.ts'
import { inOrder, isOf, seenBy } from './facts.ts'

/**
 * `deciding`: a verdict is missing; `blocked`: one stands against it, or conditions are open; `approvable`: every matter is settled on
 * this text; `signing`: one company has signed; `approved`: both have signed one hash, proven to be in time; `final`: it became drafts;
 * `void`: both signed two outcomes apart; `remitted`, `ended`: what a dispute about the text came to.
 */
export type ChangeStage =
  'deciding' | 'blocked' | 'approvable' | 'signing' | 'approved' | 'final' | 'withdrawn' | 'void' | RuledStage

export interface Change<A> {
  readonly hash: string
  readonly content: ChangeContent
  readonly logged: ChangeOf<'change-logged', A>
  readonly stage: ChangeStage
  readonly matters: readonly MatterState<A>[]
  /** What is to be signed, or was by both; null while a matter is open. */
  readonly outcome: ChangeOutcome | null
  /** The signature of each company on that outcome. */
  readonly signatures: readonly ChangeOf<'change-signed', A>[]
  readonly became: readonly ChangeOf<'change-finalised', A>[]
}
export interface ChangeState<A> {
  /** The text that counts. */
  readonly current: Change<A> | null
  /** Texts logged apart from each other: none counts until somebody logs one knowing all. */
  readonly contested: readonly ChangeOf<'change-logged', A>[]
  readonly withdrawn: ChangeOf<'change-withdrawn', A> | null
  /** Every text that was logged with effect, in order. */
  readonly texts: readonly { readonly logged: ChangeOf<'change-logged', A>; readonly content: ChangeContent }[]
  /** Facts without effect. */
  readonly refusals: ReadonlyMap<string, ChangeRefusal>
}
export interface ChangeDeps<A = unknown> {
  readonly sha256: (text: string) => string
  /** The type of a document as the author of a fact could know it; undefined: not known. */
  readonly typeOf: (artifact: string, fact: ChangeFact<A>) => string | undefined
  /** The company that began the document, as the author of a fact could know it; undefined: not known. */
  readonly ownerOf: (fact: ChangeFact<A>) => CompanyId | undefined
  /**
   * What disputes about a text between just these parties came to, as the author of a fact could know it; without one as it stands.
   * null: nothing.
   */
  readonly ruledOn: (change: string, parties: ChangeContent['parties'], fact: ChangeFact<A> | null) => RuledOn | null
}

/** Stages after which nothing counts any more. */
const OVER: ReadonlySet<ChangeStage> = new Set(['approved', 'final', 'void', 'ended'])

interface Judged<A> {
  readonly counts: Set<string>
  readonly contents: Map<string, ChangeContent>
  /** What was signed with effect, by its hash. */
  readonly outcomes: Map<string, ChangeOutcome>
  readonly refusals: Map<string, ChangeRefusal>
  readonly deps: ChangeDeps<A>
}

/**
 * The state of a change: a pure fold over its facts. Each fact is judged once, by its own ancestry, in topological order; what words
 * made apart come to is read off the whole set. So no result depends on which fact came first.
 */
export function changeState<A>(given: readonly ChangeFact<A>[], artifact: string, deps: ChangeDeps<A>): ChangeState<A> {
  const facts = inOrder(given)
  const judged: Judged<A> = { counts: new Set(), contents: new Map(), outcomes: new Map(), refusals: new Map(), deps }
  for (const fact of facts) {
    const refusal = refusalOf(fact, seenBy(facts, fact), artifact, judged)
    if (refusal) judged.refusals.set(fact.id, refusal)
    else judged.counts.add(fact.id)
  }
  const state = fold(facts, judged, null)
  return { ...state, refusals: new Map([...judged.refusals, ...state.refusals]) }
} // prettier-ignore

function refusalOf<A>(
  fact: ChangeFact<A>,
  before: readonly ChangeFact<A>[],
  artifact: string,
  judged: Judged<A>,
): ChangeRefusal | undefined {
  if (isOf(fact, 'change-witnessed')) return undefined
  // Whoever speaks having seen a word in time is itself the proof that it was there.
  const state = fold([...before, fact], judged, fact)
  if (isOf(fact, 'change-logged')) return loggingRefusal(fact, state, artifact, judged)
  const { current } = state
  const { change } = fact.fact as { readonly change: string }
  if (current?.hash !== change) return state.texts.some(({ logged }) => logged.fact.hash === change) ? 'superseded' : 'no-such-change' // prettier-ignore
  const { content, stage } = current
  const { company, roles } = fact.author
  const { verdictRoles, signRoles } = content.policy
  if (!content.parties.some((party) => party.company === company)) return 'not-a-party'
  const may = isOf(fact, 'change-signed') ? signRoles : isOf(fact, 'matter-decided', 'condition-met', 'conditions-confirmed') ? verdictRoles : [...verdictRoles, ...signRoles] // prettier-ignore
  if (!roles.some((role) => may.includes(role))) return 'not-authorised'
  if (isOf(fact, 'change-finalised')) return finalRefusal(fact, current, judged.deps)
  if (state.withdrawn || OVER.has(stage)) return 'over'
  if (stage === 'remitted') return isOf(fact, 'change-withdrawn') ? undefined : 'remitted'
  if (isOf(fact, 'change-signed')) return signingRefusal(fact, current, judged)
  if (hasSigned(before, judged.counts, change, company)) return 'bound'
  if (isOf(fact, 'matter-decided')) return decidingRefusal(fact, current, before, judged)
  if (isOf(fact, 'condition-met')) return markRefusal(fact, current)
  return isOf(fact, 'conditions-confirmed') ? confirmRefusal(fact, current) : undefined
}

function loggingRefusal<A>(
  logged: ChangeOf<'change-logged', A>,
  { current, contested, withdrawn, texts }: ChangeState<A>,
  artifact: string,
  { contents, deps }: Judged<A>,
): ChangeRefusal | undefined {
  const { fact, author } = logged
  const content = contents.get(fact.hash) ?? readChange(fact.text)
  if (content?.artifact !== artifact || deps.sha256(fact.text) !== fact.hash) return 'text-unreadable'
  const { parties, policy, revision, previous } = content
  if (!parties.some(({ company }) => company === author.company)) return 'not-a-party'
  if (!author.roles.some((role) => [...policy.verdictRoles, ...policy.signRoles].includes(role)))
    return 'not-authorised'
  if (withdrawn || (current && OVER.has(current.stage))) return 'over'
  const open = current ? [current.logged] : contested
  const [last] = open.filter((one) => one.fact.hash === previous)
  if (open.length === 0 ? revision !== 1 : !last) return 'revision-differs'
  const known = texts.filter(({ logged }) => open.includes(logged))
  if (last && revision !== 1 + Math.max(...known.map((one) => one.content.revision))) return 'revision-differs'
  const before = last && contents.get(last.fact.hash)
  if (before && !sameParties(before, content)) return 'parties-differ'
  if (!parties.some(({ company }) => company === deps.ownerOf(logged))) return 'owner-left-out'
  const isBound = current?.signatures.some((one) => one.author.company === author.company) === true
  if (isBound && current?.stage !== 'remitted') return 'bound'
  contents.set(fact.hash, content)
  return undefined
}

const sameParties = (left: ChangeContent, right: ChangeContent): boolean =>
  left.parties.every(({ company, side }) => sideCompany(right, side) === company)

const hasSigned = <A>(facts: readonly ChangeFact<A>[], counts: ReadonlySet<string>, change: string, company: CompanyId): boolean =>
  facts.some((one) => counts.has(one.id) && isOf(one, 'change-signed') && one.fact.change === change && one.author.company === company) // prettier-ignore

function decidingRefusal<A>(
  verdict: Verdict<A>,
  { content }: Change<A>,
  before: readonly ChangeFact<A>[],
  { counts }: Judged<A>,
): ChangeRefusal | undefined {
  const { fact, author, at } = verdict
  const matter = content.policy.matters.find((one) => one.matter === fact.matter)
  if (!matter) return 'not-a-matter'
  if (sideCompany(content, matter.decider) !== author.company) return 'not-its-matter'
  if (at > matter.until) return 'late'
  const refusal = verdictRefusal(fact)
  if (refusal) return refusal
  const known = before.filter((one): one is Verdict<A> => counts.has(one.id) && isOf(one, 'matter-decided') && one.fact.change === fact.change && one.fact.matter === fact.matter) // prettier-ignore
  return known.length > 0 && !lastVerdicts(known).crossed ? 'duplicate' : undefined
}

const conditional = <A>({ matters }: Change<A>): MatterState<A> | undefined =>
  matters.find(({ conditions }) => conditions.length > 0)

function markRefusal<A>({ fact, author, at }: ChangeOf<'condition-met', A>, change: Change<A>): ChangeRefusal | undefined {
  const { policy, signBy } = change.content
  const matter = conditional(change)
  const condition = matter?.conditions.find(({ id }) => id === fact.condition)
  if (matter?.verdict?.id !== fact.verdict || !condition) return 'no-such-condition'
  const { conditionsBy } = policy
  if (conditionsBy !== 'either' && sideCompany(change.content, conditionsBy) !== author.company) return 'not-its-mark'
  if (condition.met) return 'duplicate'
  return at > signBy ? 'late' : undefined
} // prettier-ignore

function confirmRefusal<A>({ fact, author, at }: ChangeOf<'conditions-confirmed', A>, change: Change<A>): ChangeRefusal | undefined {
  const matter = conditional(change)
  if (matter?.verdict?.id !== fact.verdict) return 'no-such-condition'
  if (matter.decider !== author.company) return 'not-its-matter'
  if (matter.conditions.some(({ met }) => !met)) return 'conditions-open'
  if (matter.confirmed) return 'duplicate'
  return at > change.content.signBy ? 'late' : undefined
} // prettier-ignore

function signingRefusal<A>(
  { fact, author, at }: ChangeOf<'change-signed', A>,
  { outcome, signatures, content }: Change<A>,
  { outcomes }: Judged<A>,
): ChangeRefusal | undefined {
  if (!outcome) return 'not-approvable'
  if (fact.hash !== outcome.hash) return 'outcome-differs'
  if (signatures.some((one) => one.author.company === author.company)) return 'duplicate'
  if (at > content.signBy) return 'late'
  outcomes.set(outcome.hash, outcome)
  return undefined
}

function finalRefusal<A>(
  fact: ChangeOf<'change-finalised', A>,
  { stage, outcome }: Change<A>,
  { typeOf }: ChangeDeps<A>,
): ChangeRefusal | undefined {
  if (stage === 'final') return 'duplicate'
  if (stage !== 'approved') return 'not-approved'
  if (fact.fact.hash !== outcome?.hash) return 'outcome-differs'
  const drafts = typeOf(fact.fact.scope, fact) === 'ServiceScope.v1' && typeOf(fact.fact.plan, fact) === 'JointInitiativePlan.v1' // prettier-ignore
  return drafts ? undefined : 'no-drafts'
}

/** The state among some facts that were judged before. */
function fold<A>(
  facts: readonly ChangeFact<A>[],
  { counts, contents, outcomes, refusals, deps }: Judged<A>,
  knower: ChangeFact<A> | null,
): ChangeState<A> {
  const found = new Map<string, ChangeRefusal>()
  const valid = facts.filter(({ id }) => counts.has(id))
  const signed = valid.filter((one): one is ChangeOf<'change-signed', A> => isOf(one, 'change-signed'))
  // Who has signed can neither replace nor withdraw what it signed, as if it had not known.
  const isBound = (word: ChangeFact<A>): boolean =>
    signed.some((one) => one.author.company === word.author.company && !word.saw(one.place) && !one.saw(word.place))
  const free = (word: ChangeFact<A>): boolean => {
    if (isBound(word)) found.set(word.id, 'bound')
    return !isBound(word)
  }
  const logged = valid.filter((one): one is ChangeOf<'change-logged', A> => isOf(one, 'change-logged')).filter(free)
  const withdrawals = valid.filter((one): one is ChangeOf<'change-withdrawn', A> => isOf(one, 'change-withdrawn')).filter(free) // prettier-ignore
  // What both have signed stands, whatever a third company logs as if it had not known.
  const agreed = logged.filter(({ fact }) => wholeOn(fact.hash, contents.get(fact.hash), facts, valid).length > 0)
  const about = (hash: string) => valid.filter(({ fact }) => 'change' in fact && fact.change === hash)
  const ruledOf = (hash: string): Ruled | null => {
    const content = contents.get(hash)
    const ruled = content && deps.ruledOn(hash, content.parties, knower)
    const stage = ruled && stageRuled(ruled, content, mattersOf({ content, facts, valid: about(hash), refusals: new Map() })) // prettier-ignore
    return stage ? { stage, knew: ruled.knew } : null
  }
  const going = agreed.length > 0 ? logged : goingOn(logged, contents, ruledOf)
  for (const one of logged) if (!going.includes(one)) found.set(one.id, 'over')
  const last = agreed.length > 0 ? agreed : going.filter((one) => !going.some((other) => other.saw(one.place)))
  const texts = logged.flatMap((one) => {
    const content = contents.get(one.fact.hash)
    return content ? [{ logged: one, content }] : []
  })
  const base = { withdrawn: withdrawals[0] ?? null, texts, refusals: found }
  const [only] = last
  const content = only && contents.get(only.fact.hash)
  if (!only || !content || new Set(last.map(({ fact }) => fact.hash)).size !== 1)
    return { ...base, current: null, contested: last }
  const { hash } = only.fact
  const current = changeOf(only, content, { facts, valid: about(hash), refusals: found, outcomes, deps })
  const whole = current.stage === 'approved' || current.stage === 'final' || current.stage === 'void'
  for (const id of refusals.keys()) found.delete(id)
  const ruled = whole ? null : ruledOf(hash)
  const stands = ruled ? { ...current, stage: ruled.stage } : current
  if (whole || withdrawals.length === 0) return { ...base, withdrawn: null, current: stands, contested: [] }
  return { ...base, current: { ...current, stage: 'withdrawn' }, contested: [] }
}

interface Among<A> {
  readonly facts: readonly ChangeFact<A>[]
  readonly valid: readonly ChangeFact<A>[]
  readonly refusals: Map<string, ChangeRefusal>
  readonly outcomes: ReadonlyMap<string, ChangeOutcome>
  readonly deps: ChangeDeps<A>
}

function changeOf<A>(logged: ChangeOf<'change-logged', A>, content: ChangeContent, among: Among<A>): Change<A> {
  const { facts, valid, refusals, outcomes, deps } = among
  const hash = logged.fact.hash
  const matters = mattersOf({ content, facts, valid, refusals })
  const all = valid.filter((one): one is ChangeOf<'change-signed', A> => isOf(one, 'change-signed'))
  const became = valid.filter((one): one is ChangeOf<'change-finalised', A> => isOf(one, 'change-finalised'))
  const whole = wholeOn(hash, content, facts, valid)
  const base = { hash, content, logged, matters, became }
  if (whole.length > 1) return { ...base, stage: 'void', outcome: null, signatures: all }
  const [agreed] = whole
  const outcome = agreed === undefined ? changeOutcome(hash, content, matters, deps.sha256) : (outcomes.get(agreed) ?? null) // prettier-ignore
  const on = all.filter(({ fact }) => fact.hash === outcome?.hash)
  const signatures = content.parties.flatMap(({ company }) => on.find(({ author }) => author.company === company) ?? [])
  const blocked = matters.some(({ verdict, settled }) => verdict !== null && !settled)
  const open = outcome ? (signatures.length > 0 ? 'signing' : 'approvable') : blocked ? 'blocked' : 'deciding'
  const stage = agreed === undefined ? open : became.length > 0 ? 'final' : 'approved'
  return { ...base, stage, outcome, signatures }
}

/** The outcomes of a text that both companies signed, each proven to be in time. */
function wholeOn<A>(
  hash: string,
  content: ChangeContent | undefined,
  facts: readonly ChangeFact<A>[],
  valid: readonly ChangeFact<A>[],
): readonly string[] {
  if (!content) return []
  const proven = valid.filter((one): one is ChangeOf<'change-signed', A> =>
    isOf(one, 'change-signed') && one.fact.change === hash && isWitnessed(one, facts, content, content.signBy),
  ) // prettier-ignore
  return [...new Set(proven.map(({ fact }) => fact.hash))].filter((one) =>
    content.parties.every(({ company }) => proven.some(({ fact, author }) => fact.hash === one && author.company === company)),
  ) // prettier-ignore
}

/** Why the two may take a change to arbitration at a moment of the screen's clock; null: not yet, or it is over. */
export function escalation<A>({ stage, matters }: Pick<Change<A>, 'stage' | 'matters'>, now: number): 'overdue' | 'conflict' | null {
  if (stage !== 'deciding' && stage !== 'blocked') return null
  if (matters.some(({ verdict, until }) => verdict === null && now > until)) return 'overdue'
  const settled = (name: string): boolean => matters.some(({ matter, settled: is }) => matter === name && is)
  return stage === 'blocked' && (settled('scope') || settled('feasibility')) ? 'conflict' : null
} // prettier-ignore
