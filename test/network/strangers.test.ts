import { afterEach, beforeEach, expect, it } from 'vitest'
import { accept, confirm, level, makeWorkspace, PATIENCE, reaches } from './meet.ts'
import { World, type Company, type Relay } from './world.ts'

let world: World
let relay: Relay
let owner: Company
let guest: Company

beforeEach(async () => {
  world = await World.make()
  relay = await world.relay()
  ;[owner, guest] = await Promise.all([world.company('owner'), world.company('guest')])
}, 60_000)
afterEach(() => world?.close())

const refusals = async (company: Company): Promise<readonly string[]> =>
  (await company.client.audit.search({ kinds: ['refusal'], offset: 0, limit: 100 })).rows.map(({ code }) => code)

it('[story 7] turns away who is no member and who borrows a name, each with its code, while the partner still gets in', async () => {
  const { workspace, invitation } = await makeWorkspace(owner, [relay.address])
  await Promise.all([owner.openCarrier(), guest.openCarrier()])
  await accept(guest, invitation)
  await confirm(owner, guest, workspace)
  await reaches(owner, workspace, 'direct')
  await guest.killCarrier()
  await reaches(owner, workspace, 'waiting')

  const visitor = await world.stranger('visitor')
  await visitor.order({ visit: { invitation, signalling: relay.address } })
  await expect
    .poll(() => owner.link(workspace), PATIENCE)
    .toMatchObject({
      state: 'refused',
      refusal: { module: 'link', code: 'link-not-a-member' },
    })
  await expect.poll(() => visitor.order({ heard: true }), PATIENCE).toContain('link-turned-away')
  const impostor = await world.stranger('impostor')
  const [tip] = await owner.tips(workspace)
  const claim = tip?.feed.slice(0, 64) ?? ''
  await impostor.order({ visit: { invitation, signalling: relay.address, claim } })
  await expect
    .poll(() => refusals(owner), PATIENCE)
    .toEqual(expect.arrayContaining(['link-not-a-member', 'link-bad-proof']))

  await guest.openCarrier()
  await Promise.all([reaches(owner, workspace, 'direct'), reaches(guest, workspace, 'direct')])
  await level(owner, guest, workspace)
  expect(await visitor.order({ heard: true })).not.toContain('joined')
  expect(await impostor.order({ heard: true })).not.toContain('joined')
}, 180_000)

it('[story 7] refuses somebody in the middle who hands on what both say, and says so on both sides', async () => {
  const { workspace, invitation } = await makeWorkspace(owner, [relay.address])
  await Promise.all([owner.openCarrier(), guest.openCarrier()])
  await accept(guest, invitation)
  await confirm(owner, guest, workspace)
  await reaches(owner, workspace, 'direct')
  await level(owner, guest, workspace)
  const before = await guest.tips(workspace)

  const other = await world.relay(0, `${world.mailboxFile}-middle`)
  const middle = await world.stranger('middle')
  await guest.client.workspaces.setConnection({ workspace, enabled: true, signalling: [other.address], iceServers: [] })
  await middle.order({ middle: { invitation, signalling: [relay.address, other.address] } })
  await expect
    .poll(() => middle.order({ heard: true }), PATIENCE)
    .toEqual(expect.arrayContaining(['met 0', 'met 1', 'auth']))
  const states = () => Promise.all([owner, guest].map(async (each) => (await each.link(workspace)).state))
  await expect.poll(states, PATIENCE).toEqual(['refused', 'refused'])
  const told = async () => [...(await refusals(owner)), ...(await refusals(guest))]
  await expect.poll(told, PATIENCE).toContain('link-bad-proof')
  await owner.client.workspaces.addChannel({ workspace, name: { en: 'Legal', ar: 'قانوني' }, roles: ['coo'] })
  expect(await middle.order({ heard: true })).not.toContain('runs')
  expect(await guest.tips(workspace)).toEqual(before)
}, 180_000)
