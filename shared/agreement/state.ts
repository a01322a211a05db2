import { signsAs, type Signer } from './authority.ts'
import { reminderRefusal, type Reminder } from './reminders.ts'
import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { readContent, type AgreementContent, type Signatory } from '#shared/artifacts/agreement-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'

/** A fact about an agreement with who stated it, as its certificate says, and the time that they claim. */
export interface StatedFact<A> {
  readonly fact: ArtifactEvent
  readonly author: A & Pick<Signer, 'company' | 'person'> & Partial<Pick<Signer, 'actingFor' | 'authority'>>
  readonly at: Instant
}
type Of<T extends ArtifactEvent['type']> = Extract<ArtifactEvent, { readonly type: T }>

/** One signature inside the file, in the order in which the file carries them. */
export interface FilePage {
  readonly signatory: string
  readonly to: string
  readonly ca: Uint8Array
}
export interface AgreementVersion<A> {
  readonly version: number
  readonly hash: string
  readonly text: string
  readonly content: AgreementContent
  readonly frozenBy: A
  readonly frozenAt: Instant
  /** The last day on which it can be signed; null: it stays open. */
  readonly signBy: IsoDate | null
  readonly signed: ReadonlyMap<string, { readonly by: A; readonly at: Instant; readonly certificate: string }>
  readonly declined: {
    readonly signatory: Signatory
    readonly reason: string
    readonly by: A
    readonly at: Instant
  } | null
  /** Reminders that count, in the order of the log. */
  readonly reminders: readonly Reminder<A>[]
  /** SHA-256 of the file as printed, and as it stands with the signatures that it carries. */
  readonly printed: string
  readonly pages: readonly FilePage[]
  readonly file: string
  /** Companies whose app said that it holds the file with every signature. */
  readonly witnessed: ReadonlySet<CompanyId>
  /** Files that came back from a provider with more signatures behind ours, oldest first. */
  readonly certified: readonly { readonly to: string; readonly by: A; readonly at: Instant }[]
  /**
   * `signing`: somebody's signature is missing; `declined`: somebody will not sign; `signed`: everybody has said so and the file
   * carries every signature; `superseded`: a later version was closed for signature before this one was signed by all.
   */
  readonly state: 'signing' | 'declined' | 'signed' | 'superseded'
}

/**
 * The versions of an agreement that were closed for signature, oldest first: a pure function of the facts in their order, which is
 * the same on every engine. A fact that does not fit (a text that is not canonical or not of its hash, a signature by somebody
 * else than the signatory) is without effect. Of two files that go on from one, the lower hash counts: whoever signed in the
 * other signs again there, under the word already given, so no outcome depends on it.
 */
export function versionsOf<A>(
  facts: readonly StatedFact<A>[],
  artifact: string,
  sha256: (text: string) => string,
): readonly AgreementVersion<A>[] {
  const versions = new Map<string, MutableVersion<A>>()
  let last: MutableVersion<A> | undefined
  for (const { fact, author, at } of facts) {
    if (fact.type === 'agreement-frozen') {
      const made = frozen(fact, author, at, artifact, sha256)
      if (made && !versions.has(fact.hash)) versions.set(fact.hash, (last = made))
      continue
    }
    if (isAfter(fact)) versions.get(fact.hash)?.after.push({ fact, author, at })
    if (!isAnswer(fact)) continue
    const version = versions.get(fact.hash)
    if (!version) continue
    if (fact.type === 'agreement-reminded') remind(version, fact.signatory, author, at, version !== last)
    else apply(version, fact, author, at)
  }
  const all = [...versions.values()]
  return all.map((one, at) => finished(one, at < all.length - 1))
}

type Answer = Of<'agreement-signed' | 'agreement-declined' | 'agreement-file-signed'>
type Reminded = Of<'agreement-reminded'>
type After = Of<'agreement-witnessed' | 'agreement-certified'>
const isAnswer = (fact: ArtifactEvent): fact is Answer | Reminded =>
  fact.type === 'agreement-signed' || fact.type === 'agreement-declined' || fact.type === 'agreement-file-signed' ||
  fact.type === 'agreement-reminded' // prettier-ignore
const isAfter = (fact: ArtifactEvent): fact is After =>
  fact.type === 'agreement-witnessed' || fact.type === 'agreement-certified'

