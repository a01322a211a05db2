import { describe, expect, it } from 'vitest'
import { PROVEN_ITEMS, STATED_ITEMS, type DryRunItem } from '#shared/artifacts/dry-run.v1.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { dryRunOf, type DryRunFacts, type Tick } from './dry-run.ts'

const A = 'aa'.repeat(32) as CompanyId
const B = 'bb'.repeat(32) as CompanyId
const at = 0 as Instant
const tick = (company: CompanyId, item: DryRunItem, done = true): Tick => ({
  company, item, done, at, evidence: 'protocol of 3 March', by: { en: 'Amal', ar: 'أمل' },
}) // prettier-ignore
const all = (company: CompanyId) => STATED_ITEMS.map((item) => tick(company, item))
const facts = (change: Partial<DryRunFacts> = {}): DryRunFacts => ({
  companies: [A, B],
  proven: new Set(PROVEN_ITEMS),
  ticks: [...all(A), ...all(B), tick(B, 'sealed-file-read')],
  passes: [{ company: A, at }, { company: B, at }],
  production: [],
  ...change,
}) // prettier-ignore

describe('a dry run', () => {
  it('[PAR-3] unlocks when both have passed, and neither alone nor a lone company can', () => {
    expect(dryRunOf(facts())).toMatchObject({ unlocked: true, passed: [A, B] })
    expect(dryRunOf(facts({ passes: [{ company: A, at }] }))).toMatchObject({ unlocked: false, passed: [A] })
    expect(dryRunOf(facts({ companies: [A] })).unlocked).toBe(false)
    expect(dryRunOf(facts({ companies: [] })).unlocked).toBe(false)
    // A third company has to pass, too.
    expect(dryRunOf(facts({ companies: [A, B, 'cc'.repeat(32) as CompanyId] })).unlocked).toBe(false)
  })

  it('[PAR-1] the last word of a company counts, and only about itself', () => {
    const undone = facts({ ticks: [...facts().ticks, tick(B, 'terms-read', false)] })
    expect(dryRunOf(undone)).toMatchObject({ unlocked: false, ready: [A], passed: [A] })
    const twice = facts({ ticks: [...all(A), ...all(A), tick(B, 'sealed-file-read')] })
    expect(dryRunOf(twice)).toMatchObject({ ready: [A], passed: [A], unlocked: false })
  })

  it('[PAR-2] what the channel proves, nobody can tick; what a person states needs everybody', () => {
    const [first] = PROVEN_ITEMS
    const claimed = facts({ proven: new Set(PROVEN_ITEMS.slice(1)), ticks: [...facts().ticks, tick(A, first)] })
    expect(dryRunOf(claimed).items.find(({ item }) => item === first)).toMatchObject({ done: false })
    expect(dryRunOf(claimed)).toMatchObject({ ready: [], unlocked: false })
    const unread = facts({ ticks: [...all(A), ...all(B)] })
    expect(dryRunOf(unread).ready).toEqual([])
  })
})
