import { seededCrypto } from '#test/vectors/author.ts'
import { Company, day, fact, NOW, type Device } from '#test/vectors/company.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { isoDate } from '#shared/kernel/time.ts'
import { describe, expect, it } from 'vitest'
import { belongs, certificateOf, readers } from './certificate-of.ts'
import { applyControl, devicesOf, foldMembership, startMembership } from './fold.ts'
import { readStatement, signStatement } from './statement.ts'
import type { ChannelDefinition, Control, ControlFact, GivenConsent, Membership, MembershipRefusal } from './types.ts'
import { definitionHash } from './workspace.ts'

const crypto = await seededCrypto('fold')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const sharq = new Company(crypto, 'Sharq Cold Chain')
const noura = najd.device('noura', ['coo', 'founder'])
const omar = najd.device('omar', ['ceo'])
const layla = hijaz.device('layla', ['coo'])
const badr = sharq.device('badr', ['coo'])
const genesis = najd.found(noura)
const everyone = najd.found(noura, {}, { addCompany: 'every-member' })

let number = 0
const by = (author: Device, payload: Control, at = NOW): ControlFact => fact(crypto, number++, author, payload, at)
const definition = (change: Partial<ChannelDefinition> = {}): ChannelDefinition => ({
  name: { en: 'Forecast', ar: 'التوقعات' }, companies: 'all', roles: 'all', expiresOn: null, nonce: new Uint8Array(16), ...change,
}) // prettier-ignore
const channel = (of: ChannelDefinition): readonly ControlFact[] => [
  by(noura, { kind: 'channel-created', definition: definitionHash(crypto, of) }),
  by(noura, { kind: 'channel-defined', definition: of }),
]
const added = (company: Company, device: Device, consents: readonly GivenConsent[] = [], start = genesis): Control => ({
  kind: 'company-added', joining: company.join(device, start), consents,
}) // prettier-ignore
const consent = (company: Company, device: Device, to: 'add' | 'remove', subject: CompanyId, start = genesis): GivenConsent => ({
  device: device.id,
  consent: signStatement(crypto, 'consent', device.signing.secretKey, {
    workspace: start.workspace, company: company.card.company, to, subject, at: NOW,
  }),
}) // prettier-ignore
const fold = (facts: readonly ControlFact[], start = genesis) => foldMembership(crypto, start, facts)
const all = (facts: readonly ControlFact[], start = genesis): Membership => {
  const { membership, refused } = fold(facts, start)
  expect(refused.map(({ refusal }) => refusal)).toEqual([])
  return membership
}
const refusal = (before: Membership, payload: Control, author = noura): MembershipRefusal | 'taken' => {
  const step = applyControl(crypto, before, by(author, payload))
  return step.ok ? 'taken' : step.refusal
}
const certificate = (device: Device): Control => ({ kind: 'certificate', device: device.certified })
const two = all([...channel(definition()), by(noura, added(hijaz, layla))])

