import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import type { ArtifactId, CompanyId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Draft } from './draft.ts'
import { proposalsOf } from './proposals.ts'
import { changedSince, obstacleOf, standingOf, writesOf } from './proposed-change.ts'
import type { StatedFact } from './state.ts'
import { tradeOffsOf } from './trade-offs.ts'

type Author = { readonly company: CompanyId; readonly person: PersonId }
const author = (name: string): Author => ({
  company: name.repeat(64) as CompanyId,
  person: name.repeat(32) as PersonId,
})
const [A, B] = [author('a'), author('b')]
const artifact = '0'.repeat(32) as ArtifactId
const id = (at: number): string => at.toString(16).padStart(32, '0')
let at = 0
const said = (by: Author, fact: object): StatedFact<Author> => ({
  fact: { artifact, ...fact } as ArtifactEvent,
  author: by,
  at: at++ as Instant,
})

const words = (en: string, ar: string) => ({ en: { heading: 'H', text: en }, ar: { heading: 'ع', text: ar } })
const clauseChange: Extract<ProposedChange, { kind: 'clause' }> = { kind: 'clause', clause: 'c1', before: words('old', 'قديم'), en: { heading: 'H', text: 'new' } } // prettier-ignore
const termChange: ProposedChange = { kind: 'term', term: 'noticeDays', before: 60, value: 90 }
const proposed = (by: Author, number: number, change: ProposedChange = clauseChange, answers: number | null = null) =>
  said(by, { type: 'change-proposed', proposal: id(number), change, rationale: 'why', answers: answers === null ? null : id(answers), word: null }) // prettier-ignore
const accepted = (by: Author, number: number) => said(by, { type: 'proposal-accepted', proposal: id(number) })
const declined = (by: Author, number: number) => said(by, { type: 'proposal-declined', proposal: id(number), reason: 'no' }) // prettier-ignore
const withdrawn = (by: Author, number: number) => said(by, { type: 'proposal-withdrawn', proposal: id(number) })
const states = (...facts: readonly StatedFact<Author>[]) => proposalsOf(facts).map(({ state }) => state)

describe('answers', () => {
  it('[PRO-1] counts only the other company’s answers and the own company’s withdrawal', () => {
    expect(states(proposed(A, 1), accepted(A, 1), declined(A, 1), withdrawn(B, 1))).toEqual(['open'])
    expect(states(proposed(A, 1), accepted(B, 1))).toEqual(['accepted'])
    expect(states(proposed(A, 1), declined(B, 1))).toEqual(['declined'])
    expect(states(proposed(A, 1), withdrawn(A, 1))).toEqual(['withdrawn'])
    expect(states(accepted(B, 1), proposed(A, 1))).toEqual(['open'])
    // Nobody takes another's proposal over by repeating its id.
    const [first] = proposalsOf([proposed(A, 1), proposed(B, 1, termChange)])
    expect(first).toMatchObject({ by: A, change: clauseChange })
  })

  it('[PRO-2] keeps an acceptance against what was said apart from it, and shows every answer, in any order', () => {
    const answers = [accepted(B, 1), withdrawn(A, 1), declined(B, 1)]
    fc.assert(
      fc.property(fc.shuffledSubarray(answers, { minLength: 3 }), (order) => {
        const [found] = proposalsOf([proposed(A, 1), ...order])
        expect(found?.state).toBe('accepted')
        expect(found?.replies.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'declined', 'withdrawn'])
      }),
    )
  })

  it('[PRO-3] a counter about the same ends what it answers; one about something else, or of one’s own, does not', () => {
    const [first, second] = proposalsOf([proposed(A, 1), proposed(B, 2, clauseChange, 1)])
    expect(first).toMatchObject({ state: 'countered', replies: [{ kind: 'countered', counter: id(2), by: B }] })
    expect(second).toMatchObject({ state: 'open', answers: id(1) })
    expect(states(proposed(A, 1), proposed(B, 2, termChange, 1))).toEqual(['open', 'open'])
    expect(states(proposed(A, 1), proposed(A, 2, clauseChange, 1))).toEqual(['open', 'open'])
  })
})

const draft = (text: string, conflicts: readonly string[] = [], terms = { noticeDays: 60 }): Draft =>
  ({
    terms,
    termConflicts: new Map(),
    clauses: [{
      id: 'c1', removal: null, flags: [], conflicts: new Map(conflicts.map((field) => [field, []])),
      values: { headingEn: 'H', textEn: text, headingAr: 'ع', textAr: 'قديم' },
    }],
  }) as unknown as Draft // prettier-ignore

