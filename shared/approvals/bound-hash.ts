import type { Commitment } from './commitment.ts'
import { toHex } from '../kernel/bytes.ts'
import { encode, type Canonical } from '../kernel/canonical.ts'
import type { Crypto } from '../kernel/crypto.ts'
import type { ArtifactId, ChannelId } from '../kernel/ids.ts'

/** The hash that an approval is bound to: kind, place and content, and nothing that changes from one try to the next. Hex. */
export const boundHash = (
  crypto: Crypto,
  channel: ChannelId,
  {
    commitment,
    artifact,
    content,
  }: {
    readonly commitment: Commitment
    readonly artifact: ArtifactId | null
    readonly content: Canonical
  },
): string => toHex(crypto.hash('mithaq.approval.v1', encode([commitment, channel, artifact, content])))