describe('roles that change', () => {
  const lowered = najd.device('noura', ['admin'], { validFrom: NOW })
  const said = (device: Device) => {
    const read = readStatement('certificate', device.certified.certificate)
    if (!read.ok) throw new Error(read.refusal)
    return read.value
  }
  const successor = najd.device('noura', ['admin'], { replaces: [said(noura).serial], serial: 'ab'.repeat(16), validFrom: NOW }) // prettier-ignore

  it('[MEM-23] what a certificate replaces no longer counts, at whatever time an entry claims and in whatever order they are told', () => {
    expect(certificateOf(all([by(noura, certificate(lowered))]), noura.id, day(-50))?.roles).toEqual(['coo', 'founder'])
    const after = all([by(noura, certificate(successor))])
    expect(certificateOf(after, noura.id, day(-50))).toBeUndefined()
    expect(certificateOf(after, noura.id, NOW)?.roles).toEqual(['admin'])
    const again = all([by(noura, certificate(successor)), by(noura, certificate(noura))])
    expect(certificateOf(again, noura.id, day(-50))).toBeUndefined()
  })

  it('[MEM-23] a company replaces its own certificates alone', () => {
    const hostile = hijaz.device('layla', ['coo'], { replaces: [said(noura).serial], serial: 'cd'.repeat(16) })
    const members = all([by(noura, added(hijaz, layla)), by(layla, certificate(hostile))])
    expect(certificateOf(members, noura.id, NOW)?.roles).toEqual(['coo', 'founder'])
  })

  it('[MEM-24] a delegation counts for its days beside the own certificate, and says for whom', () => {
    const actingFor = { person: said(omar).person, name: said(omar).name }
    const acting = najd.device('noura', ['coo', 'founder', 'ceo'], { actingFor, validFrom: day(1), validTo: day(3) })
    const members = all([by(noura, certificate(acting))])
    expect(certificateOf(members, noura.id, day(2))).toMatchObject({ roles: ['coo', 'founder', 'ceo'], actingFor })
    for (const at of [day(0), day(4)]) expect(certificateOf(members, noura.id, at)?.actingFor).toBeUndefined()
  })
})

describe('certificateOf', () => {
  it('[MEM-5] counts from the first to the last moment', () => {
    for (const [at, counts] of [
      [day(-101), false],
      [day(-100), true],
      [day(0), true],
      [day(100), true],
      [day(101), false],
    ] as const) {
      expect(certificateOf(two, layla.id, at) !== undefined, String(at)).toBe(counts)
    }
    expect(certificateOf(two, badr.id, NOW)).toBeUndefined()
  })

  it('[MEM-5] takes the certificate that begins last, and the older one where only that is valid', () => {
    const newer = hijaz.device('layla', ['ceo'], { validFrom: day(0), validTo: day(50) })
    const step = applyControl(crypto, two, by(layla, certificate(newer)))
    if (!step.ok) expect.fail(step.refusal)
    const roles = [day(-1), day(1), day(51)].map((at) => certificateOf(step.value, layla.id, at)?.roles)
    expect(roles).toEqual([['coo'], ['ceo'], ['coo']])
  })

  it('[MEM-6] needs company and role in the audience', () => {
    const ceos = all([
      ...channel(definition({ roles: ['founder', 'ceo'] })),
      by(noura, added(hijaz, layla)),
      by(noura, certificate(omar)),
    ])
    expect(certificateOf(ceos, omar.id, NOW)?.roles).toEqual(['ceo'])
    expect(certificateOf(ceos, layla.id, NOW)).toBeUndefined()
    const own = all([...channel(definition({ companies: [najd.card.company] })), by(noura, added(hijaz, layla))])
    expect(certificateOf(own, layla.id, NOW)).toBeUndefined()
    expect(readers(own, NOW).map(({ device }) => device)).toEqual([noura.id])
  })

  it('[MEM-6] needs a role that the charter lets act at all', () => {
    const guest = hijaz.device('guest', ['investor'])
    const membership = all([...channel(definition()), by(noura, added(hijaz, layla)), by(layla, certificate(guest))])
    expect(belongs(membership, layla.id)).toBe(true)
    expect(belongs(membership, guest.id)).toBe(false)
  })

  it('[MEM-6] ends with a pod’s last day, reckoned in the last time zone', () => {
    const expiresOn = isoDate('2026-11-23') ?? null
    const pod = all(channel(definition({ expiresOn })))
    expect(certificateOf(pod, noura.id, day(2))).toBeDefined()
    expect(certificateOf(pod, noura.id, day(4))).toBeUndefined()
  })
})

