import { equal, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, CompanyId, DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { belongs, certificateOf, inAudience } from './certificate-of.ts'
import { deviceKey, verifyCard, verifyDevice } from './certificate.ts'
import { readStatement, verifyStatement } from './statement.ts'
import type {
  CertifiedDevice, CompanyCard, Control, ControlFact, Epoch, Genesis, GivenConsent, HeldCertificate, Membership, MembershipRefusal,
} from './types.ts' // prettier-ignore
import { definitionHash } from './workspace.ts'

type Step = Result<Membership, MembershipRefusal>
type Of<K extends Control['kind']> = Extract<Control, { readonly kind: K }>

/** Membership before any entry: the founder's company and the device that founded. */
export function startMembership(genesis: Genesis): Membership {
  const { founder } = genesis.founding
  const { certificate, issuer } = genesis
  return {
    genesis,
    channel: null,
    companies: new Map([[founder.company, { card: founder, left: false }]]),
    certificates: new Map([[certificate.device, [{ certificate, issuer }]]]),
    revocations: new Map(),
    superseded: new Set(),
    endedIssuers: new Set(),
    epochs: new Map(),
  }
}

/**
 * The facts in ancestry order. A refused fact is without effect and returned with its code: every engine refuses the same
 * ones, because nothing but the facts before it decides.
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

/** One fact. The same object comes back when it changes nothing about who may act. */
export function applyControl(crypto: Crypto, membership: Membership, fact: ControlFact): Step {
  const { payload } = fact
  switch (payload.kind) {
    case 'channel-created':
      return createChannel(membership, fact, payload)
    case 'channel-defined':
      return defineChannel(crypto, membership, payload)
    case 'epoch-created':
      return openedEpoch(membership, fact, payload)
    case 'company-added':
      return addCompany(crypto, membership, fact, payload)
    case 'company-left':
      return removeCompany(crypto, membership, fact, payload)
    case 'root-rotated':
      return rotateRoot(crypto, membership, payload)
    case 'certificate':
      return addCertificate(crypto, membership, payload.device)
    case 'revocation':
      return revoke(crypto, membership, payload)
    case 'consent':
    case 'ack':
    case 'receipt':
    case 'slice-key':
    case 'fork-run':
    case 'checkpoint':
      return ok(membership)
  }
}

function createChannel(membership: Membership, fact: ControlFact, { definition }: Of<'channel-created'>): Step {
  if (membership.channel !== null) return refuse('channel-exists')
  if (!membership.certificates.has(fact.author)) return refuse('not-a-member')
  const channel = {
    id: fact.hash as string as ChannelId,
    creator: fact.author,
    definitionHash: definition,
    definition: null,
  }
  return ok({ ...membership, channel })
}

function defineChannel(crypto: Crypto, membership: Membership, { definition }: Of<'channel-defined'>): Step {
  const { channel } = membership
  if (channel === null) return refuse('no-channel')
  if (channel.definition !== null) return refuse('channel-exists')
  if (!equal(definitionHash(crypto, definition), channel.definitionHash)) return refuse('definition-mismatch')
  const own = membership.certificates.get(channel.creator) ?? []
  // A creator outside its own audience could neither bring in the first members nor make the next epoch.
  if (!own.some(({ certificate }) => inAudience(definition, certificate))) return refuse('creator-outside')
  return ok({ ...membership, channel: { ...channel, definition } })
}

function openedEpoch(membership: Membership, fact: ControlFact, payload: Of<'epoch-created'>): Step {
  if (membership.channel === null) return refuse('no-channel')
  if (payload.parents.some((parent) => !membership.epochs.has(parent))) return refuse('unknown-parent-epoch')
  const epoch: Epoch = {
    id: fact.hash as string as EpochId,
    parents: payload.parents,
    recipients: payload.boxes.map((box) => box.device),
    commitment: payload.commitment,
    payload,
  }
  return ok({ ...membership, epochs: new Map(membership.epochs).set(epoch.id, epoch) })
}

/** One company founded it for itself: nobody else can ever come in, whoever consents. */
export const isInternal = ({ founding }: Genesis): boolean => founding.kind === 'internal'

function addCompany(crypto: Crypto, membership: Membership, fact: ControlFact, payload: Of<'company-added'>): Step {
  if (isInternal(membership.genesis)) return refuse('one-company-only')
  const claimed = readStatement('joining', payload.joining)
  if (!claimed.ok) return claimed
  const { workspace, card, device } = claimed.value
  if (workspace !== membership.genesis.workspace) return refuse('wrong-workspace')
  const verifiedCard = verifyCard(crypto, card)
  if (!verifiedCard.ok) return verifiedCard
  const held = verifyDevice(crypto, card.company, card.root, device)
  if (!held.ok) return held
  const key = deviceKey(held.value.certificate.device)
  const joining = verifyStatement(crypto, 'joining', key, payload.joining)
  if (!joining.ok) return joining
  const everyone = membership.genesis.founding.charter.addCompany === 'every-member'
  const agreed = consented(crypto, membership, fact, payload.consents, 'add', card.company, everyone)
  if (!agreed.ok) return agreed
  const known = membership.companies.get(card.company)?.card
  // Who still holds an old root must not bring the company back under it.
  if (known !== undefined && !follows(card, known)) return refuse('wrong-company')
  const companies = new Map(membership.companies).set(card.company, { card, left: false })
  return holdCertificate({ ...membership, companies }, held.value)
}

/** Whether a card's rotations begin with all those that are known already. */
const follows = (card: CompanyCard, known: CompanyCard): boolean =>
  known.rotations.every(({ statement }, at) => equal(statement, card.rotations[at]?.statement ?? new Uint8Array(0)))

function removeCompany(crypto: Crypto, membership: Membership, fact: ControlFact, payload: Of<'company-left'>): Step {
  // A single device must not end the workspace of all its colleagues with the company's word.
  if (isInternal(membership.genesis)) return refuse('one-company-only')
  const member = membership.companies.get(payload.company)
  if (member === undefined || member.left) return refuse('not-a-member')
  const itself = certificateOf(membership, fact.author, fact.at)?.company === payload.company
  if (!itself) {
    const agreed = consented(crypto, membership, fact, payload.consents, 'remove', payload.company, true)
    if (!agreed.ok) return agreed
  }
  const companies = new Map(membership.companies).set(payload.company, { ...member, left: true })
  return ok({ ...membership, companies })
}

/** That the author's company is a member, and for `everyone` that each other member but the subject has signed its consent. */
function consented(
  crypto: Crypto,
  membership: Membership,
  fact: ControlFact,
  given: readonly GivenConsent[],
  to: 'add' | 'remove',
  subject: CompanyId,
  everyone: boolean,
): Result<true, MembershipRefusal> {
  const author = certificateOf(membership, fact.author, fact.at)
  if (author === undefined || author.company === subject) return refuse('not-a-member')
  if (!everyone) return ok(true)
  const agreed = new Set<CompanyId>([author.company, subject])
  for (const { device, consent } of given) {
    const stated = verifyStatement(crypto, 'consent', deviceKey(device), consent)
    if (!stated.ok) return stated
    const { workspace, company, at } = stated.value
    if (workspace !== membership.genesis.workspace) return refuse('wrong-workspace')
    if (stated.value.to !== to || stated.value.subject !== subject) continue
    if (certificateOf(membership, device, at)?.company === company) agreed.add(company)
  }
  for (const [company, { left }] of membership.companies) {
    if (!left && !agreed.has(company)) return refuse('consent-missing')
  }
  return ok(true)
}

function rotateRoot(crypto: Crypto, membership: Membership, payload: Of<'root-rotated'>): Step {
  const claimed = readStatement('root-rotation', payload.rotation)
  if (!claimed.ok) return claimed
  const member = membership.companies.get(claimed.value.company)
  if (member === undefined) return refuse('not-a-member')
  const rotation = verifyStatement(crypto, 'root-rotation', member.card.root, payload.rotation)
  if (!rotation.ok) return rotation
  if (!equal(rotation.value.from, member.card.root)) return refuse('wrong-company')
  const card = {
    ...member.card,
    root: rotation.value.to,
    rotations: [...member.card.rotations, payload.rotation],
  }
  return ok({ ...membership, companies: new Map(membership.companies).set(card.company, { ...member, card }) })
}

function addCertificate(crypto: Crypto, membership: Membership, device: CertifiedDevice): Step {
  const claimed = readStatement('issuer', device.issuer)
  if (!claimed.ok) return claimed
  const member = membership.companies.get(claimed.value.company)
  if (member === undefined || member.left) return refuse('not-a-member')
  if (membership.endedIssuers.has(toHex(claimed.value.issuer))) return refuse('issuer-not-valid')
  const held = verifyDevice(crypto, claimed.value.company, member.card.root, device)
  return held.ok ? holdCertificate(membership, held.value) : held
}

function holdCertificate(membership: Membership, held: HeldCertificate): Step {
  const { device, company, serial } = held.certificate
  if (membership.revocations.has(device)) return refuse('device-revoked')
  const already = membership.certificates.get(device) ?? []
  // One device acts for one company: else its entries could be read as another's.
  if (already.some(({ certificate }) => certificate.company !== company)) return refuse('wrong-company')
  if (already.some(({ certificate }) => certificate.serial === serial)) return ok(membership)
  return ok({
    ...membership,
    certificates: new Map(membership.certificates).set(device, [...already, held]),
    superseded: replaced(membership, held),
  })
}

/** What a certificate replaces no longer counts, in whatever order the two are told. A company replaces its own alone. */
function replaced(membership: Membership, { certificate }: HeldCertificate): ReadonlySet<string> {
  const { company, replaces = [], serial } = certificate
  const others = replaces.filter((one) => one !== serial).map((one) => `${company}/${one}`)
  return others.length === 0 ? membership.superseded : new Set([...membership.superseded, ...others])
}

function revoke(crypto: Crypto, membership: Membership, payload: Of<'revocation'>): Step {
  const claimed = readStatement('revocation', payload.revocation)
  if (!claimed.ok) return claimed
  const { company, subject } = claimed.value
  const member = membership.companies.get(company)
  if (member === undefined) return refuse('not-a-member')
  let key = member.card.root
  if (payload.issuer !== null) {
    if (subject.kind === 'issuer') return refuse('issuer-not-valid') // only the root ends an issuer
    const issuer = verifyStatement(crypto, 'issuer', member.card.root, payload.issuer)
    if (!issuer.ok) return issuer
    if (issuer.value.company !== company) return refuse('wrong-company')
    if (membership.endedIssuers.has(toHex(issuer.value.issuer))) return refuse('issuer-not-valid')
    key = issuer.value.issuer
  }
  const revocation = verifyStatement(crypto, 'revocation', key, payload.revocation)
  if (!revocation.ok) return revocation
  if (subject.kind === 'issuer') {
    return ok({ ...membership, endedIssuers: new Set(membership.endedIssuers).add(toHex(subject.issuer)) })
  }
  const held = membership.certificates.get(subject.device) ?? []
  if (held.some(({ certificate }) => certificate.company !== company)) return refuse('wrong-company')
  // The first in ancestry order stands: a second cannot move the cut.
  if (membership.revocations.has(subject.device)) return ok(membership)
  return ok({
    ...membership,
    revocations: new Map(membership.revocations).set(subject.device, revocation.value),
  })
}

/** Devices of a company that still belong here: what a new revocation or a leaving concerns. */
export const devicesOf = (membership: Membership, company: CompanyId): readonly DeviceId[] =>
  [...membership.certificates.keys()].filter(
    (device) =>
      belongs(membership, device) && membership.certificates.get(device)?.[0]?.certificate.company === company,
  )
