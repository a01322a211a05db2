import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent, ContentTable } from '#shared/artifacts/agreement-content.ts'
import { words, type Words } from '#shared/artifacts/words.ts'
import { clausesOf, fillings, type Draft } from '#shared/agreement/draft.ts'
import { lastDayOf } from '#shared/agreement/life-dates.ts'
import { isGiven, tablesOf } from '#shared/agreement/tables.ts'
import { dateText, languageText, lawText } from '#shared/agreement/term-text.ts'
import { LAW_WORDS } from '#shared/artifacts/agreement.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { written } from './same.ts'
import { joined } from './text.ts'
import { placesOf, type Doc, type Place, type PlaceOf, type Standing } from './place.ts'

/** What an agreement says, closed or drafted: the part of the closed text that the rules read. */
export interface Said {
  readonly effectiveOn: IsoDate | null
  readonly law: string | null
  readonly prevailing: 'ar' | 'en' | null
  readonly replaces: ArtifactId | null
  readonly parties: readonly CompanyId[]
  readonly terms: AgreementContent['terms']
  readonly tables: Readonly<Record<string, ContentTable>>
  readonly clauses: readonly Pick<AgreementContent['clauses'][number], 'id' | 'number' | 'heading' | 'text'>[]
}
type Row = ContentTable['rows'][number]

/** A price of one item from one quantity on. */
export interface PriceLine {
  readonly item: Words
  readonly per: Words
  readonly from: number
  readonly place: Place
}
/** A service level by its id. */
export interface LevelLine {
  readonly metric: string
  readonly window: string
  readonly definition: Place | null
  readonly target: Place | null
}

/** An agreement as the rules read it. */
export interface AgreementSource {
  readonly of: 'agreement'
  readonly doc: Doc
  readonly standing: Standing
  /** The number that people quote, for example `CT-1A2B3C4D`. */
  readonly reference: string
  /** The version that was read; null: a draft that nobody has closed. */
  readonly version: Place['version']
  /** A later version than the first signed one is in force. */
  readonly amended: boolean
  readonly replaces: ArtifactId | null
  /** Sorted; a draft may name none yet. */
  readonly parties: readonly CompanyId[]
  readonly from: Place | null
  /** The last day: agreed, by notice, or of the text. */
  readonly until: Place | null
  readonly terms: ReadonlyMap<string, Place>
  readonly prices: readonly PriceLine[]
  /** Prices include or exclude tax; null where the text does not say. */
  readonly taxIn: string | null
  readonly levels: readonly LevelLine[]
  /** Where a credit begins, by the level's id. */
  readonly credits: readonly { readonly metric: string; readonly below: Place }[]
  /** What is owed by a day and not done. */
  readonly duties: readonly Place[]
  readonly clauses: readonly Place[]
  /** Numbers of the changes in its log, as one place; null where it keeps no log. */
  readonly changes: { readonly codes: readonly string[]; readonly place: Place } | null
}

export const saidIn = (content: AgreementContent): Said => ({
  effectiveOn: content.effectiveOn,
  law: content.law,
  prevailing: content.prevailing,
  replaces: (content.replaces?.artifact as ArtifactId | undefined) ?? null,
  parties: content.parties.map(({ company }) => company),
  terms: content.terms,
  tables: content.tables ?? {},
  clauses: content.clauses,
})

/** The same of a draft: what it does not say yet is not there. */
export function saidInDraft(kind: AgreementKind, draft: Draft): Said {
  const { replaces } = draft.agreement?.values ?? {}
  const { effectiveOn = null, law = null, prevailing = null } = draft.agreement ? chosen(draft.agreement) : {}
  const fill = fillings(kind, draft)
  const open = new Set(draft.clauses.flatMap(({ id, conflicts }) => (conflicts.size > 0 ? [id] : [])))
  return {
    effectiveOn,
    law,
    prevailing,
    replaces: (replaces?.artifact as ArtifactId | undefined) ?? null,
    parties: draft.parties.flatMap(({ values: { company } }) => company ?? []),
    terms: Object.fromEntries(
      Object.keys(kind.terms).flatMap((name) => {
        const [value, text] = [draft.terms[name] ?? null, fill[name]]
        // Values that stand against each other are nobody's word until somebody chooses.
        return isGiven(value) && text && !draft.termConflicts.has(name) ? [[name, { value, text }]] : []
      }),
    ),
    tables: tablesOf(kind, {
      ...draft,
      tables: Object.fromEntries(
        Object.entries(draft.tables).map(([name, rows]) => [
          name,
          rows.map((row) => ({ ...row, values: chosen(row) })),
        ]),
      ),
    }),
    clauses: clausesOf(kind, draft).filter(({ id }) => !open.has(id)),
  }
}

/** The values of a record without those that stand against each other. */
const chosen = <V extends object>({ values, conflicts }: { readonly values: V; readonly conflicts: ReadonlyMap<string, unknown> }): V =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, conflicts.has(name) ? null : (value as unknown)])) as V // prettier-ignore

const FROM = words('Effective from', 'تاريخ السريان')
const UNTIL = words('Last day', 'آخر يوم')
const LAW = words('Governing law', 'النظام الواجب التطبيق')
const PREVAILING = words('Prevailing language', 'اللغة المعتمدة عند الاختلاف')

