import { sign, verify, type KeyObject } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import { bufferOf, sameBytes, sha256 } from './x509-parts.ts'

/** Object identifiers of CMS (RFC 5652), of its attributes (RFC 5035, RFC 3161) and of the algorithms that we sign with. */
export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  rsa: '1.2.840.113549.1.1.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  rsaWithSha256: '1.2.840.113549.1.1.11',
} as const

export interface CmsOrder {
  /** SHA-256 of what is signed. */
  readonly digest: Uint8Array
  readonly key: KeyObject
  readonly certificate: Uint8Array
  /** Sent along, so that a reader finds the way to the root. */
  readonly chain: readonly Uint8Array[]
}

/** A detached signature with the attributes of PAdES baseline (EN 319 142-1): which forbids the signing time among them. */
export function signCms({ digest, key, certificate, chain }: CmsOrder): pkijs.SignedData {
  const signer = pkijs.Certificate.fromBER(bufferOf(certificate))
  const attributes = inDer([
    attribute(OID.contentType, new asn1.ObjectIdentifier({ value: OID.data })),
    attribute(OID.messageDigest, new asn1.OctetString({ valueHex: bufferOf(digest) })),
    attribute(OID.signingCertificateV2, signingCertificate(signer, certificate)),
  ])
  const signedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes })
  const signature = new Uint8Array(sign('sha256', asSet(signedAttrs.toSchema().toBER()), key))
  const certificates = [certificate, ...chain].map((bytes) => pkijs.Certificate.fromBER(bufferOf(bytes)))
  return assemble({ signer, certificates, signedAttrs, signature })
}

interface Parts {
  readonly signer: pkijs.Certificate
  readonly certificates: readonly pkijs.Certificate[]
  readonly signedAttrs: pkijs.SignedAndUnsignedAttributes
  readonly signature: Uint8Array
}

/** The one form in which these parts are written: all that the signature itself does not cover follows from them. */
function assemble({ signer, certificates, signedAttrs, signature }: Parts): pkijs.SignedData {
  const rsa = signer.subjectPublicKeyInfo.algorithm.algorithmId === OID.rsa
  const info = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    signedAttrs,
    signatureAlgorithm: rsa
      ? new pkijs.AlgorithmIdentifier({ algorithmId: OID.rsaWithSha256, algorithmParams: new asn1.Null() })
      : new pkijs.AlgorithmIdentifier({ algorithmId: OID.ecdsaWithSha256 }),
    signature: new asn1.OctetString({ valueHex: bufferOf(signature) }),
  })
  return new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 })],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates: inDer(certificates),
    signerInfos: [info],
  })
}

/** Whether a signature is written in that form to the last bit. */
export function isCanonical({ content, info, certificate: signer }: ReadCms, der: Uint8Array): boolean {
  const certificates =
    content.certificates?.filter((each): each is pkijs.Certificate => each instanceof pkijs.Certificate) ?? []
  const signature = new Uint8Array(info.signature.valueBlock.valueHexView)
  const again = assemble({ signer, certificates, signedAttrs: info.signedAttrs!, signature })
  if (info.unsignedAttrs) again.signerInfos[0]!.unsignedAttrs = info.unsignedAttrs
  return sameBytes(encodeCms(again), der)
}

export const encodeCms = (content: pkijs.SignedData): Uint8Array =>
  new Uint8Array(
    new pkijs.ContentInfo({ contentType: OID.signedData, content: content.toSchema(true) }).toSchema().toBER(),
  )

/** A signature may carry a token of when it was there. It is no part of what was signed. */
export function attachTimestamp(content: pkijs.SignedData, token: pkijs.ContentInfo): void {
  const attributes = [attribute(OID.timestampToken, token.toSchema())]
  content.signerInfos[0]!.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 1, attributes })
}

/** RFC 5035: names the certificate inside the signature, so that it cannot be exchanged for another of the same key. */
function signingCertificate(signer: pkijs.Certificate, bytes: Uint8Array): asn1.Sequence {
  const issuer = new pkijs.GeneralNames({ names: [new pkijs.GeneralName({ type: 4, value: signer.issuer })] })
  const id = new asn1.Sequence({
    value: [
      new asn1.OctetString({ valueHex: bufferOf(sha256(bytes)) }),
      new asn1.Sequence({ value: [issuer.toSchema(), signer.serialNumber] }),
    ],
  })
  return new asn1.Sequence({ value: [new asn1.Sequence({ value: [id] })] })
}

