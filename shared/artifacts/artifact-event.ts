import { z } from 'zod'
import type { Canonical } from '../kernel/canonical.ts'
import type { ArtifactId, CompanyId, PersonId, SliceId } from '../kernel/ids.ts'
import { ROLES } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import type { Crypto } from '../kernel/crypto.ts'
import { toHex, utf8 } from '../kernel/bytes.ts'
import { AGREEMENT_FACTS, agreementEvents } from './agreement-event.ts'
import { artifactOf, mayWrite } from './catalogue.ts'
import { CHANGE_FACTS, changeEvents } from './change-event.ts'
import { ChangeRequest } from './change-request.v1.ts'
import { CONVERGENCE_FACTS, convergenceEvents } from './convergence-event.ts'
import { CoordinationTopic } from './coordination-topic.v1.ts'
import { DECISION_AFTER_FACTS, decisionAfterEvents } from './decision-after-event.ts'
import { DECISION_FACTS, decisionEvents } from './decision-event.ts'
import { JointGovernanceDecision } from './joint-governance-decision.v1.ts'
import { NEGOTIATION_FACTS, negotiationEvents } from './negotiation-event.ts'
import { COLLEAGUE_FACTS, colleagueEvents } from './colleague-event.ts'
import { ColleagueShare } from './colleague-share.v1.ts'
import type { Artifact, Author } from './define.ts'
import { STANDARD_FACTS, standardEvents } from './standard-event.ts'
import { StandardsDoc } from './standards-doc.v1.ts'
import { DisputeCase } from './dispute-case.v1.ts'
import { DISPUTE_FACTS, disputeEvents } from './dispute-event.ts'
import { CHECKS, disclosureEvents } from './disclosure-event.ts'
import { DRY_RUN_FACTS, dryRunEvents } from './dry-run-event.ts'
import { DryRun } from './dry-run.v1.ts'
import { reciprocityTermsSchema, worthSchema } from './reciprocity-terms.ts'

