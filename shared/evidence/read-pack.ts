import type { Signature, SymmetricKey } from '#shared/kernel/crypto.ts'
import { isHeader } from '#shared/seal/header.ts'
import type { Signed } from '#shared/membership/types.ts'
import type { PackContent, PackEntry } from './pack-content.ts'
import { CERTIFIED_PDF, INDEX, SIGNED_PDF, TEXT } from './pack-file.ts'
import { readIndex, type PackIndex } from './pack-index.ts'
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
  const findings: Finding[] = []
  const index = readIndex(files.get(INDEX) ?? new Uint8Array())
  if (!index.ok) return [files.has(INDEX) ? { code: index.refusal } : { code: 'file-missing', about: INDEX }]
  const { value } = index
  const take = (name: string): Uint8Array => {
    const bytes = files.get(name)
    if (!bytes) findings.push({ code: 'file-missing', about: name })
    return bytes ?? new Uint8Array()
  }
  const statement = <T>(path: string): Signed<T> => ({
    statement: take(`${path}.cbor`),
    signature: take(`${path}.sig`) as Signature,
  })
  const key = (name: string) => keyIn(take(name)) ?? (new Uint8Array(DIGEST) as never)
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1)

  const companies = value.companies.map(({ company, rotations }, at) => {
    const folder = companyFolder(at + 1)
    return {
      company,
      roots: range(rotations + 1).map((number) => key(`${folder}/root-${String(number)}.der`)),
      rotations: range(rotations).map((number) => statement<never>(`${folder}/rotation-${String(number)}`)),
    }
  })
  const roles = value.roles.flatMap(({ device, company: number }, at) => {
    const folder = roleFolder(at + 1)
    const company = companies[number - 1]?.company
    const certified = { issuer: statement<never>(`${folder}/issuer`), certificate: statement<never>(`${folder}/certificate`) } // prettier-ignore
    if (company === undefined) findings.push({ code: 'role-missing', about: folder })
    return company === undefined ? [] : [{ device, company, certified }]
  })
  const content = {
    ...value,
    text: take(TEXT),
    pdf: take(SIGNED_PDF),
    certified: value.certified ? take(CERTIFIED_PDF) : null,
    companies,
    roles,
    revocations: value.revocations.map(({ issuer }, at) => {
      const folder = revocationFolder(at + 1)
      return {
        revocation: statement<never>(`${folder}/revocation`),
        issuer: issuer ? statement<never>(`${folder}/issuer`) : null,
      }
    }),
    revocationLists: range(value.revocationLists).flatMap((number) => {
      const name = `x509/crl-${String(number)}.pem`
      return fromPem('X509 CRL', take(name)) ?? (findings.push({ code: 'copy-differs', about: name }), [])
    }),
    approvals: (value.approvals ?? []).map((_, at) => statement<never>(`${approvalFolder(at + 1)}/approval`)),
    log: value.log.flatMap(({ signed, opened }, at) => {
      const folder = logFolder(at + 1)
      const entry = readEntry({
        header: take(`${folder}/header.bin`),
        ciphertext: take(`${folder}/ciphertext.bin`),
        after: take(`${folder}/after.bin`),
        signature: take(`${folder}/signature.bin`),
        key: opened ? take(`${folder}/key.bin`) : null,
        signed,
      })
      if (!entry) findings.push({ code: 'entry-unreadable', about: folder })
      return entry ?? []
    }),
  }
  return { index: value, content, findings }
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
