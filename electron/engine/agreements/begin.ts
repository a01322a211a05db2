import type { Prefill } from '#shared/agreement/from-outcome.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { ReplacedAgreement } from '#shared/artifacts/replaced-agreement.ts'
import { projectSet } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import type { Plain, Register } from '#shared/living/register.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { addDays, dateOf } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { jointDraft } from '../channels/joint-draft.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'

/**
 * What a new agreement begins with: our clauses in both languages, the usual terms, and the companies of the channel; `agreed`: what
 * was negotiated before, in place of what is usual.
 */
export function firstDraft(
  hub: Hub,
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  kind: AgreementKind,
  title: Bilingual,
  replaces: ReplacedAgreement | null = null,
  agreed?: Prefill,
): Saying | undefined {
  return jointDraft(runtime, artifact, (put) => {
    const effectiveOn = dateOf(hub.context.clock.now())
    put('agreement', 'it', {
      title: { ...title },
      prevailing: 'ar',
      law: 'ksa',
      effectiveOn,
      replaces: replaces && { ...replaces },
    })
    put(
      'terms',
      'it',
      Object.fromEntries(
        Object.entries(kind.terms).map(([name, { usual }]) => [name, plainOf(agreed?.terms[name] ?? usual)]),
      ),
    )
    const clauses: AgreementKind['clauses'] = agreed?.clause ? [agreed.clause, ...kind.clauses] : kind.clauses
    clauses.forEach(({ heading, text, table = null }, at) => {
      const order = indexAt(at)
      put('clauses', `c${String(at + 1)}`, { headingEn: heading.en, headingAr: heading.ar, textEn: text.en, textAr: text.ar, table, order }) // prettier-ignore
    })
    for (const [table, { columns, usual = [] }] of Object.entries(kind.tables))
      (agreed?.tables[table] ?? usual).forEach((row, at) => {
        const cells = Object.entries(row).map(([column, value]) => {
          const isDay = columns[column]?.unit === 'date' && typeof value === 'number'
          return [column, isDay ? addDays(effectiveOn, value) : plainOf(value)] as const
        })
        put(table, `r${String(at + 1)}`, { ...Object.fromEntries(cells), order: indexAt(at) })
      })
    const roles = Object.keys(kind.roles)
    const companies = [...runtime.members.companies.values()].filter(({ left }) => !left)
    companies.forEach(({ card }, at) => {
      put('parties', `p${String(at + 1)}`, { company: card.company, name: { ...card.name }, role: agreed?.roles.get(card.company) ?? roles[Math.min(at, roles.length - 1)] ?? null, order: indexAt(at) }) // prettier-ignore
    })
  })
}

/** Everything of an agreement's draft but its comments, as it stood in a text that was closed; a day of effect has to be said anew. */
export function takenOver(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  kind: AgreementKind,
  from: { readonly registers: readonly Register[]; readonly title: Bilingual; readonly replaces: ReplacedAgreement },
): Saying | undefined {
  const fields = artifactOf(kind.type)?.sections['joint']?.fields ?? {}
  const sets = Object.keys(fields).filter((set) => set !== 'comments')
  return jointDraft(runtime, artifact, (put) => {
    for (const set of sets)
      for (const { id, values } of projectSet(fields[set]?.fields ?? {}, recordsOf(from.registers, set)))
        put(set, id, Object.fromEntries(Object.entries(values).filter(([field]) => !NOT_TAKEN.has(field))) as Readonly<Record<string, Plain | null>>)
    put('agreement', 'it', { title: { ...from.title }, replaces: { ...from.replaces } })
  })
} // prettier-ignore
const NOT_TAKEN: ReadonlySet<string> = new Set(['title', 'effectiveOn', 'replaces'])

const plainOf = (value: TermValue | null): Plain => (typeof value === 'object' && value !== null ? { ...value } : value)

/** Indexes that a fractional index goes on from: `a0`, `a1` … `aA` … */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const indexAt = (at: number): string => `a${DIGITS[at] ?? `z${String(at)}`}`
