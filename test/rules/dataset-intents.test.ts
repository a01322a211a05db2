import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { Changes } from '#engine/changes.ts'
import type { Context } from '#engine/context.ts'
import { DatasetIntents } from '#engine/datasets/intents.ts'
import { Jobs } from '#engine/jobs.ts'
import { Transfers } from '#engine/transfers.ts'
import { utf8, importBed, GOOD, HEADER, DEFECTIVE } from '#test/support/import-bed.ts'

const bed = importBed()

describe('the intents of the contract', () => {
  it('carry a file from upload to table, export and re-import, and name each refusal', async () => {
    const crypto = await createCrypto()
    const changes = new Changes()
    const jobs = new Jobs(crypto, changes, (problem) => expect.fail(String(problem)))
    const transfers = new Transfers(crypto)
    const context = { ...bed.deps, crypto, changes } as unknown as Context
    const intents = new DatasetIntents(context, jobs, transfers, () => 'Sara')
    const settledJob = async ({ job }: { readonly job: string }) => {
      await expect.poll(() => jobs.get(job).state, { interval: 5, timeout: 20_000 }).not.toBe('running')
      return jobs.get(job)
    }
    const upload = (text: string): string => {
      const id = transfers.begin('ledger.csv', utf8(text).length)
      transfers.chunk(id, Buffer.from(text).toString('base64'))
      return id
    }
    const text = [HEADER, ...GOOD].join('\n')
    const source = { upload: upload(text) }
    const probe = await intents.probe(source, { encoding: undefined })
    const plan = {
      source,
      choice: { delimiter: undefined },
      name: 'Ledger',
      system: '',
      columns: [...probe.columns],
      cancellations: 'net' as const,
      maxDefects: 0,
    }
    const done = await settledJob(intents.import(plan))
    expect(done).toMatchObject({ kind: 'import', state: 'done', progress: 1, rows: 40 })
    const id = done.result ?? ''
    expect(intents.list()).toMatchObject([{ id, name: 'Ledger', rows: 40 }])
    expect(intents.page(id, { offset: 39, limit: 5, sort: undefined, filter: undefined })).toMatchObject({
      total: 40,
      rows: [{ length: 6 }],
    })
    expect(intents.defects(id)).toEqual([])

    const exported = await settledJob(intents.export(id, 'ar'))
    expect(transfers.read(exported.result ?? '', 0).length).toBeGreaterThan(4_000)

    const next = {
      ...plan,
      source: { pasted: text.replaceAll(',', '\t').replaceAll('"', '').replaceAll('1\t0', '10') },
    }
    const pasted = await intents.probe(next.source, {})
    const again = await settledJob(intents.reimport(id, { ...next, columns: [...pasted.columns] }, ['SKU']))
    expect(again.state).toBe('done')
    const diff = intents.reimportDiff(again.id)
    expect(diff.added + diff.changed + diff.unchanged).toBe(40)
    expect(intents.confirmReimport(diff.token)).toMatchObject({ id, version: 2 })

    const refused = await settledJob(intents.import({ ...plan, source: { upload: upload(DEFECTIVE) } }))
    expect(refused).toMatchObject({
      state: 'failed',
      refusal: { module: 'intake', code: 'too-many-defects', params: { line: 42 } },
    })
    expect(() => intents.page('00', { offset: 0, limit: 1 })).toThrow('intake:no-such-dataset')
    intents.remove(id)
    expect(intents.list()).toEqual([])
    const { entries } = bed.vault.audit.search({ offset: 0, limit: 10 })
    expect(entries.map(({ event }) => `${event.actor} ${event.code}`).toSorted()).toEqual([
      'Sara dataset-imported', 'Sara dataset-reimported', 'Sara dataset-removed', 'Sara table-exported',
    ]) // prettier-ignore
  })
})
