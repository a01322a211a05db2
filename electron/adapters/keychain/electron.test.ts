import type { safeStorage } from 'electron'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Keychain } from '#engine/ports.ts'
import { fakeSafeStorage } from '#test/contracts/safe-storage.ts'
import { electronKeychain, type SafeStorage } from './electron.ts'
import { noKeychain } from './none.ts'

const SECRET = new Uint8Array([0, 1, 2, 253, 254, 255])

describe('the keychain by way of Electron', () => {
  it("takes Electron's own safeStorage", () => {
    expectTypeOf<typeof safeStorage>().toExtend<SafeStorage>()
  })

  it('gives back under its name, and under no other, what it protected', () => {
    const keychain = electronKeychain(fakeSafeStorage(), 'linux')
    const blob = keychain.protect('vault-a', SECRET)
    if (!blob.ok) throw new Error(blob.refusal)
    expect(keychain.reveal('vault-a', blob.value)).toEqual({ ok: true, value: SECRET })
    expect(keychain.reveal('vault-b', blob.value)).toEqual({ ok: false, refusal: 'refused' })
    expect(keychain.reveal('vault-a', new Uint8Array([1, 2]))).toEqual({ ok: false, refusal: 'refused' })
  })

  it.each([
    { backend: 'basic_text', available: true, platform: 'linux', usable: false },
    { backend: 'unknown', available: true, platform: 'linux', usable: false },
    { backend: 'gnome_libsecret', available: false, platform: 'linux', usable: false },
    { backend: 'kwallet6', available: true, platform: 'linux', usable: true },
    { backend: 'unknown', available: true, platform: 'darwin', usable: true },
    { backend: 'unknown', available: true, platform: 'win32', usable: true },
  ])('on $platform with $backend: usable $usable', ({ backend, available, platform, usable }) => {
    const keychain = electronKeychain(fakeSafeStorage(backend, available), platform)
    expect(keychain.available()).toBe(usable)
    expect(keychain.protect('vault-a', SECRET).ok).toBe(usable)
    const revealed = keychain.reveal('vault-a', SECRET)
    expect(revealed).toEqual({ ok: false, refusal: usable ? 'refused' : 'unavailable' })
  })

  it('refuses when the system fails to encrypt', () => {
    const failing: SafeStorage = {
      ...fakeSafeStorage(),
      encryptString: () => {
        throw new Error('locked')
      },
    }
    expect(electronKeychain(failing, 'darwin').protect('vault-a', SECRET)).toEqual({
      ok: false,
      refusal: 'unavailable',
    })
  })
})

describe('no keychain', () => {
  it('is never available', () => {
    const none: Keychain = noKeychain
    expect(none.available()).toBe(false)
    expect(none.protect('vault-a', SECRET)).toEqual({ ok: false, refusal: 'unavailable' })
    expect(none.reveal('vault-a', SECRET)).toEqual({ ok: false, refusal: 'unavailable' })
  })
})
