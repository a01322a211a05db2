import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Invitation } from '#shared/membership/invitation.ts'
import type { Founding } from '#shared/membership/types.ts'

/** Where members of a workspace meet. The name is public to the signalling server, the password is not. */
export interface MeetingRoom {
  readonly room: string
  readonly password: string
}

/** Room and signalling password of a workspace: hashes over what only members and the invited were given. */
export function workspaceRoom(crypto: Crypto, id: WorkspaceId, founding: Founding): MeetingRoom {
  const bytes = fromHex(id) ?? new Uint8Array()
  return {
    room: toHex(crypto.hash('mithaq/room/v1', bytes, founding.nonce)),
    password: toHex(crypto.hash('mithaq/room-password/v1', bytes, founding.nonce)),
  }
}

/** The room in which one invitation is answered. */
export const invitationRoom = (crypto: Crypto, { secret }: Invitation): MeetingRoom => ({
  room: toHex(crypto.hash('mithaq/invitation-room/v1', secret)),
  password: toHex(crypto.hash('mithaq/invitation-room-password/v1', secret)),
})
