import type { Prefill } from '#shared/agreement/from-outcome.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import { artifactOf } from '#shared/artifacts/catalogue.ts'
import type { ReplacedAgreement } from '#shared/artifacts/replaced-agreement.ts'
import { projectSet } from '#shared/living/project.ts'
import { recordsOf } from '#shared/living/records.ts'
import type { Plain, Register } from '#shared/living/register.ts'
import { REGISTERS, registerKey } from '#shared/living/register.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { addDays, dateOf } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'

const JOINT = 'joint' as SectionName

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
  const client = runtime.clientOf(artifact, JOINT, 0)
  const update = runtime.edit(artifact, JOINT, (writer) => {
    const put = (set: string, record: string, values: Readonly<Record<string, Plain>>): void => {
      for (const [field, value] of Object.entries(values))
        if (value !== null) writer.setKey(REGISTERS, registerKey(set, record, field, client), value)
    }
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
  return update && { kind: 'doc', payload: writeDoc([{ artifact, section: JOINT, replica: 0, update }]) }
}

/** Everything of an agreement's draft but its comments, as it stood in a text that was closed; a day of effect has to be said anew. */
export function takenOver(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  kind: AgreementKind,
  from: { readonly registers: readonly Register[]; readonly title: Bilingual; readonly replaces: ReplacedAgreement },
): Saying | undefined {
  const fields = artifactOf(kind.type)?.sections['joint']?.fields ?? {}
  const client = runtime.clientOf(artifact, JOINT, 0)
  const sets = Object.keys(fields).filter((set) => set !== 'comments')
  const update = runtime.edit(artifact, JOINT, (writer) => {
    for (const set of sets)
      for (const { id, values } of projectSet(fields[set]?.fields ?? {}, recordsOf(from.registers, set)))
        for (const [field, value] of Object.entries(values))
          if (value !== null && !NOT_TAKEN.has(field)) writer.setKey(REGISTERS, registerKey(set, id, field, client), value as Plain)
    for (const [field, value] of [['title', from.title], ['replaces', from.replaces]] as const)
      writer.setKey(REGISTERS, registerKey('agreement', 'it', field, client), { ...value })
  })
  return update && { kind: 'doc', payload: writeDoc([{ artifact, section: JOINT, replica: 0, update }]) }
} // prettier-ignore
const NOT_TAKEN: ReadonlySet<string> = new Set(['title', 'effectiveOn', 'replaces'])

const plainOf = (value: TermValue | null): Plain => (typeof value === 'object' && value !== null ? { ...value } : value)

/** Indexes that a fractional index goes on from: `a0`, `a1` … `aA` … */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const indexAt = (at: number): string => `a${DIGITS[at] ?? `z${String(at)}`}`
