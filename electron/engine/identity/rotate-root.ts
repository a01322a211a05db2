import type { SigningPair } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { CompanyCard } from '#shared/membership/types.ts'
import { record } from '../context.ts'
import { must } from '../edge.ts'
import { companyFromWords, companyWords } from '../vault/company-kit.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, writeIn } from '../workspaces/membership-steps.ts'
import { tell, writable } from './devices.ts'
import {
  CERTIFICATE_DAYS, certificateIn, certify, certifyIssuer, DAY, saveIdentity, type Identity, type IssuedRecord,
} from './identity.ts' // prettier-ignore
import { recertify } from './replace-device.ts'

/**
 * A new root key, named by the old one: the company keeps its id, and partners follow without pinning it again. This device
 * gets a new issuer under the new root, and every device a new certificate. The old words open nothing from here on, wherever
 * the change is known. Returns the new words, which stay nowhere else.
 */
export function rotateRoot(hub: Hub, words: readonly string[]): readonly string[] {
  const { crypto, clock } = hub.context
  const before = hub.identity
  const root = must(companyFromWords(crypto, words.join(' '), before.card.root), 'vault')
  const fresh = crypto.signingPair()
  try {
    hub.change(() => rotate(hub, before, root, fresh, clock.now()))
    return companyWords(fresh.secretKey)
  } finally {
    root.secretKey.fill(0)
    fresh.secretKey.fill(0)
  }
}

function rotate(hub: Hub, before: Identity, root: SigningPair, fresh: SigningPair, at: Instant): undefined {
  const { crypto, vault } = hub.context
  const { company } = before.card
  const rotation = signStatement(crypto, 'root-rotation', root.secretKey, {
    company,
    from: root.publicKey,
    to: fresh.publicKey,
    at,
  })
  const card: CompanyCard = {
    ...before.card,
    root: fresh.publicKey,
    rotations: [...before.card.rotations, rotation],
  }
  const issuing = crypto.signingPair()
  const issuer = {
    secret: issuing.secretKey,
    certificate: certifyIssuer(crypto, card, fresh.secretKey, issuing.publicKey, at),
  }
  const said = certificateIn(before.certified)
  const { name, roles, authority } = said
  const validTo = (at + CERTIFICATE_DAYS * DAY) as Instant
  const bare = { ...before, card, issuer }
  const certified = certify(crypto, bare, { name, roles, validFrom: at, validTo, authority })
  const after: Identity = { ...bare, certified }
  for (const runtime of writable(hub)) writeIn(hub, runtime.id, [control({ kind: 'root-rotated', rotation })])
  saveIdentity(hub.context, after)
  hub.identity = after
  const { serial } = certificateIn(certified)
  vault.records.put<IssuedRecord>('certificate', serial, { certified, revokedAt: null })
  const own = vault.records.get<IssuedRecord>('certificate', said.serial)
  if (own) vault.records.put<IssuedRecord>('certificate', said.serial, { ...own, revokedAt: at, endedAs: 'replaced' })
  tell(hub, [certified, ...recertify(hub, before, after)])
  record(hub.context, {
    kind: 'key',
    code: 'root-rotated',
    actor: name.en,
    subject: { id: company, name: card.name.en },
    detail: { rotations: card.rotations.length },
  })
  return undefined
}
