import type { CompanyId, DeviceId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { belongs } from '#shared/membership/certificate-of.ts'
import type { CheckpointParts, Control, FeedHead, RoleCertificate } from '#shared/membership/types.ts'
import { deviceOf } from '#shared/seal/entry.ts'
import type { AdmittedEntry } from './admit.ts'
import type { Channel } from './channel.ts'
import { checkpointName, cutName } from './checkpoint.ts'
import { coverOf } from './cut.ts'

/** One device's word for what the channel came to at a cut. */
export interface Attestation {
  readonly feed: FeedId
  readonly seq: number
  readonly device: DeviceId
  readonly author: RoleCertificate
  readonly at: Instant
  readonly lamport: number
  readonly parts: CheckpointParts
}

/** One result at one cut, with everybody who came to it. */
export interface Checkpoint {
  /** Hash of cut and result. */
  readonly id: string
  readonly cut: string
  readonly heads: readonly FeedHead[]
  readonly parts: CheckpointParts
  readonly words: readonly Attestation[]
}

interface Heard extends Checkpoint {
  readonly words: Attestation[]
}

/**
 * What devices say that the channel came to. A checkpoint stands when a device of each company that was a member at its cut came to
 * the same; who says two things of one cut has said nothing of it. All of it follows from the entries that count.
 */
export class Checkpoints {
  readonly #channel: Channel
  readonly #heard = new Map<string, Heard>()
  readonly #members = new Map<string, ReadonlySet<CompanyId>>()

  constructor(channel: Channel) {
    this.#channel = channel
  }

  /** Takes an admitted word into account. */
  hear({ entry, author, at, lamport }: AdmittedEntry, said: Extract<Control, { kind: 'checkpoint' }>): void {
    const { heads, parts } = said
    const id = checkpointName(this.#channel, heads, parts)
    const known = this.#heard.get(id) ?? { id, cut: cutName(this.#channel, heads), heads, parts, words: [] }
    this.#heard.set(id, known)
    known.words.push({ feed: entry.feed, seq: entry.seq, device: entry.device, author, at, lamport, parts })
  }

  /** Every result, the words of those left out who say two things of one cut; results that nobody is left for are there, too. */
  get all(): readonly Checkpoint[] {
    return this.#among(() => true)
  }

  #among(takes: (word: Attestation) => boolean): readonly Checkpoint[] {
    const heard = [...this.#heard.values()].map((one) => ({ ...one, words: one.words.filter(takes) }))
    /** `cut/device` → the one result that the device came to; null when there are several. */
    const said = new Map<string, string | null>()
    for (const { id, cut, words } of heard)
      for (const { device } of words) {
        const before = said.get(`${cut}/${device}`)
        said.set(`${cut}/${device}`, before === undefined || before === id ? id : null)
      }
    return heard.map((one) => ({
      ...one,
      words: one.words.filter(({ device }) => said.get(`${one.cut}/${device}`) === one.id),
    }))
  }

  /** Companies whose word a checkpoint at this cut needs: those with a device that belonged to the channel there. */
  membersAt({ cut, heads }: Pick<Checkpoint, 'cut' | 'heads'>): ReadonlySet<CompanyId> {
    const { index, membership } = this.#channel
    const known = this.#members.get(cut)
    if (known) return known
    const cover = coverOf(index, heads)
    if (cover === undefined) return new Set()
    const members = membership.among((feed, seq) => seq <= (cover.get(feed) ?? 0))
    const companies = [...members.certificates].flatMap(([device, [held]]) =>
      held && belongs(members, device) ? [held.certificate.company] : [],
    )
    const found = new Set(companies)
    this.#members.set(cut, found)
    return found
  }

  /** Companies that came to this, and those whose word is missing. */
  attested(checkpoint: Checkpoint): { readonly by: readonly CompanyId[]; readonly missing: readonly CompanyId[] } {
    const by = new Set(checkpoint.words.map(({ author }) => author.company))
    const members = [...this.membersAt(checkpoint)]
    return { by: [...by], missing: members.filter((company) => !by.has(company)) }
  }

  /** Whether every company that was a member at the cut has attested. */
  stands(checkpoint: Checkpoint): boolean {
    const { by, missing } = this.attested(checkpoint)
    return by.length > 0 && missing.length === 0
  }

  /**
   * Which entries behind entry `after` of a forked feed count nevertheless: those that each other company, all that were members, has
   * attested in one and the same checkpoint. The feed's own company signed the entries; were its word needed too, who means to take its
   * words back would only have to keep silent. Where checkpoints attest different entries under one number, none of them counts.
   */
  keeps(feed: FeedId, after: number): readonly EntryHash[] {
    if (this.#heard.size === 0) return []
    const company = this.#channel.members().certificates.get(deviceOf(feed))?.[0]?.certificate.company
    const chains = this.#among((word) => this.#isFirm(word)).flatMap((checkpoint) => {
      const head = checkpoint.heads.find((one) => one.feed === feed)
      if (head === undefined || head.seq <= after) return []
      const others = [...this.membersAt(checkpoint)].filter((one) => one !== company)
      const by = new Set(checkpoint.words.map(({ author }) => author.company))
      const line = this.#channel.index.holding(head)
      if (line === undefined || others.length === 0 || !others.every((one) => by.has(one))) return []
      return [Array.from({ length: head.seq - after }, (_, at) => line.hashes.of(after + 1 + at))]
    })
    const kept: EntryHash[] = []
    for (let at = 0; ; at++) {
      const said = new Set(chains.flatMap((chain) => (at < chain.length ? [chain[at]] : [])))
      const [hash] = said
      if (said.size !== 1 || hash === undefined) return kept
      kept.push(hash)
    }
  }

  /**
   * A word that does not itself rest on what forks and revocations leave: else what is kept could hang on itself, and two engines
   * could each be right.
   */
  #isFirm({ feed, seq }: Attestation): boolean {
    const { forks, index, endings, narrowings } = this.#channel
    const line = index.line(feed)
    if (line === undefined || seq > (forks.after(feed) ?? seq)) return false
    return endings.empty || (!endings.flags(line, seq) && !narrowings.rests(line, seq))
  }
}
