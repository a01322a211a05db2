import { Company, day, NOW } from '#test/vectors/company.ts'
import { seededCrypto } from '#test/vectors/author.ts'
import { concat } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import type { Signature } from '#shared/kernel/crypto.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { companyIdOf, fingerprintOf, verifyCard, verifyDevice } from './certificate.ts'
import { labelOf, readStatement, signStatement, verifyStatement } from './statement.ts'
import type { Signed } from './types.ts'
import { verifyFounding, workspaceIdOf } from './workspace.ts'

const crypto = await seededCrypto('certificate')
const no = (refusal: string) => ({ ok: false, refusal })
const bend = <T>(signed: Signed<T>, at: number): Signed<T> => {
  const statement = signed.statement.slice()
  statement[at] = (statement[at] ?? 0) ^ 1
  return { ...signed, statement }
}

describe('statements', () => {
  const pair = crypto.signingPair(crypto.hash('p'))
  const consent = {
    workspace: companyIdOf(crypto, pair.publicKey) as string as never, company: companyIdOf(crypto, pair.publicKey),
    to: 'add', subject: companyIdOf(crypto, pair.publicKey), at: NOW,
  } as const // prettier-ignore
  const signed = signStatement(crypto, 'consent', pair.secretKey, consent)

  it('[MEM-1] verify with the key and label that signed them', () => {
    expect(verifyStatement(crypto, 'consent', pair.publicKey, signed)).toEqual({ ok: true, value: consent })
    expect(verifyStatement(crypto, 'consent', crypto.signingPair().publicKey, signed)).toEqual(
      no('bad-statement-signature'),
    )
    const labelled = { ...signed, signature: crypto.sign(labelOf('joining'), pair.secretKey, signed.statement) }
    expect(verifyStatement(crypto, 'consent', pair.publicKey, labelled)).toEqual(no('bad-statement-signature'))
  })

  it('[MEM-1] are refused when any byte changes', () => {
    for (let at = 0; at < signed.statement.length; at++) {
      expect(verifyStatement(crypto, 'consent', pair.publicKey, bend(signed, at)).ok, `byte ${at}`).toBe(false)
    }
  })

  it('[MEM-1] of a later version, with a field more or one fewer are not read', () => {
    const sign = (terms: Parameters<typeof encode>[0]): Signed<typeof consent> => {
      const statement = encode(terms)
      return { statement, signature: crypto.sign(labelOf('consent'), pair.secretKey, statement) }
    }
    expect(readStatement('consent', sign([2, 'anything']))).toEqual(no('newer-statement'))
    const raw = crypto.hash('x')
    const fields = { workspace: raw, company: raw, to: 'add', subject: raw, at: 1 }
    expect(readStatement('consent', sign([1, fields])).ok).toBe(true)
    expect(readStatement('consent', sign([1, { ...fields, more: 1 }]))).toEqual(no('bad-statement'))
    expect(readStatement('consent', sign([1, { ...fields, to: 'own' }]))).toEqual(no('bad-statement'))
    const { at: _, ...fewer } = fields
    expect(readStatement('consent', sign([1, fewer]))).toEqual(no('bad-statement'))
    expect(readStatement('consent', { ...signed, statement: concat(signed.statement, raw) })).toEqual(
      no('bad-statement'),
    )
  })

  it('[MEM-1] never throw for hostile bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (statement) => {
        const hostile = { statement, signature: new Uint8Array(64) as Signature }
        expect(verifyStatement(crypto, 'certificate', pair.publicKey, hostile).ok).toBe(false)
      }),
      { seed: 41, numRuns: 500 },
    )
  })
})

