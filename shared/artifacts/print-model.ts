import type { Artifact } from './define.ts'
import type { Field, Fields } from './field.ts'
import type { Words } from './words.ts'

export interface PrintColumn {
  readonly path: string
  readonly label: Words
  readonly unit: Words | null
  /** Numbers, dates and ids keep their own direction inside Arabic text. */
  readonly isolate: boolean
  readonly align: 'start' | 'end'
}
/** `facts`: label and value, one per line. `table`: one row per item; `keyed` tables carry the cell's key in front. */
export type PrintBlock =
  | { readonly kind: 'facts'; readonly heading: Words; readonly columns: readonly PrintColumn[] }
  | {
      readonly kind: 'table'
      readonly heading: Words
      readonly path: string
      readonly keyed: boolean
      readonly columns: readonly PrintColumn[]
    }
export interface PrintModel {
  readonly type: string
  readonly title: Words
  readonly blocks: readonly PrintBlock[]
}

/** The order of a bilingual print-out: per section its plain facts first, then groups, then tables. */
export function printModel(artifact: Artifact): PrintModel {
  const blocks = Object.entries(artifact.sections).flatMap(([section, spec]) =>
    blocksOf(spec.label, spec.fields, `${section}.`),
  )
  return { type: artifact.type, title: artifact.label, blocks }
}

function blocksOf(heading: Words, fields: Fields, prefix: string): readonly PrintBlock[] {
  const facts: PrintColumn[] = []
  const rest: PrintBlock[] = []
  for (const [name, inner] of Object.entries(fields)) {
    const path = prefix + name
    if (inner.control === 'hidden') continue
    if (inner.fields === null) facts.push(columnOf(path, inner))
    else if (inner.control === 'group') rest.push(...blocksOf(inner.label, inner.fields, `${path}.`))
    else {
      const columns = Object.entries(inner.fields).flatMap(([column, of]) => of.control === 'hidden' ? [] : [columnOf(`${path}.${column}`, of)]) // prettier-ignore
      rest.push({ kind: 'table', heading: inner.label, path, keyed: inner.control === 'cells', columns })
    }
  }
  return facts.length === 0 ? rest : [{ kind: 'facts', heading, columns: facts }, ...rest]
}

const NUMBERS = new Set(['quantity', 'count', 'percent', 'series'])
const ISOLATED = new Set([...NUMBERS, 'date', 'month', 'instant', 'reference'])

const columnOf = (path: string, of: Field): PrintColumn => ({
  path,
  label: of.label,
  unit: of.unit,
  isolate: ISOLATED.has(of.control),
  align: NUMBERS.has(of.control) ? 'end' : 'start',
})
