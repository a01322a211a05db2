import { z } from 'zod'
import type { ArtifactId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { calendarDate } from './field.ts'
import { agreementClaimEvents } from './agreement-claim-event.ts'
import { agreementLifeEvents } from './agreement-life-event.ts'
import { MOST_CONTENT } from './agreement-content.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/) as unknown as z.ZodType<ArtifactId>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const text = (most: number) => z.string().max(most)
const der = (most: number) => z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= most)

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
    /** The last day on which it can be signed; absent: it stays open. */
    signBy: calendarDate<IsoDate>().optional(),
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
  /** Whoever closed the text reminds somebody who has not signed it. It binds nobody. */
  z.object({ type: z.literal('agreement-reminded'), artifact: id, hash: sha256, signatory: text(32) }),
  /** The signature inside the file: the file before it and after it. */
  z.object({
    type: z.literal('agreement-file-signed'),
    artifact: id,
    hash: sha256,
    signatory: text(32),
    from: sha256,
    to: sha256,
    /** The company's root for such certificates, in DER: what a verifier has to trust. */
    ca: der(8192),
  }),
  /** A company's app says that it holds the file with every signature: so each signature is in another company's log. */
  z.object({
    type: z.literal('agreement-witnessed'),
    artifact: id,
    hash: sha256,
    file: sha256,
    /** The company's list of revoked certificates as it stood then, in DER, where it has signed any itself. */
    revocations: der(65_536).nullable(),
  }),
  /** The signed file came back from a provider with further signatures behind ours, and is kept beside it. */
  z.object({ type: z.literal('agreement-certified'), artifact: id, hash: sha256, from: sha256, to: sha256 }),
  ...agreementLifeEvents,
  ...agreementClaimEvents,
] as const

export const AGREEMENT_FACTS: ReadonlySet<string> = new Set(agreementEvents.map((event) => event.shape.type.value))
