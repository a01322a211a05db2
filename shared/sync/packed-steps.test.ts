import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packSteps, PackedSteps } from './packed-steps.ts'
import { newSteps, record, type Steps } from './steps.ts'

/** Steps as writers make them: stretches of entries that are all of one size. */
const steps: fc.Arbitrary<Steps> = fc
  .array(fc.record({ seqs: fc.integer({ min: 1, max: 300 }), values: fc.integer({ min: 1, max: 2 ** 30 }), times: fc.integer({ min: 1, max: 5 }) }), { maxLength: 30 })
  .map((stretches) => {
    const made = newSteps()
    let [seq, value] = [0, 0]
    for (const stretch of stretches)
      for (let count = 0; count < stretch.times; count++) record(made, (seq += stretch.seqs), (value += stretch.values))
    return made
  }) // prettier-ignore
const read = (packed: Uint8Array): Steps => {
  const { seqs, values } = new PackedSteps(packed)
  return { seqs, values }
}

it('steps that are packed and read are the same, all of them or those up to an entry', () => {
  fc.assert(
    fc.property(steps, fc.nat(10_000), (given, upTo) => {
      expect(read(packSteps(given))).toEqual(given)
      const kept = given.seqs.filter((seq) => seq <= upTo).length
      expect(read(packSteps(given, upTo))).toEqual({ seqs: given.seqs.slice(0, kept), values: given.values.slice(0, kept) }) // prettier-ignore
    }),
  )
})

it('a steady writer takes a few bytes, however old it grows', () => {
  const steady = newSteps()
  for (let seq = 1; seq <= 100_000; seq++) record(steady, seq * 2, seq * 3)
  expect(packSteps(steady).length).toBeLessThan(8)
})