describe('companies', () => {
  it('[MEM-7] come in by their own joining', () => {
    expect([...two.companies.keys()]).toEqual([najd.card.company, hijaz.card.company])
    expect(readers(two, NOW).map(({ device }) => device)).toEqual([noura.id, layla.id].sort())
    expect(readers(two, NOW).find(({ device }) => device === layla.id)?.boxKey).toEqual(layla.box.publicKey)
  })

  it('[MEM-28] never come into an internal workspace, whoever consents, and its own does not go out of it', () => {
    const own = najd.found(noura, { kind: 'internal' })
    const before = all([...channel(definition()), by(noura, certificate(omar))], own)
    const consents = [consent(najd, noura, 'add', hijaz.card.company, own), consent(hijaz, layla, 'add', hijaz.card.company, own)] // prettier-ignore
    expect(refusal(before, added(hijaz, layla, consents, own))).toBe('one-company-only')
    expect(refusal(before, certificate(layla))).toBe('not-a-member')
    for (const author of [noura, omar])
      expect(refusal(before, { kind: 'company-left', company: najd.card.company, consents: [] }, author)).toBe('one-company-only') // prettier-ignore
    expect(readers(before, NOW).map(({ device }) => device)).toEqual([noura.id, omar.id].sort())
  })

  it('[MEM-7] do not come in by another’s word', () => {
    const before = all(channel(definition()))
    const forged = signStatement(crypto, 'joining', noura.signing.secretKey, {
      workspace: genesis.workspace, invitation: crypto.hash('i'), card: hijaz.card, device: layla.certified, at: NOW, nonce: new Uint8Array(16),
    }) // prettier-ignore
    expect(refusal(before, { kind: 'company-added', joining: forged, consents: [] })).toBe('bad-statement-signature')
    expect(refusal(before, added(hijaz, layla, [], everyone))).toBe('wrong-workspace')
    expect(
      refusal(before, {
        kind: 'company-added',
        joining: hijaz.join(layla, genesis, { card: sharq.card }),
        consents: [],
      }),
    ).not.toBe('taken')
    expect(refusal(before, added(hijaz, layla), layla)).toBe('not-a-member')
  })

  it('[MEM-7] need every member’s consent where the charter says so', () => {
    const start = all([...channel(definition()), by(noura, added(hijaz, layla, [], everyone))], everyone)
    const subject = sharq.card.company
    const given = consent(hijaz, layla, 'add', subject, everyone)
    expect(refusal(start, added(sharq, badr, [], everyone))).toBe('consent-missing')
    expect(refusal(start, added(sharq, badr, [consent(hijaz, layla, 'remove', subject, everyone)], everyone))).toBe(
      'consent-missing',
    )
    expect(
      refusal(start, added(sharq, badr, [consent(hijaz, layla, 'add', najd.card.company, everyone)], everyone)),
    ).toBe('consent-missing')
    expect(refusal(start, added(sharq, badr, [consent(hijaz, layla, 'add', subject)], everyone))).toBe(
      'wrong-workspace',
    )
    const posing = { ...given, device: badr.id }
    expect(refusal(start, added(sharq, badr, [posing], everyone))).toBe('bad-statement-signature')
    expect(refusal(start, added(sharq, badr, [given], everyone))).toBe('taken')
  })

  it('[MEM-8] leave by their own word, and come back by a new joining', () => {
    const gone: Control = { kind: 'company-left', company: hijaz.card.company, consents: [] }
    const after = all([...channel(definition()), by(noura, added(hijaz, layla)), by(layla, gone)])
    expect(certificateOf(after, layla.id, NOW)).toBeUndefined()
    expect(devicesOf(after, hijaz.card.company)).toEqual([])
    expect(devicesOf(two, hijaz.card.company)).toEqual([layla.id])
    expect(refusal(after, gone, noura)).toBe('not-a-member')
    expect(refusal(after, certificate(hijaz.device('rami')))).toBe('not-a-member')
    const back = applyControl(crypto, after, by(noura, added(hijaz, layla)))
    expect(back.ok && certificateOf(back.value, layla.id, NOW)?.device).toBe(layla.id)
  })

  it('[MEM-8] are put out by the consent of all others, not by one of them', () => {
    const three = all([...channel(definition()), by(noura, added(hijaz, layla)), by(noura, added(sharq, badr))])
    const out = (consents: readonly GivenConsent[]): Control => ({
      kind: 'company-left',
      company: sharq.card.company,
      consents,
    })
    expect(refusal(three, out([]))).toBe('consent-missing')
    expect(refusal(three, out([consent(hijaz, layla, 'remove', sharq.card.company)]))).toBe('taken')
  })
})

