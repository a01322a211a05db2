import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AREAS, hrefOf, parseRoute, targetRoute, to } from './route.ts'
import type { TodayTarget } from '#shared/projection/today-views.ts'

describe('routes', () => {
  it('read back every address that they write', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...AREAS, 'artifact' as const),
        fc.array(fc.string({ minLength: 1 })),
        fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.string()),
        (area, path, query) => {
          expect(parseRoute(hrefOf({ area, path, query }))).toEqual({ area, path, query: { ...query } })
        },
      ),
    )
  })

  it('lead from an unknown address to Today', () => {
    expect(parseRoute('#/elsewhere/1')).toEqual(to.today())
    expect(parseRoute('')).toEqual(to.today())
    expect(parseRoute('#/workspaces/%E0%A4%A')).toMatchObject({ area: 'workspaces' })
  })

  it('keep the id of a deep link', () => {
    expect(parseRoute(hrefOf(to.workspace('ab12', 'safety'))).path).toEqual(['of', 'ab12', 'safety'])
    const target = { area: 'artifact', id: 'cd34' } as TodayTarget
    expect(targetRoute(target)).toEqual(to.artifact('cd34'))
  })
})
