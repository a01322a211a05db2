import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Addresses, Invitation } from '#shared/membership/invitation.ts'
import { readInvitation } from '#shared/membership/invitation.ts'
import type { CompanyCard, Founding, Genesis, Joining, Signed } from '#shared/membership/types.ts'
import { verifyFounding } from '#shared/membership/workspace.ts'
import type { Context } from '../context.ts'

/** A company that answered an invitation of ours, before and after the safety code was compared. */
export interface Partner {
  readonly card: CompanyCard
  readonly joining: Signed<Joining>
  readonly code: string
  readonly confirmed: boolean
}

/** What this company knows of a workspace outside its channels. Kept as `workspace/<id>`. */
export interface WorkspaceRecord {
  readonly id: WorkspaceId
  readonly founding: Signed<Founding>
  /** `founder` made it here; `guest` accepted an invitation. */
  readonly side: 'founder' | 'guest'
  readonly channels: readonly ChannelId[]
  /** Founder: who answered. */
  readonly partners: readonly Partner[]
  /** Guest: our own answer, until the founder's entries arrive, and the code that both compare. */
  readonly answer: {
    readonly bytes: Uint8Array
    readonly code: string
    readonly confirmed: boolean
    readonly inviter: CompanyCard
  } | null
  readonly invitation: {
    readonly bytes: Uint8Array
    readonly link: string
    readonly expiresAt: Instant
    readonly usedBy: CompanyId | null
  } | null
  readonly connection: { readonly enabled: boolean; readonly addresses: Addresses }
  readonly lastSync: Instant | null
  /** The sample partner lives in this app: a local port in place of the network. */
  readonly local: boolean
}

const KIND = 'workspace'
export const NO_ADDRESSES: Addresses = { signalling: [], ice: [], mailbox: null }

export const listWorkspaces = ({ vault }: Pick<Context, 'vault'>): readonly WorkspaceRecord[] =>
  vault.records.list<WorkspaceRecord>(KIND).map(({ value }) => value)
export const findWorkspace = ({ vault }: Pick<Context, 'vault'>, id: string): WorkspaceRecord | undefined =>
  vault.records.get<WorkspaceRecord>(KIND, id)
export const saveWorkspace = ({ vault }: Pick<Context, 'vault'>, workspace: WorkspaceRecord): void =>
  vault.records.put(KIND, workspace.id, workspace)

/** The founding as verified. @throws for a record that was never verified: a bug. */
export function genesisOf(crypto: Crypto, { founding }: WorkspaceRecord): Genesis {
  const genesis = verifyFounding(crypto, founding)
  if (!genesis.ok) throw new Error(`a kept founding does not verify: ${genesis.refusal}`)
  return genesis.value
}

/** An invitation that we made and kept; its expiry is checked by whoever uses it. */
export function keptInvitation(crypto: Crypto, bytes: Uint8Array): Invitation {
  const invitation = readInvitation(crypto, bytes, 0 as Instant)
  if (!invitation.ok) throw new Error(`a kept invitation does not read: ${invitation.refusal}`)
  return invitation.value
}

/** Whether both sides have opted in: the only state in which anything but control entries is written. */
export const isActive = ({ side, partners, answer }: WorkspaceRecord): boolean =>
  side === 'founder' ? partners.some((partner) => partner.confirmed) : (answer?.confirmed ?? false)
