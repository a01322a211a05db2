import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import type { DeviceId, WorkspaceId } from '#shared/kernel/ids.ts'
import ar from '#ui/locales/ar/refusals.link.json' with { type: 'json' }
import en from '#ui/locales/en/refusals.link.json' with { type: 'json' }
import {
  hostOf, MAILBOX_REFUSALS, newChallenge, readChallenge, readProof, readVerdict, writeChallenge, writeProof, writeVerdict,
} from './greeting.ts' // prettier-ignore

const crypto = await createCrypto()
const pair = crypto.signingPair()
const who = {
  workspace: toHex(crypto.random(32)) as WorkspaceId,
  device: toHex(pair.publicKey) as DeviceId,
  host: 'mailbox.example:8443',
}
const nonce = newChallenge(crypto)

describe('the greeting of a mailbox', () => {
  it('[MBX-20] proves a device for one challenge at one mailbox', () => {
    const proof = writeProof(crypto, pair.secretKey, who, nonce)
    expect(readProof(crypto, proof, { nonce, host: who.host })).toMatchObject({ ok: true, value: who })
    const refused = (expected: { nonce: Uint8Array; host: string }) => {
      const read = readProof(crypto, proof, expected)
      return read.ok ? 'taken' : read.refusal
    }
    expect(refused({ nonce: newChallenge(crypto), host: who.host })).toBe('mailbox-bad-proof')
    expect(refused({ nonce, host: 'other.example' })).toBe('mailbox-wrong-name')
    const foreign = writeProof(crypto, crypto.signingPair().secretKey, who, nonce)
    expect(readProof(crypto, foreign, { nonce, host: who.host })).toEqual({ ok: false, refusal: 'mailbox-bad-proof' })
  })

  it('[MBX-24] refuses what is no greeting, and says that a later one is later', () => {
    for (const read of [
      readChallenge,
      readVerdict,
      (bytes: Uint8Array) => readProof(crypto, bytes, { nonce, host: '' }),
    ])
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
          expect(read(bytes).ok).toBe(false)
        }),
      )
    expect(readChallenge(encode({ version: 2, nonce, more: true }))).toEqual({ ok: false, refusal: 'mailbox-version' })
    expect(readChallenge(writeChallenge(nonce))).toEqual({ ok: true, value: nonce })
    expect(readVerdict(writeVerdict(null))).toEqual({ ok: true, value: null })
    for (const code of MAILBOX_REFUSALS) expect(readVerdict(writeVerdict(code))).toEqual({ ok: false, refusal: code })
  })

  it('[MBX-20] names a mailbox as a browser does', () => {
    expect(hostOf('wss://Mailbox.Example/box')).toBe('mailbox.example')
    expect(hostOf('wss://mailbox.example:443')).toBe('mailbox.example')
    expect(hostOf('ws://127.0.0.1:4444/?x')).toBe('127.0.0.1:4444')
    expect(hostOf('ws://mailbox.example:443')).toBe('mailbox.example:443')
    expect(hostOf('https://mailbox.example')).toBeUndefined()
  })

  it('[MBX-25] has a sentence for every refusal in both languages', () => {
    for (const code of MAILBOX_REFUSALS) {
      expect(en).toHaveProperty([code], expect.stringMatching(/^[A-Z].*\.$/))
      expect(ar).toHaveProperty([code], expect.stringMatching(/[\u0600-\u06ff].*[.؟]$/))
    }
  })
})