interface MutableVersion<A> {
  readonly fact: Of<'agreement-frozen'>
  readonly content: AgreementContent
  readonly by: StatedFact<A>['author']
  readonly at: Instant
  readonly reminders: Reminder<A>[]
  readonly signed: Map<string, { by: A; at: Instant; certificate: string }>
  declined: AgreementVersion<A>['declined']
  readonly pages: (FilePage & { readonly from: string })[]
  readonly after: { readonly fact: After; readonly author: StatedFact<A>['author']; readonly at: Instant }[]
}

/** A closed text never changes: it is read and hashed once, not at each look at an agreement of many versions. */
const readBefore = new WeakMap<
  Of<'agreement-frozen'>,
  { readonly content: AgreementContent | undefined; readonly hash: string }
>()

function frozen<A>(
  fact: Of<'agreement-frozen'>,
  by: StatedFact<A>['author'],
  at: Instant,
  artifact: string,
  sha256: (text: string) => string,
): MutableVersion<A> | undefined {
  const read = readBefore.get(fact) ?? { content: readContent(fact.text), hash: sha256(fact.text) }
  readBefore.set(fact, read)
  const { content } = read
  if (content?.artifact !== artifact || read.hash !== fact.hash) return undefined
  return { fact, content, by, at, reminders: [], signed: new Map(), declined: null, pages: [], after: [] }
}

function apply<A>(version: MutableVersion<A>, fact: Answer, author: StatedFact<A>['author'], at: Instant): void {
  const signatory = version.content.signatories.find(({ id }) => id === fact.signatory)
  if (!signatory || !signsAs(signatory, author)) return
  switch (fact.type) {
    case 'agreement-signed':
      if (version.fact.signBy !== undefined && dateOf(at) > version.fact.signBy) return
      if (!version.declined && !version.signed.has(signatory.id))
        version.signed.set(signatory.id, { by: author, at, certificate: fact.certificate })
      return
    case 'agreement-declined':
      // Who has signed cannot take it back; and what one will not sign the others need not.
      if (!version.signed.has(signatory.id)) version.declined ??= { signatory, reason: fact.reason, by: author, at }
      return
    case 'agreement-file-signed':
      if (version.signed.has(signatory.id))
        version.pages.push({ signatory: signatory.id, from: fact.from, to: fact.to, ca: fact.ca })
  }
}

function remind<A>(
  version: MutableVersion<A>,
  signatory: string,
  by: StatedFact<A>['author'],
  at: Instant,
  superseded: boolean,
): void {
  const { content, fact, signed, declined, reminders } = version
  const text = {
    signatories: content.signatories,
    closedBy: version.by.company,
    signBy: fact.signBy ?? null,
    answered: (id: string) => signed.has(id),
    declined: declined !== null,
    superseded,
    reminders,
  }
  if (reminderRefusal(text, { signatory, company: by.company, at }) === undefined) reminders.push({ signatory, by, at })
}

function finished<A>(version: MutableVersion<A>, later: boolean): AgreementVersion<A> {
  const { fact, content, by, at, reminders, signed, declined } = version
  const pages: FilePage[] = []
  let file = fact.file
  for (;;) {
    const [next] = version.pages
      .filter(({ from, signatory }) => from === file && !pages.some((page) => page.signatory === signatory))
      .toSorted((left, right) => (left.to < right.to ? -1 : 1))
    if (!next) break
    pages.push({ signatory: next.signatory, to: next.to, ca: next.ca })
    file = next.to
  }
  const complete = content.signatories.every(({ id }) => pages.some(({ signatory }) => signatory === id))
  const state = complete ? 'signed' : declined ? 'declined' : later ? 'superseded' : 'signing'
  // Whoever speaks of another file than the one that all signatures led to says nothing about this version.
  const after = complete ? version.after : []
  const witnessed = after.flatMap(({ fact: one, author }) => one.type === 'agreement-witnessed' && one.file === file ? [author.company] : []) // prettier-ignore
  const certified = after.flatMap(({ fact: one, author, at: when }) => one.type === 'agreement-certified' && one.from === file ? [{ to: one.to, by: author, at: when }] : []) // prettier-ignore
  return {
    version: fact.version, hash: fact.hash, text: fact.text, content, frozenBy: by, frozenAt: at, signBy: fact.signBy ?? null,
    reminders, signed, declined, printed: fact.file, pages, file, state, witnessed: new Set(witnessed), certified,
  } // prettier-ignore
}
