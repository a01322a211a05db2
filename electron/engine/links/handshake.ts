import { concat, equal, fromHex, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, PublicKey, SecretKey, Signature, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'

const VERSION = 1
const NONCE = 32
const LABEL = 'mithaq.link-proof.v1'

/** What both ends of one data channel see. A man in the middle would have two channels, and so other fingerprints. */
export interface LinkView {
  readonly room: string
  /** True at the end that made the offer: keeps a proof from being reflected. */
  readonly initiator: boolean
  readonly local: Uint8Array
  readonly remote: Uint8Array
}

/** How an end proves itself: as a certified device of a member, or as somebody who holds an invitation's secret. */
export type Credential =
  | { readonly as: 'device'; readonly device: DeviceId; readonly secret: SecretKey }
  | { readonly as: 'invitation'; readonly key: SymmetricKey }

/** How an end checks the other. `member` is asked with the device that the proof names. */
export type Acceptance =
  | { readonly as: 'device'; member(device: DeviceId): boolean }
  | { readonly as: 'invitation'; readonly key: SymmetricKey }

export type HandshakeRefusal =
  'link-malformed' | 'link-version' | 'link-not-a-member' | 'link-bad-proof' | 'link-turned-away' // the other end refused us; it does not say why
export type HandshakeStep =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly device: DeviceId | null }
  | { readonly kind: 'refused'; readonly refusal: HandshakeRefusal }

/** What the refused end is told: enough to know that it was refused, nothing about why. */
export const TURNED_AWAY = encode({ refused: true })

/**
 * Authentication of one direct link, before anything else passes: both ends exchange nonces, then a signature (or a keyed
 * hash, for an invitation) over room, role, both DTLS fingerprints and both nonces. Nothing in it is secret; without the keys
 * nothing in it can be made for another channel.
 */
export class Handshake {
  readonly #crypto: Crypto
  readonly #view: LinkView
  readonly #credential: Credential
  readonly #acceptance: Acceptance
  readonly #nonce: Uint8Array
  #theirNonce: Uint8Array | undefined

  constructor(crypto: Crypto, view: LinkView, credential: Credential, acceptance: Acceptance) {
    this.#crypto = crypto
    this.#view = view
    this.#credential = credential
    this.#acceptance = acceptance
    this.#nonce = crypto.random(NONCE)
  }

  hello(): Uint8Array {
    return encode({ version: VERSION, nonce: this.#nonce })
  }

  /** What to do about a message of the other end. After `done` or `refused` nothing more is expected. */
  receive(bytes: Uint8Array): HandshakeStep {
    const message = decode(bytes)
    if (!message.ok || !isRecord(message.value)) return { kind: 'refused', refusal: 'link-malformed' }
    if (message.value['refused'] === true) return { kind: 'refused', refusal: 'link-turned-away' }
    return this.#theirNonce ? this.#checkProof(message.value, this.#theirNonce) : this.#answerHello(message.value)
  }

  #answerHello(message: Record<string, Canonical>): HandshakeStep {
    if (message['version'] !== VERSION) return { kind: 'refused', refusal: 'link-version' }
    const nonce = message['nonce']
    if (!(nonce instanceof Uint8Array) || nonce.length !== NONCE) return { kind: 'refused', refusal: 'link-malformed' }
    this.#theirNonce = nonce
    const said = transcript(
      this.#view.room,
      this.#view.initiator,
      this.#view.local,
      this.#view.remote,
      this.#nonce,
      nonce,
    )
    const credential = this.#credential
    return {
      kind: 'send',
      bytes:
        credential.as === 'device'
          ? encode({ device: credential.device, proof: this.#crypto.sign(LABEL, credential.secret, said) })
          : encode({ device: null, proof: this.#crypto.hash(LABEL, credential.key, said) }),
    }
  }

  #checkProof(message: Record<string, Canonical>, theirNonce: Uint8Array): HandshakeStep {
    const { device, proof } = message
    if (!(proof instanceof Uint8Array)) return { kind: 'refused', refusal: 'link-malformed' }
    const said = transcript(
      this.#view.room,
      !this.#view.initiator,
      this.#view.remote,
      this.#view.local,
      theirNonce,
      this.#nonce,
    )
    const acceptance = this.#acceptance
    if (acceptance.as === 'invitation') {
      const fits = device === null && equal(this.#crypto.hash(LABEL, acceptance.key, said), proof)
      return fits ? { kind: 'done', device: null } : { kind: 'refused', refusal: 'link-bad-proof' }
    }
    const key = typeof device === 'string' && device.length === 64 ? fromHex(device) : undefined
    if (!key || proof.length !== 64) return { kind: 'refused', refusal: 'link-malformed' }
    if (!acceptance.member(device as DeviceId)) return { kind: 'refused', refusal: 'link-not-a-member' }
    const fits = this.#crypto.verify(LABEL, key as PublicKey, said, proof as Signature)
    return fits ? { kind: 'done', device: device as DeviceId } : { kind: 'refused', refusal: 'link-bad-proof' }
  }
}

/** What is signed, from the signer's side. Fixed-length parts, so that no two transcripts read alike. */
function transcript(
  room: string,
  initiator: boolean,
  own: Uint8Array,
  other: Uint8Array,
  ownNonce: Uint8Array,
  otherNonce: Uint8Array,
): Uint8Array {
  return concat(utf8(room), Uint8Array.of(initiator ? 1 : 0), own, other, ownNonce, otherNonce)
}

const isRecord = (value: Canonical): value is Record<string, Canonical> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
