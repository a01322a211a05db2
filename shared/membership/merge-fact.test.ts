import { describe, expect, it } from 'vitest'
import { toHex } from '#shared/kernel/bytes.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { seededCrypto } from '#test/vectors/author.ts'
import { Company, fact, NOW, type Device } from '#test/vectors/company.ts'
import { belongs } from './certificate-of.ts'
import { applyControl, foldMembership, mergeFact } from './fold.ts'
import { judgeFact, type StandingFact } from './judge-fact.ts'
import { signStatement } from './statement.ts'
import type { Control, ControlFact, GivenConsent, Membership } from './types.ts'
import { definitionHash } from './workspace.ts'

const crypto = await seededCrypto('merge')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const sharq = new Company(crypto, 'Sharq Cold Chain')
const asir = new Company(crypto, 'Asir Farms')
const noura = najd.device('noura')
const layla = hijaz.device('layla')
const badr = sharq.device('badr')
const sami = asir.device('sami')
const genesis = najd.found(noura, {}, { addCompany: 'every-member' })
const definition = { name: { en: 'Forecast', ar: 'التوقعات' }, companies: 'all', roles: 'all', expiresOn: null, nonce: new Uint8Array(16) } as const // prettier-ignore

let number = 0
const by = (author: Device, payload: Control): ControlFact => fact(crypto, number++, author, payload)
const consent = (company: Company, device: Device, to: 'add' | 'remove', { card }: Company): GivenConsent => ({
  device: device.id,
  consent: signStatement(crypto, 'consent', device.signing.secretKey, {
    workspace: genesis.workspace, company: company.card.company, to, subject: card.company, at: NOW,
  }),
}) // prettier-ignore
const added = (company: Company, device: Device, consents: readonly GivenConsent[] = []): Control => ({
  kind: 'company-added', joining: company.join(device, genesis), consents,
}) // prettier-ignore
const gone = ({ card }: Company, consents: readonly GivenConsent[] = []): Control => ({
  kind: 'company-departed', company: card.company, consents, heads: [],
}) // prettier-ignore
const certificate = (device: Device): Control => ({ kind: 'certificate', device: device.certified })
const revoked = (of: Company, { id }: Device): Control => of.revoke({ kind: 'device', device: id })

/** One after the other, each knowing all before it. */
function after(membership: Membership, ...facts: readonly ControlFact[]): Membership {
  return facts.reduce((before, one) => {
    const step = applyControl(crypto, before, one)
    if (!step.ok) expect.fail(step.refusal)
    return step.value
  }, membership)
}
function judged(membership: Membership, one: ControlFact): StandingFact {
  const fact = judgeFact(crypto, membership, one)
  if (!fact.ok) expect.fail(fact.refusal)
  return fact.value
}
/** What membership says, in a form that does not depend on the order of maps. */
const said = (membership: Membership) => ({
  companies: [...membership.companies.values()].map(({ card, left, goings }) => [card.company, toHex(card.root), left, [...goings].sort()]).sort(), // prettier-ignore
  devices: [...membership.certificates].map(([device, held]) => [device, held.map((one) => one.certificate.serial).sort(), belongs(membership, device)]).sort(), // prettier-ignore
  revoked: [...membership.revocations.keys()].sort(),
  ended: [...membership.endedIssuers.keys()].sort(),
})
/** Facts of which none knew another, merged in every order: all come to the same. */
function merged(base: Membership, facts: readonly ControlFact[]): Membership {
  const standing = facts.map((one) => judged(base, one))
  const outcomes = orders(standing).map((order) => order.reduce(mergeFact, base))
  for (const outcome of outcomes) expect(said(outcome)).toEqual(said(outcomes[0] as Membership))
  return outcomes[0] as Membership
}
const orders = <T>(of: readonly T[]): readonly (readonly T[])[] =>
  of.length < 2 ? [of] : of.flatMap((one, at) => orders(of.toSpliced(at, 1)).map((rest) => [one, ...rest]))

const start = foldMembership(crypto, genesis, [
  by(noura, { kind: 'channel-created', definition: definitionHash(crypto, definition) }),
  by(noura, { kind: 'channel-defined', definition }),
]).membership
const two = after(start, by(noura, added(hijaz, layla)))
const three = after(two, by(noura, added(sharq, badr, [consent(hijaz, layla, 'add', sharq)])))
const isOut = (membership: Membership, { card }: { readonly card: { readonly company: CompanyId } }) =>
  membership.companies.get(card.company)?.left

