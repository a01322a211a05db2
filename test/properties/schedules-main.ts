import { schedules } from './schedule.ts'
import { search } from './search.ts'

/*
 * npm run schedules                       a thousand schedules of a fresh seed
 * npm run schedules -- 5000               more of them
 * npm run schedules -- 1000 12345         those of a seed
 * npm run schedules -- 1 12345 7:3:1      one that failed, as it was printed
 */
const happened: Record<string, number> = {}
search({
  script: 'schedules',
  what: 'schedules',
  keep: 'test/properties/schedule-seeds.json',
  property: schedules((schedule) => {
    for (const [name, count] of Object.entries(schedule.happened)) happened[name] = (happened[name] ?? 0) + count
  }),
  found: () => `all converged: ${JSON.stringify(happened)}`,
})
