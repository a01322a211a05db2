import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredRun, Vault } from '#engine/ports.ts'
import type { Cell } from '#shared/artifacts/table.ts'
import { GENESIS } from '#shared/audit/chain.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { auditEntry, COLUMNS, dataset, key, ROWS, run, value, type VaultFamily } from './vault-family.ts'

/** What records, datasets, log and audit promise, whatever lies beneath them. */
export function storesContract(name: string, family: () => VaultFamily): void {
  describe(`store contract: ${name}`, () => {
    let subject: VaultFamily
    let directory: string
    let vault: Vault
    const reopened = (): Vault => {
      vault.close()
      vault = value(subject.files.open(directory, key(1)))
      return vault
    }
    beforeEach(() => {
      subject = family()
      directory = subject.fresh()
      vault = value(subject.files.create(directory, key(1)))
    })
    afterEach(() => {
      vault.close()
      subject.dispose()
    })

    describe('records', () => {
      it('put, replace, remove and list by id', () => {
        const { records } = vault
        records.put('person', 'b', { name: 'Badr', roles: ['coo'] })
        records.put('person', 'a', { name: 'Amal', missing: undefined, nested: [{ gone: undefined, kept: null }] })
        records.put('policy', 'a', new Uint8Array([1, 255]))
        records.put('person', 'b', { name: 'Badr', roles: [] })
        expect(records.list('person')).toEqual([
          { id: 'a', value: { name: 'Amal', nested: [{ kept: null }] } },
          { id: 'b', value: { name: 'Badr', roles: [] } },
        ])
        expect(Object.keys(records.get<object>('person', 'a') ?? {})).not.toContain('missing')
        records.remove('person', 'a')
        records.remove('person', 'a')
        expect(records.get('person', 'a')).toBeUndefined()
        expect(new Uint8Array(reopened().records.get<Uint8Array>('policy', 'a') ?? [])).toEqual(
          new Uint8Array([1, 255]),
        )
      })
      it('give back a value of their own: changing it changes nothing stored', () => {
        const given = { list: [1] }
        vault.records.put('note', 'a', given)
        given.list.push(2)
        vault.records.get<{ list: number[] }>('note', 'a')?.list.push(3)
        expect(vault.records.get('note', 'a')).toEqual({ list: [1] })
      })
    })

    describe('datasets', () => {
      const whole = { offset: 0, limit: 100 }
      const filled = (id = dataset('1')): DatasetId => {
        vault.datasets.stage(id, COLUMNS)
        vault.datasets.append(id, ROWS.slice(0, 3))
        vault.datasets.append(id, ROWS.slice(3))
        vault.datasets.publish(id)
        return id
      }
      it('keep rows in import order, typed', () => {
        const id = filled()
        reopened()
        expect(vault.datasets.count(id)).toBe(4)
        expect(vault.datasets.page(id, whole)).toEqual({ rows: ROWS, total: 4 })
        expect(vault.datasets.page(id, { offset: 1, limit: 2 })).toEqual({ rows: ROWS.slice(1, 3), total: 4 })
        expect(vault.datasets.page(id, { offset: 9, limit: 2 })).toEqual({ rows: [], total: 4 })
      })
      it('sort by a column, missing values first, import order among equals', () => {
        const id = filled()
        const sorted = (column: string, descending: boolean) =>
          vault.datasets
            .page(id, { ...whole, sort: { column, descending } })
            .rows.map((row) => ROWS.findIndex((r) => `${r}` === `${row}`))
        expect(sorted('sku', false)).toEqual([1, 3, 0, 2])
        expect(sorted('sku', true)).toEqual([2, 0, 1, 3])
        expect(sorted('quantity', false)).toEqual([3, 1, 0, 2])
        expect(sorted('note', false)).toEqual([1, 3, 0, 2])
      })
      it('filter by a substring of any text column, wildcards taken literally', () => {
        const id = filled()
        const found = (filter: string) => vault.datasets.page(id, { ...whole, filter })
        expect(found('A-')).toEqual({ rows: [ROWS[1], ROWS[3]], total: 2 })
        expect(found('متأخر').total).toBe(1)
        expect(found('100%').total).toBe(1)
        expect(found('%').total).toBe(1)
        expect(found('_').total).toBe(1)
        expect(found('!').total).toBe(0)
        expect(found('2026').total).toBe(0)
        expect(
          vault.datasets.page(id, {
            offset: 1,
            limit: 1,
            filter: 'a-1',
            sort: { column: 'quantity', descending: true },
          }),
        ).toEqual({ rows: [ROWS[3]], total: 2 })
      })
      it('scan the named columns of every row, while others write', () => {
        const id = filled()
        const seen: Cell[][] = []
        for (const row of vault.datasets.scan(id, ['price', 'sku'])) {
          vault.records.put('note', String(seen.length), 1)
          seen.push([...row])
        }
        expect(seen).toEqual(ROWS.map((row) => [row[2], row[0]]))
        expect(() => [...vault.datasets.scan(id, ['nonsense'])]).toThrow()
      })
      it('come back from a scan complete and in order, whatever their number', () => {
        fc.assert(
          fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 3 }), fc.nat(), (batches, seed) => {
            const id = seed.toString(16).padStart(32, '0') as DatasetId
            vault.datasets.stage(id, COLUMNS.slice(1, 2))
            let next = 0
            for (const size of batches)
              vault.datasets.append(
                id,
                Array.from({ length: size }, () => [next++]),
              )
            const seen = [...vault.datasets.scan(id, ['quantity'])].map(([cell]) => cell)
            expect(seen).toEqual(Array.from({ length: next }, (_, index) => index))
            vault.datasets.drop(id)
          }),
          { numRuns: 10 },
        )
      })
      it('take the place of another when published', () => {
        const old = filled(dataset('1'))
        const next = dataset('2')
        vault.datasets.stage(next, COLUMNS)
        vault.datasets.append(next, ROWS.slice(0, 1))
        vault.datasets.publish(next, old)
        expect(vault.datasets.count(next)).toBe(1)
        expect(() => vault.datasets.count(old)).toThrow()
      })
      it('leave no staging behind', () => {
        const kept = filled(dataset('1'))
        vault.datasets.stage(dataset('2'), COLUMNS)
        vault.datasets.append(dataset('2'), ROWS)
        reopened()
        expect(() => vault.datasets.count(dataset('2'))).toThrow()
        expect(vault.datasets.sweepStaging()).toBe(0)
        expect(vault.datasets.count(kept)).toBe(4)
        vault.datasets.stage(dataset('2'), COLUMNS)
        expect(vault.datasets.sweepStaging()).toBe(1)
      })
      it('refuse a row of another width', () => {
        const id = filled()
        expect(() => vault.datasets.append(id, [['x']])).toThrow()
        expect(vault.datasets.count(id)).toBe(4)
      })
    })

    describe('log', () => {
      it('appends in sequence and answers from any sequence on', () => {
        const { log } = vault
        for (const [first, last] of [[0, 4], [5, 5], [6, 9]] as const) log.append(run('c', 'f', first, last)) // prettier-ignore
        log.append(run('c', 'g', 0, 2))
        log.append(run('d', 'f', 0, 0))
        const firsts = (from: number, limit = 10) =>
          vault.log.runs('c', 'f', from, limit).map(({ firstSeq }) => firstSeq)
        expect(firsts(0)).toEqual([0, 5, 6])
        expect(firsts(3)).toEqual([0, 5, 6])
        expect(firsts(5)).toEqual([5, 6])
        expect(firsts(8)).toEqual([6])
        expect(firsts(10)).toEqual([])
        expect(firsts(0, 2)).toEqual([0, 5])
        expect(vault.log.runs('c', 'unknown', 0, 9)).toEqual([])
        expect(vault.log.runs('c', 'f', 5, 1)).toEqual([run('c', 'f', 5, 5)])
        reopened()
        expect(firsts(4)).toEqual([0, 5, 6])
        expect(vault.log.frontier('c')).toEqual(new Map([['f', 9], ['g', 2]])) // prettier-ignore
        expect(vault.log.frontier('none').size).toBe(0)
        expect(vault.log.channels()).toEqual(['c', 'd'])
      })
      it('never takes a gap, an overlap or a repetition', () => {
        vault.log.append(run('c', 'f', 0, 4))
        for (const first of [0, 3, 4, 6]) expect(() => vault.log.append(run('c', 'f', first, 8))).toThrow()
        reopened()
        expect(() => vault.log.append(run('c', 'f', 4, 8))).toThrow()
        vault.log.append(run('c', 'f', 5, 8))
        expect(vault.log.frontier('c').get('f')).toBe(8)
      })
      it('replays a channel in the order of arrival', () => {
        const order: StoredRun[] = []
        const next = new Map<string, number>()
        fc.assert(
          fc.property(fc.array(fc.constantFrom('f', 'g', 'h'), { maxLength: 400 }), (feeds) => {
            vault.transaction(() => {
              for (const feed of feeds) {
                const at = next.get(feed) ?? 0
                next.set(feed, at + 1)
                const one = run('c', feed, at, at)
                order.push(one)
                vault.log.append(one)
                vault.log.append({ ...one, channel: 'other' })
              }
            })
            expect([...vault.log.replay('c')]).toEqual(order)
          }),
          { numRuns: 8 },
        )
        reopened()
        expect([...vault.log.replay('c')]).toEqual(order)
        expect([...vault.log.replay('none')]).toEqual([])
        // From a place on, as one reads who has stored what came before.
        expect(vault.log.count('c')).toBe(order.length)
        expect(vault.log.count('none')).toBe(0)
        for (const from of [0, 1, order.length - 1, order.length, order.length + 1])
          expect([...vault.log.replay('c', from)]).toEqual(order.slice(from))
      })
    })

    describe('audit', () => {
      const entries = [
        auditEntry(1, { kind: 'vault', code: 'created' }),
        auditEntry(2, {
          kind: 'disclosure',
          code: 'slice-disclosed',
          actor: 'سارة',
          subject: { id: 's1', name: 'Forecast Q1' },
        }),
        auditEntry(3, { kind: 'refusal', code: 'chain-broken', detail: { run: 12, peer: 'Noor Foods' } }),
        auditEntry(4, { kind: 'disclosure', code: 'slice-withdrawn', subject: { id: 's1', name: 'Forecast Q1' } }),
      ]
      beforeEach(() => {
        for (const entry of entries) vault.audit.append(entry)
      })
      const found = (query: Partial<Parameters<Vault['audit']['search']>[0]>) => {
        const { entries: page, total } = vault.audit.search({ offset: 0, limit: 10, ...query })
        return { seqs: page.map(({ seq }) => seq), total }
      }
      it('keeps the chain as it was handed in', () => {
        reopened()
        expect(vault.audit.head()).toEqual({ seq: 4, hash: entries[3]?.hash })
        expect(vault.audit.range(1, 10)).toEqual(entries)
        expect(vault.audit.range(3, 1)).toEqual([entries[2]])
      })
      it('takes only what follows the head', () => {
        expect(() => vault.audit.append(auditEntry(6, {}))).toThrow()
        expect(() => vault.audit.append(auditEntry(4, {}))).toThrow()
        expect(() => vault.audit.append({ ...auditEntry(5, {}), previous: GENESIS.hash })).toThrow()
        vault.audit.append(auditEntry(5, {}))
        expect(vault.audit.head().seq).toBe(5)
      })
      it('is searched by text, kind and date, newest first, page by page', () => {
        expect(found({})).toEqual({ seqs: [4, 3, 2, 1], total: 4 })
        expect(found({ kinds: ['disclosure'] })).toEqual({ seqs: [4, 2], total: 2 })
        expect(found({ kinds: [] })).toEqual({ seqs: [], total: 0 })
        expect(found({ text: 'forecast q1' })).toEqual({ seqs: [4, 2], total: 2 })
        expect(found({ text: 'noor' }).seqs).toEqual([3])
        expect(found({ text: 'سارة' }).seqs).toEqual([2])
        expect(found({ from: 2_000 as Instant, to: 3_000 as Instant }).seqs).toEqual([3, 2])
        expect(found({ kinds: ['disclosure'], text: 'withdrawn', from: 1 as Instant }).seqs).toEqual([4])
        expect(found({ offset: 1, limit: 2 })).toEqual({ seqs: [3, 2], total: 4 })
      })
    })
  })
}