export interface ReadAgreement {
  readonly kind: AgreementKind
  readonly doc: Doc
  readonly said: Said
  readonly standing: Standing
  readonly version: Place['version']
  readonly amended: boolean
  /** The last day by now; absent: the one that the text itself names. */
  readonly until?: IsoDate | null
  /** Obligations, as `table/row`, that every owner has said to be done, or that are owed no more. */
  readonly settled?: ReadonlySet<string>
}

/** Reads an agreement for the rules. */
export function agreementSource(given: ReadAgreement): AgreementSource {
  const { kind, doc, said, standing, version, amended } = given
  const place = placesOf(doc, standing, version)
  const until = given.until === undefined ? textEnd(said) : given.until
  const rows = (table: string): readonly Row[] => said.tables[table]?.rows ?? []
  return {
    of: 'agreement',
    doc,
    standing,
    reference: `${kind.mark}-${doc.artifact.slice(0, 8).toUpperCase()}`,
    version,
    amended,
    replaces: said.replaces,
    parties: [...new Set(said.parties)].toSorted(),
    from: said.effectiveOn && place('effectiveOn', FROM, said.effectiveOn, dateText(said.effectiveOn)),
    until: until && place('until', UNTIL, until, dateText(until)),
    terms: termsOf(kind, said, place),
    prices: rows('prices').flatMap((row) => priceOf(row, place)),
    taxIn: typeof said.terms['vatTreatment']?.value === 'string' ? said.terms['vatTreatment'].value : null,
    levels: rows('levels').flatMap((row) => levelOf(row, place)),
    credits: rows('credits').flatMap((row) => {
      const metric = row.cells['metric']?.value
      if (typeof metric !== 'string') return []
      const below = cell(row, 'credits', 'below', words(`Credit of ${metric} below`, `حسم ${metric} دون`), place)
      return below ? [{ metric, below }] : []
    }),
    duties: Object.entries(kind.tables).flatMap(([table, { duty }]) =>
      duty
        ? rows(table).flatMap((row) => {
            if (given.settled?.has(`${table}/${row.id}`)) return []
            return cell(row, table, duty.due, row.cells[duty.what]?.text ?? FROM, place) ?? []
          })
        : [],
    ),
    clauses: said.clauses.map(
      ({ id, number, heading, text }) =>
      place(`clauses/${id}`, joined(' ', words(`Clause ${String(number)}:`, `البند ${String(number)}:`), heading), text, text), // prettier-ignore
    ),
    changes: kind.tables['changes'] ? logOf(rows('changes'), place) : null,
  }
}

const textEnd = ({ effectiveOn, terms }: Said): IsoDate | null =>
  effectiveOn && lastDayOf({ effectiveOn, terms } as AgreementContent)

function termsOf(kind: AgreementKind, { law, prevailing, terms }: Said, place: PlaceOf): ReadonlyMap<string, Place> {
  const found = Object.entries(terms).flatMap(([name, { value, text }]): readonly (readonly [string, Place])[] => {
    const spec = kind.terms[name]
    return spec ? [[name, place(`terms/${name}`, spec.label, value, text)]] : []
  })
  return new Map([
    ...found,
    ...(law !== null && Object.hasOwn(LAW_WORDS, law)
      ? [['law', place('law', LAW, law, lawText(law as keyof typeof LAW_WORDS))] as const]
      : []),
    ...(prevailing === null ? [] : [['prevailing', place('prevailing', PREVAILING, prevailing, languageText(prevailing))] as const]), // prettier-ignore
  ])
}

function cell(row: Row, table: string, column: string, label: Words, place: PlaceOf): Place | null {
  const filled = row.cells[column]
  return filled ? place(`${table}/${row.id}/${column}`, label, filled.value, filled.text) : null
}

function priceOf(row: Row, place: PlaceOf): readonly PriceLine[] {
  const { item, per, from } = row.cells
  if (!item || !per || typeof from?.value !== 'number') return []
  const label = joined(' · ', item.text, words(`from ${from.text.en}`, `من ${from.text.ar}`), per.text)
  const found = cell(row, 'prices', 'price', label, place)
  return found ? [{ item: item.text, per: per.text, from: from.value, place: found }] : []
}

function levelOf(row: Row, place: PlaceOf): readonly LevelLine[] {
  const metric = row.cells['metric']?.value
  if (typeof metric !== 'string') return []
  const named = (en: string, ar: string): Words => words(`${metric}: ${en}`, `${metric}: ${ar}`)
  return [
    {
      metric,
      window: written(row.cells['window']?.value ?? ''),
      definition: cell(row, 'levels', 'definition', named('how it is measured', 'طريقة القياس'), place),
      target: cell(row, 'levels', 'target', named('target', 'المستهدف'), place),
    },
  ]
}

function logOf(rows: readonly Row[], place: PlaceOf): AgreementSource['changes'] {
  const codes = rows.flatMap(({ cells }) => (typeof cells['code']?.value === 'string' ? [cells['code'].value] : []))
  const list = codes.join(', ')
  const text = list === '' ? words('no change', 'لا تغيير') : words(list, list)
  return { codes, place: place('changes', words('Change log', 'سجل التغييرات'), list, text) }
}
