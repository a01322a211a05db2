import { webcrypto } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { CertificateFacts, Certificates, Validity } from '#engine/agreements/ports.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { createKey, secretKey } from './certificate-keys.ts'
import { isListOf, reaches } from './judge-certificate.ts'
import { revocationList } from './revocation-list.ts'
import { attributeOf, bufferOf, bytesOfInteger, distinguishedName, extension, hex, integerOf, keyIdentifier, sha256, timeOf } from './x509-parts.ts' // prettier-ignore

pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never }))

const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const
/** Bits of a key's usage, first byte, and how many of its bits are unused. */
const SIGN_DOCUMENTS = { bits: 0b1100_0000, unused: 6 } // digitalSignature, contentCommitment
const SIGN_CERTIFICATES = { bits: 0b0000_0110, unused: 1 } // keyCertSign, cRLSign
/** RFC 9336's document signing alone is unknown to older verifiers, which ask for protection of mail. */
const PURPOSES = ['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4']

export const certificates: Certificates = {
  createKey,
  createCa: async ({ key, company, unique, serial, ...validity }) => {
    // Verifiers find an issuer by its name alone: two companies of one name must not have one.
    const name = distinguishedName({ organization: company, commonName: `${company} Signing CA`, serialNumber: unique })
    const certificate = begin(serial, validity, key.open)
    certificate.issuer = name
    certificate.subject = name
    certificate.extensions = [
      extension(
        EXTENSION.basicConstraints,
        true,
        new pkijs.BasicConstraints({ cA: true, pathLenConstraint: 0 }).toSchema(),
      ),
      extension(EXTENSION.keyUsage, true, usage(SIGN_CERTIFICATES)),
      extension(EXTENSION.subjectKeyIdentifier, false, subjectIdentifier(certificate)),
    ]
    await certificate.sign((await secretKey(key)) as never, 'SHA-256')
    return new Uint8Array(certificate.toSchema(true).toBER())
  },
  issue: async ({ ca, caKey, open, person, role, company, email, serial, ...validity }) => {
    const issuer = pkijs.Certificate.fromBER(bufferOf(ca))
    const certificate = begin(serial, validity, open)
    certificate.issuer = issuer.subject
    certificate.subject = distinguishedName({ organization: company, title: role, commonName: person })
    certificate.extensions = [
      extension(EXTENSION.basicConstraints, true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
      extension(EXTENSION.keyUsage, true, usage(SIGN_DOCUMENTS)),
      extension(EXTENSION.extendedKeyUsage, false, new pkijs.ExtKeyUsage({ keyPurposes: PURPOSES }).toSchema()),
      extension(EXTENSION.subjectKeyIdentifier, false, subjectIdentifier(certificate)),
      extension(EXTENSION.authorityKeyIdentifier, false, authorityIdentifier(issuer)),
      ...(email === undefined ? [] : [extension(EXTENSION.subjectAltName, false, mailName(email))]),
    ]
    await certificate.sign((await secretKey(caKey)) as never, 'SHA-256')
    return new Uint8Array(certificate.toSchema(true).toBER())
  },
  revocationList,
  isListOf,
  leadsTo: (chain, root) => reaches(chain, root),
  fromFile: (file) => {
    const pem = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(
      Buffer.from(file).toString('latin1'),
    )
    const der = pem ? new Uint8Array(Buffer.from(pem[1] ?? '', 'base64')) : file
    return certificates.describe(der) && new Uint8Array(der)
  },
  describe: (bytes) => {
    try {
      return factsOf(pkijs.Certificate.fromBER(bufferOf(bytes)), bytes)
    } catch {
      return undefined
    }
  },
}

/** What a certificate says of its owner. */
export const factsOf = (certificate: pkijs.Certificate, bytes: Uint8Array): CertificateFacts => ({
  person: attributeOf(certificate.subject, 'commonName'),
  company: attributeOf(certificate.subject, 'organization'),
  serial: bytesOfInteger(certificate.serialNumber),
  fingerprint: hex(sha256(bytes)),
  from: certificate.notBefore.value.getTime() as Instant,
  to: certificate.notAfter.value.getTime() as Instant,
})

function begin(serial: Uint8Array, { from, to }: Validity, open: Uint8Array): pkijs.Certificate {
  const certificate = new pkijs.Certificate()
  certificate.version = 2
  certificate.serialNumber = integerOf(serial)
  certificate.notBefore = timeOf(from)
  certificate.notAfter = timeOf(to)
  certificate.subjectPublicKeyInfo = pkijs.PublicKeyInfo.fromBER(bufferOf(open))
  return certificate
}

const usage = ({ bits, unused }: { readonly bits: number; readonly unused: number }) =>
  new asn1.BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: unused })

const subjectIdentifier = (certificate: pkijs.Certificate) =>
  new asn1.OctetString({ valueHex: keyIdentifier(certificate.subjectPublicKeyInfo) })

const authorityIdentifier = (issuer: pkijs.Certificate) =>
  new pkijs.AuthorityKeyIdentifier({
    keyIdentifier: new asn1.OctetString({ valueHex: keyIdentifier(issuer.subjectPublicKeyInfo) }),
  }).toSchema()

const mailName = (email: string) =>
  new pkijs.GeneralNames({ names: [new pkijs.GeneralName({ type: 1, value: email })] }).toSchema()
