import { afterEach, expect, it } from 'vitest'
import { control, writeIn } from '#engine/workspaces/membership-steps.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import { until } from '#test/support/company.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies | undefined
afterEach(() => {
  two?.end()
  two = undefined
})

it('cuts a link as soon as its other end has left, not at the next meeting, and takes the farewell with it', async () => {
  two = await twoCompanies()
  const { a, b, workspace, channel } = two
  const wire = two.wire()
  await two.level(wire)
  const state = async () => (await a.client.workspaces.get({ workspace })).link.state
  expect(await state()).toBe('direct')
  const { hub } = b.engine.desk.session
  const company = hub.identity.card.company
  const leaving = control({ kind: 'company-left', company, consents: [] })
  hub.change(() => writeIn(hub, channel as ChannelId, [leaving]))
  await until('the link is cut', () => !wire.open)
  expect(await state()).toBe('offline')
  const known = a.engine.desk.session.hub.runtime(channel as ChannelId)?.members.companies.get(company)
  expect(known?.left).toBe(true)
})

it('lets a device that comes back before its old link was missed take its own place', async () => {
  two = await twoCompanies()
  const first = two.wire()
  await two.level(first)
  const second = two.wire()
  await two.level(second)
  expect([first.open, second.open]).toEqual([false, true])
})
