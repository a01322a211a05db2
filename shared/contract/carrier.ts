import * as z from 'zod'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/**
 * What the engine and the carrier page say to each other, over one binary port. The carrier is the process that meets
 * hostile bytes, so the engine reads what it says as strictly as it reads a peer.
 *
 * A peer has two lanes towards the engine. `auth` opens with the data channel: the engine proves and checks who is there.
 * `runs` opens when the engine has said `accept`; only then does y-webrtc hear that the peer connected.
 */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const room = z.string().regex(/^[0-9a-f]{64}$/)
const peer = z.string().min(1).max(64)
/** One connection to a mailbox, under a name drawn for it: the carrier learns no workspace. */
const mailbox = z.string().regex(/^[0-9a-f]{64}$/)
/** SHA-256 of a DTLS certificate. */
const fingerprint = bytes.refine((value) => value.length === 32)

const toCarrier = z.discriminatedUnion('say', [
  z.strictObject({
    say: z.literal('open'),
    room,
    /** Encrypts the signalling messages of this room; y-webrtc's `password`. */
    password: z.string().max(128),
    signalling: z.array(z.string().max(500)).max(8),
    iceServers: z
      .array(
        z.strictObject({
          urls: z.string().max(200),
          username: z.string().max(200).nullable(),
          credential: z.string().max(200).nullable(),
        }),
      )
      .max(8),
  }),
  z.strictObject({ say: z.literal('close'), room }),
  z.strictObject({ say: z.literal('send'), peer, lane: z.enum(['auth', 'runs']), bytes }),
  z.strictObject({ say: z.literal('accept'), peer }),
  z.strictObject({ say: z.literal('drop'), peer }),
  /** Ends a peer that failed its handshake, once what was said to it has left; the carrier lets it wait before it may try again. */
  z.strictObject({ say: z.literal('refuse'), peer }),
  /** Keeps a socket to a mailbox open, and opens it again whenever it closes, until `mailbox-close`. */
  z.strictObject({ say: z.literal('mailbox-open'), mailbox, address: z.string().max(300) }),
  z.strictObject({ say: z.literal('mailbox-close'), mailbox }),
  z.strictObject({ say: z.literal('mailbox-send'), mailbox, bytes }),
])
const toEngine = z.discriminatedUnion('say', [
  /** The page is up; the engine then opens its rooms. */
  z.strictObject({ say: z.literal('ready') }),
  z.strictObject({ say: z.literal('signalling'), room, reachable: z.boolean() }),
  /** A data channel is open and nobody is proven yet. `remote` was read from the certificate that DTLS really used. */
  z.strictObject({
    say: z.literal('peer'),
    peer,
    room,
    initiator: z.boolean(),
    local: fingerprint,
    remote: fingerprint,
  }),
  z.strictObject({ say: z.literal('received'), peer, lane: z.enum(['auth', 'runs']), bytes }),
  z.strictObject({ say: z.literal('gone'), peer }),
  /** The socket to a mailbox opened; nothing is proven yet, on either side. Or it closed, and is tried again. */
  z.strictObject({ say: z.literal('mailbox'), mailbox, open: z.boolean() }),
  z.strictObject({ say: z.literal('mailbox-received'), mailbox, bytes }),
])
export type ToCarrier = z.infer<typeof toCarrier>
export type ToEngine = z.infer<typeof toEngine>

export const writeToCarrier = (message: ToCarrier): Uint8Array => encode(message as Canonical)
export const writeToEngine = (message: ToEngine): Uint8Array => encode(message as Canonical)
export const readToCarrier = (raw: Uint8Array): Result<ToCarrier, 'malformed'> => read(toCarrier, raw)
export const readToEngine = (raw: Uint8Array): Result<ToEngine, 'malformed'> => read(toEngine, raw)

function read<T>(schema: z.ZodType<T>, raw: Uint8Array): Result<T, 'malformed'> {
  const value = decode(raw)
  if (!value.ok) return refuse('malformed')
  const message = schema.safeParse(value.value)
  return message.success ? ok(message.data) : refuse('malformed')
}
