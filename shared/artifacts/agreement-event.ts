import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import { MOST_CONTENT } from './agreement-content.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const text = (most: number) => z.string().max(most)

/** What happened to an agreement. Whoever may write its draft may state these; whose signature counts is read from the frozen text. */
export const agreementEvents = [
  /** An agreement is closed for signature: its canonical text, and the printed file with its empty signature fields. */
  z.object({
    type: z.literal('agreement-frozen'),
    artifact: id,
    version: z.int().min(1),
    /** SHA-256 of `text`. */
    hash: sha256,
    text: text(MOST_CONTENT),
    /** SHA-256 of the file. */
    file: sha256,
  }),
  /** A person's word that they sign that text; the signature inside the file follows from it. */
  z.object({
    type: z.literal('agreement-signed'),
    artifact: id,
    hash: sha256,
    signatory: text(32),
    /** SHA-256 of the certificate that will stand in the file. */
    certificate: sha256,
  }),
  z.object({
    type: z.literal('agreement-declined'),
    artifact: id,
    hash: sha256,
    signatory: text(32),
    reason: text(2000).min(1),
  }),
  /** The signature inside the file: the file before it and after it. */
  z.object({
    type: z.literal('agreement-file-signed'),
    artifact: id,
    hash: sha256,
    signatory: text(32),
    from: sha256,
    to: sha256,
    /** The company's root for such certificates, in DER: what a verifier has to trust. */
    ca: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= 8192),
  }),
] as const

export const AGREEMENT_FACTS: ReadonlySet<string> = new Set(agreementEvents.map((event) => event.shape.type.value))
