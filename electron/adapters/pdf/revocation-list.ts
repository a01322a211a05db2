import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { Certificates } from '#engine/agreements/ports.ts'
import { secretKey } from './certificate-keys.ts'
import { bufferOf, extension, integerOf, timeOf } from './x509-parts.ts'

const CRL_NUMBER = '2.5.29.20'

export const revocationList: Certificates['revocationList'] = async ({ ca, caKey, number, at, next, revoked }) => {
  const list = new pkijs.CertificateRevocationList()
  list.version = 1
  list.issuer = pkijs.Certificate.fromBER(bufferOf(ca)).subject
  list.thisUpdate = timeOf(at)
  list.nextUpdate = timeOf(next)
  // An empty sequence is not allowed: no revoked certificates, no list of them.
  if (revoked.length > 0)
    list.revokedCertificates = revoked.map(
      ({ serial, at: since }) =>
        new pkijs.RevokedCertificate({ userCertificate: integerOf(serial), revocationDate: timeOf(since) }),
    )
  list.crlExtensions = new pkijs.Extensions({
    extensions: [extension(CRL_NUMBER, false, new asn1.Integer({ value: number }))],
  })
  await list.sign((await secretKey(caKey)) as never, 'SHA-256')
  return new Uint8Array(list.toSchema(true).toBER())
}
