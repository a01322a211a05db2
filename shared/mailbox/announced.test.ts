import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { Announced } from './announced.ts'
import type { Announcement } from './announcement.ts'

const device = (name: string): DeviceId => name as DeviceId
/** `key('E2', 'amal', ['E1'], 'amal badr')` */
const key = (id: string, author: string, parents: string, recipients: string): Announcement => ({
  id: id as EpochId,
  author: device(author),
  parents: parents.split(' ').filter(Boolean) as EpochId[],
  recipients: new Set(recipients.split(' ').map(device)),
})
const after = (...announcements: readonly Announcement[]): Announced => {
  const announced = new Announced(device('amal'))
  for (const one of announcements) announced.take([one])
  return announced
}
const now = (...announcements: readonly Announcement[]): string => [...after(...announcements).now].sort().join(' ')

const FIRST = key('E1', 'amal', '', 'amal badr dana')

describe('the announced devices', () => {
  it('[MBX-2] are the creator, and whom those announce that the keys before were made for', () => {
    expect(now()).toBe('amal')
    expect(now(FIRST)).toBe('amal badr dana')
    expect(now(FIRST, key('E2', 'badr', 'E1', 'amal badr dana eve'))).toBe('amal badr dana eve')
    expect(now(key('X1', 'mallory', '', 'mallory amal'))).toBe('amal')
    expect(now(FIRST, key('X2', 'mallory', 'E1', 'mallory amal badr dana'))).toBe('amal badr dana')
  })

  it('[MBX-3] lose whom a later key leaves out, until a key brings the device back', () => {
    const without = key('E2', 'amal', 'E1', 'amal badr')
    expect(now(FIRST, without)).toBe('amal badr')
    expect(now(FIRST, without, key('E3', 'badr', 'E2', 'amal badr dana'))).toBe('amal badr dana')
    expect(after(FIRST, without).ever).toContain('dana')
  })

  it('[MBX-3] lose whom one of two keys made apart leaves out, and gain whom either adds', () => {
    const without = key('E2', 'amal', 'E1', 'amal badr')
    const added = key('E3', 'badr', 'E1', 'amal badr dana eve')
    expect(now(FIRST, without, added)).toBe('amal badr eve')
    expect(now(FIRST, added, without)).toBe('amal badr eve')
  })

  it('[MBX-5] do not let a device that was left out come back on an older key, nor on both', () => {
    const without = key('E2', 'amal', 'E1', 'amal badr')
    expect(now(FIRST, without, key('X3', 'dana', 'E1 E2', 'dana amal badr'))).toBe('amal badr')
    expect(now(FIRST, without, key('X4', 'dana', 'E1', 'amal badr dana eve'))).toBe('amal badr')
  })

  it('[MBX-5] do not let a lost device lock out those who left it out, whoever came first', () => {
    const without = key('E2', 'amal', 'E1', 'amal badr')
    const hijack = key('A0', 'dana', 'E1', 'dana stranger1 stranger2 stranger3')
    expect(now(FIRST, hijack, without)).toBe('amal badr')
    expect(now(FIRST, without, hijack)).toBe('amal badr')
    // Until the members' word arrives, the hijacker's stands; afterwards they go on as if it had never been.
    expect(now(FIRST, hijack, without, key('E3', 'badr', 'A0 E2', 'amal badr'))).toBe('amal badr')
  })

  it('[MBX-3] are the same in whatever order announcements come', () => {
    const all = [
      FIRST,
      key('E2', 'amal', 'E1', 'amal badr'),
      key('E3', 'badr', 'E1', 'amal badr dana eve'),
      key('E4', 'amal', 'E2 E3', 'amal badr eve'),
      key('X5', 'dana', 'E3', 'dana mallory'),
      key('X6', 'mallory', 'X5', 'mallory'),
      key('E7', 'eve', 'E4', 'amal eve faris'),
    ]
    const expected = now(...all)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(now(...order)).toBe(expected)
      }),
      { numRuns: 200 },
    )
    expect(expected).toBe('amal eve faris')
  })

  it('[MBX-24] do not grow without bound by announcements whose past never comes', () => {
    const announced = after(...Array.from({ length: 300 }, (_, at) => key(`Z${at}`, 'amal', `none${at}`, 'amal')))
    announced.take([FIRST])
    expect([...announced.now].sort()).toEqual(['amal', 'badr', 'dana'])
  })
})
