import { equal, toHex } from '#shared/kernel/bytes.ts'
import type { Brand } from '#shared/kernel/brand.ts'
import type { Crypto, Hash } from '#shared/kernel/crypto.ts'
import type { ChannelId, CompanyId, DeviceId, EntryHash, EpochId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { actsElsewhere, certificateOf, inAudience, isEnded, issuerOf, isRevoked } from './certificate-of.ts'
import { deviceKey, verifyCard, verifyDevice } from './certificate.ts'
import { readNarrowing, verifyNarrowing } from './narrowing.ts'
import { readStatement, verifyStatement } from './statement.ts'
import type {
  CertifiedDevice, ChannelDefinition, CompanyCard, Control, ControlFact, Epoch, GivenConsent, HeldCertificate, Membership,
  MembershipRefusal, Revocation, RootRotation, Signed,
} from './types.ts' // prettier-ignore
import { definitionHash, isInternal } from './workspace.ts'

/**
 * What a fact comes to where it was written: its author was entitled, its signatures and consents held in its own ancestry. What
 * is merged with it later does not take that back, so that it is in force for all or for nobody.
 */
export type StandingFact = Brand<Standing, 'StandingFact'>
type Standing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'channel-created'; readonly id: ChannelId; readonly creator: DeviceId; readonly definition: Hash }
  | { readonly kind: 'channel-defined'; readonly definition: ChannelDefinition }
  | { readonly kind: 'epoch-created'; readonly epoch: Epoch }
  /** `lifts`: the goings of the company that this had seen. One that it had not seen stays in force. */
  | { readonly kind: 'company-added'; readonly card: CompanyCard; readonly held: HeldCertificate; readonly lifts: ReadonlySet<EntryHash> }
  | { readonly kind: 'company-gone'; readonly company: CompanyId; readonly going: EntryHash }
  | { readonly kind: 'root-rotated'; readonly rotation: RootRotation; readonly signed: Signed<RootRotation> }
  | { readonly kind: 'certificate'; readonly held: HeldCertificate }
  /** `signedBy`: which issuer's word it is, as `issuerOf` names it; null for the root's. */
  | { readonly kind: 'device-revoked'; readonly id: string; readonly revocation: Revocation; readonly device: DeviceId; readonly signedBy: string | null }
  /** `spares`: the words of the issuer that the root had seen, and so stands by. */
  | { readonly kind: 'issuer-ended'; readonly id: string; readonly issuer: string; readonly spares: ReadonlySet<string> } // prettier-ignore

type Judged = Result<StandingFact, MembershipRefusal>
type Of<K extends Control['kind']> = Extract<Control, { readonly kind: K }>
const stands = (fact: Standing): Judged => ok(fact as StandingFact)

/** Judges a fact by the membership of its own ancestry: what it comes to, or why it is without effect. */
export function judgeFact(crypto: Crypto, membership: Membership, fact: ControlFact): Judged {
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
    case 'company-departed':
      return removeCompany(crypto, membership, fact, payload)
    case 'root-rotated':
      return rotateRoot(crypto, membership, payload)
    case 'certificate':
      return addCertificate(crypto, membership, payload.device)
    case 'roles-narrowed':
      return narrowRoles(crypto, membership, payload)
    case 'revocation':
      return revoke(crypto, membership, payload)
    case 'consent':
    case 'ack':
    case 'receipt':
    case 'slice-key':
    case 'fork-run':
    case 'checkpoint':
      return stands({ kind: 'nothing' })
  }
}

function createChannel(membership: Membership, fact: ControlFact, { definition }: Of<'channel-created'>): Judged {
  if (membership.channel !== null) return refuse('channel-exists')
  if (!membership.certificates.has(fact.author)) return refuse('not-a-member')
  return stands({ kind: 'channel-created', id: fact.hash as string as ChannelId, creator: fact.author, definition })
}

function defineChannel(crypto: Crypto, membership: Membership, { definition }: Of<'channel-defined'>): Judged {
  const { channel } = membership
  if (channel === null) return refuse('no-channel')
  if (channel.definition !== null) return refuse('channel-exists')
  if (!equal(definitionHash(crypto, definition), channel.definitionHash)) return refuse('definition-mismatch')
  const own = membership.certificates.get(channel.creator) ?? []
  // A creator outside its own audience could neither bring in the first members nor make the next epoch.
  if (!own.some(({ certificate }) => inAudience(definition, certificate))) return refuse('creator-outside')
  return stands({ kind: 'channel-defined', definition })
}

function openedEpoch(membership: Membership, fact: ControlFact, payload: Of<'epoch-created'>): Judged {
  if (membership.channel === null) return refuse('no-channel')
  if (payload.parents.some((parent) => !membership.epochs.has(parent))) return refuse('unknown-parent-epoch')
  const epoch: Epoch = {
    id: fact.hash as string as EpochId,
    parents: payload.parents,
    recipients: payload.boxes.map((box) => box.device),
    commitment: payload.commitment,
    payload,
  }
  return stands({ kind: 'epoch-created', epoch })
}

function addCompany(crypto: Crypto, membership: Membership, fact: ControlFact, payload: Of<'company-added'>): Judged {
  if (isInternal(membership.genesis)) return refuse('one-company-only')
  const claimed = readStatement('joining', payload.joining)
  if (!claimed.ok) return claimed
  const { workspace, card, device } = claimed.value
  if (workspace !== membership.genesis.workspace) return refuse('wrong-workspace')
  const verifiedCard = verifyCard(crypto, card)
  if (!verifiedCard.ok) return verifiedCard
  const certified = verifyDevice(crypto, card.company, card.root, device)
  if (!certified.ok) return certified
  const key = deviceKey(certified.value.certificate.device)
  const joining = verifyStatement(crypto, 'joining', key, payload.joining)
  if (!joining.ok) return joining
  const everyone = membership.genesis.founding.charter.addCompany === 'every-member'
  const agreed = consented(crypto, membership, fact, payload.consents, 'add', card.company, everyone)
  if (!agreed.ok) return agreed
  const known = membership.companies.get(card.company)
  // Who still holds an old root must not bring the company back under it.
  if (known !== undefined && !follows(card, known.card)) return refuse('wrong-company')
  const held = holdable(membership, { ...certified.value, proven: true })
  if (!held.ok) return held
  return stands({ kind: 'company-added', card, held: held.value, lifts: known?.goings ?? new Set() })
}

