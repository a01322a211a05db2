import { afterEach, expect, it } from 'vitest'
import type { ChannelId, EpochId } from '#shared/kernel/ids.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import { download, openFile, type Company } from '#test/support/company.ts'
import { threeCompanies, type ThreeCompanies } from '#test/support/three-companies.ts'

const PLAN = 'JointInitiativePlan.v1'
const titled = (en: string) => ({ en, ar: 'خطة' })

let three: ThreeCompanies
afterEach(() => three.end())

const runtimeOf = ({ engine }: Company) => {
  const runtime = engine.desk.session.hub.runtime(three.channel as ChannelId)
  if (!runtime) throw new Error('no channel')
  return runtime
}
const titles = async ({ client }: Company): Promise<readonly string[]> =>
  (await client.documents.list({})).map(({ title }) => title.en).toSorted()

/** Of every sealed entry in a whole copy of the log whether it opens with the keys that one company has. */
function opened(log: readonly Uint8Array[], by: Company): readonly boolean[] {
  const { crypto } = by.engine.desk.session.context
  const keys = new Map(
    runtimeOf(by)
      .epochKeys()
      .map(({ epoch, key }) => [epoch, key]),
  )
  return log.flatMap((bytes) => {
    const run = parseRun(bytes)
    if (!run.ok) throw new Error(run.refusal)
    const { firstSeq: nextSeq, previous: previousHash, workspace } = run.value
    const entries = verifyRun(crypto, run.value, { workspace, channel: three.channel as ChannelId, nextSeq, previousHash }) // prettier-ignore
    if (!entries.ok) throw new Error(entries.refusal)
    const sealed = entries.value.filter(({ epoch }) => epoch !== null)
    return sealed.map((entry) => openEntry(crypto, entry, keys.get(entry.epoch as EpochId)).ok)
  })
}

it('[SYN-77] writes into the past with all its keys and a whole copy of the mailbox: nothing of it counts, and it opens nothing that was written afterwards', async () => {
  three = await threeCompanies()
  const [a, b, c] = three.all
  const { workspace, channel } = three
  await c.client.documents.create({ channel, type: PLAN, title: titled('Before') })
  await three.level()
  three.cutOff(2)
  const company = c.engine.desk.session.hub.identity.card.company
  const { log } = a.engine.desk.session.context.vault
  const before = log.count(channel)

  // One asks, the other agrees; C hears of nothing and goes on.
  await a.client.workspaces.removeCompany({ workspace, company })
  await three.level([a, b])
  await b.client.workspaces.removeCompany({ workspace, company })
  await three.level([a, b])
  await c.client.documents.create({ channel, type: PLAN, title: titled('Backdated') })
  const gone = log.count(channel)
  await a.client.documents.create({ channel, type: PLAN, title: titled('Afterwards') })
  await three.level([a, b])

  const file = await download(c, await c.client.workspaces.exportSync({ workspace }))
  for (const one of [a, b]) {
    const outcome = await openFile(one, file)
    expect(outcome).toMatchObject({ kind: 'sync', admitted: 0 })
    expect(await titles(one)).toEqual(['Afterwards', 'Before'])
    const { members } = await one.client.workspaces.get({ workspace })
    const [device, ...more] = members.find((member) => member.company === company)?.devices ?? []
    expect(more).toEqual([])
    expect(device).toMatchObject({ state: 'gone', vouched: 0 })
    expect(device?.parked).toBeGreaterThan(0)
  }
  await three.level([a, b])
  for (const { client, passphrase } of [a, b]) {
    await client.vault.lock()
    await client.vault.unlock({ passphrase })
  }
  for (const one of [a, b]) expect(await titles(one)).toEqual(['Afterwards', 'Before'])

  // What a mailbox holds is the log; C copied all of it.
  const own = c.engine.desk.session.hub.identity.device.id
  const replayed = [...a.engine.desk.session.context.vault.log.replay(channel)]
  const copy = replayed.slice(0, before).map(({ bytes }) => bytes)
  const after = replayed.slice(gone).flatMap(({ feed, bytes }) => (feed.startsWith(own) ? [] : [bytes]))
  const all = opened(copy, c)
  expect(all.length).toBeGreaterThan(3)
  expect(all).not.toContain(false)
  expect(opened(after, a)).toContain(true)
  expect(opened(after, c)).not.toContain(true)
  // And it keeps what it had.
  expect(await titles(c)).toEqual(['Backdated', 'Before'])
})
