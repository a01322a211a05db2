import { expect, it } from 'vitest'
import { rolesStated } from './audience.ts'

it('[DIS-29] a second statement of a revision leaves roles out and brings none in, whichever comes first', () => {
  expect(rolesStated([['coo', 'cfo']])).toEqual(['coo', 'cfo'])
  for (const stated of [
    [['coo'], ['coo', 'delivery-lead']],
    [['coo', 'delivery-lead'], ['coo']],
  ] as const)
    expect(rolesStated(stated)).toEqual(['coo'])
  expect(rolesStated([['coo'], ['delivery-lead']])).toEqual([])
  expect(rolesStated([])).toEqual([])
})