/** Whether a card's rotations begin with all those that are known already. */
export const follows = (card: CompanyCard, known: CompanyCard): boolean =>
  known.rotations.every(({ statement }, at) => equal(statement, card.rotations[at]?.statement ?? new Uint8Array(0)))

function removeCompany(
  crypto: Crypto,
  membership: Membership,
  fact: ControlFact,
  payload: Of<'company-left'> | Of<'company-departed'>,
): Judged {
  // A single device must not end the workspace of all its colleagues with the company's word.
  if (isInternal(membership.genesis)) return refuse('one-company-only')
  const member = membership.companies.get(payload.company)
  if (member === undefined || member.left) return refuse('not-a-member')
  const itself = certificateOf(membership, fact.author, fact.at)?.company === payload.company
  if (!itself) {
    const agreed = consented(crypto, membership, fact, payload.consents, 'remove', payload.company, true)
    if (!agreed.ok) return agreed
  }
  return stands({ kind: 'company-gone', company: payload.company, going: fact.hash })
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

function rotateRoot(crypto: Crypto, membership: Membership, payload: Of<'root-rotated'>): Judged {
  const claimed = readStatement('root-rotation', payload.rotation)
  if (!claimed.ok) return claimed
  const member = membership.companies.get(claimed.value.company)
  if (member === undefined) return refuse('not-a-member')
  const rotation = verifyStatement(crypto, 'root-rotation', member.card.root, payload.rotation)
  if (!rotation.ok) return rotation
  if (!equal(rotation.value.from, member.card.root)) return refuse('wrong-company')
  return stands({ kind: 'root-rotated', rotation: rotation.value, signed: payload.rotation })
}

function addCertificate(crypto: Crypto, membership: Membership, device: CertifiedDevice): Judged {
  const claimed = readStatement('issuer', device.issuer)
  if (!claimed.ok) return claimed
  const member = membership.companies.get(claimed.value.company)
  if (member === undefined || member.left) return refuse('not-a-member')
  if (isEnded(membership, issuerOf(claimed.value))) return refuse('issuer-not-valid')
  const certified = verifyDevice(crypto, claimed.value.company, member.card.root, device)
  const held = certified.ok ? holdable(membership, certified.value) : certified
  return held.ok ? stands({ kind: 'certificate', held: held.value }) : held
}

/**
 * The new certificate, when the issuer that signed it says under which cut it replaces those that end. That is the company's word on the past,
 * and stands also where nobody can act under the certificate any more: the company has gone, or the device or the issuer ended.
 */
function narrowRoles(crypto: Crypto, membership: Membership, payload: Of<'roles-narrowed'>): Judged {
  const said = readNarrowing(payload)
  if (!said.ok) return said
  const member = membership.companies.get(said.value.company)
  if (member === undefined) return refuse('not-a-member')
  const narrowed = verifyNarrowing(crypto, member.card, payload)
  if (!narrowed.ok) return narrowed
  const added = addCertificate(crypto, membership, payload.device)
  return added.ok ? added : stands({ kind: 'nothing' })
}

/** That nothing known speaks against it that the device acts under this certificate. */
function holdable(membership: Membership, held: HeldCertificate): Result<HeldCertificate, MembershipRefusal> {
  const { device, company } = held.certificate
  if (isRevoked(membership, company, device)) return refuse('device-revoked')
  // One device acts for one company: else its entries could be read as another's.
  return actsElsewhere(membership, held) ? refuse('wrong-company') : ok(held)
}

function revoke(crypto: Crypto, membership: Membership, payload: Of<'revocation'>): Judged {
  const claimed = readStatement('revocation', payload.revocation)
  if (!claimed.ok) return claimed
  const { company, subject } = claimed.value
  const member = membership.companies.get(company)
  if (member === undefined) return refuse('not-a-member')
  let key = member.card.root
  let signedBy: string | null = null
  if (payload.issuer !== null) {
    if (subject.kind === 'issuer') return refuse('issuer-not-valid') // only the root ends an issuer
    const issuer = verifyStatement(crypto, 'issuer', member.card.root, payload.issuer)
    if (!issuer.ok) return issuer
    if (issuer.value.company !== company) return refuse('wrong-company')
    signedBy = issuerOf(issuer.value)
    if (isEnded(membership, signedBy)) return refuse('issuer-not-valid')
    key = issuer.value.issuer
  }
  const revocation = verifyStatement(crypto, 'revocation', key, payload.revocation)
  if (!revocation.ok) return revocation
  const id = toHex(payload.revocation.signature)
  if (subject.kind === 'issuer') {
    const ended = issuerOf({ company, issuer: subject.issuer })
    const spares = [...membership.words].flatMap(([word, { signedBy: by }]) => (by === ended ? [word] : []))
    return stands({ kind: 'issuer-ended', id, issuer: ended, spares: new Set(spares) })
  }
  const { device } = subject
  const held = membership.certificates.get(device) ?? []
  if (held.some(({ certificate }) => certificate.company !== company)) return refuse('wrong-company')
  return stands({ kind: 'device-revoked', id, revocation: revocation.value, device, signedBy })
}
