import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIMENSIONS, type CompanyPosition, type DecisionPolicy } from '#shared/artifacts/decision-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { USUAL_POLICY } from './draft.ts'
import { optionPosition, optionScore, withinLeeway, type DimensionScores, type RoleScores } from './position.ts'
import { tally, type CountedPosition } from './tally.ts'
import { sensitivity, whatIf } from './what-if.ts'

type Said = readonly [score: number, vote: 'yes' | 'no', objection?: string]
interface Vectors {
  readonly optionScores: readonly { readonly weights: readonly number[]; readonly points: readonly number[]; readonly score: number }[]
  readonly positions: readonly { readonly say: string; readonly roles: readonly (readonly [number, readonly number[]])[]; readonly score: number; readonly uncertainty: number; readonly dissent: number }[]
  readonly tallies: readonly {
    readonly say: string
    readonly policy: Partial<DecisionPolicy>
    readonly weights: readonly number[]
    readonly votes: readonly (readonly Said[] | 'abstain' | 'recuse' | null)[]
    readonly vetoes?: readonly (string | null)[]
    readonly outcome: string
    readonly option?: string
    readonly scores: readonly (number | null)[]
    readonly obstacles: readonly (readonly string[])[]
  }[]
} // prettier-ignore
const VECTORS = JSON.parse(readFileSync(new URL('../../test/vectors/decisions-v1.json', import.meta.url), 'utf8')) as Vectors // prettier-ignore

const scores = ([vision = 0, purpose = 0, fit = 0, legend = 0]: readonly number[]): DimensionScores => ({ vision, purpose, fit, legend }) // prettier-ignore
const policyOf = (part: Partial<DecisionPolicy>): DecisionPolicy => {
  const { vision, purpose, fit, legend, sealed, ...usual } = USUAL_POLICY
  const dimensions = { vision, purpose, fit, legend }
  return { format: 'PeerDecisionPolicy.v1', ...usual, vetoRoles: [], approvers: ['ceo'], dimensions, sealed: sealed === 'yes', quorum: 0, ...part } // prettier-ignore
}
const company = (at: number): CompanyId => String(at).padStart(64, '0') as CompanyId

function position(said: Vectors['tallies'][number]['votes'][number], at: number): readonly CountedPosition[] {
  if (said === null) return []
  if (typeof said === 'string') return [{ company: company(at), position: { stance: said, options: [] } }]
  const options: CompanyPosition['options'] = said.map(([score, vote, objection = ''], index) => ({
    option: `o${String(index + 1)}`, score, vote, objection, uncertainty: 0, dissent: 0,
  })) // prettier-ignore
  return [{ company: company(at), position: { stance: 'vote', options } }]
}
const contentOf = (policy: DecisionPolicy, weights: readonly number[], options: number) => ({
  policy,
  voters: weights.map((weight, at) => ({ company: company(at), name: { en: '', ar: '' }, weight })),
  options: Array.from({ length: options }, (_, at) => ({ id: `o${String(at + 1)}`, title: { en: '', ar: '' }, about: { en: '', ar: '' } })),
}) // prettier-ignore

describe('scores', () => {
  it.each(VECTORS.optionScores)('[DEC-1] weights $weights and points $points come to $score', ({ weights, points, score }) => {
    expect(optionScore(scores(weights), scores(points))).toBe(score)
  }) // prettier-ignore

  it.each(VECTORS.positions)('[DEC-2] $say', ({ roles, score, uncertainty, dissent }) => {
    // With one weight of 100 and points that are no whole number the score is any number of hundredths that the vector asks for.
    const given = roles.map(([weight, runs], at): RoleScores => ({
      role: `r${String(at)}`,
      weight,
      options: { o1: runs.map((one) => scores([one / 100])) },
    }))
    const found = optionPosition({ dimensions: scores([100]), dissent: 20 }, given, 'o1')
    expect(found).toEqual({ score, uncertainty, dissent, roles: roles.length })
  })

  it('[DEC-2] an option that nobody scored has no score, which is not zero', () => {
    expect(optionPosition({ dimensions: scores([100]), dissent: 20 }, [], 'o1')).toBeUndefined()
    expect(optionPosition({ dimensions: scores([100]), dissent: 20 }, [{ role: 'ceo', weight: 1, options: { o2: [scores([1])] } }], 'o1')).toBeUndefined() // prettier-ignore
  })

  it('[DEC-2] is the exact mean, rounded once, whatever the roles', () => {
    const points = fc.record({ vision: fc.nat(100), purpose: fc.nat(100), fit: fc.nat(100), legend: fc.nat(100) })
    const role = fc.record({ weight: fc.integer({ min: 1, max: 1000 }), runs: fc.array(points, { minLength: 1, maxLength: 5 }) }) // prettier-ignore
    fc.assert(
      fc.property(fc.array(role, { minLength: 1, maxLength: 8 }), (roles) => {
        const dimensions = scores([31, 27, 23, 19])
        const given = roles.map(({ weight, runs }, at) => ({ role: String(at), weight, options: { o: runs } }))
        // The same with fractions of big integers.
        const common = roles.reduce((all, { runs }) => all * BigInt(runs.length), 1n)
        const numerator = roles.reduce((sum, { weight, runs }) => {
          const all = runs.reduce((inner, one) => inner + DIMENSIONS.reduce((of, name) => of + dimensions[name] * one[name], 0), 0) // prettier-ignore
          return sum + (BigInt(weight) * BigInt(all) * common) / BigInt(runs.length)
        }, 0n)
        const denominator = common * BigInt(roles.reduce((sum, { weight }) => sum + weight, 0))
        const rounded = (2n * numerator + denominator) / (2n * denominator)
        expect(optionPosition({ dimensions, dissent: 20 }, given, 'o')?.score).toBe(Number(rounded))
      }),
    )
  })

  it('[DEC-25] an approver moves a score at most by what the rule allows', () => {
    expect([6000, 7000, 5999, 7001].map((score) => withinLeeway({ leeway: 5 }, 6500, score))).toEqual([true, true, false, false]) // prettier-ignore
    expect([6500, 6501].map((score) => withinLeeway({ leeway: 0 }, 6500, score))).toEqual([true, false])
  })
})

