import { afterAll, beforeAll, expect, it } from 'vitest'
import { level, linkedPair, reaches } from './meet.ts'
import { World, type Company, type Relay } from './world.ts'

const ENTRIES = 3_000
const CHARACTERS = 10_000

let world: World
let relay: Relay
let owner: Company
let guest: Company
let workspace: string

beforeAll(async () => {
  world = await World.make()
  relay = await world.relay()
  ;({ owner, guest, workspace } = await linkedPair(world, relay))
}, 120_000)
afterAll(() => world?.close())

const both = (state: 'direct' | 'waiting') =>
  Promise.all([reaches(owner, workspace, state), reaches(guest, workspace, state)])
const write = (company: Company) => company.backlog({ workspace, entries: 20, characters: 1_000 })

it('[story 7] carries a backlog of 30 MB, written while the partner was away, to the last entry', async () => {
  await guest.killCarrier()
  await reaches(guest, workspace, 'offline')
  const bytes = await owner.backlog({ workspace, entries: ENTRIES, characters: CHARACTERS })
  expect(bytes).toBe(30_000_000)
  await guest.openCarrier()
  await level(owner, guest, workspace, 120_000)
  expect((await guest.tips(workspace)).some(({ seq }) => seq > ENTRIES)).toBe(true)
}, 240_000)

it('[story 7] finds its partner again after a crash of the carrier, with what both wrote meanwhile', async () => {
  await both('direct')
  await owner.killCarrier()
  await Promise.all([write(owner), write(guest)])
  await reaches(guest, workspace, 'waiting')
  await owner.openCarrier()
  await both('direct')
  await level(owner, guest, workspace)
}, 120_000)

it('[story 7] goes on without the relay, and uses it again when it is back', async () => {
  await relay.kill()
  await write(owner)
  await level(owner, guest, workspace)
  expect([await owner.link(workspace), await guest.link(workspace)]).toMatchObject([
    { state: 'direct' },
    { state: 'direct' },
  ])
  await guest.killCarrier()
  await guest.openCarrier()
  await reaches(guest, workspace, 'connecting')
  await reaches(guest, workspace, 'offline')
  relay = await world.relay(relay.port)
  await both('direct')
}, 120_000)

it('[story 7] notices a pulled cable and connects again by itself when it is back', async () => {
  world.network.setInterface('down')
  await both('waiting')
  await Promise.all([write(owner), write(guest)])
  world.network.setInterface('up')
  await both('direct')
  await level(owner, guest, workspace)
}, 180_000)
