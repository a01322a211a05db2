import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import { words, type Words } from '#shared/artifacts/words.ts'
import type { RedLine } from '#shared/agreement/red-lines.ts'
import { cellText } from '#shared/agreement/tables.ts'
import type { AgreementSource, Said } from './agreement-source.ts'
import { placesOf } from './place.ts'
import type { LimitSource } from './source.ts'
import { joined } from './text.ts'

const SAYS: Readonly<Record<Exclude<RedLine['code'], 'not-said' | 'unsettled'>, Words>> = {
  'below-least': words('at least', 'على الأقل'),
  'above-most': words('at most', 'بحد أعلى'),
  'not-must': words('exactly', 'تحديدًا'),
  never: words('never', 'لا يُقبل'),
}

/** The lines that a text crosses, each as our own limit beside the value that crosses it. What is not said crosses nothing. */
export const limitSources = (
  kind: AgreementKind,
  { doc, standing, version }: AgreementSource,
  { tables }: Said,
  lines: readonly RedLine[],
): readonly LimitSource[] =>
  lines.flatMap(({ range, row, code, value, bound }): readonly LimitSource[] => {
    const [name = '', column] = range.split('.')
    const table = kind.tables[name]
    const spec = column === undefined ? kind.terms[name] : table?.columns[column]
    if (code === 'not-said' || code === 'unsettled' || value === null || bound === null || !spec) return []
    const record = row === null ? undefined : tables[name]?.rows[row - 1]?.id
    const anchor = column === undefined ? `terms/${name}` : `${name}/${record ?? String(row)}/${column}`
    const label = column === undefined ? spec.label : joined(' · ', table?.label ?? words('', ''), spec.label)
    const place = placesOf(doc, standing, version)
    return [
      {
        of: 'limit',
        name: label,
        limit: place(`position/${range}/${anchor}`, joined(' · ', words('Our own limit', 'حدنا الخاص'), label), bound, joined(' ', SAYS[code], cellText(kind, spec, bound)), { standing: 'current', audience: 'company' }), // prettier-ignore
        said: place(anchor, label, value, cellText(kind, spec, value)),
      },
    ]
  })
