import { bare } from './text.ts'

/** What was done to a header so that every column of a dataset has a name of its own. */
export type HeaderNote = 'empty' | 'duplicate'

export interface Header {
  readonly name: string
  readonly note: HeaderNote | undefined
}

const LONGEST = 120

/** Unique, non-empty names for a header row: an empty cell becomes `Column 3`, a repeated name gets ` (2)`. Order is kept. */
export function nameColumns(cells: readonly string[]): readonly Header[] {
  const taken = new Set<string>()
  return cells.map((cell, at) => {
    const given = bare(cell).slice(0, LONGEST)
    const wanted = given === '' ? `Column ${at + 1}` : given
    let name = wanted
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${wanted} (${copy})`
    taken.add(name.toLowerCase())
    return { name, note: given === '' ? 'empty' : name === wanted ? undefined : 'duplicate' }
  })
}
