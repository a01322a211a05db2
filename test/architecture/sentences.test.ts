import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const locale = (language: string, file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, 'renderer/locales', language, file), 'utf8')) as Record<string, unknown>
const sources = readdirSync(join(root, 'electron/engine'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(root, 'electron/engine', file), 'utf8'))
  .join('\n')

it('every refusal that the engine names has a sentence in both languages', () => {
  const thrown = [
    ...sources.matchAll(/new Refused\(\s*'([a-z]+)',\s*(?:[^')]*\?\s*)?'([a-z0-9-]+)'(?:\s*:\s*'([a-z0-9-]+)')?/g),
  ]
  expect(thrown.length).toBeGreaterThan(40)
  for (const [, module = '', ...codes] of thrown) {
    for (const code of codes) {
      if (code === undefined) continue
      for (const language of ['en', 'ar'])
        expect(locale(language, `refusals.${module}.json`), `${module}:${code} (${language})`).toHaveProperty([code])
    }
  }
})

it('every code that the engine writes into the audit has words in both languages', () => {
  const written = [
    ...sources.matchAll(
      /\bcode: (?:before|matches|previous === undefined|existing)?[^'\n]{0,24}'([a-z-]+)'(?: : '([a-z-]+)')?/g,
    ),
  ]
  const noted = [...sources.matchAll(/\bnote\([^)]*?'(?:vault|key|export|restore|company|certificate)', '([a-z-]+)'/g)]
  const codes = new Set([...written, ...noted].flatMap(([, ...found]) => found.filter((code) => code !== undefined)))
  expect(codes.size).toBeGreaterThan(25)
  for (const language of ['en', 'ar']) {
    const words = locale(language, 'audit.json')['code'] as Record<string, string>
    const refusals = readdirSync(join(root, 'renderer/locales', language)).filter((file) =>
      file.startsWith('refusals.'),
    )
    const known = new Set([...Object.keys(words), ...refusals.flatMap((file) => Object.keys(locale(language, file)))])
    expect([...codes].filter((code) => !known.has(code))).toEqual([])
  }
})
