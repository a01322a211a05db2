import { encode } from '#shared/kernel/canonical.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, Hash, SecretKey } from '#shared/kernel/crypto.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { deviceKey, verifyCard, verifyDevice, type CertificateRefusal } from './certificate.ts'
import { channelDefinition, readStatement, signStatement, verifyStatement } from './statement.ts'
import type { ChannelDefinition, Founding, Genesis, Signed } from './types.ts'

/** The workspace's id is the hash of what its founder stated. */
export const workspaceIdOf = (crypto: Crypto, founding: Signed<Founding>): WorkspaceId =>
  toHex(crypto.hash('mithaq/workspace/v1', founding.statement)) as WorkspaceId

/** Founds a workspace: the founder's device signs what it is. @throws when the founding does not verify: a bug of the caller. */
export function foundWorkspace(crypto: Crypto, founding: Founding, device: SecretKey): Genesis {
  const genesis = verifyFounding(crypto, signStatement(crypto, 'founding', device, founding))
  if (!genesis.ok) throw new Error(`the founding does not verify: ${genesis.refusal}`)
  return genesis.value
}

/** Checks a founding from its root to its signature. Only here a Genesis is made. */
export function verifyFounding(crypto: Crypto, signed: Signed<Founding>): Result<Genesis, CertificateRefusal> {
  const claimed = readStatement('founding', signed)
  if (!claimed.ok) return claimed
  const { founder, device, foundedAt } = claimed.value
  const card = verifyCard(crypto, founder)
  if (!card.ok) return card
  const held = verifyDevice(crypto, founder.company, founder.root, device)
  if (!held.ok) return held
  const { certificate } = held.value
  if (foundedAt < certificate.validFrom || foundedAt > certificate.validTo) return refuse('issuer-not-valid')
  const founding = verifyStatement(crypto, 'founding', deviceKey(certificate.device), signed)
  if (!founding.ok) return founding
  const content = {
    workspace: workspaceIdOf(crypto, signed),
    founding: founding.value,
    signed,
    certificate,
    issuer: held.value.issuer,
  }
  return ok(content as Genesis)
}

/** What `channel-created` commits to. The definition's nonce keeps its audience from being guessed. */
export const definitionHash = (crypto: Crypto, definition: ChannelDefinition): Hash =>
  crypto.hash('mithaq/channel-definition/v1', encode(channelDefinition.write(definition)))

/** One company founded it for itself: nobody else can ever come in, whoever consents. */
export const isInternal = ({ founding }: Genesis): boolean => founding.kind === 'internal'
