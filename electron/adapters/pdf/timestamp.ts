import { createHash, randomBytes } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { SignedPdfs } from '#engine/agreements/ports.ts'
import { ok, refuse } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { digestOf, octets, OID, readCms } from './cms.ts'
import { bufferOf, hex, integerOf, sameBytes, sha256 } from './x509-parts.ts'

/** Asks when `bytes` were there (RFC 3161): by their hash alone, with a nonce, so that no old answer can be played back. */
export function timestampRequest(bytes: Uint8Array, nonce: Uint8Array): Uint8Array {
  const messageImprint = new pkijs.MessageImprint({
    hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256, algorithmParams: new asn1.Null() }),
    hashedMessage: new asn1.OctetString({ valueHex: bufferOf(sha256(bytes)) }),
  })
  const request = new pkijs.TimeStampReq({ version: 1, messageImprint, nonce: integerOf(nonce), certReq: true })
  return new Uint8Array(request.toSchema().toBER())
}

/** The token of an authority's answer, when it was granted, is about `bytes`, carries the nonce and its own signature holds. */
export function tokenOf(answer: Uint8Array, bytes: Uint8Array, nonce: Uint8Array): pkijs.ContentInfo | undefined {
  try {
    const { status, timeStampToken } = pkijs.TimeStampResp.fromBER(bufferOf(answer))
    // 0: granted; 1: granted with modifications.
    if (status.status > 1 || !timeStampToken) return undefined
    const read = readTimestamp(new Uint8Array(timeStampToken.toSchema().toBER()), bytes)
    return read?.nonce === hex(new Uint8Array(integerOf(nonce).valueBlock.valueHexView)) ? timeStampToken : undefined
  } catch {
    return undefined
  }
}

/** One stamp over bytes of the caller's choice. */
export const stampOf: SignedPdfs['stamp'] = async (bytes, ask) => {
  const nonce = new Uint8Array(randomBytes(16))
  const answer = await ask(timestampRequest(bytes, nonce))
  if (!answer.ok) return answer
  const token = tokenOf(answer.value, bytes, nonce)
  const read = token && readTimestamp(new Uint8Array(token.toSchema().toBER()), bytes)
  return read ? ok({ at: read.at, certificates: read.certificates }) : refuse('timestamp-refused')
}

export interface ReadTimestamp {
  readonly at: Instant
  readonly nonce: string | undefined
  /** The authority's, then whatever came along. */
  readonly certificates: readonly Uint8Array[]
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

/** What a token says about `bytes`. `undefined` when it is about others, or its signature does not hold. */
export function readTimestamp(token: Uint8Array, bytes: Uint8Array): ReadTimestamp | undefined {
  const cms = readCms(token, OID.tstInfo)
  const encapsulated = cms?.content.encapContentInfo.eContent
  if (!cms?.holds || !encapsulated) return undefined
  try {
    const content = octets(encapsulated)
    if (!sameBytes(createHash(cms.algorithm).update(content).digest(), cms.messageDigest)) return undefined
    const { messageImprint, genTime, nonce } = pkijs.TSTInfo.fromBER(bufferOf(content))
    const algorithm = digestOf(messageImprint.hashAlgorithm)
    if (!algorithm) return undefined
    const hashed = createHash(algorithm).update(bytes).digest()
    if (!sameBytes(hashed, octets(messageImprint.hashedMessage))) return undefined
    const purposes = cms.certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.37')?.parsedValue as
      pkijs.ExtKeyUsage | undefined
    if (!purposes?.keyPurposes.includes(TIME_STAMPING)) return undefined
    return {
      at: genTime.getTime() as Instant,
      nonce: nonce && hex(new Uint8Array(nonce.valueBlock.valueHexView)),
      certificates: [
        cms.certificateBytes,
        ...(cms.content.certificates ?? []).map((each) => new Uint8Array(each.toSchema().toBER())),
      ],
    }
  } catch {
    return undefined
  }
}
