import type { PublicKey, Signature, SymmetricKey } from '#shared/kernel/crypto.ts'
import { isHeader } from '#shared/seal/header.ts'
import type { Signed } from '#shared/membership/types.ts'
import type { PackContent, PackEntry, PackProofs } from './pack-content.ts'
import { CERTIFIED_PDF, INDEX, SIGNED_PDF, TEXT } from './pack-file.ts'
import { readIndex, type PackIndex, type ProofsIndex } from './pack-index.ts'
import { fromPem } from './pem.ts'
import { approvalFolder, companyFolder, keyIn, logFolder, revocationFolder, roleFolder } from './proof-files.ts'
import type { Finding } from './report.ts'

const DIGEST = 32

/** What lies in a pack, not yet believed. What is missing or of the wrong form is a finding, and stops nothing that can be read. */
export interface ReadPack {
  readonly index: PackIndex
  /** Signatures stand in the PDF itself: they are compared with their copies afterwards. */
  readonly content: Omit<PackContent, 'signatures'>
  readonly findings: readonly Finding[]
}

export function readPack(files: ReadonlyMap<string, Uint8Array>): ReadPack | readonly Finding[] {
  const index = readIndex(files.get(INDEX) ?? new Uint8Array())
  if (!index.ok) return [files.has(INDEX) ? { code: index.refusal } : { code: 'file-missing', about: INDEX }]
  const { value } = index
  const reader = new PackReader(files)
  const content = {
    ...value,
    text: reader.take(TEXT),
    pdf: reader.take(SIGNED_PDF),
    certified: value.certified ? reader.take(CERTIFIED_PDF) : null,
    ...reader.proofs(value),
    revocationLists: range(value.revocationLists).flatMap((number) => {
      const name = `x509/crl-${String(number)}.pem`
      const list = fromPem('X509 CRL', reader.take(name))
      if (!list) reader.findings.push({ code: 'copy-differs', about: name })
      return list ? [list] : []
    }),
    approvals: (value.approvals ?? []).map((_, at) => reader.statement<never>(`${approvalFolder(at + 1)}/approval`)),
  }
  return { index: value, content, findings: reader.findings }
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1)

/** Takes files out of a pack, and notes which are missing or of the wrong form. */
export class PackReader {
  readonly findings: Finding[] = []
  readonly #files: ReadonlyMap<string, Uint8Array>

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files
  }

  take(name: string): Uint8Array {
    const bytes = this.#files.get(name)
    if (!bytes) this.findings.push({ code: 'file-missing', about: name })
    return bytes ?? new Uint8Array()
  }

  statement<T>(path: string): Signed<T> {
    return { statement: this.take(`${path}.cbor`), signature: this.take(`${path}.sig`) as Signature }
  }

  /** The proofs that every pack has. */
  proofs({ companies, roles, revocations, log }: ProofsIndex): Pick<PackProofs, 'companies' | 'roles' | 'revocations' | 'log'> {
    const made = companies.map(({ company, rotations }, at) => {
      const folder = companyFolder(at + 1)
      return {
        company,
        roots: range(rotations + 1).map((number) => this.#key(`${folder}/root-${String(number)}.der`)),
        rotations: range(rotations).map((number) => this.statement<never>(`${folder}/rotation-${String(number)}`)),
      }
    })
    return {
      companies: made,
      roles: roles.flatMap(({ device, company: number }, at) => {
        const folder = roleFolder(at + 1)
        const company = made[number - 1]?.company
        const certified = { issuer: this.statement<never>(`${folder}/issuer`), certificate: this.statement<never>(`${folder}/certificate`) }
        if (company === undefined) this.findings.push({ code: 'role-missing', about: folder })
        return company === undefined ? [] : [{ device, company, certified }]
      }),
      revocations: revocations.map(({ issuer }, at) => {
        const folder = revocationFolder(at + 1)
        return {
          revocation: this.statement<never>(`${folder}/revocation`),
          issuer: issuer ? this.statement<never>(`${folder}/issuer`) : null,
        }
      }),
      log: log.flatMap((one, at) => this.#entry(logFolder(at + 1), one) ?? []),
    }
  } // prettier-ignore

  #key(name: string): PublicKey {
    return keyIn(this.take(name)) ?? (new Uint8Array(DIGEST) as PublicKey)
  }

  #entry(folder: string, { signed, opened }: ProofsIndex['log'][number]): PackEntry | undefined {
    const entry = readEntry({
      header: this.take(`${folder}/header.bin`),
      ciphertext: this.take(`${folder}/ciphertext.bin`),
      after: this.take(`${folder}/after.bin`),
      signature: this.take(`${folder}/signature.bin`),
      key: opened ? this.take(`${folder}/key.bin`) : null,
      signed,
    })
    if (!entry) this.findings.push({ code: 'entry-unreadable', about: folder })
    return entry
  }
}

interface Raw {
  readonly header: Uint8Array
  readonly ciphertext: Uint8Array
  readonly after: Uint8Array
  readonly signature: Uint8Array
  readonly key: Uint8Array | null
  readonly signed: number
}

function readEntry({ header, ciphertext, after, signature, key, signed }: Raw): PackEntry | undefined {
  const count = after.length / DIGEST
  const sound = isHeader(header) && Number.isInteger(count) && signed <= count && signature.length === 64
  if (!sound || (key !== null && key.length !== DIGEST)) return undefined
  return {
    header,
    ciphertext,
    after: Array.from({ length: count }, (_, at) => after.subarray(at * DIGEST, (at + 1) * DIGEST)),
    signed,
    signature: signature as Signature,
    key: key as SymmetricKey | null,
  }
}
