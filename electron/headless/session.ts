import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const BYTES = 32

/**
 * The profile's session key, made at the first start. It opens nothing but this user's own loopback server, and that server
 * shows a locked vault after every restart; without it each restart would leave the open windows behind.
 */
export function sessionOf(profile: string): { readonly name: string; readonly secret: Uint8Array } {
  const path = join(profile, 'session.key')
  let secret = read(path)
  if (secret?.length !== BYTES) {
    secret = randomBytes(BYTES)
    writeFileSync(path, secret, { mode: 0o600 })
  }
  return { name: createHash('sha256').update(secret).update('name').digest('hex'), secret }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
