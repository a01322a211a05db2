import type { Crypto } from '#shared/kernel/crypto.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { PackProofs } from './pack-content.ts'
import type { CheckReport, Finding } from './report.ts'

/** Companies none of whose roots is one that the reader named; `roots` absent: none was named. */
export const rootFindings = (
  crypto: Crypto,
  { companies }: Pick<PackProofs, 'companies'>,
  roots: readonly string[] | undefined,
): readonly Finding[] =>
  !roots
    ? []
    : companies.flatMap(({ roots: own, company }): Finding[] =>
        own.some((root) => roots.includes(fingerprintOf(crypto, root)))
          ? []
          : [{ code: 'root-not-expected', about: company.slice(0, 16) }],
      )

/** Each company with the fingerprint of its root in force, to be compared. */
export const companiesIn = (
  crypto: Crypto,
  { companies }: Pick<PackProofs, 'companies'>,
  nameOf: (company: string) => Bilingual | undefined,
): CheckReport['companies'] =>
  companies.map(({ company, roots }) => {
    const root = roots.at(-1)
    return { name: nameOf(company) ?? shortOf(company), fingerprint: root ? fingerprintOf(crypto, root) : '' }
  })

/** A company that nothing in the pack names. */
export const shortOf = (company: string): Bilingual => ({ en: company.slice(0, 16), ar: company.slice(0, 16) })
