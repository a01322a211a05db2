import { utf8 } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import type { BoxPair, BoxPublicKey, Crypto, Hash, Nonce, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { EpochBox } from '#shared/membership/types.ts'
import { equal } from '#shared/kernel/bytes.ts'
import type { SealedUpdate } from './doc-body.ts'
import type { SectionKey } from './update.ts'

/** Where a sealed update belongs: bound into its seal, so that it opens nowhere else. */
export interface SealedPlace {
  readonly channel: ChannelId
  /** A `sealedSectionKey`. */
  readonly section: SectionKey
  readonly replica: number
}

const LABEL = {
  update: 'mithaq/slice-update/v1',
  commitment: 'mithaq/slice-key-commitment/v1',
  key: 'mithaq/slice-key/v1',
} as const

const associated = ({ channel, section, replica }: SealedPlace): Uint8Array =>
  encode([LABEL.update, channel, section, replica])

/** What names a slice key without giving it away. Stands in every update sealed with it and in the control that hands it over. */
export const sliceKeyCommitment = (
  crypto: Crypto,
  place: Pick<SealedPlace, 'channel' | 'section'>,
  key: SymmetricKey,
): Hash => crypto.hash(LABEL.commitment, utf8(place.channel), utf8(place.section), crypto.derive(key, LABEL.commitment))

/** Seals a Yjs update under a slice's own key (32 random bytes), inside the entry that the epoch's key seals again. */
export function sealUpdate(crypto: Crypto, place: SealedPlace, key: SymmetricKey, update: Uint8Array): SealedUpdate {
  const nonce = crypto.random(24) as Nonce
  const box = crypto.encrypt(crypto.derive(key, LABEL.update), nonce, associated(place), update)
  return { commitment: sliceKeyCommitment(crypto, place, key), nonce, box }
}

/** 'slice-key-mismatch': another key's commitment. 'cannot-open': altered, or moved from another place. */
export function openUpdate(
  crypto: Crypto,
  place: SealedPlace,
  key: SymmetricKey,
  sealed: SealedUpdate,
): Result<Uint8Array, 'slice-key-mismatch' | 'cannot-open'> {
  if (!equal(sealed.commitment, sliceKeyCommitment(crypto, place, key))) return refuse('slice-key-mismatch')
  const update = crypto.decrypt(crypto.derive(key, LABEL.update), sealed.nonce, associated(place), sealed.box)
  return update === undefined ? refuse('cannot-open') : ok(update)
}

/** The boxes of a `slice-key` control: the key for each device that the owner hands it to. */
export function boxSliceKey(
  crypto: Crypto,
  key: SymmetricKey,
  recipients: readonly { readonly device: DeviceId; readonly boxKey: BoxPublicKey }[],
): readonly EpochBox[] {
  return recipients.map(({ device, boxKey }) => ({
    device,
    box: crypto.box(boxKey, encode([LABEL.key, key as Uint8Array])),
  }))
}

/** Takes the key out of a `slice-key` control. It is worth nothing unless the commitment in the control fits it. */
export function unboxSliceKey(
  crypto: Crypto,
  place: Pick<SealedPlace, 'channel' | 'section'>,
  handed: { readonly commitment: Hash; readonly boxes: readonly EpochBox[] },
  device: DeviceId,
  pair: BoxPair,
): Result<SymmetricKey, 'not-a-recipient' | 'slice-key-mismatch'> {
  const boxed = handed.boxes.find((box) => box.device === device)
  if (boxed === undefined) return refuse('not-a-recipient')
  const plain = crypto.unbox(pair, boxed.box)
  const prefix = encode([LABEL.key, new Uint8Array(32)]).length - 32
  const key = plain?.length === prefix + 32 ? (plain.slice(prefix) as Uint8Array as SymmetricKey) : undefined
  if (plain === undefined || key === undefined) return refuse('slice-key-mismatch')
  const intact = equal(plain, encode([LABEL.key, key as Uint8Array]))
  if (!intact || !equal(sliceKeyCommitment(crypto, place, key), handed.commitment)) return refuse('slice-key-mismatch')
  return ok(key)
}