describe('revocation', () => {
  const revoked = all([
    ...channel(definition()),
    by(noura, added(hijaz, layla)),
    by(layla, hijaz.revoke({ kind: 'device', device: layla.id })),
  ])

  it('[MEM-9] ends a device, for good', () => {
    expect(certificateOf(revoked, layla.id, NOW)).toBeUndefined()
    expect(belongs(revoked, layla.id)).toBe(false)
    expect(refusal(revoked, certificate(hijaz.device('layla', ['ceo'])))).toBe('device-revoked')
    expect(revoked.revocations.get(layla.id)?.reason).toBe('lost')
  })

  it('[MEM-9] is for the own company’s devices alone', () => {
    expect(refusal(two, najd.revoke({ kind: 'device', device: layla.id }))).toBe('wrong-company')
    const mixed = { ...najd.revoke({ kind: 'device', device: noura.id }), issuer: hijaz.issuerCertificate } as Control
    expect(refusal(two, mixed)).toBe('bad-statement-signature')
    expect(refusal(two, sharq.revoke({ kind: 'device', device: badr.id }))).toBe('not-a-member')
  })

  it('[MEM-9] keeps the cut of the first statement', () => {
    const head = { feed: `${layla.id}${'00'.repeat(16)}` as never, seq: 9, hash: toHex(crypto.hash('h')) as never }
    const second = signStatement(crypto, 'revocation', hijaz.issuer.secretKey, {
      company: hijaz.card.company, subject: { kind: 'device', device: layla.id }, reason: 'compromised', at: NOW,
      cuts: [{ channel: toHex(crypto.hash('c')) as never, heads: [head] }],
    }) // prettier-ignore
    const step = applyControl(
      crypto,
      revoked,
      by(layla, { kind: 'revocation', revocation: second, issuer: hijaz.issuerCertificate }),
    )
    expect(step.ok && step.value.revocations.get(layla.id)?.cuts).toEqual([])
  })

  it('[MEM-9] of an issuer takes the root, and ends what the issuer signed', () => {
    const subject = { kind: 'issuer', issuer: hijaz.issuer.publicKey } as const
    expect(refusal(two, hijaz.revoke(subject))).toBe('issuer-not-valid')
    const step = applyControl(crypto, two, by(noura, hijaz.revoke(subject, 'root')))
    if (!step.ok) expect.fail(step.refusal)
    expect(belongs(step.value, layla.id)).toBe(false)
    expect(belongs(step.value, noura.id)).toBe(true)
    expect(refusal(step.value, certificate(hijaz.device('rami')))).toBe('issuer-not-valid')
    expect(refusal(step.value, hijaz.revoke({ kind: 'device', device: layla.id }))).toBe('issuer-not-valid')
  })
})

describe('roots', () => {
  it('[MEM-3] rotate by a statement of the old root; issuers certified before go on', () => {
    const moving = new Company(crypto, 'Moving')
    const dana = moving.device('dana')
    const before = all([...channel(definition()), by(noura, added(moving, dana))])
    const rotation = moving.rotate()
    expect(
      refusal(before, { kind: 'root-rotated', rotation: { ...rotation, signature: moving.rotate().signature } }),
    ).toBe('bad-statement-signature')
    const step = applyControl(crypto, before, by(dana, { kind: 'root-rotated', rotation }))
    if (!step.ok) expect.fail(step.refusal)
    expect(belongs(step.value, dana.id)).toBe(true)
    expect(toHex(step.value.companies.get(moving.card.company)?.card.root ?? rotation.statement)).toBe(
      toHex(moving.pair('root 1').publicKey),
    )
    expect(refusal(step.value, { kind: 'root-rotated', rotation })).toBe('bad-statement-signature')
  })
})

