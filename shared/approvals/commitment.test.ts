import { describe, expect, it } from 'vitest'
import { artifactEventSchema } from '../artifacts/artifact-event.ts'
import { CATALOGUE } from '../artifacts/catalogue.ts'
import { commitmentOf, commitmentOfControl, commitmentOfWrite, COMMITMENTS, contentOf } from './commitment.ts'

const TYPES = artifactEventSchema.options.map((option) => option.shape.type.value)
/** Sections of drafts, of slices, and of lists that are facts: writing them binds nobody. */
const DRAFTS = ['joint', 'slice', 'own', 'partner']

describe('what is a commitment', () => {
  it('[APR-1] is said of every kind of fact, and each commitment is reached by a fact, a section or a control', () => {
    const reached = new Set([
      ...TYPES.map((type) => commitmentOf({ type } as never)),
      ...CATALOGUE.flatMap(({ type }) => DRAFTS.map((section) => commitmentOfWrite(type, section))),
      commitmentOfControl({ kind: 'consent' } as never, 'a'),
    ])
    reached.delete(null)
    expect([...reached].toSorted()).toEqual([...COMMITMENTS].toSorted())
    for (const type of TYPES) expect(commitmentOf({ type } as never), type).not.toBeUndefined()
  })

  it('[APR-1] leaving, declining, withdrawing and calling for mediation are free, and so is what follows by itself', () => {
    const free = TYPES.filter((type) => /withdrawn|declined|mediation|witnessed|acknowledged|checked|ended/.test(type))
    expect(free.length).toBeGreaterThan(8)
    for (const type of free) expect(commitmentOf({ type } as never), type).toBeNull()
    expect(commitmentOfControl({ kind: 'company-left', company: 'a' } as never, 'a')).toBeNull()
    expect(commitmentOfControl({ kind: 'company-left', company: 'b' } as never, 'a')).toBe('remove-company')
  })

  it('[APR-3] content leaves out what is drawn anew at each try, and nothing that a person reads', () => {
    const said = { type: 'change-proposed', artifact: 'a', change: { kind: 'term' }, rationale: 'why', answers: null }
    expect(contentOf({ ...said, proposal: '1' } as never)).toEqual(contentOf({ ...said, proposal: '2' } as never))
    expect(contentOf({ ...said, rationale: 'other' } as never)).not.toEqual(contentOf(said as never))
    const accepted = { type: 'proposal-accepted', artifact: 'a' }
    expect(contentOf({ ...accepted, proposal: '1' } as never)).not.toEqual(
      contentOf({ ...accepted, proposal: '2' } as never),
    )
  })
})
