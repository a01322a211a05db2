import fc from 'fast-check'
import { rebuild } from '#adapters/yjs/section-docs.ts'
import type { SectionWriter } from '#engine/documents.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { belongs, certificateOf } from '#shared/membership/certificate-of.ts'
import { writableEpoch } from '#shared/membership/epoch.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { Head } from '#shared/seal/entry.ts'
import type { Ending } from '#shared/sync/ending.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { seededCrypto } from '#test/support/seeded-crypto.ts'
import { act, attester, fate, goer, narrowed, type Act } from './acts.ts'
import { attest, unanswered } from './attest.ts'
import { insideOf } from './insides.ts'
import { Link, type Fate } from './network.ts'
import { colleague, NOON, type Party } from './party.ts'
import { ARTIFACT, JOINT, Peer, restarted, resumed, saved, type SavedPeer } from './peer.ts'
import { certificateFor, goingOf, meet, narrowingOf, world } from './sync-world.ts'

const DAY = 86_400_000
const COMPANIES = ['Noor', 'Sahm', 'Rafid'] as const

/**
 * Schedules of three companies, as a property: fast-check draws them from its seed and makes a failing one small. With `more`
 * somebody says now and then what the channel comes to, companies go and roles change. That is drawn last and apart: whatever else
 * happens under a seed that was kept is what happened when it failed.
 */
export const schedules = (count: (schedule: Schedule) => void = () => {}, more = true) =>
  fc.property(fc.array(act, ACTS), fc.infiniteStream(fate), fc.nat(), fc.infiniteStream(attester), fc.infiniteStream(goer), fc.infiniteStream(narrowed), (acts, fates, keys, attesters, goers, narrowings) => {
    const schedule = new Schedule(seededCrypto(keys), () => fates.next().value ?? 'deliver')
    for (const one of acts) {
      const who = more ? attesters.next().value : null
      if (who != null) schedule.do({ kind: 'attest', who })
      const going = more ? goers.next().value : null
      if (going != null) schedule.do({ kind: 'go', ...going })
      const roles = more ? narrowings.next().value : null
      if (roles != null) schedule.do({ kind: 'narrow', ...roles })
      schedule.do(one)
    }
    schedule.settle()
    schedule.verify()
    count(schedule)
  }) // prettier-ignore
const ACTS = { minLength: 10, maxLength: 60, size: 'max' } as const

/** A second device of the first company, in two copies of the same state. */
function livesOfOne(crypto: Crypto, company: Peer, others: readonly Peer[]): readonly [Peer, Peer] {
  const one = new Peer(crypto, company.genesis, company.id, colleague(crypto, company.party, 'Twice'))
  company.control({ kind: 'certificate', device: one.party.certified })
  company.openEpoch()
  for (const peer of [...others, one]) meet(company, peer)
  return [one, restarted(one)]
}

function change(writer: SectionWriter, what: number, where: number): void {
  const { length } = writer.text('t')
  const items = writer.list('l').length
  if (what < 4) writer.insertText('t', Math.min(where, length), `<${what}>`)
  else if (what < 6 && length > 0) writer.removeText('t', where % length, 1)
  else if (what < 8) writer.setKey('m', `k${where % 3}`, { by: what, list: [where, null] })
  else if (what === 8) writer.removeKey('m', `k${where % 3}`)
  else if (what < 11 || items === 0) writer.insertItems('l', Math.min(where, items), [{ n: where }, [what]])
  else writer.removeItems('l', where % items, 1)
}

/** What a machine does when it dies between taking a run and committing it. */
class Died extends Error {}

/** Three companies and what befalls them. */
export class Schedule {
  readonly peers: Peer[]
  readonly links: readonly Link[]
  readonly happened = {
    written: 0,
    crashes: 0,
    resumed: 0,
    revoked: 0,
    gone: 0,
    lateByClock: 0,
    forked: 0,
    attested: 0,
    kept: 0,
    narrowed: 0,
    widened: 0,
    heldBack: 0,
    vouched: 0,
  }
  /** The device that lives twice. */
  readonly #lives: readonly [Peer, Peer]
  readonly #fates: () => Fate
  /** Keys → the devices that had ended, and those whose company had gone, as far as those knew who made them. */
  readonly #after = new Map<EpochId, { readonly ended: ReadonlySet<DeviceId>; readonly gone: ReadonlySet<DeviceId> }>()
  readonly #dying = new Set<Peer>()
  readonly #saved = new Map<DeviceId, SavedPeer>()
  #lossy = true
  /** Whether a device has lost every role that has a place here. */
  #anyOut = false

