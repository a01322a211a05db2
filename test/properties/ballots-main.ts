import fc from 'fast-check'
import { ballots } from './ballots.ts'

/*
 * npm run ballots                       a thousand lives of a decision, of a fresh seed
 * npm run ballots -- 5000               more of them
 * npm run ballots -- 1000 12345         those of a seed
 * npm run ballots -- 1 12345 7:3:1      one that failed, as it was printed
 */
const [count = '1000', seed, path] = process.argv.slice(2)
const parameters = {
  numRuns: Number(count),
  seed: seed === undefined ? Date.now() % 2 ** 31 : Number(seed),
  ...(path !== undefined && { path }),
}
console.log(`${parameters.numRuns} decisions, seed ${parameters.seed}`)
const standings: Record<string, number> = {}
const outcome = fc.check(
  ballots((happened) => {
    for (const [name, met] of Object.entries(happened.standings)) standings[name] = (standings[name] ?? 0) + met
  }),
  parameters,
)
if (outcome.failed) {
  console.error(fc.defaultReportMessage(outcome))
  console.error(`again: npm run ballots -- 1 ${outcome.seed} ${outcome.counterexamplePath ?? ''}`)
  process.exitCode = 1
} else console.log(`the same in every order: ${JSON.stringify(standings)}`)
