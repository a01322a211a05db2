import type { Crypto, Hash } from '#shared/kernel/crypto.ts'

const GROUPS = 6

/**
 * Six groups of five digits that both people read to each other: 99.6 bits over the whole of both messages, and with them
 * over workspace, both roots, both devices and a fresh nonce of either side.
 *
 * An exchange of two files has no third message in which a committed nonce could be revealed, so the code is long in place
 * of short. A forger in the middle needs one code from two different exchanges. It cannot search both sides at once for a
 * coincidence, because the answerer's nonce is drawn only after the forged invitation is fixed: what is left is to hit one
 * given code, which takes 2^99 attempts.
 */
export function safetyCode(crypto: Crypto, invitation: Hash, answer: Uint8Array): string {
  const digest = crypto.hash('mithaq/safety-code/v1', invitation, answer)
  const groups: string[] = []
  for (let group = 0; group < GROUPS; group++) {
    let value = 0
    for (let byte = 0; byte < 5; byte++) value = value * 256 + (digest[group * 5 + byte] ?? 0)
    groups.push(String(value % 100_000).padStart(5, '0'))
  }
  return groups.join(' ')
}
