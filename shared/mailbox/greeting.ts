import { concat, fromHex, toHex, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, PublicKey, SecretKey, Signature } from '#shared/kernel/crypto.ts'
import type { DeviceId, WorkspaceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** What comes before the sync protocol between a device and a mailbox; three messages, each in deterministic CBOR. */

export const MAILBOX_VERSION = 1
/** The subprotocol by which a mailbox and the signalling are told apart at one address. */
export const MAILBOX_PROTOCOL = 'mithaq-mailbox.v1'
const NONCE = 32
const LABEL = 'mithaq/mailbox-proof/v1'

/** Why a mailbox turns a caller away, or why the caller leaves it. */
export const MAILBOX_REFUSALS = [
  'mailbox-version', // speaks another version of the greeting
  'mailbox-malformed', // speaks something else
  'mailbox-wrong-name', // the address that the device dialled is not the one that the mailbox was reached at
  'mailbox-bad-proof', // the proof is not the device's
  'mailbox-busy', // over a limit: of callers, of one address, of speed
  'mailbox-not-genuine', // handed out what no honest mailbox would have taken
] as const
export type MailboxRefusal = (typeof MAILBOX_REFUSALS)[number]

export interface Proof {
  readonly workspace: WorkspaceId
  readonly device: DeviceId
  /** Host and port as dialled: a mailbox cannot use a proof at another one. */
  readonly host: string
  readonly signature: Uint8Array
}

/** Mailbox to device: sign this. */
export const writeChallenge = (nonce: Uint8Array): Uint8Array => encode({ version: MAILBOX_VERSION, nonce })

export function readChallenge(bytes: Uint8Array): Result<Uint8Array, MailboxRefusal> {
  const map = record(bytes)
  if (map === undefined || typeof map['version'] !== 'number') return refuse('mailbox-malformed')
  if (map['version'] !== MAILBOX_VERSION) return refuse('mailbox-version')
  const nonce = map['nonce']
  return nonce instanceof Uint8Array && nonce.length === NONCE ? ok(nonce) : refuse('mailbox-malformed')
}

export const newChallenge = (crypto: Pick<Crypto, 'random'>): Uint8Array => crypto.random(NONCE)

/** Device to mailbox: whose device this is, for which workspace, signed for this mailbox and this challenge. */
export function writeProof(
  crypto: Crypto,
  secret: SecretKey,
  { workspace, device, host }: Omit<Proof, 'signature'>,
  nonce: Uint8Array,
): Uint8Array {
  const signature = crypto.sign(LABEL, secret, transcript(nonce, workspace, host))
  return encode({ version: MAILBOX_VERSION, workspace: raw(workspace), device: raw(device), host, signature })
}

/** Reads a proof and checks it against the challenge and the host that the caller dialled. */
export function readProof(
  crypto: Crypto,
  bytes: Uint8Array,
  expected: { readonly nonce: Uint8Array; readonly host: string },
): Result<Proof, MailboxRefusal> {
  const map = record(bytes)
  if (map === undefined || typeof map['version'] !== 'number') return refuse('mailbox-malformed')
  if (map['version'] !== MAILBOX_VERSION) return refuse('mailbox-version')
  const { workspace, device, host, signature } = map
  if (!is32(workspace) || !is32(device) || typeof host !== 'string') return refuse('mailbox-malformed')
  if (!(signature instanceof Uint8Array) || signature.length !== 64) return refuse('mailbox-malformed')
  if (host !== expected.host) return refuse('mailbox-wrong-name')
  const id = toHex(workspace) as WorkspaceId
  const said = transcript(expected.nonce, id, host)
  if (!crypto.verify(LABEL, device as PublicKey, said, signature as Signature)) return refuse('mailbox-bad-proof')
  return ok({ workspace: id, device: toHex(device) as DeviceId, host, signature })
}

/** Mailbox to device: come in (null), or why not. */
export const writeVerdict = (refusal: MailboxRefusal | null): Uint8Array => encode({ refusal })

export function readVerdict(bytes: Uint8Array): Result<null, MailboxRefusal> {
  const map = record(bytes)
  if (map === undefined) return refuse('mailbox-malformed')
  if (map['refusal'] === null) return ok(null)
  return refuse(MAILBOX_REFUSALS.find((code) => code === map['refusal']) ?? 'mailbox-malformed')
}

/**
 * Host and port of a `ws:` or `wss:` address as a browser writes them into its Host header: lower case, and without the
 * scheme's own port. undefined for anything else.
 */
export function hostOf(address: string): string | undefined {
  const found = /^(wss?):\/\/(?:[^/?#@]*@)?([^/?#@]+)/i.exec(address)
  const [scheme, host] = [found?.[1]?.toLowerCase(), found?.[2]?.toLowerCase()]
  if (scheme === undefined || host === undefined) return undefined
  return host.replace(scheme === 'wss' ? /:443$/ : /:80$/, '')
}

const transcript = (nonce: Uint8Array, workspace: WorkspaceId, host: string): Uint8Array =>
  concat(nonce, raw(workspace), utf8(host))

function record(bytes: Uint8Array): { readonly [key: string]: Canonical } | undefined {
  if (bytes.length > 1024) return undefined
  const decoded = decode(bytes)
  const value = decoded.ok ? decoded.value : null
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as { readonly [key: string]: Canonical })
    : undefined
}

const is32 = (value: Canonical | undefined): value is Uint8Array => value instanceof Uint8Array && value.length === 32

/** @throws when it is no id: a bug of the caller. */
function raw(id: WorkspaceId | DeviceId): Uint8Array {
  const bytes = fromHex(id)
  if (bytes?.length !== 32) throw new TypeError(`not an id: ${id}`)
  return bytes
}
