import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Vault } from '#engine/ports.ts'
import { GENESIS } from '#shared/audit/chain.ts'
import { auditEntry, COLUMNS, dataset, key, ROWS, run, value, type VaultFamily } from './vault-family.ts'
import { storesContract } from './vault-stores.contract.ts'

/** The one suite that every adapter of `VaultFiles` and `Vault` passes. */
export function vaultContract(name: string, family: () => VaultFamily): void {
  describe(`vault contract: ${name}`, () => {
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

    describe('files', () => {
      it('opens with its key alone', () => {
        vault.records.put('note', 'a', { text: 'kept' })
        vault.close()
        expect(subject.files.open(directory, key(2))).toEqual({ ok: false, refusal: 'wrong-key' })
        vault = value(subject.files.open(directory, key(1)))
        expect(vault.records.get('note', 'a')).toEqual({ text: 'kept' })
      })
      it('says what is missing and what exists', () => {
        const nowhere = subject.fresh()
        expect(subject.files.exists(nowhere)).toBe(false)
        expect(subject.files.exists(directory)).toBe(true)
        expect(subject.files.open(nowhere, key(1))).toEqual({ ok: false, refusal: 'missing' })
        expect(() => subject.files.create(directory, key(1))).toThrow()
      })
      it('is open once, and again after it closed', () => {
        expect(subject.files.open(directory, key(1))).toEqual({ ok: false, refusal: 'open-elsewhere' })
        expect(reopened().records.list('note')).toEqual([])
      })
      it('closes twice without harm and answers nothing afterwards', () => {
        vault.close()
        vault.close()
        expect(() => vault.records.get('note', 'a')).toThrow()
        vault = value(subject.files.open(directory, key(1)))
      })
      it('keeps sidecars beside the vault', () => {
        expect(subject.files.readSidecar(directory, 'keys')).toBeUndefined()
        subject.files.writeSidecar(directory, 'keys', new Uint8Array([1, 2]))
        subject.files.writeSidecar(directory, 'keys', new Uint8Array([3]))
        expect(subject.files.readSidecar(directory, 'keys')).toEqual(new Uint8Array([3]))
        const before = subject.fresh()
        subject.files.writeSidecar(before, 'keys', new Uint8Array([4]))
        expect(subject.files.exists(before)).toBe(false)
        expect(subject.files.readSidecar(before, 'keys')).toEqual(new Uint8Array([4]))
      })
      it('has a place that lasts and that no other directory shares', () => {
        const place = subject.files.place(directory)
        reopened()
        expect(subject.files.place(directory)).toBe(place)
        expect(subject.files.place(subject.fresh())).not.toBe(place)
      })
      it('changes its key, and only the new one opens it', () => {
        vault.records.put('note', 'a', 1)
        vault.rekey(key(7))
        vault.records.put('note', 'b', 2)
        vault.close()
        expect(subject.files.open(directory, key(1))).toEqual({ ok: false, refusal: 'wrong-key' })
        vault = value(subject.files.open(directory, key(7)))
        expect(vault.records.list('note')).toEqual([
          { id: 'a', value: 1 },
          { id: 'b', value: 2 },
        ])
      })
      it('packs a copy with a head and unpacks it elsewhere', async () => {
        vault.records.put('note', 'a', 'before')
        const copy = `${directory}/vault.copy`
        const path = `${directory}/my.mithaq-backup`
        expect(await vault.copyTo(copy)).toBeGreaterThan(0)
        vault.records.put('note', 'a', 'after')
        expect(value(subject.files.pack(copy, new Uint8Array([9]), path))).toBeGreaterThan(0)
        expect(subject.files.packedHead(path)).toEqual({ ok: true, value: new Uint8Array([9]) })
        const elsewhere = subject.fresh()
        expect(subject.files.unpack(path, elsewhere)).toEqual({ ok: true, value: null })
        expect(() => subject.files.unpack(path, elsewhere)).toThrow()
        const restored = value(subject.files.open(elsewhere, key(1)))
        expect(restored.records.get('note', 'a')).toBe('before')
        restored.close()
      })
      it('refuses a packed file that is not there', () => {
        expect(subject.files.packedHead(`${directory}/none`)).toEqual({ ok: false, refusal: 'missing' })
        expect(subject.files.unpack(`${directory}/none`, subject.fresh())).toEqual({ ok: false, refusal: 'missing' })
      })
    })

    describe('transactions', () => {
      it('commit together or not at all', () => {
        expect(() =>
          vault.transaction(() => {
            vault.records.put('note', 'a', 1)
            vault.log.append(run('c', 'f', 0, 1))
            vault.audit.append(auditEntry(1, {}))
            vault.datasets.stage(dataset('1'), COLUMNS)
            vault.datasets.append(dataset('1'), ROWS)
            throw new Error('stop')
          }),
        ).toThrow('stop')
        expect(vault.records.get('note', 'a')).toBeUndefined()
        expect(vault.log.frontier('c').size).toBe(0)
        expect(vault.audit.head()).toEqual(GENESIS)
        expect(() => vault.datasets.count(dataset('1'))).toThrow()
        vault.transaction(() => {
          vault.datasets.stage(dataset('2'), COLUMNS.slice(0, 1))
          vault.datasets.append(dataset('2'), [['x']])
          vault.log.append(run('c', 'f', 0, 0))
        })
        expect(vault.datasets.page(dataset('2'), { offset: 0, limit: 5 }).rows).toEqual([['x']])
        expect(vault.log.frontier('c')).toEqual(new Map([['f', 0]]))
      })
      it('return what the work returns, and join when nested', () => {
        const result = vault.transaction(() => {
          vault.records.put('note', 'a', 1)
          return vault.transaction(() => {
            vault.records.put('note', 'b', 2)
            return 'done'
          })
        })
        expect(result).toBe('done')
        expect(reopened().records.list('note')).toHaveLength(2)
      })
      it('do not commit the half of a nested call whose error was swallowed', () => {
        expect(() =>
          vault.transaction(() => {
            try {
              vault.transaction(() => {
                vault.records.put('note', 'a', 1)
                throw new Error('inner')
              })
            } catch {
              vault.records.put('note', 'b', 2)
            }
          }),
        ).toThrow()
        expect(vault.records.list('note')).toEqual([])
      })
      it('work again after one failed', () => {
        expect(() => vault.transaction(() => vault.transaction(() => JSON.parse('{')))).toThrow(SyntaxError)
        vault.transaction(() => vault.records.put('note', 'a', 1))
        expect(reopened().records.get('note', 'a')).toBe(1)
      })
    })
  })
  storesContract(name, family)
}