describe('taking a change into the draft', () => {
  it('[PRO-4] notices that the clause or the term says something else by now, also in the other language', () => {
    expect(changedSince(draft('old'), clauseChange)).toBe(false)
    expect(changedSince(draft('older'), clauseChange)).toBe(true)
    expect(changedSince(draft('old'), { ...clauseChange, before: words('old', 'آخر') })).toBe(true)
    expect(changedSince(draft('old'), termChange)).toBe(false)
    expect(changedSince(draft('old', [], { noticeDays: 30 }), termChange)).toBe(true)
    expect(standingOf(draft('x'), { ...clauseChange, clause: 'c9' })).toBeNull()
  })

  it('[PRO-5] writes what was proposed and nothing else; a contradiction and a clause that is gone stand in the way', () => {
    expect(writesOf('p', clauseChange)).toEqual([
      { set: 'clauses', record: 'c1', field: 'headingEn', value: 'H' },
      { set: 'clauses', record: 'c1', field: 'textEn', value: 'new' },
    ])
    expect(writesOf('p', termChange)).toEqual([{ set: 'terms', record: 'it', field: 'noticeDays', value: 90 }])
    expect(obstacleOf(draft('old'), clauseChange)).toBeUndefined()
    expect(obstacleOf(draft('old', ['textAr']), clauseChange)).toBe('contradiction-open')
    expect(obstacleOf(draft('old', ['order']), clauseChange)).toBeUndefined()
    expect(obstacleOf(draft('old'), { ...clauseChange, clause: 'c9' })).toBe('clause-gone')
    expect(obstacleOf(draft('old', [], { noticeDays: 90 }), termChange)).toBe('nothing-to-change')
  })
})

describe('moving a clause', () => {
  const three = (conflicts: readonly string[] = []): Draft =>
    ({
      terms: {}, termConflicts: new Map(),
      clauses: ['c1', 'c2', 'c3'].map((one) => ({ id: one, removal: null, flags: [], conflicts: new Map(conflicts.map((field) => [field, []])), values: {} })),
    }) as unknown as Draft // prettier-ignore
  const move = { kind: 'move', clause: 'c3', after: null, before: 'c2' } as const

  it('[PRO-7] stands against where the clause is now; what cannot be done is said, and no word is written', () => {
    expect(standingOf(three(), move)).toBe('c2')
    expect(standingOf(three(), { ...move, clause: 'c1' })).toBe('')
    expect(standingOf(three(), { ...move, clause: 'c9' })).toBeNull()
    expect(changedSince(three(), move)).toBe(false)
    expect(changedSince(three(), { ...move, before: 'c1' })).toBe(true)
    expect(obstacleOf(three(), move)).toBeUndefined()
    expect(obstacleOf(three(), { ...move, clause: 'c9' })).toBe('clause-gone')
    expect(obstacleOf(three(), { ...move, after: 'c9' })).toBe('place-gone')
    expect(obstacleOf(three(['order']), move)).toBe('contradiction-open')
    expect(obstacleOf(three(['textEn']), move)).toBeUndefined()
    expect(obstacleOf(three(), { ...move, after: 'c2' })).toBe('nothing-to-change')
    expect(obstacleOf(three(), { ...move, after: 'c3' })).toBe('nothing-to-change')
    expect(writesOf('p', move)).toEqual([])
  })

  it('[PRO-7, PRO-3] is countered by another place of the same clause, and by nothing else', () => {
    const moved = (by: Author, proposal: number, clause: string, answers: number | null = null) =>
      said(by, { type: 'move-proposed', proposal: id(proposal), change: { ...move, clause }, rationale: 'First things first', answers: answers === null ? null : id(answers) }) // prettier-ignore
    expect(states(moved(A, 1, 'c1'), moved(B, 2, 'c1', 1))).toEqual(['countered', 'open'])
    expect(states(moved(A, 1, 'c1'), moved(B, 2, 'c2', 1))).toEqual(['open', 'open'])
    expect(states(moved(A, 1, 'c1'), proposed(B, 2, clauseChange, 1))).toEqual(['open', 'open'])
  })
})

describe('trade-offs', () => {
  it('[PRO-6] stand with the party of the certificate until that party takes them back', () => {
    const record = (by: Author) =>
      said(by, { type: 'trade-off-recorded', tradeOff: id(1), given: 'Ten days', received: 'Joint IP', worth: 5_000_00, clause: 'c1', rationale: 'Needed' }) // prettier-ignore
    const back = (by: Author) => said(by, { type: 'trade-off-withdrawn', tradeOff: id(1) })
    expect(tradeOffsOf([record(A), back(B)])).toMatchObject([{ by: A, given: 'Ten days', worth: 500_000, clause: 'c1' }]) // prettier-ignore
    expect(tradeOffsOf([record(A), record(B)])).toHaveLength(1)
    expect(tradeOffsOf([record(A), back(A)])).toEqual([])
  })
})
