import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { BoxPair, Crypto, SigningPair } from '#shared/kernel/crypto.ts'
import type { DeviceId, EntryHash, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { companyIdOf } from '#shared/membership/certificate.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type {
  CertifiedDevice, Charter, CompanyCard, Control, ControlFact, Founding, Genesis, IssuerCertificate, Joining,
  Revocation, RoleCertificate, RootRotation, Signed,
} from '#shared/membership/types.ts' // prettier-ignore
import { foundWorkspace } from '#shared/membership/workspace.ts'

const DAY = 86_400_000
export const NOW = Date.UTC(2026, 10, 21) as Instant
export const day = (days: number): Instant => (NOW + days * DAY) as Instant

export interface Device {
  readonly id: DeviceId
  readonly signing: SigningPair
  readonly box: BoxPair
  readonly certified: CertifiedDevice
}

/** A company with a root and one issuer, that certifies devices as asked. All keys follow from its name. */
export class Company {
  readonly #crypto: Crypto
  readonly name: string
  root: SigningPair
  issuer: SigningPair
  issuerCertificate: Signed<IssuerCertificate>
  card: CompanyCard

  constructor(crypto: Crypto, name: string) {
    this.#crypto = crypto
    this.name = name
    this.root = this.pair('root')
    this.issuer = this.pair('issuer')
    const company = companyIdOf(crypto, this.root.publicKey)
    this.card = { company, root: this.root.publicKey, name: { en: name, ar: `شركة ${name}` }, rotations: [] }
    this.issuerCertificate = this.certifyIssuer(this.issuer)
  }

  pair(purpose: string): SigningPair {
    return this.#crypto.signingPair(this.#crypto.hash('test/pair', utf8(`${this.name} ${purpose}`)))
  }

  certifyIssuer(issuer: SigningPair, change: Partial<IssuerCertificate> = {}): Signed<IssuerCertificate> {
    return signStatement(this.#crypto, 'issuer', this.root.secretKey, {
      company: this.card.company,
      issuer: issuer.publicKey,
      serial: toHex(issuer.publicKey).slice(0, 32),
      validFrom: day(-1000),
      validTo: day(1000),
      ...change,
    })
  }

  /** A device with its role certificate; `change` makes it odd. */
  device(name: string, roles: readonly Role[] = ['coo'], change: Partial<RoleCertificate> = {}): Device {
    const signing = this.pair(name)
    const box = this.#crypto.boxPair(this.#crypto.hash('test/box', utf8(`${this.name} ${name}`)))
    const serial = toHex(this.#crypto.hash('test/serial', utf8(`${name} ${JSON.stringify([roles, change])}`))).slice(0, 32)
    const certificate = signStatement(this.#crypto, 'certificate', this.issuer.secretKey, {
      company: this.card.company,
      person: toHex(this.#crypto.hash('test/person', utf8(name))).slice(0, 32) as PersonId,
      name: { en: name, ar: 'نورة' },
      roles,
      device: toHex(signing.publicKey) as DeviceId,
      boxKey: box.publicKey,
      serial,
      validFrom: day(-100),
      validTo: day(100),
      authority: null,
      ...change,
    })
    return { id: toHex(signing.publicKey) as DeviceId, signing, box, certified: { issuer: this.issuerCertificate, certificate } }
  }

  revoke(subject: Revocation['subject'], by: 'issuer' | 'root' = 'issuer'): Control {
    const key = by === 'issuer' ? this.issuer : this.root
    const revocation = signStatement(this.#crypto, 'revocation', key.secretKey, {
      company: this.card.company, subject, reason: 'lost', at: NOW, cuts: [],
    }) // prettier-ignore
    return { kind: 'revocation', revocation, issuer: by === 'issuer' ? this.issuerCertificate : null }
  }

  /** Signs a new root with the old one and goes on with it. */
  rotate(): Signed<RootRotation> {
    const to = this.pair(`root ${this.card.rotations.length + 1}`)
    const { company, root: from } = this.card
    const rotation = signStatement(this.#crypto, 'root-rotation', this.root.secretKey, { company, from, to: to.publicKey, at: NOW })
    this.root = to
    this.card = { ...this.card, root: to.publicKey, rotations: [...this.card.rotations, rotation] }
    return rotation
  }

  found(device: Device, change: Partial<Founding> = {}, charter: Partial<Charter> = {}): Genesis {
    return foundWorkspace(this.#crypto, {
      kind: 'customer-seller',
      name: { en: 'Dates to Riyadh', ar: 'تمور إلى الرياض' },
      outcome: { en: 'No empty shelf in Ramadan', ar: 'لا رف فارغ في رمضان' },
      dryRun: false,
      founder: this.card,
      device: device.certified,
      charter: { addCompany: 'any-member', roles: ['founder', 'ceo', 'coo', 'admin'], ...charter },
      foundedAt: NOW,
      nonce: new Uint8Array(16),
      ...change,
    }, device.signing.secretKey) // prettier-ignore
  }

  join(device: Device, genesis: Genesis, change: Partial<Joining> = {}): Signed<Joining> {
    return signStatement(this.#crypto, 'joining', device.signing.secretKey, {
      workspace: genesis.workspace,
      invitation: this.#crypto.hash('test/invitation'),
      card: this.card,
      device: device.certified,
      at: NOW,
      nonce: new Uint8Array(16),
      ...change,
    })
  }
}

/** A control fact; its hash follows from its number. */
export const fact = (crypto: Crypto, number: number, author: Device, payload: Control, at: Instant = NOW): ControlFact => ({
  hash: toHex(crypto.hash('test/fact', utf8(String(number)))) as EntryHash,
  author: author.id,
  at,
  payload,
})
