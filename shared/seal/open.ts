import type { Crypto, Nonce, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { decodeBody, mayAnnounce } from './body.ts'
import type { OpenedContent, OpenedEntry, SealRefusal, VerifiedEntry } from './entry.ts'
import { nonceIn } from './header.ts'

/**
 * Opens a verified entry with the key of its epoch (whose commitment the caller has checked); an announcement needs none.
 * Refuses 'no-key', 'cannot-open', 'bad-body', 'newer-version' (a body kind of a later Mithaq: park it),
 * 'not-an-announcement' (something that must not travel in clear did).
 */
export function openEntry(
  crypto: Crypto,
  verified: VerifiedEntry,
  key: SymmetricKey | undefined,
): Result<OpenedEntry, SealRefusal> {
  let plain: Uint8Array | undefined = verified.ciphertext
  if (verified.epoch !== null) {
    if (key === undefined) return refuse('no-key')
    plain = crypto.decrypt(key, nonceIn(verified.header) as Nonce, verified.header, verified.ciphertext)
    if (plain === undefined) return refuse('cannot-open')
  }
  const body = decodeBody(plain)
  if (!body.ok) return body
  if (verified.epoch === null && !mayAnnounce(body.value)) return refuse('not-an-announcement')
  const content: OpenedContent = { entry: verified, body: body.value }
  return ok(content as OpenedEntry)
}
