import { afterAll, beforeAll, expect, it } from 'vitest'
import { level, linkedPair, PATIENCE, reaches } from './meet.ts'
import type { Edit, Look } from './window-order.ts'
import { World, type Company } from './world.ts'

let world: World
let owner: Company
let guest: Company
let workspace: string
let channel: string

beforeAll(async () => {
  world = await World.make()
  ;({ owner, guest, workspace } = await linkedPair(world, await world.relay()))
  channel = (await owner.client.workspaces.get({ workspace })).channels[0]?.id ?? ''
}, 120_000)
afterAll(() => world?.close())

const both = (state: 'direct' | 'waiting') =>
  Promise.all([reaches(owner, workspace, state), reaches(guest, workspace, state)])
const make = async (type: string, title: string): Promise<string> =>
  (await owner.client.documents.create({ channel, type, title: { en: title, ar: '' } })).artifact

const PLAN = { set: 'milestones', text: { set: 'plan', id: 'it', field: 'body' } }
const STANDARD = { set: 'clauses', text: { set: 'clauses', id: 'c1', field: 'textEn' } }
const edited = (company: Company, artifact: string, look: typeof PLAN, edits: readonly Edit[]): Promise<Look> =>
  company.window({ artifact, channel, edits, look })

it('[AR-2, AR-3] merges a plan and a standard that both companies edited apart, over the direct link, after both restarted', async () => {
  const plan = await make('JointInitiativePlan.v1', 'Pilot line')
  const standard = await make('StandardsDoc.v1', 'Delivery notes')
  await edited(owner, plan, PLAN, [
    { kind: 'add', set: 'milestones', id: 'ready', values: { titleEn: 'Line ready', due: '2027-05-03', order: 'a0' } },
    { kind: 'add', set: 'milestones', id: 'old', values: { titleEn: 'Old step', due: '2027-04-01', order: 'a1' } },
    { kind: 'type', ...PLAN.text, at: 0, text: 'Ship in May.' },
  ])
  await edited(owner, standard, STANDARD, [
    { kind: 'add', set: 'clauses', id: 'c1', values: { order: 'a0', level: 1, headingEn: 'Scope', nature: 'requirement' } },
    { kind: 'type', ...STANDARD.text, at: 0, text: 'Each note has a number.' },
  ]) // prettier-ignore
  await expect.poll(async () => (await guest.client.documents.list({})).length, PATIENCE).toBe(2)
  await level(owner, guest, workspace)

  world.network.setInterface('down')
  await both('waiting')
  await edited(owner, plan, PLAN, [
    { kind: 'set', set: 'milestones', id: 'ready', field: 'due', value: '2027-05-17' },
    { kind: 'remove', set: 'milestones', id: 'old' },
    { kind: 'type', ...PLAN.text, at: 0, text: 'We ' },
  ])
  await edited(guest, plan, PLAN, [
    { kind: 'set', set: 'milestones', id: 'ready', field: 'due', value: '2027-06-01' },
    { kind: 'set', set: 'milestones', id: 'old', field: 'titleEn', value: 'Old step, still needed' },
    { kind: 'type', ...PLAN.text, at: null, text: ' Or in June.' },
  ])
  await edited(owner, standard, STANDARD, [
    { kind: 'set', set: 'clauses', id: 'c1', field: 'headingEn', value: 'Scope of notes' },
    { kind: 'type', ...STANDARD.text, at: null, text: ' It is never used twice.' },
  ])
  await edited(guest, standard, STANDARD, [
    { kind: 'set', set: 'clauses', id: 'c1', field: 'headingEn', value: 'Scope of the standard' },
    { kind: 'type', ...STANDARD.text, at: 0, text: 'As agreed: ' },
    { kind: 'add', set: 'clauses', id: 'c2', values: { order: 'a1', level: 1, headingEn: 'Numbers', nature: 'requirement' } },
  ]) // prettier-ignore
  await Promise.all([owner.restart(), guest.restart()])
  world.network.setInterface('up')
  await both('direct')
  await level(owner, guest, workspace)

  const [plans, standards] = [
    await Promise.all([edited(owner, plan, PLAN, []), edited(guest, plan, PLAN, [])]),
    await Promise.all([edited(owner, standard, STANDARD, []), edited(guest, standard, STANDARD, [])]),
  ]
  expect(plans[0]).toEqual(plans[1])
  expect(standards[0]).toEqual(standards[1])
  expect(plans[0].text).toBe('We Ship in May. Or in June.')
  expect(plans[0].records).toMatchObject([
    { id: 'ready', conflicts: { due: ['2027-05-17 by owner person', '2027-06-01 by guest person'] }, removal: null },
    { id: 'old', values: { titleEn: 'Old step, still needed' }, conflicts: {}, removal: 'disputed' },
  ])
  expect(standards[0].text).toBe('As agreed: Each note has a number. It is never used twice.')
  expect(standards[0].records).toMatchObject([
    { id: 'c1', conflicts: { headingEn: ['Scope of notes by owner person', 'Scope of the standard by guest person'] } },
    { id: 'c2', values: { headingEn: 'Numbers' }, conflicts: {} },
  ])
}, 240_000)
