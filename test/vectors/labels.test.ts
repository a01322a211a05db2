import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const listed = [...text('shared/seal/ENTRY.v1.md').matchAll(/^\| `(mithaq\/[a-z/-]+\/v\d+)`\s*\|/gm)].map((hit) => hit[1] ?? '')
const sources = globSync('shared/{seal,membership}/*.ts', { cwd: root }).filter((path) => !path.includes('.test'))
const used = new Set(
  sources.flatMap((path) => [...text(path).matchAll(/'(mithaq\/[a-z/-]+\/v\d+)'/g)].map((hit) => hit[1] ?? '')),
)

describe('labels', () => {
  it('[SEAL-21] of sealing and membership are all in the specification, each once', () => {
    expect(used.size).toBeGreaterThan(10)
    expect([...used].sort()).toEqual([...listed].sort())
  })
})