describe('an old root', () => {
  it('[MEM-3] brings nobody back', () => {
    const moving = new Company(crypto, 'Moving')
    const dana = moving.device('dana')
    const oldJoining = added(moving, dana)
    const before = all([...channel(definition()), by(noura, oldJoining)])
    expect(refusal(before, oldJoining)).toBe('taken')
    const step = applyControl(crypto, before, by(dana, { kind: 'root-rotated', rotation: moving.rotate() }))
    if (!step.ok) expect.fail(step.refusal)
    expect(refusal(step.value, oldJoining)).toBe('wrong-company')
  })
})

describe('channels', () => {
  it('[MEM-10] have the audience that their creation committed to', () => {
    const created = by(noura, { kind: 'channel-created', definition: definitionHash(crypto, definition()) })
    const before = all([created])
    expect(before.channel?.id).toBe(created.hash)
    expect(refusal(before, { kind: 'channel-defined', definition: definition({ roles: ['coo'] }) })).toBe(
      'definition-mismatch',
    )
    expect(refusal(before, { kind: 'channel-created', definition: crypto.hash('another') })).toBe('channel-exists')
    expect(refusal(two, { kind: 'channel-defined', definition: definition() })).toBe('channel-exists')
    expect(refusal(startMembership(genesis), { kind: 'channel-defined', definition: definition() })).toBe('no-channel')
    expect(refusal(startMembership(genesis), { kind: 'channel-created', definition: crypto.hash('x') }, layla)).toBe(
      'not-a-member',
    )
  })

  it('[MEM-10] do not shut their creator out', () => {
    const outside = definition({ roles: ['cfo'] })
    expect(fold(channel(outside)).refused.map((each) => each.refusal)).toEqual(['creator-outside'])
  })

  it('[MEM-11] a device acts for one company', () => {
    const three = all([...channel(definition()), by(noura, added(hijaz, layla)), by(noura, added(sharq, badr))])
    const claimed = sharq.device('spare', ['coo'], { device: layla.id })
    expect(refusal(three, certificate(claimed))).toBe('wrong-company')
  })
})

describe('the fold', () => {
  it('[MEM-12] leaves out what is refused and goes on', () => {
    const facts = [
      ...channel(definition()),
      by(noura, {
        kind: 'epoch-created',
        parents: [toHex(crypto.hash('?')) as never],
        commitment: crypto.hash('c'),
        boxes: [],
        earlier: [],
      }),
      by(noura, certificate(badr)),
      by(noura, added(hijaz, layla)),
    ]
    const { membership, refused } = fold(facts)
    expect(refused.map((each) => [each.fact.hash, each.refusal])).toEqual([
      [facts[2]?.hash, 'unknown-parent-epoch'],
      [facts[3]?.hash, 'not-a-member'],
    ])
    expect(membership.companies.size).toBe(2)
  })

  it('[MEM-12] never changes a value it was given', () => {
    const before = structuredClone([...two.certificates.keys(), ...two.companies.keys()])
    applyControl(crypto, two, by(noura, added(sharq, badr)))
    applyControl(crypto, two, by(layla, hijaz.revoke({ kind: 'device', device: layla.id })))
    expect([...two.certificates.keys(), ...two.companies.keys()]).toEqual(before)
    expect(two.revocations.size).toBe(0)
  })

  it('[MEM-12] takes acks, receipts and hand-overs as they are', () => {
    const step = applyControl(crypto, two, by(noura, { kind: 'ack', heads: [] }))
    expect(step.ok && step.value).toBe(two)
  })
})
