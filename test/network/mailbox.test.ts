import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { download, upload } from '#headless/company.ts'
import { found } from '#test/support/scan.ts'
import { confirm, PATIENCE, reaches, until } from './meet.ts'
import { World, type Company, type Relay } from './world.ts'

let world: World
let relay: Relay
let owner: Company
let guest: Company
let workspace: string

/** Everything that the company has lies at the mailbox, and nothing there is lacking here. */
const exchanged = async ({ client }: Company): Promise<void> => {
  await until(
    async () => (await client.workspaces.get({ workspace })).mailbox,
    (mailbox) => mailbox?.level === true && mailbox.unstored === 0,
  )
}

beforeAll(async () => {
  world = await World.make()
  relay = await world.relay()
  ;[owner, guest] = await Promise.all([world.company('owner'), world.company('guest')])
  const { id } = await owner.client.workspaces.create({
    kind: 'customer-seller',
    name: { en: 'Supply 2027', ar: 'إمداد ٢٠٢٧' },
    outcome: { en: 'No lost sale', ar: 'لا بيع يضيع' },
    charter: { addCompany: 'every-member', roles: ['coo'] },
    channel: { name: { en: 'Operations', ar: 'العمليات' }, roles: ['coo'] },
  })
  workspace = id
  const mailbox = relay.address
  await owner.client.workspaces.setConnection({ workspace, enabled: true, signalling: [], iceServers: [], mailbox })
  const invitation = await download(owner.client, await owner.client.workspaces.invite({ workspace, days: 7 }))
  const looked = await guest.client.workspaces.openFile({ upload: await upload(guest.client, 'i.mithaq', invitation) })
  if (looked.kind !== 'invitation') throw new Error(`an invitation was opened as ${looked.kind}`)
  const { answer } = await guest.client.workspaces.accept({ token: looked.token })
  const bytes = await download(guest.client, answer)
  await owner.client.workspaces.openFile({ upload: await upload(owner.client, 'a.mithaq', bytes) })
  await confirm(owner, guest, workspace)
}, 60_000)
afterAll(() => world?.close())

it('[story 3] carries a disclosure and its answer between two browsers that are never there at once', async () => {
  await owner.openCarrier()
  await reaches(owner, workspace, 'mailbox')
  const artifact = await owner.disclose(workspace)
  await exchanged(owner)
  await owner.killCarrier()
  await reaches(owner, workspace, 'offline')

  await guest.openCarrier()
  await expect.poll(async () => (await guest.client.artifacts.list({ workspace })).length, PATIENCE).toBe(1)
  const { forecast } = await guest.client.artifacts.open({ artifact })
  const cell = forecast.series.flatMap(({ cells }) => cells).find(({ net }) => (net ?? 0) >= 10)
  if (!cell) throw new Error('a forecast without a quantity')
  const { sku, region, bucket, net } = cell
  await guest.client.artifacts.commit({
    artifact,
    commitments: [{ sku, region, bucket, committed: net, status: 'committed', reason: null, resource: null }],
  })
  await exchanged(guest)
  await guest.killCarrier()

  await owner.openCarrier()
  const committed = async () =>
    (await owner.client.artifacts.open({ artifact })).forecast.series
      .flatMap(({ cells }) => cells)
      .filter((each) => each.committed !== null).length
  await expect.poll(committed, PATIENCE).toBe(1)
  await exchanged(owner)
  expect(await owner.tips(workspace)).toEqual(await guest.tips(workspace))
}, 120_000)

it('[story 3] comes back by itself when the relay does, and its file names nobody', async () => {
  await relay.kill()
  await until(
    () => owner.link(workspace),
    ({ state }) => state !== 'mailbox',
  )
  const folder = dirname(world.mailboxFile)
  const files = readdirSync(folder).filter((name) => name.startsWith(basename(world.mailboxFile)))
  const names = { name: 'names', texts: ['owner person', 'guest person', 'Supply 2027', 'No lost sale', 'Operations', 'Packaging demand'] } // prettier-ignore
  expect(files.length).toBeGreaterThan(0)
  expect(found(files.map((name) => readFileSync(join(folder, name))), [names])).toEqual([]) // prettier-ignore
  relay = await world.relay(relay.port)
  await reaches(owner, workspace, 'mailbox')
  await exchanged(owner)
}, 120_000)
