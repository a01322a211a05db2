import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accept, confirm, level, makeWorkspace, PATIENCE, reaches } from './meet.ts'
import { World, type Company, type Relay } from './world.ts'

let world: World
let relay: Relay
let owner: Company
let guest: Company
let workspace: string

beforeAll(async () => {
  world = await World.make()
  relay = await world.relay()
  ;[owner, guest] = await Promise.all([world.company('owner'), world.company('guest')])
}, 60_000)
afterAll(() => world?.close())

it('[story 1] accepts an invitation over the direct link, and the status says what is true on the way', async () => {
  const made = await makeWorkspace(owner, [relay.address])
  workspace = made.workspace
  expect(await owner.link(workspace)).toEqual({ state: 'offline' })
  await owner.openCarrier()
  await reaches(owner, workspace, 'waiting')
  await guest.openCarrier()
  await accept(guest, made.invitation)
  await confirm(owner, guest, workspace)
  await Promise.all([reaches(owner, workspace, 'direct'), reaches(guest, workspace, 'direct')])
  await expect.poll(async () => (await guest.client.workspaces.get({ workspace })).stage, PATIENCE).toBe('active')
  await level(owner, guest, workspace)
}, 120_000)

it('[story 1] carries a disclosure to the partner and its shortfall back', async () => {
  const artifact = await owner.disclose(workspace)
  const listed = () => guest.client.artifacts.list({ workspace })
  await expect.poll(async () => (await listed()).length, PATIENCE).toBe(1)
  const theirs = await guest.client.artifacts.open({ artifact })
  const ours = () => owner.client.artifacts.open({ artifact })
  expect(theirs.sliceId).toBe((await ours()).sliceId)

  const cell = theirs.forecast.series.flatMap(({ cells }) => cells).find(({ net }) => (net ?? 0) >= 10)
  if (!cell) throw new Error('a forecast without a quantity')
  const { sku, region, bucket } = cell
  const committed = Math.floor((cell.net ?? 0) / 2)
  const reason = 'one line is being rebuilt'
  await guest.client.artifacts.commit({
    artifact,
    commitments: [{ sku, region, bucket, committed, status: 'shortfall', reason, resource: null }],
  })
  await expect.poll(async () => (await ours()).shortfalls.open, PATIENCE).toBe(1)
  const [line] = (await ours()).shortfalls.lines
  expect(line).toMatchObject({ cell: { sku, region, bucket, committed }, reasons: [reason] })

  await owner.client.artifacts.answer({
    artifact,
    answers: [{ sku, region, bucket, answer: 'accepted', note: null }],
  })
  const answered = async () => (await guest.client.artifacts.open({ artifact })).shortfalls.lines[0]?.exception
  await expect.poll(answered, PATIENCE).toBe(null)
  expect((await ours()).receipts).toHaveLength(1)
  await level(owner, guest, workspace)
}, 120_000)

it('knows no BroadcastChannel, over which two pages of one browser would look like partners', () => {
  const folder = fileURLToPath(new URL('../../dist/carrier/assets', import.meta.url))
  const code = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
  expect(code).toContain('RTCPeerConnection')
  expect(code).not.toContain('BroadcastChannel')
})

it('[story 7] says offline when the way is switched off, and closes every socket', async () => {
  await expect.poll(() => relay.counts(owner), PATIENCE).toEqual({ connections: 2, topics: 1 })
  await guest.client.workspaces.setConnection({
    workspace,
    enabled: false,
    signalling: [relay.address],
    iceServers: [],
  })
  expect(await guest.link(workspace)).toEqual({ state: 'offline' })
  await reaches(owner, workspace, 'waiting')
  await expect.poll(() => relay.counts(owner), PATIENCE).toEqual({ connections: 1, topics: 1 })
  await owner.client.vault.lock({})
  await expect.poll(() => relay.counts(owner), PATIENCE).toEqual({ connections: 0, topics: 0 })
}, 120_000)
