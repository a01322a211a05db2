import { ballots } from './ballots.ts'
import { changes } from './changes.ts'
import { negotiations } from './negotiations.ts'
import { search } from './search.ts'

/*
 * npm run ballots                       a thousand lives of a decision, a negotiation and a change, of a fresh seed
 * npm run ballots -- 5000               more of them
 * npm run ballots -- 1000 12345         those of a seed
 * npm run ballots -- 1 12345 7:3:1      one that failed, as it was printed
 */
const standings: Record<string, number> = {}
search({
  script: 'ballots',
  what: 'decisions',
  property: ballots((happened) => {
    for (const [name, met] of Object.entries(happened.standings)) standings[name] = (standings[name] ?? 0) + met
  }),
  found: () => `the same in every order: ${JSON.stringify(standings)}`,
})
const stages: Record<string, number> = {}
search({
  script: 'ballots',
  what: 'negotiations',
  property: negotiations(({ stage }) => {
    stages[stage] = (stages[stage] ?? 0) + 1
  }),
  found: () => `the same in every order: ${JSON.stringify(stages)}`,
})
const changed: Record<string, number> = {}
search({
  script: 'ballots',
  what: 'changes of a service',
  property: changes(({ stage }) => {
    changed[stage] = (changed[stage] ?? 0) + 1
  }),
  found: () => `the same in every order: ${JSON.stringify(changed)}`,
})
