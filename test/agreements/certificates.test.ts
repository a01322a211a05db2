import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certificates } from '#adapters/pdf/certificates.ts'
import { at, serialOf, signerOf, VALID } from './two-signers.ts'
import { inFolder, outcome, pem, tell } from './tools.ts'

describe.each(['ecdsa-p256', 'rsa-3072'] as const)('certificates with %s', (algorithm) => {
  it('[SIG-1] openssl verifies a person’s certificate up to the company’s root, and refuses it under another’s', async () => {
    const [one, two] = await Promise.all([signerOf(0, algorithm), signerOf(1, algorithm)])
    inFolder(
      { 'one.pem': pem('CERTIFICATE', one.ca), 'two.pem': pem('CERTIFICATE', two.ca), 'person.der': one.certificate },
      (folder) => {
        const verify = (ca: string) =>
          outcome('openssl', [
            'verify',
            '-x509_strict',
            '-purpose',
            'smimesign',
            '-attime',
            String(at('2026-11-26T00:00:00Z') / 1000),
            '-CAfile',
            join(folder, ca),
            join(folder, 'person.der'),
          ])
        expect(verify('one.pem')).toMatchObject({ code: 0 })
        expect(verify('two.pem').code).not.toBe(0)
        const text = tell('openssl', ['x509', '-inform', 'DER', '-noout', '-text', '-in', join(folder, 'person.der')])
        expect(text).toMatch(/Subject:.*O ?= ?Rawasi Foods Company.*CN ?= ?Salma Al-Harbi/)
        expect(text).toContain('Digital Signature, Non Repudiation')
        expect(text).toContain('E-mail Protection')
        expect(text).toContain('email:rawasi-1@company.example')
      },
    )
    expect(certificates.describe(one.certificate)).toEqual({
      person: 'Salma Al-Harbi', company: 'Rawasi Foods Company', serial: one.serial, fingerprint: one.fingerprint, ...VALID,
    }) // prettier-ignore
  })

  it('[SIG-2] openssl reads a list of revoked certificates and refuses who stands in it', async () => {
    const one = await signerOf(0, algorithm)
    const listOf = (revoked: readonly Uint8Array[]) =>
      certificates.revocationList({
        ca: one.ca, caKey: one.caKey, number: 7, at: at('2026-11-01T00:00:00Z'), next: at('2027-11-01T00:00:00Z'),
        revoked: revoked.map((serial) => ({ serial, at: at('2026-10-01T00:00:00Z') })),
      }) // prettier-ignore
    const [clean, dirty] = await Promise.all([listOf([]), listOf([serialOf('somebody else'), one.serial])])
    inFolder(
      {
        'ca.pem': pem('CERTIFICATE', one.ca),
        'person.der': one.certificate,
        'clean.pem': pem('X509 CRL', clean),
        'dirty.pem': pem('X509 CRL', dirty),
      },
      (folder) => {
        const verify = (crl: string) =>
          outcome('openssl', [
            'verify',
            '-crl_check',
            '-attime',
            String(at('2026-11-26T00:00:00Z') / 1000),
            '-CAfile',
            join(folder, 'ca.pem'),
            '-CRLfile',
            join(folder, crl),
            join(folder, 'person.der'),
          ])
        expect(verify('clean.pem')).toMatchObject({ code: 0 })
        expect(verify('dirty.pem').output).toContain('certificate revoked')
      },
    )
  })
})

it('[SIG-1] two companies of one name have two issuers’ names', async () => {
  const key = await certificates.createKey('ecdsa-p256')
  const ca = (unique: string) =>
    certificates.createCa({ key, company: 'شركة رواسي للأغذية', unique, serial: serialOf(unique), ...VALID })
  const [one, two] = await Promise.all([ca('a'), ca('b')])
  const subject = (der: Uint8Array) =>
    inFolder({ 'ca.der': der }, (folder) =>
      tell('openssl', [
        'x509',
        '-inform',
        'DER',
        '-noout',
        '-subject',
        '-nameopt',
        'utf8',
        '-in',
        join(folder, 'ca.der'),
      ]),
    )
  expect(subject(one)).toContain('شركة رواسي للأغذية')
  expect(subject(one)).not.toBe(subject(two))
  expect(certificates.describe(new Uint8Array(40))).toBeUndefined()
})