const id = <T extends string>(bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`)) as unknown as z.ZodType<T>
const text = (most: number) => z.string().max(most)
const title = z.object({ en: text(400), ar: text(400) })
const day = z.iso.date() as unknown as z.ZodType<IsoDate>
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 16)

/** What happened to an artifact, as facts in a channel. `type` names the fact; a later version may know more of them. */
export const artifactEventSchema = z.discriminatedUnion('type', [
  /** The id is the hash of company and nonce, so nobody can take another company's artifact over by naming its id first. */
  z.object({
    type: z.literal('artifact-created'),
    artifact: id<ArtifactId>(16),
    artifactType: text(60),
    nonce: bytes,
    title,
  }),
  z.object({
    type: z.literal('slice-disclosed'),
    artifact: id<ArtifactId>(16),
    revision: z.int().min(1),
    slice: id<SliceId>(32),
    title,
    roles: z.array(z.enum(ROLES)).min(1),
    expiresOn: day,
    /** What it counts for, as its owner says; whoever opens it counts again. */
    worth: worthSchema.optional(),
    /** What its owner asks in return; absent: nothing. */
    terms: reciprocityTermsSchema.optional(),
  }),
  z.object({ type: z.literal('slice-withdrawn'), artifact: id<ArtifactId>(16), reason: text(500) }),
  /** A fact outside the document that an invalidation rule names (TR-5). */
  z.object({
    type: z.literal('fact-declared'),
    artifact: id<ArtifactId>(16),
    fact: z.enum(['sku-discontinued', 'promotion-cancelled']),
    reference: text(200).min(1),
  }),
  /** The state that the author had seen, given a name: whoever may write the section may name it. */
  z.object({
    type: z.literal('version-named'),
    artifact: id<ArtifactId>(16),
    section: text(60).min(1),
    name: text(120).min(1),
  }),
  ...agreementEvents,
  ...decisionEvents,
  ...decisionAfterEvents,
  ...convergenceEvents,
  ...disputeEvents,
  ...changeEvents,
  ...negotiationEvents,
  ...standardEvents,
  ...disclosureEvents,
  ...dryRunEvents,
  ...colleagueEvents,
])
export type ArtifactEvent = z.infer<typeof artifactEventSchema>
const KNOWN: readonly string[] = artifactEventSchema.options.map((option) => option.shape.type.value)

export const writeArtifactEvent = (event: ArtifactEvent): Canonical => event as Canonical

/** `newer-version`: a type of fact that this version does not know; it is parked, not refused. */
export function readArtifactEvent(payload: Canonical): ArtifactEvent | 'malformed' | 'newer-version' {
  const parsed = artifactEventSchema.safeParse(payload)
  if (parsed.success) return parsed.data
  const named = z.object({ type: z.string() }).safeParse(payload)
  return named.success && !KNOWN.includes(named.data.type) ? 'newer-version' : 'malformed'
}

/** The only id that `company` may give an artifact made with `nonce` (16 random bytes). */
export const artifactIdOf = (crypto: Crypto, company: CompanyId, nonce: Uint8Array): ArtifactId =>
  toHex(crypto.hash('mithaq.artifact.v1', utf8(company), nonce).subarray(0, 16)) as ArtifactId

/**
 * The only id that `person` may give what they share with colleagues. It names the person, so that a colleague who has seen the
 * nonce cannot declare the same id and take it over.
 */
export const colleagueShareIdOf = (
  crypto: Crypto,
  company: CompanyId,
  person: PersonId,
  nonce: Uint8Array,
): ArtifactId =>
  toHex(crypto.hash('mithaq.colleague-share.v1', utf8(company), utf8(person), nonce).subarray(0, 16)) as ArtifactId

export interface DeclaredArtifact {
  readonly type: string
  readonly owner: CompanyId
  /** Who declared it. */
  readonly maker: PersonId
}

/**
 * May `author` state this fact, given what the ancestry declares? Whoever makes an artifact must be of the company in its id,
 * and hold a role that may write its `own` or `slice` section; what comes after is its owner's alone, but for naming a version and
 * for a standard's facts: whoever may write a standard may release it and say what of it their own company runs; a check of a
 * slice is another company's to make. What somebody shares with colleagues is theirs alone, whatever roles the colleagues hold.
 */
export function judgeArtifactEvent(
  crypto: Crypto,
  event: ArtifactEvent,
  author: Author,
  declared: DeclaredArtifact | undefined,
): 'admit' | 'not-authorised' | 'newer-version' {
  if (
    event.type !== 'artifact-created' &&
    (declared?.type === ColleagueShare.type || COLLEAGUE_FACTS.has(event.type))
  ) {
    return COLLEAGUE_FACTS.has(event.type) && isMaker(author, declared) ? 'admit' : 'not-authorised'
  }
  const section = sectionNeeded(event)
  if (section !== undefined) {
    const may = declared !== undefined && mayWrite(declared.type, section, author, declared.owner, declared.maker).ok
    return may ? 'admit' : 'not-authorised'
  }
  if (STANDARD_FACTS.has(event.type)) return mayState(StandardsDoc, author, declared) ? 'admit' : 'not-authorised'
  // That an engine has something is no act of a role; every other fact of a decision is.
  if (event.type === 'position-witnessed')
    return declared?.type === JointGovernanceDecision.type ? 'admit' : 'not-authorised'
  if (event.type === 'change-witnessed') return declared?.type === ChangeRequest.type ? 'admit' : 'not-authorised'
  if (event.type === 'outcome-witnessed') return declared?.type === CoordinationTopic.type ? 'admit' : 'not-authorised'
  if (DECISION_FACTS.has(event.type) || DECISION_AFTER_FACTS.has(event.type))
    return mayState(JointGovernanceDecision, author, declared) ? 'admit' : 'not-authorised'
  if (CONVERGENCE_FACTS.has(event.type))
    return mayState(CoordinationTopic, author, declared) ? 'admit' : 'not-authorised'
  if (CHANGE_FACTS.has(event.type)) return mayState(ChangeRequest, author, declared) ? 'admit' : 'not-authorised'
  // Every member speaks for itself; whose word it is stands in its certificate.
  if (DRY_RUN_FACTS.has(event.type)) return declared?.type === DryRun.type ? 'admit' : 'not-authorised'
  // Who opens a dispute makes it, and alone takes it back; what others say in it is judged by its text, and having it by nobody.
  if (DISPUTE_FACTS.has(event.type)) {
    const owners = event.type === 'dispute-opened' || event.type === 'dispute-withdrawn'
    return declared?.type === DisputeCase.type && (!owners || declared.owner === author.company)
      ? 'admit'
      : 'not-authorised'
  }
  if (CHECKS.has(event.type)) {
    return declared !== undefined && declared.owner !== author.company ? 'admit' : 'not-authorised'
  }
  if (event.type !== 'artifact-created') return declared?.owner === author.company ? 'admit' : 'not-authorised'
  if (artifactOf(event.artifactType) === undefined) return 'newer-version'
  const own = event.artifact === idFor(crypto, event, author)
  return own && declared === undefined ? 'admit' : 'not-authorised'
}

const isMaker = (author: Author, declared: DeclaredArtifact | undefined): boolean =>
  declared?.type === ColleagueShare.type && declared.owner === author.company && declared.maker === author.person

function idFor(
  crypto: Crypto,
  { artifactType, nonce }: Extract<ArtifactEvent, { type: 'artifact-created' }>,
  { company, person }: Author,
): ArtifactId | undefined {
  if (artifactType !== ColleagueShare.type) return artifactIdOf(crypto, company, nonce)
  return person && colleagueShareIdOf(crypto, company, person, nonce)
}

const mayState = ({ type }: Artifact, author: Author, declared: DeclaredArtifact | undefined): boolean =>
  declared?.type === type && mayWrite(type, 'joint', author, declared.owner).ok

/** Facts that everybody may state who may write a section: which one; undefined for what is the owner's alone. */
function sectionNeeded(event: ArtifactEvent): string | undefined {
  if (event.type === 'version-named') return event.section
  return AGREEMENT_FACTS.has(event.type) || NEGOTIATION_FACTS.has(event.type) ? 'joint' : undefined
}
