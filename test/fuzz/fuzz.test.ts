import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toHex } from '#shared/kernel/bytes.ts'
import { FILE_TARGETS } from './file-targets.ts'
import { fuzz } from './fuzz.ts'
import { SIGNED_TARGETS } from './signed-target.ts'
import { WIRE_TARGETS } from './wire-targets.ts'
import { WORD_TARGET } from './word-target.ts'

const TARGETS = [...WIRE_TARGETS, ...FILE_TARGETS, ...SIGNED_TARGETS, WORD_TARGET]
const SEED = 20_261_125
const ROUNDS = 150
const kept = new URL('./kept/', import.meta.url)

describe('parsers met by a hostile sender', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    '[TR-26] %s takes nothing bent and never throws, from a fixed seed',
    async (_, target) => {
      for (const sample of target.samples) await target.read(sample)
      const { failure } = await fuzz(target, SEED, ROUNDS)
      if (failure) throw new Error(`again: npm run fuzz -- ${failure.target} ${failure.seed} 1\n${toHex(failure.input)}`, { cause: failure.problem }) // prettier-ignore
    },
  )

  it.each(readdirSync(kept).filter((name) => name.endsWith('.hex')))('[TR-26] %s, which once failed', async (name) => {
    const target = TARGETS.find((one) => name.startsWith(`${one.name}.`)) ?? expect.fail('of no target')
    await target.read(new Uint8Array(Buffer.from(readFileSync(new URL(name, kept), 'utf8').trim(), 'hex')))
  })

  it('[TR-26] hostile inputs are not so far off that nothing of them is ever taken', async () => {
    const near = WIRE_TARGETS.filter(({ name }) => ['control', 'doc-body', 'sync-message', 'yjs-update'].includes(name))
    for (const target of near) expect((await fuzz(target, SEED, 300)).taken, target.name).toBeGreaterThan(5)
  })
})
