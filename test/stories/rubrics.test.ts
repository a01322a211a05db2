import { expect, it } from 'vitest'
import type { Words } from '#shared/artifacts/words.ts'
import type { Rubric } from '#shared/scoring/rubric.ts'
import { standardRubric } from '#shared/scoring/standard.ts'
import { refusalOf } from '#test/support/company.ts'
import { drafted } from '#test/support/deciding.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import type { ThreeCompanies } from '#test/support/three-companies.ts'

let three: ThreeCompanies
const { keep } = storyWindows(() => three.end())

const standard = standardRubric('cfo')
const asking = (question: Words, weight = 1): Rubric => ({
  ...standard,
  weight,
  lenses: { ...standard.lenses, vision: { ...standard.lenses.vision, question } },
})

it('[SCO-3] a rubric is kept in versions in the vault, and says nothing into a channel', async () => {
  const made = await drafted({})
  three = made.three
  keep(made.live)
  const [{ client, engine }] = three.all
  const { log } = engine.desk.session.context.vault
  const written = () => log.channels().map((channel) => [channel, log.count(channel)])
  const before = written()
  expect(await client.scoring.rubric({ role: 'cfo' })).toMatchObject({ version: 0, standard: true, versions: [] })
  const ours = { en: 'Does it return eleven percent?', ar: 'هل يعيد أحد عشر بالمئة؟' }
  const first = await client.scoring.saveRubric({ rubric: asking(ours, 3), version: 0 })
  expect(first).toMatchObject({ version: 1, standard: false, rubric: { weight: 3 } })
  const late = client.scoring.saveRubric({ rubric: asking({ en: 'Later', ar: '' }), version: 0 })
  expect(await refusalOf(late)).toBe('scoring:changed-meanwhile')
  const back = await client.scoring.saveRubric({ rubric: standard, version: 1 })
  expect(back).toMatchObject({ version: 2, standard: true })
  expect(back.versions.map(({ version }) => version)).toEqual([2, 1])
  expect(back.versions[1]?.rubric.lenses.vision.question).toEqual(ours)
  const empty = client.scoring.saveRubric({ rubric: asking({ en: ' ', ar: '' }), version: 2 })
  expect(await refusalOf(empty)).toBe('scoring:rubric-incomplete')
  const lines = await client.scoring.rubrics({})
  expect(lines.filter(({ version }) => version > 0)).toEqual([{ role: 'cfo', version: 2, standard: true }])
  const { rows } = await client.audit.search({ text: '', kinds: ['company'], offset: 0, limit: 50 })
  expect(rows.map(({ code }) => code)).toContain('rubric-kept')
  expect(written()).toEqual(before)
})
