import type { ChannelId, CompanyId, DeviceId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { readNarrowing } from '#shared/membership/narrowing.ts'
import { readStatement } from '#shared/membership/statement.ts'
import type { Control, FeedHead, RoleCertificate } from '#shared/membership/types.ts'

export interface Place {
  readonly feed: FeedId
  readonly seq: number
}

/** A revocation, the going of a company or a narrowing of roles, as admission uses it: who or what ends, and how much of what they wrote was accepted. */
export interface Ending {
  /** Hex of the statement's signature, or of the entry that tells of a going: one word is one ending, however many entries carry it. */
  readonly id: string
  readonly subject:
    | { readonly kind: 'device'; readonly device: DeviceId }
    | { readonly kind: 'issuer'; readonly issuer: string }
    /** It left, or the others removed it: all its devices end here, until the company is taken in again. */
    | { readonly kind: 'company'; readonly company: CompanyId }
    /** Certificates of a device end, and `by` with fewer rights takes their place: the device goes on. */
    | {
        readonly kind: 'roles'
        readonly device: DeviceId
        readonly from: readonly string[]
        readonly by: RoleCertificate
      }
  /** Whose word ends its own: nobody ends a device or an issuer of somebody else. For a company's going, that company. */
  readonly company: CompanyId
  /** Hex of the issuer that signed; null for the root. */
  readonly signedBy: string | null
  /** Last accepted heads in this channel. */
  readonly cut: ReadonlyMap<FeedId, FeedHead>
  readonly carriers: readonly Place[]
}

/** The ending that a control entry carries, as it says; undefined for any other. Its signature is the fold's to check. */
export function endingIn(
  control: Control,
  channel: ChannelId,
  { feed, seq, hash }: Place & { readonly hash: EntryHash },
): Ending | undefined {
  const place = { feed, seq }
  // A `company-left` of before there were cuts tells of none: what it said stays as it was meant.
  if (control.kind === 'company-departed') {
    const { company, heads } = control
    const cut = new Map(heads.map((head) => [head.feed, head]))
    return { id: hash, subject: { kind: 'company', company }, company, signedBy: null, cut, carriers: [place] }
  }
  if (control.kind === 'roles-narrowed') {
    const said = readNarrowing(control)
    const cut = said.ok ? said.value.cuts.find((one) => one.channel === channel) : undefined
    // Without a word on this channel it says nothing here beyond its certificate.
    if (!said.ok || cut === undefined) return undefined
    const { company, device, from, by, issuer } = said.value
    return {
      id: toHex(control.narrowing.signature),
      subject: { kind: 'roles', device, from, by },
      company,
      signedBy: issuer,
      cut: new Map(cut.heads.map((head) => [head.feed, head])),
      carriers: [place],
    }
  }
  if (control.kind !== 'revocation') return undefined
  const said = readStatement('revocation', control.revocation)
  if (!said.ok) return undefined
  const { company, subject, cuts } = said.value
  const signer = control.issuer === null ? undefined : readStatement('issuer', control.issuer)
  const heads = cuts.filter((cut) => cut.channel === channel).flatMap((cut) => cut.heads)
  return {
    id: toHex(control.revocation.signature),
    subject: subject.kind === 'device' ? subject : { kind: 'issuer', issuer: toHex(subject.issuer) },
    company,
    signedBy: signer?.ok === true ? toHex(signer.value.issuer) : null,
    cut: new Map(heads.map((head) => [head.feed, head])),
    carriers: [place],
  }
}

/** Of endings those that take rights and leave the device. */
export type Narrowing = Ending & { readonly subject: Extract<Ending['subject'], { readonly kind: 'roles' }> }
export const isNarrowing = (ending: Ending): ending is Narrowing => ending.subject.kind === 'roles'
