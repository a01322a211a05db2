import { expect, it } from 'vitest'
import { seededCrypto } from '#test/vectors/author.ts'
import { Company, NOW } from '#test/vectors/company.ts'
import { encode } from '#shared/kernel/canonical.ts'
import { openCompanyUpdate, sealCompanyUpdate } from './company-update.ts'

const crypto = await seededCrypto('company-update')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const [noura, omar] = [najd.device('noura'), najd.device('omar')]
const start = [['person', 'x', { name: 'Noura' }]]
const to = { device: noura.id, boxKey: noura.box.publicKey }
const own = { card: najd.card, device: noura.id, box: noura.box }
const seal = (company: Company) =>
  sealCompanyUpdate(crypto, { issuer: company.issuerCertificate, secret: company.issuer.secretKey }, to, NOW, start)

it("[MEM-27] a company's word to its device opens there alone, and only when an issuer under its root signed it", () => {
  const bytes = seal(najd)
  const opened = openCompanyUpdate(crypto, bytes, own)
  expect(opened.ok && opened.value).toMatchObject({ at: NOW, start })
  const foreign = { ok: false, refusal: 'update-foreign' }
  expect(openCompanyUpdate(crypto, bytes, { ...own, box: omar.box })).toEqual(foreign)
  expect(openCompanyUpdate(crypto, bytes, { ...own, device: omar.id })).toEqual(foreign)
  expect(openCompanyUpdate(crypto, bytes, { ...own, card: hijaz.card })).toEqual(foreign)
  expect(openCompanyUpdate(crypto, seal(hijaz), own)).toEqual(foreign)
  // A colleague's device knows the issuer's certificate, not its key.
  const forged = sealCompanyUpdate(crypto, { issuer: najd.issuerCertificate, secret: omar.signing.secretKey }, to, NOW, start) // prettier-ignore
  expect(openCompanyUpdate(crypto, forged, own)).toEqual(foreign)
  expect(openCompanyUpdate(crypto, encode([2, bytes]), own)).toEqual({ ok: false, refusal: 'newer-update' })
  for (const bent of [bytes.slice(1), bytes.slice(0, -1), new Uint8Array(0)])
    expect(openCompanyUpdate(crypto, bent, own).ok).toBe(false)
})
