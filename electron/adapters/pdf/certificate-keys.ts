import { webcrypto } from 'node:crypto'
import type { CertificateAlgorithm, CertificateKey } from '#engine/agreements/ports.ts'
import { bufferOf } from './x509-parts.ts'

const ALGORITHMS = {
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'rsa-3072': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-256',
  },
} as const

export async function createKey(algorithm: CertificateAlgorithm): Promise<CertificateKey> {
  const pair = await webcrypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify'])
  const [secret, open] = await Promise.all([
    webcrypto.subtle.exportKey('pkcs8', pair.privateKey),
    webcrypto.subtle.exportKey('spki', pair.publicKey),
  ])
  return { secret: new Uint8Array(secret), open: new Uint8Array(open) }
}

/** The object identifier of an elliptic curve's key stands in every such key, and in no other. */
const EC_KEY = Buffer.from('06072a8648ce3d0201', 'hex')
const algorithmOf = (open: Uint8Array): CertificateAlgorithm =>
  Buffer.from(open).includes(EC_KEY) ? 'ecdsa-p256' : 'rsa-3072'

/** The secret half as the certificate library signs with it. @throws when it is no key. */
export const secretKey = ({ secret, open }: CertificateKey): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', bufferOf(secret), ALGORITHMS[algorithmOf(open)], false, ['sign'])
