import { mayWrite } from '#shared/artifacts/catalogue.ts'
import {
  judgeArtifactEvent,
  readArtifactEvent,
  type ArtifactEvent,
  type DeclaredArtifact,
} from '#shared/artifacts/artifact-event.ts'
import { ColleagueShare } from '#shared/artifacts/colleague-share.v1.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ArtifactId, CompanyId, SectionName } from '#shared/kernel/ids.ts'
import { readStatement } from '#shared/membership/statement.ts'
import type { Control, GivenConsent, RoleCertificate } from '#shared/membership/types.ts'
import type { AdmittedEntry, SectionEffect } from '#shared/sync/admit.ts'
import type { Ancestry } from '#shared/sync/channel-index.ts'
import type { SealedUpdate } from '#shared/sync/doc-body.ts'
import type { EventVerdict } from '#shared/sync/judges.ts'
import { sealedSectionKey, type SectionKey } from '#shared/sync/update.ts'
import { ChangeLog } from './change-log.ts'
import { insert, isAfter, listed, type Stated } from './stated.ts'

export type StatedEvent = Stated<ArtifactEvent>
export type Receipt = Stated<Extract<Control, { kind: 'receipt' }>>
export type SliceKeyHandover = Stated<Extract<Control, { kind: 'slice-key' }>>
export type KeptSlice = Stated<SectionEffect<SealedUpdate>>

export interface StatedConsent {
  readonly company: CompanyId
  readonly to: 'add' | 'remove'
  readonly subject: CompanyId
  readonly consent: GivenConsent
}

/** What the admitted entries of one channel say about artifacts, in the order (lamport, feed), the same on every engine. */
export class ChannelFacts {
  readonly events: StatedEvent[] = []
  /** The same by artifact, and declarations by type: who declares a hundred thousand artifacts slows nobody else's. */
  readonly #byArtifact = new Map<ArtifactId, StatedEvent[]>()
  readonly #created = new Map<string, StatedEvent[]>()
  /** Declarations behind forks. */
  readonly #uncounted = new Map<ArtifactId, StatedEvent[]>()
  readonly receipts: Receipt[] = []
  /** Members' words that another goes, as they said them; the fold checks each when it is used. */
  readonly consents: StatedConsent[] = []
  readonly #sliceKeys = new Map<SectionKey, SliceKeyHandover[]>()
  readonly kept: KeptSlice[] = []
  /** Which entry changed which section. */
  readonly changes = new ChangeLog()