describe('role certificates', () => {
  const company = new Company(crypto, 'Najd Foods')
  const { company: id, root } = company.card
  const device = company.device('noura')

  it('[MEM-2] chain up to the root', () => {
    const held = verifyDevice(crypto, id, root, device.certified)
    expect(held.ok && held.value.certificate.device).toBe(device.id)
    expect(held.ok && held.value.certificate.name).toEqual({ en: 'noura', ar: 'نورة' })
  })

  it('[MEM-2] are refused under another root, another issuer or for another company', () => {
    const other = new Company(crypto, 'Hijaz Retail')
    expect(verifyDevice(crypto, id, other.root.publicKey, device.certified)).toEqual(no('bad-statement-signature'))
    const mixed = { issuer: company.certifyIssuer(other.issuer), certificate: device.certified.certificate }
    expect(verifyDevice(crypto, id, root, mixed)).toEqual(no('bad-statement-signature'))
    expect(verifyDevice(crypto, other.card.company, root, device.certified)).toEqual(no('wrong-company'))
    const posing = company.device('poser', ['coo'], { company: other.card.company })
    expect(verifyDevice(crypto, id, root, posing.certified)).toEqual(no('wrong-company'))
  })

  it('[MEM-2] are refused outside of the issuer’s validity', () => {
    for (const change of [{ validTo: day(1001) }, { validFrom: day(-1001) }, { validFrom: day(10), validTo: day(9) }]) {
      expect(verifyDevice(crypto, id, root, company.device('late', ['coo'], change).certified)).toEqual(
        no('issuer-not-valid'),
      )
    }
  })

  it('[MEM-2] carry signing authority', () => {
    const authority = {
      matters: ['supply'],
      limit: { currency: 'SAR', amount: 5_000_000 },
      joint: true,
      document: null,
    }
    const held = verifyDevice(crypto, id, root, company.device('signer', ['ceo'], { authority }).certified)
    expect(held.ok && held.value.certificate.authority).toEqual(authority)
  })
})

describe('company roots', () => {
  it('[MEM-3] lead from the id to the root in force, rotation by rotation', () => {
    const company = new Company(crypto, 'Rotating')
    const id = company.card.company
    expect(verifyCard(crypto, company.card).ok).toBe(true)
    company.rotate()
    company.rotate()
    expect(company.card.company).toBe(id)
    expect(verifyCard(crypto, company.card).ok).toBe(true)
  })

  it('[MEM-3] are refused when a link is missing, foreign or in another order', () => {
    const company = new Company(crypto, 'Rotating')
    company.rotate()
    company.rotate()
    const { card } = company
    const [one, two] = card.rotations
    if (one === undefined || two === undefined) expect.fail()
    expect(verifyCard(crypto, { ...card, rotations: [] })).toEqual(no('wrong-company'))
    expect(verifyCard(crypto, { ...card, rotations: [one] })).toEqual(no('wrong-company'))
    expect(verifyCard(crypto, { ...card, rotations: [two] })).toEqual(no('wrong-company'))
    expect(verifyCard(crypto, { ...card, rotations: [two, one] })).toEqual(no('wrong-company'))
    expect(verifyCard(crypto, { ...card, rotations: [one, bend(two, 10)] }).ok).toBe(false)
    const thief = new Company(crypto, 'Thief')
    thief.rotate()
    expect(verifyCard(crypto, { ...thief.card, company: card.company })).toEqual(no('wrong-company'))
  })

  it('[MEM-3] have a fingerprint for people that differs from root to root', () => {
    const company = new Company(crypto, 'Najd Foods')
    expect(fingerprintOf(crypto, company.root.publicKey)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    expect(fingerprintOf(crypto, company.issuer.publicKey)).not.toBe(fingerprintOf(crypto, company.root.publicKey))
  })
})

describe('founding', () => {
  const company = new Company(crypto, 'Najd Foods')
  const device = company.device('noura', ['founder'])
  const genesis = company.found(device)

  it('[MEM-4] names the workspace by the hash of what was signed', () => {
    expect(verifyFounding(crypto, genesis.signed)).toEqual({ ok: true, value: genesis })
    expect(workspaceIdOf(crypto, genesis.signed)).toBe(genesis.workspace)
    expect(company.found(device, { nonce: new Uint8Array(16).fill(1) }).workspace).not.toBe(genesis.workspace)
  })

  it('[MEM-4] [WS-6] states the outcome in both languages', () => {
    expect(genesis.founding.outcome).toEqual({ en: 'No empty shelf in Ramadan', ar: 'لا رف فارغ في رمضان' })
  })

  it('[MEM-4] is refused when any byte changes, or when another device signed', () => {
    for (let at = 0; at < genesis.signed.statement.length; at += 3) {
      expect(verifyFounding(crypto, bend(genesis.signed, at)).ok, `byte ${at}`).toBe(false)
    }
    const other = company.device('other')
    const signed = signStatement(crypto, 'founding', other.signing.secretKey, genesis.founding)
    expect(verifyFounding(crypto, signed)).toEqual(no('bad-statement-signature'))
    expect(() => company.found(device, { foundedAt: day(101) })).toThrow()
  })
})
