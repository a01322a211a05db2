import { toHex } from '#shared/kernel/bytes.ts'
import type { SecretKey, SigningPair } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { readStatement, signStatement } from '#shared/membership/statement.ts'
import type { CertifiedDevice, Control, Revocation } from '#shared/membership/types.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { newId, record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import { companyFromWords } from '../vault/company-kit.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, headsOf, renewEpoch } from '../workspaces/membership-steps.ts'
import {
  CERTIFICATE_DAYS, certificateIn, certify, certifyIssuer, DAY, saveIdentity, type Identity, type IssuedRecord, type PersonRecord,
} from './identity.ts' // prettier-ignore

/**
 * After a loss: this machine gets device keys of its own, and the lost device is revoked in every channel, which get new keys
 * that it does not hold. With the company words the issuer is replaced, too: its key lay in the lost vault, and only the root
 * can end it. One transaction; partners learn of it at the next exchange.
 */
export function replaceDevice(hub: Hub, companyWords: readonly string[] | null): void {
  const { crypto } = hub.context
  const before = hub.identity
  if (before.issuer.secret === null && !companyWords) throw new Refused('company', 'not-issuer')
  const root = companyWords && must(companyFromWords(crypto, companyWords.join(' '), before.card.root), 'vault')
  try {
    hub.change(() => replace(hub, before, root))
  } catch (problem) {
    hub.become(before)
    throw problem
  } finally {
    root?.secretKey.fill(0)
  }
}

function replace(hub: Hub, before: Identity, root: SigningPair | null): undefined {
  const { vault } = hub.context
  const after = renewed(hub, before, root)
  const said = certificateIn(after.certified)
  const anew = [after.certified, ...(root ? recertify(hub, before, after) : [])]
  for (const { id } of [...hub.runtimes()]) {
    const runtime = hub.touch(id)
    runtime.write(anew.map((device) => control({ kind: 'certificate', device })))
    // The old device's last word is a key for the new one too: a mailbox, which reads no certificate, knows the new one by it.
    renewEpoch(hub, runtime)
  }
  saveIdentity(hub.context, after)
  vault.records.put<IssuedRecord>('certificate', said.serial, { certified: after.certified, revokedAt: null })
  endCertificates(hub, before.device.id)
  hub.become(after)
  for (const { id } of [...hub.runtimes()]) {
    const runtime = hub.touch(id)
    // After each of them the present key is unsafe, because the lost device holds it: a new one comes before anything else.
    for (const revocation of revocations(hub, runtime, before, after, root)) {
      runtime.write([control(revocation)])
      renewEpoch(hub, runtime)
    }
  }
  record(hub.context, {
    kind: 'certificate',
    code: 'device-replaced',
    actor: said.name.en,
    subject: { id: before.device.id, name: said.name.en },
    detail: { device: after.device.id, issuer: root !== null },
  })
  return undefined
}

function renewed(hub: Hub, before: Identity, root: SigningPair | null): Identity {
  const { crypto, clock, vault } = hub.context
  const now = clock.now()
  const pair = crypto.signingPair()
  const device = { id: toHex(pair.publicKey) as DeviceId, secret: pair.secretKey, box: crypto.boxPair() }
  const fresh = root && crypto.signingPair()
  const issuer = fresh
    ? { secret: fresh.secretKey, certificate: certifyIssuer(crypto, before.card, root.secretKey, fresh.publicKey, now) }
    : before.issuer
  const former = [...(before.former ?? []), { id: before.device.id, box: before.device.box }]
  const bare = { card: before.card, issuer, device, person: before.person, former }
  const { roles, authority, name } = certificateIn(before.certified)
  const person = vault.records.get<PersonRecord>('person', before.person)
  const validTo = (now + CERTIFICATE_DAYS * DAY) as Instant
  const certified = certify(crypto, bare, { name: person?.name ?? name, roles, validFrom: now, validTo, authority })
  return { ...bare, certified }
}

/** The lost device ends, with the last heads of its feeds that we hold; then the old issuer, on the root's word. */
function revocations(
  hub: Hub,
  runtime: ChannelRuntime,
  before: Identity,
  after: Identity,
  root: SigningPair | null,
): readonly Control[] {
  const { crypto, clock } = hub.context
  const common = {
    company: before.card.company,
    reason: 'lost' as const,
    at: clock.now(),
    cuts: [{ channel: runtime.id, heads: headsOf(runtime, [before.device.id]) }],
  }
  const device = signStatement(crypto, 'revocation', secretOf(after), {
    ...common,
    subject: { kind: 'device', device: before.device.id },
  })
  const ended: Control[] = [{ kind: 'revocation', revocation: device, issuer: after.issuer.certificate }]
  if (root) {
    const all = { ...common, cuts: [{ channel: runtime.id, heads: headsOf(runtime, devicesOf(runtime, before)) }] }
    ended.push({ kind: 'revocation', revocation: endIssuer(hub, before, root.secretKey, all), issuer: null })
  }
  return ended
}

const devicesOf = ({ members }: ChannelRuntime, { card }: Identity): readonly DeviceId[] =>
  [...members.certificates].flatMap(([device, held]) => (held[0]?.certificate.company === card.company ? [device] : []))

/** Colleagues' devices are certified anew by the new issuer before the old one ends: else its end would end them, too. */
export function recertify({ context }: Hub, before: Identity, after: Identity): readonly CertifiedDevice[] {
  const { crypto, clock, vault } = context
  const now = clock.now()
  return vault.records.list<IssuedRecord>('certificate').flatMap(({ id, value }) => {
    const said = certificateIn(value.certified)
    if (value.revokedAt !== null || said.validTo <= now || said.device === before.device.id) return []
    const validFrom = said.validFrom < now ? now : said.validFrom
    const certified = {
      issuer: after.issuer.certificate,
      certificate: signStatement(crypto, 'certificate', secretOf(after), {
        ...said,
        validFrom,
        serial: newId(crypto),
      }),
    }
    const { serial } = certificateIn(certified)
    vault.records.put<IssuedRecord>('certificate', serial, { certified, revokedAt: null })
    vault.records.put<IssuedRecord>('certificate', id, { ...value, revokedAt: now })
    return [certified]
  })
}

function secretOf({ issuer }: Identity): SecretKey {
  if (issuer.secret === null) throw new Refused('company', 'not-issuer')
  return issuer.secret
}

function endIssuer(
  { context }: Hub,
  before: Identity,
  root: SecretKey,
  common: Pick<Revocation, 'company' | 'reason' | 'at' | 'cuts'>,
) {
  const old = must(readStatement('issuer', before.issuer.certificate), 'membership')
  return signStatement(context.crypto, 'revocation', root, {
    ...common,
    subject: { kind: 'issuer', issuer: old.issuer },
  })
}

/** The register shows the lost device's certificates as revoked. */
function endCertificates({ context }: Hub, device: DeviceId): void {
  const { vault, clock } = context
  for (const { id, value } of vault.records.list<IssuedRecord>('certificate')) {
    if (value.revokedAt === null && certificateIn(value.certified).device === device)
      vault.records.put<IssuedRecord>('certificate', id, { ...value, revokedAt: clock.now() })
  }
}