const attribute = (type: string, value: unknown) => new pkijs.Attribute({ type, values: [value] })

/** The members of a set, in the order that DER gives them. */
function inDer<T extends { toSchema(): { toBER(): ArrayBuffer } }>(members: readonly T[]): T[] {
  const encoded = members.map((member) => ({ member, bytes: Buffer.from(member.toSchema().toBER()) }))
  return encoded.toSorted((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ member }) => member)
}

/** What is signed is the set of the attributes; what is sent is the same with the tag of its place. */
function asSet(encoded: ArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(encoded.slice(0))
  bytes[0] = 0x31
  return bytes
}

const DIGESTS: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
}
export const digestOf = (algorithm: pkijs.AlgorithmIdentifier): 'sha256' | 'sha384' | 'sha512' | undefined =>
  DIGESTS[algorithm.algorithmId]

export interface ReadCms {
  readonly content: pkijs.SignedData
  readonly info: pkijs.SignerInfo
  readonly certificate: pkijs.Certificate
  readonly certificateBytes: Uint8Array
  readonly algorithm: 'sha256' | 'sha384' | 'sha512'
  readonly messageDigest: Uint8Array
  /** The attributes' signature is the certificate's, and the certificate is the one that they name. */
  readonly holds: boolean
}

/** Reads a signature by exactly one signer, with signed attributes. `undefined` when it is anything else. */
export function readCms(der: Uint8Array, contentType: string): ReadCms | undefined {
  try {
    const outer = pkijs.ContentInfo.fromBER(bufferOf(der))
    if (outer.contentType !== OID.signedData) return undefined
    const content = new pkijs.SignedData({ schema: outer.content })
    const [info, ...more] = content.signerInfos
    const { signedAttrs } = info ?? {}
    if (!info || more.length > 0 || !signedAttrs || content.encapContentInfo.eContentType !== contentType)
      return undefined
    const algorithm = digestOf(info.digestAlgorithm)
    const certificate = certificateOf(content, info)
    const messageDigest = only(signedAttrs, OID.messageDigest)
    const type = only(signedAttrs, OID.contentType)
    if (!algorithm || !certificate || !(messageDigest instanceof asn1.OctetString)) return undefined
    if (!(type instanceof asn1.ObjectIdentifier) || type.getValue() !== contentType) return undefined
    const certificateBytes = new Uint8Array(certificate.toSchema().toBER())
    const attributes = asSet(bufferOf(new Uint8Array(signedAttrs.encodedValue)))
    const spki = Buffer.from(certificate.subjectPublicKeyInfo.toSchema().toBER())
    const signature = new Uint8Array(info.signature.valueBlock.valueHexView)
    const holds =
      namesCertificate(signedAttrs, certificateBytes) &&
      verify(algorithm, attributes, { key: spki, format: 'der', type: 'spki' }, signature)
    return { content, info, certificate, certificateBytes, algorithm, messageDigest: octets(messageDigest), holds }
  } catch {
    return undefined
  }
}

export const octets = (value: asn1.OctetString): Uint8Array => new Uint8Array(value.getValue())

/** The one value of an attribute that is there once. */
function only(attributes: pkijs.SignedAndUnsignedAttributes, type: string): unknown {
  const [found, ...more] = attributes.attributes.filter((each) => each.type === type)
  return more.length === 0 && found?.values.length === 1 ? (found.values[0] as unknown) : undefined
}

function certificateOf(
  { certificates = [] }: pkijs.SignedData,
  { sid }: pkijs.SignerInfo,
): pkijs.Certificate | undefined {
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return undefined
  return certificates.find(
    (each): each is pkijs.Certificate =>
      each instanceof pkijs.Certificate &&
      each.issuer.isEqual(sid.issuer) &&
      each.serialNumber.isEqual(sid.serialNumber),
  )
}

/** ESSCertIDv2 begins with the hash, after an algorithm when that is not SHA-256. RFC 3161 tokens may name it by SHA-1 instead. */
function namesCertificate(attributes: pkijs.SignedAndUnsignedAttributes, certificate: Uint8Array): boolean {
  const named = only(attributes, OID.signingCertificateV2)
  if (named === undefined) return only(attributes, '1.2.840.113549.1.9.16.2.12') !== undefined
  const first = child(child(child(named, 0), 0), 0)
  return first instanceof asn1.OctetString && sameBytes(octets(first), sha256(certificate))
}
const child = (value: unknown, at: number): unknown =>
  value instanceof asn1.Sequence ? value.valueBlock.value[at] : undefined
