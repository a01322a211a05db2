import { describe, expect, it } from 'vitest'
import { ROLES } from '#shared/kernel/ids.ts'
import { isWhole, LENSES, LEVELS, pointsOf, rubricSchema, sameRubric, sameWording, wordsIn } from './rubric.ts'
import { standardRubric, withEveryLens } from './standard.ts'

describe('the shipped rubrics', () => {
  it.each(ROLES)('[SCO-1] ask and answer in both languages: %s', (role) => {
    const rubric = standardRubric(role)
    expect(rubricSchema.parse(rubric)).toEqual(rubric)
    for (const name of LENSES) {
      const { question, anchors } = rubric.lenses[name]
      for (const { en, ar } of [question, ...anchors]) {
        expect(en, name).toMatch(/^[\x20-\x7e’]+$/)
        expect(ar, name).toMatch(/^[\u0600-\u06ff :،؟]+$/)
      }
      expect(new Set(anchors.map(({ en }) => en)).size, name).toBe(5)
      expect(new Set(anchors.map(({ ar }) => ar)).size, name).toBe(5)
    }
  })

  it('[SCO-1] differ between roles that look at different things', () => {
    const asked = ROLES.map((role) => standardRubric(role).lenses.vision.question.en)
    // A founder looks as a CEO does; sponsor and admin from the same general place.
    expect(new Set(asked).size).toBe(ROLES.length - 2)
  })

  it('[SCO-1] are not whole with a text that is empty in both languages, and are with one of the two', () => {
    const rubric = standardRubric('cfo')
    const [first, ...rest] = rubric.lenses.vision.anchors
    const withFirst = (en: string, ar: string) => ({ ...rubric, lenses: { ...rubric.lenses, vision: { ...rubric.lenses.vision, anchors: [{ en, ar }, ...rest] as unknown as typeof rubric.lenses.vision.anchors } } }) // prettier-ignore
    expect(isWhole(withFirst(' ', ''))).toBe(false)
    expect(isWhole(withFirst('', first.ar))).toBe(true)
    expect(wordsIn({ en: '', ar: first.ar }, 'en')).toBe(first.ar)
    expect(sameRubric(rubric, withFirst(first.en, first.ar))).toBe(true)
    expect(sameRubric(rubric, withFirst('', first.ar))).toBe(false)
  })
})

it('[SCO-2] a level is 25 points', () => {
  expect(LEVELS.map(pointsOf)).toEqual([0, 25, 50, 75, 100])
})

it('[SCO-12] a rubric that was kept before a lens existed reads as it was, with the shipped wording under that lens', () => {
  const shipped = standardRubric('cfo')
  const { value, ...before } = shipped.lenses
  const ours = { ...before.vision, question: { en: 'Ours', ar: '' } }
  const read = withEveryLens({ role: 'cfo', weight: 3, lenses: { ...before, vision: ours } })
  expect(read).toEqual({ role: 'cfo', weight: 3, lenses: { ...shipped.lenses, vision: ours } })
  expect(read.lenses.value).toEqual(value)
  expect([sameWording(read, shipped), sameWording(read, shipped, ['purpose', 'value'])]).toEqual([false, true])
})
