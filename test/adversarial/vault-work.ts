import { appendAudit } from '#shared/audit/append.ts'
import type { Vault } from '#engine/ports.ts'
import type { Column } from '#shared/artifacts/table.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { seeded } from './killed-child.ts'

/** What the n-th operation does follows from n alone, so that whoever reads the vault later knows what must be in it. */
export interface Operation {
  readonly number: number
  readonly kind: 'edit' | 'import' | 'sync' | 'rekey' | 'kit'
  readonly size: number
}
export const COLUMNS: readonly Column[] = [
  { name: 'n', type: 'integer', meaning: 'quantity', dataClass: 'private' },
  { name: 'text', type: 'text', meaning: 'note', dataClass: 'private' },
]
const CHANNELS = ['a'.repeat(64), 'b'.repeat(64)]

export function operation(number: number): Operation {
  const draw = seeded(number * 7_919 + 11)
  const dice = draw(20)
  const kind = dice < 8 ? 'edit' : dice < 13 ? 'import' : dice < 17 ? 'sync' : dice < 19 ? 'kit' : 'rekey'
  return { number, kind, size: draw(40) + 1 }
}

export const channelOf = (number: number): string => CHANNELS[number % 2] ?? ''
export const feedOf = (number: number): string => (number % 3).toString().repeat(96)
export const datasetOf = (number: number): DatasetId => number.toString(16).padStart(32, '0') as DatasetId
export const rowsOf = ({ number, size }: Operation) =>
  Array.from({ length: size * 3 }, (_, index) => [number * 1_000 + index, `row ${index} of ${number}`] as const)

/** The transaction that ends an operation: its effect, its audit entry and its number, together or not at all. */
export function conclude(crypto: Crypto, vault: Vault, done: Operation, effect: () => void): void {
  vault.transaction(() => {
    effect()
    const event = {
      kind: 'update',
      code: 'operation-done',
      actor: '',
      subject: { id: String(done.number), name: done.kind },
      detail: { size: done.size },
    } as const
    vault.audit.append(appendAudit(crypto, vault.audit.head(), done.number as Instant, event))
    vault.records.put('work', 'done', { number: done.number })
  })
}

export const lastDone = (vault: Vault): number => vault.records.get<{ number: number }>('work', 'done')?.number ?? -1

/** Carries one operation out on the stores. */
export function carryOut(crypto: Crypto, vault: Vault, todo: Operation): void {
  const { number, kind, size } = todo
  if (kind === 'import') {
    const id = datasetOf(number)
    vault.datasets.stage(id, COLUMNS)
    const rows = rowsOf(todo)
    for (let at = 0; at < rows.length; at += size) vault.datasets.append(id, rows.slice(at, at + size))
    conclude(crypto, vault, todo, () => vault.datasets.publish(id))
    return
  }
  conclude(crypto, vault, todo, () => {
    if (kind === 'edit')
      for (let index = 0; index < size; index++) vault.records.put('edit', `${number}-${index}`, { number, size })
    if (kind === 'sync') {
      const [channel, feed] = [channelOf(number), feedOf(number)]
      const firstSeq = (vault.log.frontier(channel).get(feed) ?? -1) + 1
      const bytes = new Uint8Array(size * 100).fill(number & 255)
      vault.log.append({ channel, feed, firstSeq, lastSeq: firstSeq + size - 1, bytes })
    }
  })
}
