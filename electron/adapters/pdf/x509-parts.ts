import { createHash } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pkijs from 'pkijs'
import type { Instant } from '#shared/kernel/time.ts'

/** The attributes of a name, by their object identifiers (RFC 5280, X.520). */
export const ATTRIBUTE = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  organization: '2.5.4.10',
  title: '2.5.4.12',
} as const
export type AttributeName = keyof typeof ATTRIBUTE

/** X.520 lets most attributes be 64 characters long; verifiers differ in what they make of longer ones. */
const BOUND = 64

/** A name, an attribute in each of its parts: the library's own would put all of them into one part. */
export function distinguishedName(
  attributes: Partial<Record<AttributeName, string>>,
): pkijs.RelativeDistinguishedNames {
  const parts = Object.entries(attributes).map(([name, text]) => {
    const value = [...text.toWellFormed()].slice(0, BOUND).join('')
    // A serial number is a printable string by its definition; all else may be in any script.
    const typed = name === 'serialNumber' ? new asn1.PrintableString({ value }) : new asn1.Utf8String({ value })
    const type = new asn1.ObjectIdentifier({ value: ATTRIBUTE[name as AttributeName] })
    return new asn1.Set({ value: [new asn1.Sequence({ value: [type, typed] })] })
  })
  return pkijs.RelativeDistinguishedNames.fromBER(new asn1.Sequence({ value: parts }).toBER())
}

/** One attribute of a name; empty when it is not there. */
export function attributeOf(name: pkijs.RelativeDistinguishedNames, attribute: AttributeName): string {
  const found = name.typesAndValues.find(({ type }) => type === ATTRIBUTE[attribute])
  return found ? String(found.value.valueBlock.value) : ''
}

/** A name as people read it: what it calls its owner, then its organisation. */
export function readableName(name: pkijs.RelativeDistinguishedNames): string {
  const parts = [attributeOf(name, 'commonName'), attributeOf(name, 'organization')].filter((part) => part !== '')
  return [...new Set(parts)].join(' · ')
}

export const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }): pkijs.Extension =>
  new pkijs.Extension({ extnID, critical, extnValue: value.toBER() })

/** RFC 5280: years to 2049 in the short form, later ones in the long. */
export function timeOf(at: Instant): pkijs.Time {
  const value = new Date(Math.floor(at / 1000) * 1000)
  return new pkijs.Time({ type: value.getUTCFullYear() < 2050 ? 0 : 1, value })
}

export const integerOf = (bytes: Uint8Array): asn1.Integer => {
  // Positive, and in the fewest bytes: a leading one bit would make it negative.
  const start = bytes.findIndex((byte) => byte !== 0)
  const trimmed = start < 0 ? new Uint8Array(1) : bytes.slice(start)
  const valueHex = (trimmed[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...trimmed) : trimmed
  return new asn1.Integer({ valueHex: valueHex.slice().buffer })
}

/** The bytes of an integer without the zero that only says that it is positive. */
export function bytesOfInteger(integer: asn1.Integer): Uint8Array {
  const bytes = new Uint8Array(integer.valueBlock.valueHexView)
  return bytes.length > 1 && bytes[0] === 0 ? bytes.slice(1) : bytes
}

/** RFC 5280, 4.2.1.2, method 1: what names a key is SHA-1 over its bits. It is a label, and nothing rests on it. */
export const keyIdentifier = (key: pkijs.PublicKeyInfo): ArrayBuffer =>
  bufferOf(createHash('sha1').update(key.subjectPublicKey.valueBlock.valueHexView).digest())

/** A copy in a buffer of its own, as the ASN.1 library wants it. */
export const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
