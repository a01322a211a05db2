import fc from 'fast-check'
import { schedules } from './schedule.ts'

/*
 * npm run schedules                       a thousand schedules of a fresh seed
 * npm run schedules -- 5000               more of them
 * npm run schedules -- 1000 12345         those of a seed
 * npm run schedules -- 1 12345 7:3:1      one that failed, as it was printed
 */
const [count = '1000', seed, path] = process.argv.slice(2)
const parameters = {
  numRuns: Number(count),
  seed: seed === undefined ? Date.now() % 2 ** 31 : Number(seed),
  ...(path !== undefined && { path }),
}
console.log(`${parameters.numRuns} schedules, seed ${parameters.seed}`)
const happened: Record<string, number> = {}
const outcome = fc.check(
  schedules((schedule) => {
    for (const [name, count] of Object.entries(schedule.happened)) happened[name] = (happened[name] ?? 0) + count
  }),
  parameters,
)
if (outcome.failed) {
  console.error(fc.defaultReportMessage(outcome))
  console.error(`again: npm run schedules -- 1 ${outcome.seed} ${outcome.counterexamplePath ?? ''}`)
  console.error(`keep:  { "seed": ${outcome.seed}, "path": "${outcome.counterexamplePath ?? ''}" } in test/properties/schedule-seeds.json`) // prettier-ignore
  process.exitCode = 1
} else console.log(`all converged: ${JSON.stringify(happened)}`)
