import { equal } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { CompanyId, DeviceId, EntryHash } from '#shared/kernel/ids.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { actsElsewhere, belongs, wordCounts } from './certificate-of.ts'
import { follows, judgeFact, type StandingFact } from './judge-fact.ts'
import type {
  ControlFact, Genesis, HeldCertificate, MemberCompany, Membership, MembershipRefusal, Revocation,
} from './types.ts' // prettier-ignore

/** Membership before any entry: the founder's company and the device that founded. */
export function startMembership(genesis: Genesis): Membership {
  const { founder } = genesis.founding
  const { certificate, issuer } = genesis
  return {
    genesis,
    channel: null,
    companies: new Map([[founder.company, { card: founder, left: false, goings: NONE }]]),
    certificates: new Map([[certificate.device, [{ certificate, issuer, proven: true }]]]),
    words: new Map(),
    revocations: new Map(),
    superseded: new Set(),
    endedIssuers: new Map(),
    epochs: new Map(),
  }
}
const NONE: ReadonlySet<EntryHash> = new Set()

/**
 * Facts that each had all those before it in its ancestry. A refused one is without effect and returned with its code: every
 * engine refuses the same ones, because nothing but the facts before it decides.
 */
export function foldMembership(
  crypto: Crypto,
  genesis: Genesis,
  facts: Iterable<ControlFact>,
): {
  readonly membership: Membership
  readonly refused: readonly { readonly fact: ControlFact; readonly refusal: MembershipRefusal }[]
} {
  let membership = startMembership(genesis)
  const refused: { readonly fact: ControlFact; readonly refusal: MembershipRefusal }[] = []
  for (const fact of facts) {
    const step = applyControl(crypto, membership, fact)
    if (step.ok) membership = step.value
    else refused.push({ fact, refusal: step.refusal })
  }
  return { membership, refused }
}

/** One fact, of whose ancestry this is the membership. The same object comes back when it changes nothing about who may act. */
export function applyControl(
  crypto: Crypto,
  membership: Membership,
  fact: ControlFact,
): Result<Membership, MembershipRefusal> {
  const judged = judgeFact(crypto, membership, fact)
  return judged.ok ? ok(mergeFact(membership, judged.value)) : judged
}

/**
 * Takes a fact into account that was judged where it was written, whatever is known beyond that here. Nothing is judged again: an
 * author who was entitled stays so, a consent that was given stays given. What contradicts it is settled by what each had seen
 * (goings and takings-in, issuers and their words) and else by the order of merging, which is (lamport, hash) on every engine.
 */
export function mergeFact(membership: Membership, fact: StandingFact): Membership {
  switch (fact.kind) {
    case 'nothing':
      return membership
    case 'channel-created': {
      const { id, creator, definition: definitionHash } = fact
      return membership.channel
        ? membership
        : { ...membership, channel: { id, creator, definitionHash, definition: null } }
    }
    case 'channel-defined': {
      const { channel } = membership
      return channel?.definition === null
        ? { ...membership, channel: { ...channel, definition: fact.definition } }
        : membership
    }
    case 'epoch-created':
      return { ...membership, epochs: new Map(membership.epochs).set(fact.epoch.id, fact.epoch) }
    case 'company-added': {
      const known = membership.companies.get(fact.card.company)
      const goings = new Set([...(known?.goings ?? NONE)].filter((going) => !fact.lifts.has(going)))
      // A root that was rotated meanwhile stays rotated.
      const card = known === undefined || follows(fact.card, known.card) ? fact.card : known.card
      return hold(withCompany(membership, { card, goings }), fact.held)
    }
    case 'company-gone': {
      const known = membership.companies.get(fact.company)
      if (known === undefined || known.goings.has(fact.going)) return membership
      return withCompany(membership, { card: known.card, goings: new Set(known.goings).add(fact.going) })
    }
    case 'root-rotated': {
      const known = membership.companies.get(fact.rotation.company)
      // Of two successors of one root the first stands.
      if (known === undefined || !equal(known.card.root, fact.rotation.from)) return membership
      const card = { ...known.card, root: fact.rotation.to, rotations: [...known.card.rotations, fact.signed] }
      return withCompany(membership, { card, goings: known.goings })
    }
    case 'certificate':
      return hold(membership, fact.held)
    case 'device-revoked': {
      if (membership.words.has(fact.id)) return membership
      const { id, device, revocation, signedBy } = fact
      return withRevocations({
        ...membership,
        words: new Map(membership.words).set(id, { device, revocation, signedBy }),
      })
    }
    case 'issuer-ended': {
      const { issuer, id, spares } = fact
      const ends = new Map(membership.endedIssuers.get(issuer))
      ends.set(id, new Set([...(ends.get(id) ?? []), ...spares]))
      return withRevocations({ ...membership, endedIssuers: new Map(membership.endedIssuers).set(issuer, ends) })
    }
  }
}

function withCompany(membership: Membership, { card, goings }: Omit<MemberCompany, 'left'>): Membership {
  const companies = new Map(membership.companies).set(card.company, { card, goings, left: goings.size > 0 })
  return { ...membership, companies }
}

/** A device acts for one company: for the one whose joining or founding it signed itself, else for the first that certified it. */
function hold(membership: Membership, held: HeldCertificate): Membership {
  if (actsElsewhere(membership, held)) return membership
  const { device, company, serial } = held.certificate
  const known = membership.certificates.get(device) ?? []
  const own = known.filter(({ certificate }) => certificate.company === company)
  const same = own.find(({ certificate }) => certificate.serial === serial)
  if (same !== undefined && (same.proven === true || held.proven !== true)) return membership
  const certificates = new Map(membership.certificates).set(device, [...own.filter((one) => one !== same), held])
  return withRevocations({ ...membership, certificates, superseded: replaced(membership, held) })
}

/** What a certificate replaces no longer counts, in whatever order the two are told. A company replaces its own alone. */
function replaced(membership: Membership, { certificate }: HeldCertificate): ReadonlySet<string> {
  const { company, replaces = [], serial } = certificate
  const others = replaces.filter((one) => one !== serial).map((one) => `${company}/${one}`)
  return others.length === 0 ? membership.superseded : new Set([...membership.superseded, ...others])
}

/** Of the words on a device its own company's first counts, unless the root ended the issuer without having seen it. */
function withRevocations(membership: Membership): Membership {
  const revocations = new Map<DeviceId, Revocation>()
  for (const [id, word] of membership.words) {
    const { device, revocation } = word
    const [held] = membership.certificates.get(device) ?? []
    // Of a device that nobody has certified yet it is not known whose it is.
    const isForeign = held !== undefined && held.certificate.company !== revocation.company
    if (!isForeign && !revocations.has(device) && wordCounts(membership, id, word)) revocations.set(device, revocation)
  }
  return membership.words.size === 0 ? membership : { ...membership, revocations }
}

/** Devices of a company that still belong here: what a new revocation or a leaving concerns. */
export const devicesOf = (membership: Membership, company: CompanyId): readonly DeviceId[] =>
  [...membership.certificates.keys()].filter(
    (device) =>
      belongs(membership, device) && membership.certificates.get(device)?.[0]?.certificate.company === company,
  )
