import { mkdirSync, writeFileSync } from 'node:fs'
import { toHex } from '#shared/kernel/bytes.ts'
import { FILE_TARGETS } from './file-targets.ts'
import { fuzz } from './fuzz.ts'
import { SIGNED_TARGETS } from './signed-target.ts'
import { WIRE_TARGETS } from './wire-targets.ts'
import { WORD_TARGET } from './word-target.ts'

/*
 * npm run fuzz                            every parser, ten thousand inputs each, from a fresh seed
 * npm run fuzz -- csv                     one parser
 * npm run fuzz -- csv 12345 50000         from a seed, so many
 * A failure is made small and put into test/fuzz/kept, where `npm test` reads it from then on.
 */
const [wanted = 'all', from, rounds = '10000'] = process.argv.slice(2)
const all = [...WIRE_TARGETS, ...FILE_TARGETS, ...SIGNED_TARGETS, WORD_TARGET]
const targets = all.filter(({ name }) => wanted === 'all' || name === wanted)
if (targets.length === 0) {
  console.error(`no parser "${wanted}"; there are ${all.map(({ name }) => name).join(', ')}`) // prettier-ignore
  process.exitCode = 1
}
const seed = from === undefined ? Date.now() % 2 ** 31 : Number(from)
for (const target of targets) {
  const { taken, failure } = await fuzz(target, seed, Number(rounds))
  if (!failure) {
    console.log(`ok     ${target.name}: ${rounds} inputs from seed ${seed}, ${taken} taken`)
    continue
  }
  process.exitCode = 1
  const kept = new URL('./kept/', import.meta.url)
  mkdirSync(kept, { recursive: true })
  const name = `${target.name}.${failure.seed}.hex`
  writeFileSync(new URL(name, kept), `${toHex(failure.input)}\n`)
  console.error(`FAILED ${target.name}: again with npm run fuzz -- ${target.name} ${failure.seed} 1; kept as test/fuzz/kept/${name}`) // prettier-ignore
  console.error(failure.problem)
}