  admit(entry: AdmittedEntry): void {
    const { effect, at, author, lamport } = entry
    if (!entry.counts) {
      this.#admitUncounted(entry)
      return
    }
    const place = { feed: entry.entry.feed, seq: entry.entry.seq, lamport, at, author }
    switch (effect.kind) {
      case 'event': {
        const fact = readArtifactEvent(effect.payload)
        if (typeof fact !== 'string') this.#state({ ...place, fact })
        return
      }
      case 'control':
        if (effect.control.kind === 'consent') this.#consent(effect.control.given, author.company)
        if (effect.control.kind === 'receipt') insert(this.receipts, { ...place, fact: effect.control })
        if (effect.control.kind === 'slice-key') {
          const { artifact, section } = effect.control
          insert(listed(this.#sliceKeys, sealedSectionKey(artifact, section)), { ...place, fact: effect.control })
        }
        return
      case 'doc':
        for (const { artifact } of effect.updates) this.#stand(artifact)
        for (const fact of effect.kept) insert(this.kept, { ...place, fact })
        for (const { artifact, section } of effect.updates) this.changes.add({ ...place, fact: { artifact, section } })
        return
      case 'blob':
        return
    }
  }

  /** A company's consent counts from its own entry alone: who carries another's word here says nothing. */
  #consent(given: GivenConsent, company: CompanyId): void {
    const read = readStatement('consent', given.consent)
    if (!read.ok || read.value.company !== company) return
    this.consents.push({ company, to: read.value.to, subject: read.value.subject, consent: given })
  }

  /** Behind a fork nothing is a fact; who wrote into an artifact declared there could not know that. */
  #admitUncounted({ effect, at, author, lamport, entry: { feed, seq } }: AdmittedEntry): void {
    if (effect.kind !== 'event') return
    const fact = readArtifactEvent(effect.payload)
    if (typeof fact === 'string' || fact.type !== 'artifact-created') return
    insert(listed(this.#uncounted, fact.artifact), { feed, seq, lamport, at, author, fact })
  }

  /** An artifact that others build on stands, though its declaration lies behind a fork. */
  #stand(artifact: ArtifactId): void {
    if (this.#uncounted.size === 0) return
    const [declared] = this.#uncounted.get(artifact) ?? []
    if (!declared || this.#byArtifact.get(artifact)?.some(({ fact }) => fact.type === 'artifact-created')) return
    this.#state(declared)
  }

  #state(stated: StatedEvent): void {
    const { fact } = stated
    insert(this.events, stated)
    insert(listed(this.#byArtifact, fact.artifact), stated)
    if (fact.type === 'artifact-created') insert(listed(this.#created, fact.artifactType), stated)
  }

  /** Hand-overs of the key of a sealed section. */
  sliceKeysOf = (section: SectionKey): readonly SliceKeyHandover['fact'][] =>
    (this.#sliceKeys.get(section) ?? []).map(({ fact }) => fact)

  /** The same with who wrote them and when. */
  handoversOf = (section: SectionKey): readonly SliceKeyHandover[] => this.#sliceKeys.get(section) ?? []

  /** The artifact as declared in `ancestry`; of two declarations of one id the first in order counts. */
  declared(artifact: ArtifactId, ancestry?: Ancestry): DeclaredArtifact | undefined {
    const counted = this.#byArtifact.get(artifact) ?? []
    const uncounted = ancestry === undefined ? undefined : this.#uncounted.get(artifact)
    const all = uncounted === undefined ? counted : [...counted, ...uncounted].sort((left, right) => (isAfter(left, right) ? 1 : -1)) // prettier-ignore
    for (const { fact, author, feed, seq } of all) {
      if (fact.type !== 'artifact-created') continue
      if (ancestry === undefined || ancestry.includes({ feed, seq }))
        return { type: fact.artifactType, owner: author.company, maker: author.person }
    }
    return undefined
  }

  mayWrite(artifact: ArtifactId, section: SectionName, author: RoleCertificate, ancestry?: Ancestry): boolean {
    const declared = this.declared(artifact, ancestry)
    return declared !== undefined && mayWrite(declared.type, section, author, declared.owner, declared.maker).ok
  }

  /** `internal`: the workspace is one company's own. What is for colleagues is declared there alone, and nothing else is. */
  judgeEvent(
    crypto: Crypto,
    payload: Canonical,
    author: RoleCertificate,
    ancestry: Ancestry,
    internal: boolean,
  ): EventVerdict {
    const event = readArtifactEvent(payload)
    if (event === 'malformed') return 'payload-malformed'
    if (event === 'newer-version') return event
    if (event.type === 'artifact-created' && (event.artifactType === ColleagueShare.type) !== internal)
      return 'not-authorised'
    return judgeArtifactEvent(crypto, event, author, this.declared(event.artifact, ancestry))
  }

  /** Every artifact of a type with who owns it. */
  artifacts(
    type: string,
  ): readonly { readonly id: ArtifactId; readonly owner: CompanyId; readonly created: StatedEvent }[] {
    const found = new Map<ArtifactId, { id: ArtifactId; owner: CompanyId; created: StatedEvent }>()
    for (const created of this.#created.get(type) ?? []) {
      const { fact, author } = created
      // Of two declarations of one id the first in order counts, whatever its type.
      if (found.has(fact.artifact) || this.declared(fact.artifact)?.type !== type) continue
      found.set(fact.artifact, { id: fact.artifact, owner: author.company, created })
    }
    return [...found.values()]
  }

  /** Every fact about an artifact, in order. */
  eventsAbout = (artifact: ArtifactId): readonly StatedEvent[] => this.#byArtifact.get(artifact) ?? []

  /** Types of which an artifact was made. */
  types = (): Iterable<string> => this.#created.keys()

  eventsOf<T extends ArtifactEvent['type']>(
    artifact: ArtifactId,
    type: T,
  ): readonly Stated<Extract<ArtifactEvent, { type: T }>>[] {
    return (this.#byArtifact.get(artifact) ?? []).filter(
      (stated): stated is Stated<Extract<ArtifactEvent, { type: T }>> => stated.fact.type === type,
    )
  }
}
