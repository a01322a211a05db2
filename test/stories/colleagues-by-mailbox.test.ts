import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startRelay, type Relay } from '#relay/start.ts'
import { copyIn, internalOf, share } from '#test/support/colleagues.ts'
import { importFile, until, type Company } from '#test/support/company.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { NodeCarrier } from '#test/support/node-carrier.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { found } from '#test/support/scan.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let directory: string
let relay: Relay
let two: TwoCompanies
let colleague: Company | undefined
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mithaq-colleagues-mailbox-'))
  relay = await startRelay({ host: '127.0.0.1', port: 0, behindProxy: false, data: join(directory, 'mailbox.db') })
  two = await twoCompanies()
})
afterEach(async () => {
  colleague?.engine.close()
  if (colleague) rmSync(colleague.directory, { recursive: true, force: true })
  colleague = undefined
  two.end()
  await relay.close()
  rmSync(directory, { recursive: true, force: true })
})

it(
  'colleagues who are never online together meet by a mailbox of their company, which reads nothing and names nobody',
  { timeout: 120_000 },
  async () => {
    const { a } = two
    const name = { en: 'Omar Al-Zahrani', ar: 'عمر الزهراني' }
    const finance = (colleague = await enrolled(a, two.clock, { name, roles: ['cfo'] }))
    const { workspace } = internalOf(a)
    // Nobody's addresses are taken over by themselves: a partner's mailbox must not see that there is such a workspace.
    expect((await a.client.workspaces.get({ workspace })).connection).toMatchObject({ signalling: [], mailbox: null })
    const mailbox = `ws://127.0.0.1:${relay.port}`
    for (const { client } of [a, finance])
      await client.workspaces.setConnection({ workspace, enabled: true, signalling: [], iceServers: [], mailbox })
    const level = (one: Company) =>
      until('everything is exchanged', async () => {
        const { mailbox: box } = await one.client.workspaces.get({ workspace })
        return box?.level === true && box.unstored === 0
      })
    const dataset = await importFile(a, 'orders.csv', ledger(regularOrders()))
    const artifact = await share(a, dataset.id, ['cfo'], 'private')
    const first = new NodeCarrier(a.engine)
    await level(a)
    first.close()

    const second = new NodeCarrier(finance.engine)
    await until('the table is here', async () => (await copyIn(finance, artifact))?.revision === 1)
    await level(finance)
    second.close()
    const third = new NodeCarrier(a.engine)
    await until('the receipt is back', async () => {
      const [mine] = (await a.client.colleagues.get()).shares
      return mine?.readers[0]?.taken === 1
    })
    third.close()
    const texts = ['Omar Al-Zahrani', 'Contact person', 'DT-0101', 'orders.csv']
    const stored = readdirSync(directory).map((file) => readFileSync(join(directory, file)))
    expect(found(stored, [{ name: 'what colleagues share', texts }])).toEqual([])
  },
)
