import { describe, expect, it } from 'vitest'
import { seededCrypto } from '#test/vectors/author.ts'
import { Company, NOW } from '#test/vectors/company.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { enrolDevice, openEnrolment, readRequest, requestDevice } from './enrolment.ts'

const crypto = await seededCrypto('enrolment')
const najd = new Company(crypto, 'Najd Foods')
const keys = { signing: crypto.signingPair(), box: crypto.boxPair() }
const device = toHex(keys.signing.publicKey) as DeviceId
const name = { en: 'Basma', ar: 'بسمة' }
const made = requestDevice(crypto, keys, name, NOW)
const certified = najd.device('basma', ['coo'], { device, boxKey: keys.box.publicKey }).certified
const start = [['person', 'x', { name: 'Basma' }]]

function asking() {
  const read = readRequest(crypto, made.bytes)
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}
const own = { request: made.bytes, device, box: keys.box }
const answer = () => enrolDevice(crypto, asking(), { card: najd.card, device: certified, start })

describe('a device that asks its company', () => {
  it('[MEM-25] shows the same code on both screens, and is itself whose keys it names', () => {
    expect(asking().code).toBe(made.code)
    expect(asking().request).toMatchObject({ device, name })
    for (let at = 0; at < made.bytes.length; at += 3) {
      const bent = made.bytes.slice()
      bent[at] = (bent[at] as number) ^ 1
      const read = readRequest(crypto, bent)
      expect(read.ok && read.value.code === made.code).toBe(false)
    }
    const other = requestDevice(crypto, { ...keys, signing: crypto.signingPair() }, name, NOW)
    expect(other.code).not.toBe(made.code)
    const newer = encode([2, (decode(made.bytes) as { value: readonly Canonical[] }).value[1] as Canonical])
    expect(readRequest(crypto, newer)).toEqual({ ok: false, refusal: 'newer-request' })
  })

  it('[MEM-26] opens the answer to its own request alone, and both show its code', () => {
    const { bytes, code } = answer()
    const opened = openEnrolment(crypto, bytes, own)
    expect(opened.ok && opened.value).toMatchObject({ code, start, card: najd.card })
    const stranger = { signing: crypto.signingPair(), box: crypto.boxPair() }
    const theirs = requestDevice(crypto, stranger, name, NOW)
    const refused = { ok: false, refusal: 'enrolment-tampered' }
    expect(openEnrolment(crypto, bytes, { ...own, box: stranger.box })).toEqual(refused)
    expect(openEnrolment(crypto, bytes, { ...own, request: theirs.bytes })).toEqual(refused)
    // A certificate of another device inside, or one that another company signed.
    const wrong = enrolDevice(crypto, asking(), { card: najd.card, device: najd.device('omar').certified, start })
    expect(openEnrolment(crypto, wrong.bytes, own)).toEqual(refused)
    const hijaz = new Company(crypto, 'Hijaz Retail')
    const foreign = enrolDevice(crypto, asking(), { card: hijaz.card, device: certified, start })
    expect(openEnrolment(crypto, foreign.bytes, own)).toEqual(refused)
    for (const bent of [bytes.slice(0, -1), bytes.slice(1), new Uint8Array(0), encode([1, 2, 3])])
      expect(openEnrolment(crypto, bent, own).ok).toBe(false)
  })
})
