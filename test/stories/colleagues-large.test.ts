import { rmSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { transactionsCsv } from '#demo/transactions.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { carry, copyIn, hubOf, internalOf, settled, share } from '#test/support/colleagues.ts'
import { auditOf, ended, importFile, type Company } from '#test/support/company.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
let colleague: Company | undefined
afterEach(() => {
  colleague?.engine.close()
  if (colleague) rmSync(colleague.directory, { recursive: true, force: true })
  two.end()
})

it(
  'a table of a hundred thousand rows goes whole, can be cancelled on its way, and leaves nothing behind when it was',
  { timeout: 180_000 },
  async () => {
    two = await twoCompanies()
    const { a } = two
    const finance = (colleague = await enrolled(a, two.clock, { name: { en: 'Omar', ar: 'عمر' }, roles: ['cfo'] }))
    const dataset = await importFile(a, 'orders.csv', utf8(transactionsCsv({ rows: 100_000, seed: 11 })))
    await settled(a)
    const runs = () => hubOf(a).context.vault.log.count(internalOf(a).id)
    const before = runs()
    const columns = dataset.columns.map(({ name }) => name)
    const choice = { dataset: dataset.id, roles: ['cfo' as const], ceiling: 'private' as const, columns }
    const { job } = await a.client.colleagues.share(choice)
    await a.client.jobs.cancel({ id: job })
    expect((await ended(a, job)).state).toBe('cancelled')
    expect(runs()).toBe(before)
    expect((await a.client.colleagues.get()).shares).toEqual([])
    expect((await auditOf(a)).map(({ code }) => code)).not.toContain('dataset-shared')

    const artifact = await share(a, dataset.id, ['cfo'], 'private')
    await carry(a, finance)
    await settled(finance)
    expect(await copyIn(finance, artifact)).toMatchObject({ state: 'current', revision: 1 })
    const last = { offset: dataset.rows - 3, limit: 3 }
    const [ours, theirs] = [await a.client.datasets.page({ dataset: dataset.id, ...last }), await finance.client.datasets.page({ dataset: artifact, ...last })] // prettier-ignore
    expect(theirs.total).toBe(dataset.rows)
    expect(theirs.rows).toEqual(ours.rows)
  },
)
