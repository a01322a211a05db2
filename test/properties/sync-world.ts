import type { Crypto } from '#shared/kernel/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { CompanyId, DeviceId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { writeControl } from '#shared/membership/control.ts'
import { readStatement, signStatement } from '#shared/membership/statement.ts'
import type { CertifiedDevice, ChannelDefinition, Control, FeedHead } from '#shared/membership/types.ts'
import { definitionHash, foundWorkspace } from '#shared/membership/workspace.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { channelOf } from '#shared/seal/verify.ts'
import { authorityOf, NOON, party, type Party } from './party.ts'
import { NEW, Peer } from './peer.ts'

/** The word that a device of `by`'s company ends, with what `by` holds of it as the cut. */
export function revocationOf(by: Peer, device: DeviceId, heads?: readonly FeedHead[]): Control {
  const { issuing, issuer, card } = authorityOf(by.party)
  const held = by.channel.index.lines.flatMap((line): readonly FeedHead[] => {
    const hash = line.hashes.of(line.admitted.length)
    return hash !== undefined && line.id.startsWith(device) ? [{ feed: line.id, seq: line.admitted.length, hash }] : []
  })
  const revocation = signStatement(by.crypto, 'revocation', issuing.secretKey, {
    company: card.company, subject: { kind: 'device', device }, reason: 'lost', at: NOON,
    cuts: [{ channel: by.id, heads: heads ?? held }],
  }) // prettier-ignore
  return { kind: 'revocation', revocation, issuer }
}

/** The root's word that the issuer of `whom`'s company ends, with `heads` as the cut. */
export function issuerEndOf(by: Peer, whom: Party, heads: readonly FeedHead[]): Control {
  const { issuing, root, card } = authorityOf(whom)
  const revocation = signStatement(by.crypto, 'revocation', root.secretKey, {
    company: card.company, subject: { kind: 'issuer', issuer: issuing.publicKey }, reason: 'compromised', at: NOON,
    cuts: [{ channel: by.id, heads }],
  }) // prettier-ignore
  return { kind: 'revocation', revocation, issuer: null }
}

/** The certificate that replaces all that `by` knows of a device of `whom`'s company: what it allows from here on. */
export function certificateFor(by: Peer, whom: Party, roles: readonly Role[]): CertifiedDevice {
  const { issuing, issuer } = authorityOf(whom)
  const held = (by.channel.members().certificates.get(whom.device) ?? []).map(({ certificate }) => certificate)
  const last = held.at(-1)
  if (last === undefined) throw new Error('nobody certified it')
  const certificate = signStatement(by.crypto, 'certificate', issuing.secretKey, {
    ...last, roles, serial: toHex(by.crypto.random(16)), validFrom: (Math.max(...held.map(({ validFrom }) => validFrom)) + 1) as Instant,
    replaces: held.map(({ serial }) => serial),
  }) // prettier-ignore
  return { issuer, certificate }
}

/** The word that roles of a device become fewer, with what `by` holds of it as the cut. */
export function narrowingOf(by: Peer, whom: Party, roles: readonly Role[], heads?: readonly FeedHead[]): Control {
  const device = certificateFor(by, whom, roles)
  const said = readStatement('certificate', device.certificate)
  if (!said.ok) throw new Error(said.refusal)
  const { company, serial, replaces = [] } = said.value
  const held = by.channel.index.lines.flatMap((line): readonly FeedHead[] => {
    const hash = line.hashes.of(line.admitted.length)
    return hash !== undefined && line.id.startsWith(whom.device) ? [{ feed: line.id, seq: line.admitted.length, hash }] : [] // prettier-ignore
  })
  const narrowing = signStatement(by.crypto, 'role-narrowing', authorityOf(whom).issuing.secretKey, {
    company, device: whom.device, from: replaces, to: serial, at: NOON, cuts: [{ channel: by.id, heads: heads ?? held }],
  }) // prettier-ignore
  return { kind: 'roles-narrowed', device, narrowing }
}

/** The word that `company` goes, with what `by` holds of its devices as the cut: its own, or another's with all consents. */
export function goingOf(by: Peer, company: CompanyId, consenting: readonly Peer[] = []): Control {
  const { certificates } = by.channel.members()
  const devices = [...certificates].flatMap(([device, held]) => (held[0]?.certificate.company === company ? [device] : [])) // prettier-ignore
  const heads = by.channel.index.lines.flatMap((line): readonly FeedHead[] => {
    const hash = line.hashes.of(line.admitted.length)
    const concerned = devices.some((device) => line.id.startsWith(device))
    return hash !== undefined && concerned ? [{ feed: line.id, seq: line.admitted.length, hash }] : []
  })
  const consents = consenting.map(({ party: { card, device, signing } }) => {
    const terms = { workspace: by.genesis.workspace, company: card.company, to: 'remove', subject: company, at: by.now } as const // prettier-ignore
    return { device, consent: signStatement(by.crypto, 'consent', signing.secretKey, terms) }
  })
  return { kind: 'company-departed', company, consents, heads }
}

/** A workspace with one channel of everybody, whose members have the same log: the founder first. */
export function world(crypto: Crypto, names: readonly string[]): readonly Peer[] {
  const parties = names.map((name) => party(crypto, name))
  const founder = parties[0] as Party
  const genesis = foundWorkspace(
    crypto,
    {
      kind: 'peer', name: { en: 'Pact', ar: 'ميثاق' }, outcome: { en: 'One plan', ar: 'خطة واحدة' }, dryRun: false,
      founder: founder.card, device: founder.certified, charter: { addCompany: 'any-member', roles: ['coo', 'ceo'] },
      foundedAt: NOON, nonce: crypto.random(16),
    },
    founder.signing.secretKey,
  ) // prettier-ignore
  const definition: ChannelDefinition = {
    name: { en: 'COO', ar: 'العمليات' }, companies: 'all', roles: 'all', expiresOn: null, nonce: crypto.random(16),
  } // prettier-ignore
  const created = writeControl({ kind: 'channel-created', definition: definitionHash(crypto, definition) })
  const creation = new Peer(crypto, genesis, NEW, founder).seal([{ kind: 'control', payload: created }], {
    clear: true,
  })
  const run = parseRun(creation)
  if (!run.ok) throw new Error(run.refusal)
  const id = channelOf(crypto, run.value)
  const peers = parties.map((one) => new Peer(crypto, genesis, id, one))
  const first = peers[0] as Peer
  first.take(creation)
  first.openEpoch()
  first.control({ kind: 'channel-defined', definition })
  for (const { card, certified, signing } of parties.slice(1)) {
    const joining = {
      workspace: genesis.workspace, invitation: crypto.hash('test'), card, device: certified, at: NOON,
      nonce: crypto.random(16),
    } // prettier-ignore
    first.control({
      kind: 'company-added',
      joining: signStatement(crypto, 'joining', signing.secretKey, joining),
      consents: [],
    })
  }
  first.openEpoch()
  for (const peer of peers.slice(1)) meet(first, peer)
  return peers
}

/** Everything that `from` holds and `to` lacks, at once and in order. */
export function meet(from: Peer, to: Peer): void {
  for (const [feed, runs] of from.runs) {
    const held = to.channel.index.line(feed)?.hashes.length ?? 0
    for (const run of runs) if (run.lastSeq > held) to.take(run.bytes)
  }
}
