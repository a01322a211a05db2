import { concat, equal, fromHex } from '#shared/kernel/bytes.ts'
import type { BoxPair, BoxPublicKey, Crypto, Hash, Nonce, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { belongs } from './certificate-of.ts'
import type { Epoch, EpochCreated, Membership } from './types.ts'

const NONCE = 24

export interface EpochKey {
  readonly epoch: EpochId
  readonly key: SymmetricKey
}
export type EpochRefusal = 'not-a-recipient' | 'box-damaged' | 'bad-commitment'

/**
 * Binds an epoch's key to its channel. An AEAD does not commit to its key, so without this a box could give two members
 * two keys under which one ciphertext reads differently.
 */
export const epochCommitment = (crypto: Crypto, channel: ChannelId, key: SymmetricKey): Hash =>
  crypto.hash('mithaq/epoch-commitment/v1', raw(channel), key)

/**
 * A new generation of the channel's key, fresh and independent of every other. `recipients` are the readers in the
 * writer's ancestry. `earlier`: keys of parents that new recipients may have, and with them what those wrapped before;
 * empty shares no history. @throws when an earlier key is not a parent's: a bug.
 */
export function createEpoch(
  crypto: Crypto,
  input: {
    readonly channel: ChannelId
    readonly parents: readonly EpochId[]
    readonly recipients: readonly { readonly device: DeviceId; readonly boxKey: BoxPublicKey }[]
    readonly earlier: readonly EpochKey[]
  },
): { readonly payload: EpochCreated; readonly key: SymmetricKey } {
  const { channel, parents, recipients, earlier } = input
  if (earlier.some(({ epoch }) => !parents.includes(epoch))) throw new Error('only keys of parents are wrapped')
  const key = crypto.random(32) as SymmetricKey
  const wrapping = crypto.derive(key, WRAP)
  return {
    key,
    payload: {
      kind: 'epoch-created',
      parents: [...parents].sort(),
      commitment: epochCommitment(crypto, channel, key),
      boxes: recipients.map(({ device, boxKey }) => ({ device, box: crypto.box(boxKey, key) })),
      earlier: earlier.map((past) => {
        const nonce = crypto.random(NONCE) as Nonce
        const wrapped = crypto.encrypt(wrapping, nonce, concat(raw(channel), raw(past.epoch)), past.key)
        return { epoch: past.epoch, wrapped: concat(nonce, wrapped) }
      }),
    },
  }
}

/** The key of an epoch for one of its recipients, and the parents' keys that came with it. */
export function openEpoch(
  crypto: Crypto,
  channel: ChannelId,
  payload: EpochCreated,
  device: DeviceId,
  pair: BoxPair,
): Result<{ readonly key: SymmetricKey; readonly earlier: readonly EpochKey[] }, EpochRefusal> {
  const own = payload.boxes.find((box) => box.device === device)
  if (own === undefined) return refuse('not-a-recipient')
  const key = crypto.unbox(pair, own.box)
  if (key?.length !== 32) return refuse('box-damaged')
  return unwrapEarlier(crypto, channel, payload, key as SymmetricKey)
}

/**
 * The parents' keys from a key that is held already: so a newcomer walks back as far as history was shared. Each key must
 * still fit its own epoch's commitment, which is checked when that epoch is walked in turn.
 */
export function unwrapEarlier(
  crypto: Crypto,
  channel: ChannelId,
  payload: EpochCreated,
  key: SymmetricKey,
): Result<{ readonly key: SymmetricKey; readonly earlier: readonly EpochKey[] }, 'bad-commitment'> {
  if (!equal(epochCommitment(crypto, channel, key), payload.commitment)) return refuse('bad-commitment')
  const wrapping = crypto.derive(key, WRAP)
  const earlier: EpochKey[] = []
  for (const { epoch, wrapped } of payload.earlier) {
    const nonce = wrapped.subarray(0, NONCE) as Nonce
    const past = crypto.decrypt(wrapping, nonce, concat(raw(channel), raw(epoch)), wrapped.subarray(NONCE))
    // A wrap that does not open shares nothing; the epoch itself is still good.
    if (past?.length === 32) earlier.push({ epoch, key: past as SymmetricKey })
  }
  return ok({ key, earlier })
}

/** Every recipient belongs to the channel in this membership. Expiry alone makes no epoch unsafe: ending reading is revocation. */
export const isSafe = (epoch: Epoch, membership: Membership): boolean =>
  epoch.recipients.length > 0 && epoch.recipients.every((device) => belongs(membership, device))

/** Epochs that no other names as parent, by id. */
export function leaves(membership: Membership): readonly Epoch[] {
  const parents = new Set([...membership.epochs.values()].flatMap((epoch) => epoch.parents))
  return [...membership.epochs.values()].filter(({ id }) => !parents.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Epochs of a membership → device → those that it can open: whose key it was given, and what is wrapped for these. */
const reached = new WeakMap<Membership['epochs'], Map<DeviceId, ReadonlySet<EpochId>>>()

function reachedBy({ epochs }: Membership, device: DeviceId): ReadonlySet<EpochId> {
  let known = reached.get(epochs)
  if (known === undefined) reached.set(epochs, (known = new Map<DeviceId, ReadonlySet<EpochId>>()))
  let found = known.get(device) as Set<EpochId> | undefined
  if (found !== undefined) return found
  known.set(device, (found = new Set()))
  const open = [...epochs.values()].filter(({ recipients }) => recipients.includes(device)).map(({ id }) => id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const { epoch } of epochs.get(id)?.payload.earlier ?? []) if (epochs.has(epoch)) open.push(epoch)
  }
  return found
}

/**
 * Epochs under which somebody who may read cannot: whoever made them had not heard of that device, or took its company for gone. In
 * order. Who holds the key of one hands it on by a new epoch that names it as a parent.
 */
export function unreached(membership: Membership, devices: readonly DeviceId[]): readonly EpochId[] {
  const open = devices.map((device) => reachedBy(membership, device))
  return [...membership.epochs.keys()].filter((id) => open.some((found) => !found.has(id))).sort()
}

/** Whether a device can open an epoch, as far as the epochs themselves tell. */
export const opens = (membership: Membership, device: DeviceId, epoch: EpochId): boolean =>
  reachedBy(membership, device).has(epoch)

/** The safe leaf with the lowest id; undefined means that a new epoch is due. */
export const writableEpoch = (membership: Membership): Epoch | undefined =>
  leaves(membership).find((epoch) => isSafe(epoch, membership))

const WRAP = 'mithaq/epoch-wrap/v1'

function raw(id: ChannelId | EpochId): Uint8Array {
  const bytes = fromHex(id)
  if (bytes?.length !== 32) throw new TypeError(`not an id: ${id}`)
  return bytes
}
