import { equal, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, CompanyId, DeviceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { verifyCard, verifyDevice } from '#shared/membership/certificate.ts'
import { readStatement, verifyStatement } from '#shared/membership/statement.ts'
import type { Revocation, RoleCertificate } from '#shared/membership/types.ts'
import type { PackCompany, PackProofs, PackRevocation } from './pack-content.ts'
import { companyFolder, revocationFolder, roleFolder } from './proof-files.ts'
import type { Finding } from './report.ts'

/** A role certificate that leads to its company's root, and the issuer (hex) that signed it. */
interface HeldRole {
  readonly certificate: RoleCertificate
  readonly issuer: string
}

/** Who may write what, as the certificates in a pack say. */
export class Roles {
  readonly findings: readonly Finding[]
  readonly #held = new Map<DeviceId, HeldRole[]>()
  readonly #revocations: Revocation[] = []
  readonly #channel: ChannelId

  constructor(crypto: Crypto, { channel, companies, roles, revocations }: PackProofs) {
    this.#channel = channel
    const findings: Finding[] = []
    const known = new Map<CompanyId, PackCompany>()
    for (const [at, company] of companies.entries()) {
      if (rootsHold(crypto, company)) known.set(company.company, company)
      else findings.push({ code: 'role-wrong', about: companyFolder(at + 1) })
    }
    for (const [at, { device, company, certified }] of roles.entries()) {
      const held = known.get(company)?.roots.map((root) => verifyDevice(crypto, company, root, certified)).find(({ ok }) => ok) // prettier-ignore
      if (held?.ok && held.value.certificate.device === device)
        this.#held.set(device, [...(this.#held.get(device) ?? []), held.value])
      else findings.push({ code: 'role-wrong', about: roleFolder(at + 1) })
    }
    for (const [at, given] of revocations.entries()) {
      const revocation = readRevocation(crypto, known, given)
      if (revocation) this.#revocations.push(revocation)
      else findings.push({ code: 'role-wrong', about: revocationFolder(at + 1) })
    }
    this.findings = findings
  }

  /** The certificate under which a device wrote at a time that it claims, or why there is none. */
  of(device: DeviceId, at: Instant): RoleCertificate | 'role-missing' | 'role-expired' {
    const held = this.#held.get(device) ?? []
    if (held.length === 0) return 'role-missing'
    const then = held.filter(({ certificate }) => at >= certificate.validFrom && at <= certificate.validTo)
    const [latest] = then.toSorted((a, b) => b.certificate.validFrom - a.certificate.validFrom)
    return latest?.certificate ?? 'role-expired'
  }

  /** Whether a company ended a device, or the issuer behind it, at any time. */
  isRevoked(device: DeviceId): boolean {
    return this.revokedAt(device, { feed: '', seq: Infinity }) !== undefined
  }

  /** Since when a device's entry at this place does not count without somebody who saw it before; undefined when it counts. */
  revokedAt(device: DeviceId, place: { readonly feed: string; readonly seq: number }): Instant | undefined {
    const issuers = new Set((this.#held.get(device) ?? []).map(({ issuer }) => issuer))
    const ends = this.#revocations.filter(({ subject }) =>
      subject.kind === 'device' ? subject.device === device : issuers.has(toHex(subject.issuer)),
    )
    const beyond = ends.filter(({ cuts }) => {
      const cut = cuts.find(({ channel }) => channel === this.#channel)
      const head = cut?.heads.find(({ feed }) => feed === place.feed)
      return head === undefined || head.seq < place.seq
    })
    return beyond.length === 0 ? undefined : (Math.min(...beyond.map(({ at }) => at)) as Instant)
  }
}

/** The roots follow from the first, whose hash is the company's id, rotation by rotation. */
function rootsHold(crypto: Crypto, { company, roots, rotations }: PackCompany): boolean {
  const root = roots.at(-1)
  if (!root || !verifyCard(crypto, { company, root, name: { en: '', ar: '' }, rotations }).ok) return false
  return rotations.every((rotation, at) => {
    const read = readStatement('root-rotation', rotation)
    return read.ok && equal(read.value.from, roots[at] ?? root)
  })
}

function readRevocation(
  crypto: Crypto,
  known: ReadonlyMap<CompanyId, PackCompany>,
  { revocation, issuer }: PackRevocation,
): Revocation | undefined {
  const claimed = readStatement('revocation', revocation)
  const roots = (claimed.ok && known.get(claimed.value.company)?.roots) || []
  for (const root of roots) {
    const by = issuer ? verifyStatement(crypto, 'issuer', root, issuer) : undefined
    const key = by ? (by.ok ? by.value.issuer : undefined) : root
    const verified = key && verifyStatement(crypto, 'revocation', key, revocation)
    if (verified?.ok) return verified.value
  }
  return undefined
}
