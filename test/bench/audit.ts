import { createCrypto } from '#adapters/sodium/crypto.ts'
import { appendAudit } from '#shared/audit/append.ts'
import { GENESIS, type AuditEntry, type ChainHead } from '#shared/audit/chain.ts'
import { verifyChain } from '#shared/audit/verify.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { processorTime } from './clock.ts'
import type { BenchRow } from './row.ts'

const ENTRIES = 100_000
const SIGNATURES = 2_000
const ROUNDS = 7

/** Verifies a chain of 100,000 entries against one Ed25519 verification for each of as many messages of that size; the best of alternating rounds, in processor time. */
export async function benchAudit(): Promise<readonly BenchRow[]> {
  const crypto = await createCrypto()
  const entries: AuditEntry[] = []
  let head: ChainHead = GENESIS
  for (let index = 0; index < ENTRIES; index++) {
    const entry = appendAudit(crypto, head, (1_790_000_000_000 + index) as Instant, {
      kind: 'update',
      code: 'run-admitted',
      actor: 'Sara Haddad',
      subject: { id: (index % 97).toString(16).padStart(64, '0'), name: 'Forecast Q1 · توقعات الربع الأول' },
      detail: { entries: index % 50, channel: 'coo-coo', bytes: 4_096 + index },
    })
    entries.push(entry)
    head = entry
  }
  const pair = crypto.signingPair()
  const messages = entries.slice(0, SIGNATURES).map((entry) => utf8(JSON.stringify(entry.event)))
  const signatures = messages.map((message) => crypto.sign('bench', pair.secretKey, message))

  let chain = Infinity
  let signed = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    const verified = processorTime(() => {
      if (!verifyChain(crypto, entries).ok) throw new Error('the chain does not verify')
    })
    chain = Math.min(chain, verified / ENTRIES)
    const checked = processorTime(() => {
      messages.forEach((message, index) => {
        if (!crypto.verify('bench', pair.publicKey, message, signatures[index] as Uint8Array))
          throw new Error('bad signature')
      })
    })
    signed = Math.min(signed, checked / SIGNATURES)
  }
  const micro = (milliseconds: number): string => (milliseconds * 1_000).toFixed(2)
  return [
    {
      name: 'audit chain of 100,000 entries, verified',
      ratio: signed / chain,
      budget: 20,
      direction: 'at-least',
      detail: `${micro(chain)} µs an entry; Ed25519 ${micro(signed)} µs (over ${SIGNATURES.toLocaleString('en')} of them)`,
    },
  ]
}
