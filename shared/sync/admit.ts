import { equal } from '#shared/kernel/bytes.ts'
import type { Brand } from '#shared/kernel/brand.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { belongs, certificateOf } from '#shared/membership/certificate-of.ts'
import { readControl } from '#shared/membership/control.ts'
import { epochCommitment, isSafe } from '#shared/membership/epoch.ts'
import { judgeFact } from '#shared/membership/judge-fact.ts'
import type { Control, Epoch, Membership, MembershipRefusal, RoleCertificate } from '#shared/membership/types.ts'
import type { Head, OpenedEntry, Run, VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import type { Ancestry, ChannelIndex, FeedLine } from './channel-index.ts'
import { stillAllows } from './still-allows.ts'
import { readDoc, type SealedUpdate, type SectionWrite } from './doc-body.ts'
import type { Endings } from './endings.ts'
import type { Judges } from './judges.ts'
import type { MembershipView } from './membership-view.ts'
import type { Narrowings } from './narrowings.ts'
import { runRefusal, type EntryRefusal, type RunRefusal, type Wait } from './refusal.ts'
import { outside } from './cut.ts'
import type { SectionClocks } from './section-clocks.ts'
import { sealedSectionKey, sectionKey, type CheckedUpdate, type SectionKey } from './update.ts'

/*
 * The security argument. What another company sent becomes part of our state only by passing these stages in this order,
 * and each stage takes what only the stage before it can make:
 *
 *   bytes ─ size, version, parse ─▶ Run ─ chain, signature ─▶ VerifiedEntry ─ ancestry complete ─▶ PlacedEntry
 *         ─ certificate in that ancestry ─▶ CertifiedEntry ─ decrypt ─▶ ReadableEntry ─ authorise ─▶ AuthorisedEntry
 *         ─ update rules ─▶ AdmittedEntry ─ apply, with its audit row, in one transaction (the engine)
 *
 * A judgement follows from the entry's bytes and its ancestry alone. So two engines that hold the same entries agree, in
 * whatever order they came. What cannot be judged yet waits; a refusal is final and leaves the entry in its chain. One thing
 * lies outside an entry's ancestry: that its author was revoked, or lost roles. Whether it counts nevertheless follows from who had
 * seen it (endings.ts, narrowings.ts), which is again the same for all who hold the same entries.
 */

/** What a channel knows while it judges: all of it computed from entries admitted before. */
export interface Knowledge {
  readonly judges: Judges
  readonly index: ChannelIndex
  readonly clocks: SectionClocks
  readonly membership: MembershipView
  readonly endings: Endings
  readonly narrowings: Narrowings
}

export interface Refused {
  readonly outcome: 'refused'
  readonly code: EntryRefusal
  readonly membership?: MembershipRefusal
}
export interface Waits {
  readonly outcome: 'waits'
  readonly why: Wait
  /** What has to come first, when that can be named. */
  readonly head?: Head
}
type Stage<T> = Result<T, Refused | Waits>

const refused = (code: EntryRefusal): { readonly ok: false; readonly refusal: Refused } =>
  refuse({ outcome: 'refused', code } as const)
const waits = (why: Wait, head?: Head): { readonly ok: false; readonly refusal: Waits } =>
  refuse(head === undefined ? ({ outcome: 'waits', why } as const) : ({ outcome: 'waits', why, head } as const))

/** Stages 1 to 3. The sealing module looks at size and version before it parses, and parses strictly. */
export function receive(bytes: Uint8Array): Result<Run, RunRefusal> {
  const parsed = parseRun(bytes)
  return parsed.ok ? parsed : refuse(runRefusal(parsed.refusal))
}

/** Stage 4. Every entry from the feed's next seq on hangs in the chain, and the chain's end is signed by the feed's device. */
export function authenticate(
  run: Run,
  line: FeedLine | undefined,
  { judges }: Pick<Knowledge, 'judges'>,
): Result<readonly VerifiedEntry[], RunRefusal> {
  const held = line?.hashes.length ?? 0
  const verified = verifyRun(judges.crypto, run, {
    workspace: judges.workspace,
    channel: judges.channel,
    nextSeq: held + 1,
    previousHash: line?.hashes.last ?? null,
  })
  return verified.ok ? verified : refuse(runRefusal(verified.refusal))
}

export type PlacedEntry = Brand<
  {
    readonly entry: VerifiedEntry
    readonly line: FeedLine
    readonly lamport: number
    readonly ancestry: Ancestry
  },
  'PlacedEntry'
>

/** Stage 5. Everything that the author says it had seen is here and judged. */
export function place(entry: VerifiedEntry, line: FeedLine, { index }: Pick<Knowledge, 'index'>): Stage<PlacedEntry> {
  if (entry.seq !== line.admitted.length + 1) return waits('missing-ancestry')
  const missing = entry.heads.length === 0 ? undefined : index.missingHead(entry.heads)
  if (missing !== undefined) return waits('missing-ancestry', missing)
  const lamport = index.draw(line, entry.seq, entry.heads)
  return ok({ entry, line, lamport, ancestry: index.ancestryOf(line, entry.seq) } as PlacedEntry)
}

export type CertifiedEntry = Brand<
  { readonly placed: PlacedEntry; readonly members: Membership; readonly epoch: Epoch | null },
  'CertifiedEntry'
>

/**
 * Stage 6. The ancestry certifies the device, and made the key that it writes under for nobody outside. A key whose
 * holders include somebody else would carry honest words out, so even an honest author's entry does not count.
 */
export function certify(
  placed: PlacedEntry,
  { membership, endings }: Pick<Knowledge, 'membership' | 'endings'>,
): Stage<CertifiedEntry> {
  const { entry, line } = placed
  const members = membership.at(line, entry.seq, entry.heads.length > 0)
  if (!members.certificates.has(entry.device)) return refused('no-certificate')
  // Who knew of the revocation is refused for it further on; who says that they did not needs a witness.
  if (!endings.empty && belongs(members, entry.device) && endings.parks(line, entry.seq)) return waits('beyond-cut')
  if (entry.epoch === null) return ok({ placed, members, epoch: null } as CertifiedEntry)
  const epoch = members.epochs.get(entry.epoch)
  if (epoch === undefined) return refused('epoch-not-in-ancestry')
  if (!safe(epoch, members)) return refused('epoch-unsafe')
  return ok({ placed, members, epoch } as CertifiedEntry)
}

const safeIn = new WeakMap<Membership, Map<Epoch, boolean>>()
function safe(epoch: Epoch, members: Membership): boolean {
  let known = safeIn.get(members)
  if (known === undefined) safeIn.set(members, (known = new Map<Epoch, boolean>()))
  const answer = known.get(epoch) ?? isSafe(epoch, members)
  known.set(epoch, answer)
  return answer
}

export type ReadableEntry = Brand<
  { readonly certified: CertifiedEntry; readonly opened: OpenedEntry; readonly author: RoleCertificate },
  'ReadableEntry'
>

/** Stage 7. The key is the one that the epoch committed to, the ciphertext fits it, and the certificate holds at the time claimed. */
export function open(certified: CertifiedEntry, { judges }: Pick<Knowledge, 'judges'>): Stage<ReadableEntry> {
  const { placed, members, epoch } = certified
  const key = epoch === null ? undefined : judges.keys.of(epoch.id)
  if (epoch !== null && (key === undefined || !committed(epoch, key, judges))) return waits('no-key')
  const opened = openEntry(judges.crypto, placed.entry, key)
  if (!opened.ok) {
    const code = opened.refusal
    if (code === 'newer-version') return waits(code)
    return refused(code === 'bad-body' || code === 'not-an-announcement' ? code : 'cannot-open')
  }
  const author = certificateOf(members, placed.entry.device, opened.value.body.at)
  if (author === undefined) return refused('certificate-not-valid')
  return ok({ certified, opened: opened.value, author } as ReadableEntry)
}

const committedKeys = new WeakMap<Epoch, SymmetricKey>()
function committed(epoch: Epoch, key: SymmetricKey, { crypto, channel }: Judges): boolean {
  if (committedKeys.get(epoch) === key) return true
  if (!equal(epochCommitment(crypto, channel, key), epoch.commitment)) return false
  committedKeys.set(epoch, key)
  return true
}

/** What an authorised entry wants to do. */
type Intent =
  | { readonly kind: 'doc'; readonly writes: readonly SectionWrite[] }
  | { readonly kind: 'event'; readonly payload: Canonical }
  | { readonly kind: 'control'; readonly control: Control }
  | { readonly kind: 'blob'; readonly chunk: Uint8Array }
export type AuthorisedEntry = Brand<{ readonly readable: ReadableEntry; readonly intent: Intent }, 'AuthorisedEntry'>

/**
 * Stage 8. The author's roles allow what the body asks for, in the state that the ancestry describes; and so do narrower ones that ended
 * them meanwhile, unless somebody had seen the entry before.
 */
export function authorise(readable: ReadableEntry, knowledge: Knowledge): Stage<AuthorisedEntry> {
  const allowed = allow(readable, knowledge)
  const { placed } = readable.certified
  if (!allowed.ok || knowledge.endings.empty) return allowed
  const narrower = knowledge.narrowings.of(placed.line, placed.entry.seq, readable.author)
  const author = narrower.at(-1)
  if (author === undefined) return allowed
  const holds = narrower.every((one) => stillAllows(one, allowed.value, knowledge.judges))
  return holds
    ? ok({ ...allowed.value, readable: { ...readable, author } } as AuthorisedEntry)
    : refused('role-narrowed')
}

function allow(
  readable: ReadableEntry,
  { judges, index }: Pick<Knowledge, 'judges' | 'index'>,
): Stage<AuthorisedEntry> {
  const { opened, author, certified } = readable
  const { kind, payload, at } = opened.body
  const { ancestry, entry, line } = certified.placed
  switch (kind) {
    case 'doc': {
      const writes = readDoc(payload)
      if (!writes.ok) return refused(writes.refusal)
      const may = writes.value.every((write) => judges.mayWrite(write.artifact, write.section, author, ancestry))
      return may ? allowed(readable, { kind, writes: writes.value }) : refused('not-authorised')
    }
    case 'event': {
      const verdict = judges.judgeEvent(payload, author, ancestry)
      if (verdict === 'newer-version') return waits('newer-version')
      return verdict === 'admit' ? allowed(readable, { kind, payload }) : refused(verdict)
    }
    case 'control': {
      const control = readControl(payload)
      if (!control.ok) return unknownControl(payload) ? waits('newer-version') : refused('payload-malformed')
      // Only who may write a slice may hand its key over: another's key would make the kept updates say something else.
      const { value } = control
      if (value.kind === 'slice-key' && !judges.mayWrite(value.artifact, value.section, author, ancestry)) {
        return refused('not-authorised')
      }
      if (value.kind === 'checkpoint') {
        const refusal = outside(index, line, entry.seq, value.heads)
        if (refusal !== undefined) return refused(refusal)
      }
      const fact = { hash: entry.hash, author: entry.device, at, payload: value }
      const follows = judgeFact(judges.crypto, certified.members, fact)
      if (follows.ok) return allowed(readable, { kind, control: value })
      return refuse({ outcome: 'refused', code: 'control-refused', membership: follows.refusal })
    }
    case 'blob':
      return payload instanceof Uint8Array ? allowed(readable, { kind, chunk: payload }) : refused('payload-malformed')
  }
}

const allowed = (readable: ReadableEntry, intent: Intent): Stage<AuthorisedEntry> =>
  ok({ readable, intent } as AuthorisedEntry)

const CONTROLS: readonly string[] = [
  'channel-created', 'epoch-created', 'channel-defined', 'company-added', 'company-left', 'company-departed',
  'root-rotated', 'certificate', 'roles-narrowed', 'revocation', 'ack', 'receipt', 'slice-key', 'fork-run', 'checkpoint',
] satisfies readonly Control['kind'][] // prettier-ignore

/** A control that a later version knows is carried, not lost. */
function unknownControl(payload: Canonical): boolean {
  if (typeof payload !== 'object' || payload === null || !('kind' in payload)) return false
  return typeof payload.kind === 'string' && !CONTROLS.includes(payload.kind)
}

/** A section's part of an admitted entry. */
export interface SectionEffect<U> {
  readonly artifact: ArtifactId
  readonly section: SectionName
  readonly key: SectionKey
  readonly replica: number
  readonly update: U
}
export type Effect =
  | {
      readonly kind: 'doc'
      readonly updates: readonly SectionEffect<CheckedUpdate>[]
      /** Under a slice's own key: to be kept until the owner hands the key over. */
      readonly kept: readonly SectionEffect<SealedUpdate>[]
    }
  | Exclude<Intent, { readonly kind: 'doc' }>

/** What only `admit` makes: it may be applied. */
export type AdmittedEntry = Brand<
  {
    readonly entry: VerifiedEntry
    readonly at: OpenedEntry['body']['at']
    readonly author: RoleCertificate
    readonly lamport: number
    readonly ancestry: Ancestry
    readonly effect: Effect
    /** False behind the last entry of a forked feed that counts: without effect, and still something that others may lean on. */
    readonly counts: boolean
  },
  'AdmittedEntry'
>

/** Stage 9. Every update of the entry keeps the update rules, or none of them counts. */
export function admit(authorised: AuthorisedEntry, { judges, clocks }: Knowledge): Stage<AdmittedEntry> {
  const { readable, intent } = authorised
  const { entry, line } = readable.certified.placed
  if (intent.kind !== 'doc') return admitted(readable, intent)
  const updates: SectionEffect<CheckedUpdate>[] = []
  const kept: SectionEffect<SealedUpdate>[] = []
  for (const { artifact, section, replica, update } of intent.writes) {
    if (!(update instanceof Uint8Array)) {
      kept.push({ artifact, section, key: sealedSectionKey(artifact, section), replica, update })
      continue
    }
    const key = sectionKey(artifact, section)
    const context = clocks.contextOf(line, entry.seq, key, replica)
    if (!context.ok) return refused(context.refusal)
    const checked = judges.checkUpdate(update, context.value)
    if (!checked.ok) return refused(checked.refusal)
    updates.push({ artifact, section, key, replica, update: checked.value })
  }
  return admitted(readable, { kind: 'doc', updates, kept })
}

function admitted({ certified, opened, author }: ReadableEntry, effect: Effect): Stage<AdmittedEntry> {
  const { entry, lamport, ancestry, line } = certified.placed
  const counts = line.branch === null
  return ok({ entry, at: opened.body.at, author, lamport, ancestry, effect, counts } as AdmittedEntry)
}

export type Judgement = Result<AdmittedEntry, Refused | Waits>

/** Stages 5 to 9 for one entry. */
export function judge(entry: VerifiedEntry, line: FeedLine, knowledge: Knowledge): Judgement {
  const placed = place(entry, line, knowledge)
  if (!placed.ok) return placed
  const certified = certify(placed.value, knowledge)
  if (!certified.ok) return certified
  const readable = open(certified.value, knowledge)
  if (!readable.ok) return readable
  const authorised = authorise(readable.value, knowledge)
  if (!authorised.ok) return authorised
  return admit(authorised.value, knowledge)
}
