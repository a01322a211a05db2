import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { Body } from '#shared/seal/entry.ts'
import { openProven, prove } from '#shared/seal/evidence.ts'
import { chainOf, readHeader, type ReadHeader } from '#shared/seal/header.ts'
import { fromHex } from '#shared/kernel/bytes.ts'
import { Roles } from './check-roles.ts'
import type { PackEntry, PackProofs } from './pack-content.ts'
import { pastsOf, type Linked, type Pasts } from './pasts.ts'
import { logFolder } from './proof-files.ts'
import type { Finding } from './report.ts'

/** An entry that its device signed, with what it says where that was opened and its author certified. */
export interface CheckedEntry {
  readonly folder: string
  readonly header: ReadHeader
  readonly hash: string
  readonly said: { readonly body: Body; readonly author: RoleCertificate } | null
  /** When another company's entry had this one in its ancestry, at the latest: by that entry's own clock. */
  readonly witnessedAt: Instant | null
  /** Hashes of the entries of the pack that are in its ancestry, as hashes alone prove. */
  readonly past: ReadonlySet<string>
}

type Place = Pick<ReadHeader, 'feed' | 'seq'>
const placeOf = ({ feed, seq }: Place): string => `${feed}/${String(seq)}`

type Proved = Omit<CheckedEntry, 'witnessedAt' | 'past'> & Linked

/** Proves each entry, opens those with a key, finds forks, and reads from the others who had seen what. */
export function checkLog(
  crypto: Crypto,
  content: PackProofs,
): { readonly entries: readonly CheckedEntry[]; readonly findings: readonly Finding[]; readonly roles: Roles } {
  const roles = new Roles(crypto, content)
  const findings: Finding[] = [...roles.findings]
  const proved = content.log.flatMap((entry, at) => {
    const read = proveEntry(crypto, content, entry, logFolder(at + 1), roles)
    findings.push(...read.findings)
    return read.proved ?? []
  })
  findings.push(...forks(proved))
  const pasts = pastsOf(proved)
  const entries = proved.map((entry): CheckedEntry => {
    const { folder, header, hash, said } = entry
    return { folder, header, hash, said, witnessedAt: witnessedAt(entry, proved, pasts), past: pasts.get(hash) ?? new Set() } // prettier-ignore
  })
  for (const { folder, header, said, witnessedAt: seen } of entries) {
    const revoked = said && roles.revokedAt(header.device, header)
    if (revoked != null && (seen === null || seen >= revoked)) findings.push({ code: 'role-revoked', about: folder })
  }
  return { entries, findings, roles }
}

function proveEntry(
  crypto: Crypto,
  { workspace, channel }: PackProofs,
  entry: PackEntry,
  folder: string,
  roles: Roles,
): { readonly proved?: Proved; readonly findings: readonly Finding[] } {
  const failed = (code: Finding['code']) => ({ findings: [{ code, about: folder }] })
  const proven = prove(crypto, { ...entry, digests: entry.after.slice(0, entry.signed) })
  if (!proven.ok) return failed(proven.refusal === 'malformed' ? 'entry-unreadable' : 'entry-unsigned')
  const header = readHeader(entry.header)
  const { hash } = proven.value
  if (header.workspace !== workspace || (header.channel ?? hash) !== channel) return failed('entry-foreign')
  const chain: string[] = [hash]
  for (const digest of entry.after) chain.push(toHex(chainOf(crypto, fromHex(chain.at(-1) ?? '') ?? digest, digest)))
  const place = { folder, header, hash, chain }
  if (entry.key === null && header.epoch !== null) return { proved: { ...place, said: null }, findings: [] }
  const body = openProven(crypto, proven.value, entry.key ?? undefined)
  if (!body.ok) return failed('entry-unreadable')
  const author = roles.of(header.device, body.value.at)
  if (typeof author === 'string') return failed(author)
  return { proved: { ...place, said: { body: body.value, author } }, findings: [] }
}

/** Every hash that some entry gives for a place: the entry itself, those before and after it, those that it names. */
function forks(proved: readonly Proved[]): readonly Finding[] {
  const known = new Map<string, string>()
  const findings: Finding[] = []
  for (const { folder, header, chain } of proved) {
    const { feed, seq, previous, heads } = header
    const said: readonly (Place & { readonly hash: string })[] = [
      ...(previous === null ? [] : [{ feed, seq: seq - 1, hash: previous }]),
      ...chain.map((hash, at) => ({ feed, seq: seq + at, hash })),
      ...heads,
    ]
    const other = said.some((one) => (known.get(placeOf(one)) ?? one.hash) !== one.hash)
    if (other) findings.push({ code: 'entry-forked', about: folder })
    for (const one of said) if (!known.has(placeOf(one))) known.set(placeOf(one), one.hash)
  }
  return findings
}

/** The earliest time that an entry of another company claims which has this one in its ancestry. */
function witnessedAt({ hash, said }: Proved, proved: readonly Proved[], pasts: Pasts): Instant | null {
  const company = said?.author.company
  const times = proved.flatMap((witness) =>
    witness.said && witness.said.author.company !== company && pasts.get(witness.hash)?.has(hash) ? [witness.said.body.at] : [],
  ) // prettier-ignore
  return company === undefined || times.length === 0 ? null : (Math.min(...times) as Instant)
}