describe('facts that were written apart', () => {
  it('[MEM-29] a removal stands when a device that consented was revoked meanwhile; in knowledge of that it is refused', () => {
    const removal = by(noura, gone(sharq, [consent(hijaz, layla, 'remove', sharq)]))
    const end = by(badr, revoked(hijaz, layla))
    const members = merged(three, [removal, end])
    expect(isOut(members, sharq)).toBe(true)
    expect(belongs(members, layla.id)).toBe(false)
    expect(judgeFact(crypto, after(three, end), removal)).toMatchObject({ ok: false, refusal: 'consent-missing' })
  })

  it('[MEM-29] a company that was taken in stays in when who consented, or who told it, went meanwhile', () => {
    const taken = by(noura, added(asir, sami, [consent(hijaz, layla, 'add', asir), consent(sharq, badr, 'add', asir)]))
    const told = by(layla, added(asir, sami, [consent(najd, noura, 'add', asir), consent(sharq, badr, 'add', asir)]))
    const removal = by(noura, gone(hijaz, [consent(sharq, badr, 'remove', hijaz)]))
    for (const facts of [
      [taken, by(badr, revoked(hijaz, layla))],
      [told, removal],
      [taken, told, removal],
    ])
      // prettier-ignore
      expect(isOut(merged(three, facts), asir)).toBe(false)
  })

  it('[MEM-29] a certificate stands when its root was rotated meanwhile, and counts for nothing when its issuer ended', () => {
    const moving = new Company(crypto, 'Moving')
    const dana = moving.device('dana')
    const before = after(start, by(noura, added(moving, dana)))
    const rami = by(dana, certificate(moving.device('rami')))
    const end = by(noura, moving.revoke({ kind: 'issuer', issuer: moving.issuer.publicKey }, 'root'))
    const rotation = by(dana, { kind: 'root-rotated', rotation: moving.rotate() })
    const device = moving.device('rami').id
    expect(belongs(merged(before, [rami, rotation]), device)).toBe(true)
    const ended = merged(before, [rami, rotation, end])
    expect(ended.certificates.has(device)).toBe(true)
    expect(belongs(ended, device)).toBe(false)
  })

  it('[MEM-30] of companies that remove each other both are gone', () => {
    const ours = by(noura, gone(sharq, [consent(hijaz, layla, 'remove', sharq)]))
    const theirs = by(badr, gone(najd, [consent(hijaz, layla, 'remove', najd)]))
    const members = merged(three, [ours, theirs])
    expect([najd, hijaz, sharq].map((company) => isOut(members, company))).toEqual([true, false, true])
  })

  it('[MEM-30] a company that is taken in again is in when that had seen every going of it', () => {
    const own = by(badr, gone(sharq))
    const removal = by(noura, gone(sharq, [consent(hijaz, layla, 'remove', sharq)]))
    const again = by(noura, added(sharq, badr, [consent(hijaz, layla, 'add', sharq)]))
    const [left, put] = [judged(three, own), judged(three, removal)]
    const both = mergeFact(mergeFact(three, left), put)
    expect(isOut(mergeFact(both, judged(both, again)), sharq)).toBe(false)
    const one = judged(mergeFact(three, left), again)
    for (const order of [
      [left, one, put],
      [left, put, one],
    ])
      // prettier-ignore
      expect(isOut(order.reduce(mergeFact, three), sharq)).toBe(true)
  })

  it('[MEM-30] the word of an issuer that the root ended counts when the root had seen it', () => {
    const word = by(badr, revoked(hijaz, layla))
    const end = by(noura, hijaz.revoke({ kind: 'issuer', issuer: hijaz.issuer.publicKey }, 'root'))
    expect([...merged(three, [word, end]).revocations.keys()]).toEqual([])
    expect([...after(three, word, end).revocations.keys()]).toEqual([layla.id])
    // The same word of the root, told by two, of whom one knew.
    const knowing = after(three, word)
    const again = judged(knowing, by(badr, hijaz.revoke({ kind: 'issuer', issuer: hijaz.issuer.publicKey }, 'root')))
    for (const order of orders([judged(three, word), judged(three, end), again]))
      expect([...order.reduce(mergeFact, three).revocations.keys()]).toEqual([layla.id])
  })

  it('[MEM-9] no company ends a device or an issuer of another, not even one that it pretends not to know', () => {
    const rami = hijaz.device('rami')
    const hostile = by(badr, revoked(sharq, rami))
    const issuer = by(badr, sharq.revoke({ kind: 'issuer', issuer: hijaz.issuer.publicKey }, 'root'))
    const members = merged(three, [hostile, issuer, by(layla, certificate(rami))])
    for (const { id } of [layla, rami]) expect(belongs(members, id)).toBe(true)
    expect(belongs(after(three, hostile, issuer, by(layla, certificate(rami))), rami.id)).toBe(true)
  })

  it('[MEM-11] a device acts for the company whose joining it signed, whoever certified it before or apart', () => {
    const claimed = by(layla, certificate(hijaz.device('spare', ['coo'], { device: badr.id })))
    const joining = by(noura, added(sharq, badr, [consent(hijaz, layla, 'add', sharq)]))
    for (const members of [merged(two, [claimed, joining]), after(two, claimed, joining)]) {
      expect(isOut(members, sharq)).toBe(false)
      expect(members.certificates.get(badr.id)?.map((one) => one.certificate.company)).toEqual([sharq.card.company])
    }
  })
})