  constructor(crypto: Crypto, fates: () => Fate) {
    this.peers = [...world(crypto, COMPANIES)]
    this.#fates = () => (this.#lossy ? fates() : 'deliver')
    const [a, b, c] = this.peers as [Peer, Peer, Peer]
    this.#lives = livesOfOne(crypto, a, [b, c])
    this.links = [new Link(a, b, this.#fates), new Link(b, c, this.#fates), new Link(a, c, this.#fates)]
    for (const link of this.links) link.open()
  }

  do(one: Act): void {
    switch (one.kind) {
      case 'write':
        this.#mortally(() => this.#write(this.#peer(one.who), one.what, one.where))
        break
      case 'move':
        for (let step = 0; step < one.steps; step++) this.#mortally(() => void this.links[one.link]?.step())
        break
      case 'cut':
        for (const link of this.links.slice(one.link, one.link + 1)) link.cut = one.on
        break
      case 'crash':
        if (one.torn) this.#dying.add(this.#mortal(this.#peer(one.who)))
        else this.#restart(this.#peer(one.who))
        break
      case 'save':
        this.#save(this.#peer(one.who))
        break
      case 'clock':
        this.#peer(one.who).now = (NOON + one.days * DAY) as Instant
        break
      case 'revoke':
        this.#mortally(() => this.#revoke(this.#peer(one.by), this.#peer(one.whom)))
        break
      case 'attest':
        this.#mortally(() => this.#attest(this.#peer(one.who)))
        break
      case 'go':
        this.#mortally(() => this.#go(this.#peer(one.by), this.#peer(one.whom)))
        break
      case 'narrow':
        this.#mortally(() => this.#narrow(this.#peer(one.by), this.peers[one.whom] ?? this.#lives[0], one.out))
        break
      case 'twin':
        this.#mortally(() => this.#writeTwice(this.#lives[one.life] as Peer, this.#peer(one.to), one.what, one.where))
        break
    }
  }

  /** Lifts partitions and says again where everybody stands, until nobody lacks anything. */
  settle(): void {
    this.#lossy = false
    for (const link of this.links) link.cut = false
    for (const peer of this.peers) peer.now = NOON
    const forked = ({ feed }: Head): boolean =>
      this.peers.some(({ channel }) => channel.forks.after(feed) !== undefined)
    const handsOn = (peer: Peer): boolean => peer.stands && peer.channel.forks.after(peer.party.feed) === undefined && peer.leavesOut // prettier-ignore
    const frontier = (peer: Peer): string => JSON.stringify(peer.channel.index.held().flatMap((head) => forked(head) ? [] : [head.hash]).sort()) // prettier-ignore
    for (let round = 0; round < 40; round++) {
      for (const peer of this.peers)
        this.#mortally(() => {
          peer.readAgain()
          if (handsOn(peer)) this.#openEpoch(peer)
        })
      for (const link of this.links) for (const peer of this.peers) link.grown(peer)
      for (const link of this.links) link.tick()
      while (this.#moved());
      for (const link of this.links) for (const peer of this.peers) link.grown(peer)
      while (this.#moved());
      if (new Set(this.peers.map(frontier)).size === 1 && !this.peers.some(handsOn)) return
    }
    throw new Error('the peers do not come to hold the same entries')
  }

  /** @throws when two who may read differ in a verdict or a byte, or when somebody revoked can read on. */
  verify(): void {
    this.#compare(this.peers.filter((peer) => !this.#isRevoked(peer) && !this.#isGone(peer) && !this.#isOut(peer)))
    const section = sectionKey(ARTIFACT, JOINT)
    for (const peer of this.peers) {
      const earlier = this.#saved.get(peer.party.device)
      const now = saved(peer)
      for (const again of [restarted(peer), ...[earlier, now].flatMap((from) => (from ? [resumed(peer, from)] : []))]) {
        if (again.state() !== peer.state()) throw new Error('a restart comes to other bytes')
        if (JSON.stringify(again.verdicts()) !== JSON.stringify(peer.verdicts())) throw new Error('a restart judges differently') // prettier-ignore
        if (insideOf(again) !== insideOf(peer)) throw new Error('a restart remembers something else')
      }
      const updates = peer.updates.get(section) ?? []
      if (updates.length > 0 && toHex(rebuild(updates)) !== peer.state()) throw new Error('a rebuild comes to other bytes') // prettier-ignore
      const { device } = peer.party
      // A going by a device without a role may be void, and its company is given all keys, until somebody turns out to have taken it in.
      const isGone = !this.#anyOut && this.#isGone(peer)
      for (const [epoch, { ended, gone }] of this.#after)
        if ((ended.has(device) || (isGone && gone.has(device))) && peer.keys.has(epoch))
          throw new Error('a device that has ended reads on')
    }
  }

  #compare([first, ...others]: readonly Peer[]): void {
    // All may have put each other out.
    if (first === undefined) return
    // Who may not write carries nothing: what is refused and leans on a side that only such peers hold may wait elsewhere.
    const mayWait = (peer: Peer): boolean => [first, peer].some(({ channel }) => channel.forks.inForce.length > 0)
    const said = first.verdicts()
    for (const { heldBack, vouched } of first.channel.narrowings.beyond) {
      this.happened.heldBack += heldBack
      this.happened.vouched += vouched
    }
    if (first.channel.forks.inForce.some(({ attested }) => attested.length > 0)) this.happened.kept++
    for (const peer of others) {
      const says = peer.verdicts()
      for (const entry of Object.keys({ ...said, ...says })) {
        const [one, other] = [said[entry], says[entry]]
        const waits = mayWait(peer) && (one ?? other) !== 'admitted' && (one === undefined || other === undefined)
        if (one !== other && !waits) throw new Error('two peers judge differently')
      }
      if (peer.state() !== first.state()) throw new Error('two peers hold different bytes')
    }
  }

  #peer(at: number): Peer {
    return this.peers[at % this.peers.length] as Peer
  }
  /** Whether anybody knows that its company has gone. */
  #isGone({ party }: Peer): boolean {
    return this.peers.some(({ channel }) => channel.members().companies.get(party.card.company)?.left === true)
  }
  /** Whether anybody knows that its roles have no place here any more: from then on it is given no key. */
  #isOut({ party: { device, feed } }: Peer): boolean {
    return this.peers.some(({ channel }) => !belongs(channel.members(), device) || channel.isCut(feed))
  }
  /** Whether anybody knows that its device has ended: also by a word that is in force and waits, which it may be unable to read itself. */
  #isRevoked({ party: { device } }: Peer): boolean {
    const isEnded = ({ subject }: Ending): boolean => subject.kind === 'device' && subject.device === device
    return this.peers.some(({ channel }) => channel.members().revocations.has(device) || channel.endings.all.some(isEnded)) // prettier-ignore
  }

  #moved(): boolean {
    let moved = false
    this.#mortally(() => void (moved = this.links.some((link) => link.step())))
    return moved
  }

  #write(peer: Peer, what: number, where: number): void {
    if (!peer.stands) return this.#writeOutOfTime(peer)
    if (peer.needsEpoch) this.#openEpoch(peer)
    if (peer.mayWriteJoint) peer.type(JOINT, (writer) => change(writer, what, where))
    else peer.write('event', { type: 'noted' })
    this.happened.written++
    for (const link of this.links) link.grown(peer)
  }

  #attest(peer: Peer): void {
    if (!peer.stands || peer.channel.forks.after(peer.party.feed) !== undefined) return
    if (peer.needsEpoch) this.#openEpoch(peer)
    if (!attest(peer, unanswered(peer))) return
    this.happened.attested++
    for (const link of this.links) link.grown(peer)
  }

  /** One of its lives learns what `to` holds, writes on, and shows `to` alone what it wrote. */
  #writeTwice(life: Peer, to: Peer, what: number, where: number): void {
    const { feed } = life.party
    if (to.channel.forks.after(feed) === undefined) meet(to, life)
    if (life.channel.forks.after(feed) !== undefined || !life.stands || life.channel.index.line(feed)?.waiting.length)
      return
    if (life.needsEpoch) life.openEpoch()
    if (life.mayWriteJoint) life.type(JOINT, (writer) => change(writer, what, where))
    else life.write('event', { type: 'noted' })
    for (const run of life.runs.get(feed) ?? []) to.take(run.bytes)
    if (to.channel.forks.after(feed) !== undefined) this.happened.forked++
    for (const link of this.links) link.grown(to)
  }

  /** A machine whose clock is years off, or that has ended, goes on writing: everybody has to refuse alike. */
  #writeOutOfTime(peer: Peer): void {
    const epoch = [...peer.keys.keys()].at(-1)
    if (epoch === undefined) return
    peer.take(peer.seal([{ kind: 'event', payload: { type: 'noted' } }], { epoch }))
    this.happened.lateByClock++
    for (const link of this.links) link.grown(peer)
  }

  #openEpoch(peer: Peer): void {
    peer.openEpoch()
    const made = writableEpoch(peer.keyHolders)
    if (made === undefined) return
    const { revocations, companies } = peer.channel.members()
    const devices = (left: ({ device, card }: Party) => boolean) =>
      new Set(this.peers.flatMap(({ party }) => (left(party) ? [party.device] : [])))
    this.#after.set(made.id, {
      ended: devices(({ device }) => revocations.has(device)),
      gone: devices(({ card }) => companies.get(card.company)?.left === true),
    })
  }

  /** The company of `whom` ends its device; `by` brings the word into the channel. The last two keep theirs. */
  #revoke(by: Peer, whom: Peer): void {
    const { crypto, party } = whom
    if (this.peers.some((peer) => this.#isRevoked(peer)) || by === whom) return
    if (!by.stands) return
    const seq = by.channel.index.line(party.feed)?.hashes.length ?? 0
    const hash = by.channel.index.line(party.feed)?.hashes.of(seq)
    const revocation = signStatement(crypto, 'revocation', party.issuing.secretKey, {
      company: party.card.company, subject: { kind: 'device', device: party.device }, reason: 'lost', at: by.now,
      cuts: [{ channel: by.id, heads: hash === undefined ? [] : [{ feed: party.feed, seq, hash }] }],
    }) // prettier-ignore
    if (by.needsEpoch) this.#openEpoch(by)
    by.control({ kind: 'revocation', revocation, issuer: party.certified.issuer })
    this.happened.revoked++
    this.#openEpoch(by)
    for (const link of this.links) link.grown(by)
  }

  /** The company of `whom` takes roles from its device, or gives them back; `by` brings the word into the channel. */
  #narrow(by: Peer, { party }: Peer, out: boolean): void {
    const now = certificateOf(by.channel.members(), party.device, NOON)
    if (!by.stands || now === undefined) return
    if (by.needsEpoch) this.#openEpoch(by)
    if (now.roles.includes('coo')) {
      by.control(narrowingOf(by, party, [out ? 'cfo' : 'ceo']))
      this.#anyOut ||= out
      this.happened.narrowed++
    } else {
      by.control({ kind: 'certificate', device: certificateFor(by, party, ['coo', 'ceo']) })
      this.happened.widened++
    }
    if (by.stands) this.#openEpoch(by)
    for (const link of this.links) link.grown(by)
  }

  /** A company goes: by its own word, or by that of another with the consent of the third. */
  #go(by: Peer, whom: Peer): void {
    const { company } = whom.party.card
    // No second one by whom knows of the first; several that do not know of each other happen.
    if ([...by.channel.members().companies.values()].some(({ left }) => left)) return
    const agreeing = by === whom ? [by] : this.peers.filter((peer) => peer !== whom)
    const members = by.channel.members()
    if (!by.stands) return
    if (agreeing.some(({ party }) => certificateOf(members, party.device, by.now) === undefined)) return
    if (by.needsEpoch) this.#openEpoch(by)
    by.control(goingOf(by, company, by === whom ? [] : agreeing))
    this.happened.gone++
    if (by.stands) this.#openEpoch(by)
    for (const link of this.links) link.grown(by)
  }

  #save(peer: Peer): void {
    const now = saved(peer)
    if (now) this.#saved.set(peer.party.device, now)
  }

  #restart(peer: Peer): void {
    const from = this.#saved.get(peer.party.device)
    const back = from ? resumed(peer, from) : restarted(peer)
    if (from) this.happened.resumed++
    this.#dying.delete(peer)
    this.peers[this.peers.indexOf(peer)] = back
    this.happened.crashes++
    for (const link of this.links) if (link.ends.some((end) => end.peer === peer)) link.reconnect(peer, back)
  }

  /** From now on the peer dies with the run that it takes next: in memory already, and in no log. */
  #mortal(peer: Peer): Peer {
    const take = peer.take.bind(peer)
    peer.take = (bytes) => {
      const taken = take(bytes)
      if (taken.outcome !== 'taken' || taken.branch) return taken
      peer.log.pop()
      throw new Died()
    }
    return peer
  }

  #mortally(work: () => void): void {
    try {
      work()
    } catch (problem) {
      const [dead] = this.#dying
      if (!(problem instanceof Died) || dead === undefined) throw problem
      for (const peer of this.#dying) this.#restart(peer)
    }
  }
}
