import { fromBase64, fromUtf8, toBase64 } from '#shared/kernel/bytes.ts'

type Label = 'CERTIFICATE' | 'X509 CRL'

/** DER as the text (RFC 7468) that most programs want. */
export function toPem(label: Label, der: Uint8Array): string {
  const lines = toBase64(der).replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

/** The one object of a PEM file; undefined when it is not exactly as `toPem` writes it. */
export function fromPem(label: Label, bytes: Uint8Array): Uint8Array | undefined {
  try {
    const text = fromUtf8(bytes)
    const lines = new RegExp(`^-----BEGIN ${label}-----\\n([A-Za-z0-9+/=\\n]+)\\n-----END ${label}-----\\n$`).exec(text)
    const der = fromBase64((lines?.[1] ?? '').replaceAll('\n', ''))
    return der && toPem(label, der) === text ? der : undefined
  } catch {
    return undefined
  }
}
