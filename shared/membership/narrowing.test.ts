import { describe, expect, it } from 'vitest'
import { toHex } from '#shared/kernel/bytes.ts'
import { seededCrypto } from '#test/vectors/author.ts'
import { Company, day, fact, NOW } from '#test/vectors/company.ts'
import { certificateOf } from './certificate-of.ts'
import { applyControl, foldMembership } from './fold.ts'
import { narrows, readNarrowing, verifyNarrowing } from './narrowing.ts'
import { readStatement, signStatement } from './statement.ts'
import type { Control, RoleCertificate, RoleNarrowing, SigningAuthority } from './types.ts'
import { definitionHash } from './workspace.ts'

const crypto = await seededCrypto('narrowing')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const noura = najd.device('noura', ['coo', 'cfo'])
const said = (signed: (typeof noura)['certified']): RoleCertificate => {
  const read = readStatement('certificate', signed.certificate)
  if (!read.ok) expect.fail(read.refusal)
  return read.value
}
const wide = said(noura.certified)
const narrow = najd.device('noura', ['coo'], { replaces: [wide.serial], validFrom: NOW })
const statement: RoleNarrowing = {
  company: najd.card.company, device: noura.id, from: [wide.serial], to: said(narrow.certified).serial, at: NOW, cuts: [],
} // prettier-ignore
type Narrowed = Extract<Control, { readonly kind: 'roles-narrowed' }>
const narrowed = (change: Partial<RoleNarrowing> = {}, by = najd.issuer): Narrowed => ({
  kind: 'roles-narrowed',
  device: narrow.certified,
  narrowing: signStatement(crypto, 'role-narrowing', by.secretKey, { ...statement, ...change }),
})

const authority = (change: Partial<SigningAuthority> = {}): SigningAuthority => ({
  matters: ['supply', 'lease'],
  limit: { currency: 'SAR', amount: 1000 },
  joint: false,
  document: null,
  ...change,
})
const terms = (change: Partial<Pick<RoleCertificate, 'roles' | 'authority' | 'validTo'>> = {}) => ({
  roles: ['coo', 'cfo'] as RoleCertificate['roles'],
  authority: authority() as SigningAuthority | null,
  validTo: day(100),
  ...change,
})

describe('narrowed roles', () => {
  it.each([
    ['a role fewer', { roles: ['coo'] }],
    ['another role in its place', { roles: ['coo', 'ceo'] }],
    ['a matter fewer', { authority: authority({ matters: ['supply'] }) }],
    ['a lower limit', { authority: authority({ limit: { currency: 'SAR', amount: 999 } }) }],
    ['a limit in another currency', { authority: authority({ limit: { currency: 'USD', amount: 1000 } }) }],
    ['a second signature', { authority: authority({ joint: true }) }],
    ['no authority of one’s own', { authority: null }],
    ['an earlier end', { validTo: day(99) }],
  ] as const)('[MEM-31] are those that allow less in anything: %s', (_, change) => {
    expect(narrows(terms(), terms(change))).toBe(true)
  })

  it.each([
    ['the same', {}],
    ['the same in another order', { roles: ['cfo', 'coo'] }],
    ['a role more', { roles: ['coo', 'cfo', 'ceo'] }],
    ['every matter', { authority: authority({ matters: [] }) }],
    ['no limit', { authority: authority({ limit: null }) }],
    ['a later end', { validTo: day(101) }],
  ] as const)('[MEM-31] are not those that allow as much or more: %s', (_, change) => {
    expect(narrows(terms(), terms(change))).toBe(false)
  })

  it('[MEM-31] one matter in place of every matter, or a limit where there was none, is less; so is an authority written out where the office gave it', () => {
    expect(narrows(terms({ authority: authority({ matters: [] }) }), terms())).toBe(true)
    expect(narrows(terms({ authority: authority({ limit: null }) }), terms())).toBe(true)
    expect(narrows(terms({ authority: null }), terms())).toBe(true)
    expect(narrows(terms({ authority: null }), terms({ authority: null }))).toBe(false)
  })

  it('[MEM-32] replace the certificate wherever the word is admitted, and say which ones end', () => {
    const genesis = najd.found(noura, {}, { roles: ['coo', 'cfo'] })
    const definition = { name: { en: 'x', ar: 'س' }, companies: 'all', roles: 'all', expiresOn: null, nonce: new Uint8Array(16) } as const // prettier-ignore
    const created = fact(crypto, 1, noura, { kind: 'channel-created', definition: definitionHash(crypto, definition) })
    const { membership } = foldMembership(crypto, genesis, [created])
    const after = applyControl(crypto, membership, fact(crypto, 2, noura, narrowed()))
    if (!after.ok) expect.fail(after.refusal)
    expect(certificateOf(membership, noura.id, NOW)?.roles).toEqual(['coo', 'cfo'])
    expect(certificateOf(after.value, noura.id, NOW)?.roles).toEqual(['coo'])
    expect(certificateOf(after.value, noura.id, NOW)?.serial).toBe(statement.to)
    for (const [control, code] of [
      [narrowed({}, hijaz.issuer), 'bad-statement-signature'],
      [narrowed({}, noura.signing), 'bad-statement-signature'],
      [narrowed({ company: hijaz.card.company }), 'narrowing-mismatch'],
      [narrowed({ to: wide.serial }), 'narrowing-mismatch'],
      [narrowed({ from: [] }), 'narrowing-mismatch'],
      [narrowed({ from: [statement.to] }), 'narrowing-mismatch'],
      [narrowed({ device: toHex(hijaz.issuer.publicKey) as RoleNarrowing['device'] }), 'narrowing-mismatch'],
    ] as const)
      expect(applyControl(crypto, membership, fact(crypto, 3, noura, control))).toEqual({ ok: false, refusal: code })
  })

  it('[MEM-32] are read under any root that the company had: what came first does not decide whether they are heard', () => {
    const control = narrowed()
    const rotating = new Company(crypto, 'Najd Foods')
    const next = crypto.signingPair()
    const rotation = signStatement(crypto, 'root-rotation', rotating.root.secretKey, {
      company: rotating.card.company, from: rotating.root.publicKey, to: next.publicKey, at: NOW,
    }) // prettier-ignore
    const rotated = { ...rotating.card, root: next.publicKey, rotations: [rotation] }
    const before = verifyNarrowing(crypto, najd.card, control)
    expect(before).toMatchObject({ ok: true, value: { from: [wide.serial], by: { roles: ['coo'] } } })
    expect(verifyNarrowing(crypto, rotated, control)).toEqual(before)
    expect(verifyNarrowing(crypto, hijaz.card, control).ok).toBe(false)
    expect(readNarrowing(narrowed({}, hijaz.issuer)).ok).toBe(true)
  })
})
