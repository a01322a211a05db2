import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { readControl } from '#shared/membership/control.ts'
import { decodeBody } from '#shared/seal/body.ts'
import { deviceOf, type Run } from '#shared/seal/entry.ts'
import { runHashes } from '#shared/seal/verify.ts'

/** The announcement of a key as somebody without any key reads it: who made it, on what it stands, and whom it is for. */
export interface Announcement {
  readonly id: EpochId
  readonly author: DeviceId
  readonly parents: readonly EpochId[]
  readonly recipients: ReadonlySet<DeviceId>
}

/**
 * The key announcements in a run that travels in clear, genuine by the signature of their author alone: where they stand in
 * the author's feed need not be known. Empty for sealed runs, and undefined when the signature is wrong.
 */
export function announcementsIn(crypto: Crypto, run: Run): readonly Announcement[] | undefined {
  if (run.epoch !== null) return []
  const hashes = runHashes(crypto, run)
  if (hashes === undefined) return undefined
  return run.entries.flatMap(({ ciphertext }, at) => {
    const body = decodeBody(ciphertext)
    const control = body.ok && body.value.kind === 'control' ? readControl(body.value.payload) : undefined
    if (control?.ok !== true || control.value.kind !== 'epoch-created') return []
    const { parents, boxes } = control.value
    return [
      {
        id: hashes[at] as string as EpochId,
        author: deviceOf(run.feed),
        parents,
        recipients: new Set(boxes.map(({ device }) => device)),
      },
    ]
  })
}
