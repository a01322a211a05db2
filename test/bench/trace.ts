import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** `[position, deleted, inserted]`, one keystroke or paste each. */
export type Edit = readonly [number, number, string]
export interface Trace {
  readonly name: string
  readonly edits: readonly Edit[]
}

const EDITS = 259_778

/**
 * The editing trace that catch-up is measured on: at `MITHAQ_TRACE`, else where the project's data lies beside it, else a
 * seeded one of the same shape, which the rows then say.
 */
export function readTrace(): Trace {
  const path = process.env['MITHAQ_TRACE'] ?? join(import.meta.dirname, '../../../shared/data/automerge-paper.json.gz')
  if (!existsSync(path)) return { name: `a synthetic trace of ${EDITS.toLocaleString('en')} edits`, edits: synthetic() }
  const file = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as {
    readonly txns: readonly { readonly patches: readonly Edit[] }[]
  }
  const edits = file.txns.flatMap(({ patches }) => patches)
  return { name: `the ${edits.length.toLocaleString('en')}-edit trace`, edits }
}

/** Types forwards mostly, deletes three times in ten, jumps now and then: like the recorded one. */
function synthetic(): readonly Edit[] {
  let state = 20261121
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const edits: Edit[] = []
  let length = 0
  let at = 0
  while (edits.length < EDITS) {
    if (random(60) === 0) at = random(length + 1)
    if (at > 0 && random(10) < 3) {
      at--
      length--
      edits.push([at, 1, ''])
    } else {
      edits.push([at, 0, String.fromCharCode(97 + random(26))])
      at++
      length++
    }
  }
  return edits
}