describe('policies', () => {
  it.each(VECTORS.tallies)('[DEC-3, DEC-4, DEC-5, DEC-6, DEC-7, DEC-8, DEC-9] $say', (vector) => {
    const { policy, weights, votes, vetoes = [], outcome, option = 'o1', scores: shown, obstacles } = vector
    const found = tally(
      contentOf(policyOf(policy), weights, shown.length),
      votes.flatMap(position),
      vetoes.map((one) => ({ company: company(0), option: one })),
    )
    const decided = outcome === 'decided'
    expect([found.outcome, found.option, found.reason]).toEqual(decided ? ['decided', option, null] : ['no-decision', null, outcome]) // prettier-ignore
    expect(found.options.map((one) => one.score)).toEqual(shown)
    expect(found.options.map((one) => one.obstacles)).toEqual(obstacles)
  })

  const said = fc.tuple(fc.nat(10_000), fc.constantFrom('yes' as const, 'no' as const), fc.constantFrom('', 'why'))
  const vote = fc.oneof(
    fc.tuple(said, said).map(([one, two]): readonly Said[] => [one, two]),
    fc.constantFrom('abstain' as const, 'recuse' as const, null),
  )
  const ballots = fc.record({
    kind: fc.constantFrom('weighted-majority' as const, 'unanimity' as const, 'consent' as const),
    threshold: fc.nat(100), quorum: fc.nat(100), leastYes: fc.nat(100),
    abstain: fc.constantFrom('left-out' as const, 'present' as const, 'against' as const),
    voters: fc.array(fc.tuple(fc.integer({ min: 1, max: 10_000 }), vote), { minLength: 2, maxLength: 8 }),
  }) // prettier-ignore

  it('[DEC-3, DEC-11] in any order of companies and options the same comes out, and options that are level never win', () => {
    fc.assert(
      fc.property(ballots, ({ voters, ...part }) => {
        const content = contentOf(policyOf(part), voters.map(([weight]) => weight), 2) // prettier-ignore
        const positions = voters.flatMap(([, one], at) => position(one, at))
        const found = tally(content, positions, [])
        const turned = tally(
          { ...content, options: content.options.toReversed(), voters: content.voters.toReversed() },
          positions.toReversed(),
          [],
        )
        expect({ ...turned, options: turned.options.toReversed() }).toEqual(found)
        const [one, two] = found.options
        const exact = [0, 1].map((at) => positions.reduce((sum, { position: { options } }, who) => sum + (options[at]?.score ?? 0) * (voters.filter(([, vote_]) => vote_ !== null)[who]?.[0] ?? 0), 0)) // prettier-ignore
        if (exact[0] === exact[1] && one?.obstacles.length === 0 && two?.obstacles.length === 0)
          expect(found.outcome).toBe('no-decision')
      }),
    )
  })

  it('[DEC-4] one yes more, or a higher score, never turns a majority for an only option into none', () => {
    fc.assert(
      fc.property(ballots, fc.nat(7), ({ voters, ...part }, who) => {
        const policy = policyOf({ ...part, kind: 'weighted-majority' })
        const weights = voters.map(([weight]) => weight)
        const only = (raise: boolean) =>
          voters.flatMap(([, one], at) => {
            if (!Array.isArray(one)) return position(one, at)
            const [[score, yes, why]] = one as unknown as readonly [Said]
            return position([raise && at === who ? [10_000, 'yes', ''] : [score, yes, why ?? '']], at)
          })
        const before = tally(contentOf(policy, weights, 1), only(false), [])
        if (before.outcome === 'decided') expect(tally(contentOf(policy, weights, 1), only(true), []).outcome).toBe('decided') // prettier-ignore
      }),
    )
  })
})

describe('what-if', () => {
  // (2×80 + 1×50) / 3 = 70; the yes is two thirds of the weight.
  const terms = contentOf(policyOf({ kind: 'weighted-majority', threshold: 60, leastYes: 51, quorum: 51 }), [2, 1], 1)
  const positions = [[[8000, 'yes']] as const, [[5000, 'no']] as const].flatMap(position)

  it('[DEC-26] says up to which threshold the result stands, and whose silence would change it', () => {
    expect(sensitivity(terms, positions, [])).toEqual({ threshold: { from: 0, to: 70 }, pivotal: [company(0)] })
    const none = contentOf(policyOf({ kind: 'weighted-majority', threshold: 75, leastYes: 51 }), [2, 1], 1)
    expect(sensitivity(none, positions, [])).toEqual({ threshold: { from: 71, to: 100 }, pivotal: [company(1)] })
  })

  it('[DEC-26] applies other weights and another threshold to the same positions, and changes nothing else', () => {
    expect(whatIf(terms, positions, [], {})).toEqual(tally(terms, positions, []))
    expect(whatIf(terms, positions, [], { threshold: 71 })).toMatchObject({
      outcome: 'no-decision',
      reason: 'threshold',
    })
    const equal = whatIf(terms, positions, [], { weights: new Map([[company(0), 1]]) })
    expect(equal).toMatchObject({ outcome: 'no-decision', options: [{ score: 6500, obstacles: ['yes-weight'] }] })
  })
})
