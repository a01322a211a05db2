import { seededCrypto } from '#test/vectors/author.ts'
import { Company, day, fact, NOW } from '#test/vectors/company.ts'
import { fromBase64, toBase64Url, toHex, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceptAnswer, answerInvitation, invitationAnswered } from './answer.ts'
import { createInvitation, linkBytes, readInvitation, type Addresses } from './invitation.ts'
import { safetyCode } from './safety-code.ts'
import { applyControl, foldMembership } from './fold.ts'
import { definitionHash } from './workspace.ts'

const crypto = await seededCrypto('invitation')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const noura = najd.device('noura', ['coo'])
const layla = hijaz.device('layla', ['coo'])
const genesis = najd.found(noura)
const addresses: Addresses = {
  signalling: ['wss://signal.example'],
  ice: [{ urls: 'turn:turn.example', username: 'u', credential: 'c' }],
  mailbox: null,
}
const from = { card: najd.card, device: noura.certified, key: noura.signing.secretKey }
const by = { card: hijaz.card, device: layla.certified, key: layla.signing.secretKey }
const made = createInvitation(crypto, genesis, from, addresses, day(7))
const own = { invitation: made.invitation, used: false, box: noura.box }
const no = (refusal: string) => ({ ok: false, refusal })
const bend = (bytes: Uint8Array, at: number): Uint8Array => {
  const out = bytes.slice()
  out[at] = (out[at] ?? 0) ^ 1
  return out
}

describe('an invitation', () => {
  it('[MEM-18] says the same as bytes and as a link, wrapped by a mail program or not', () => {
    const read = readInvitation(crypto, made.bytes, NOW)
    expect(read).toEqual({ ok: true, value: made.invitation })
    expect(readInvitation(crypto, made.link, NOW)).toEqual(read)
    const wrapped = ` ${made.link.replace(/(.{70})/g, '$1\r\n')}\n`
    expect(readInvitation(crypto, wrapped, NOW)).toEqual(read)
    expect(made.link).toMatch(/^mithaq:[A-Za-z0-9_-]+$/)
  })

  it('[MEM-18] holds the workspace, the inviter’s root and device, and the addresses', () => {
    const read = readInvitation(crypto, made.link, NOW)
    if (!read.ok) expect.fail(read.refusal)
    const { workspace, genesis: founded, inviter, device, addresses: places, fingerprint } = read.value
    expect([workspace, founded.founding.name.ar]).toEqual([genesis.workspace, 'تمور إلى الرياض'])
    expect([inviter.company, toHex(inviter.root), device.device]).toEqual([
      najd.card.company, toHex(najd.root.publicKey), noura.id,
    ]) // prettier-ignore
    expect(places).toEqual(addresses)
    expect(fingerprint).toHaveLength(39)
  })

  it('[MEM-18] expires', () => {
    expect(readInvitation(crypto, made.bytes, day(7)).ok).toBe(true)
    expect(readInvitation(crypto, made.bytes, day(7.001))).toEqual(no('invitation-expired'))
  })

  it('[MEM-18] shows any change of any byte', () => {
    for (let at = 0; at < made.bytes.length; at++) {
      const read = readInvitation(crypto, bend(made.bytes, at), NOW)
      expect(read.ok, `byte ${at}`).toBe(false)
      expect(readInvitation(crypto, made.bytes.slice(0, at), NOW)).toEqual(no('invitation-malformed'))
    }
  })

  it('[MEM-18] shows a body that somebody else signed', () => {
    const parts = decode(made.bytes)
    if (!parts.ok || !Array.isArray(parts.value)) expect.fail()
    const [, body] = parts.value as readonly Canonical[]
    const signature = crypto.sign('mithaq/invitation/v1', layla.signing.secretKey, body as Uint8Array)
    expect(readInvitation(crypto, encode([1, body ?? null, signature]), NOW)).toEqual(no('invitation-tampered'))
    // Nothing in a file proves that a company still is a member: that the inviter may invite shows when it adds the company.
    const strange = createInvitation(crypto, genesis, by, addresses, day(7))
    expect(readInvitation(crypto, strange.bytes, NOW).ok).toBe(true)
  })

  it('[MEM-18] of a later version, too large or no invitation at all is told apart', () => {
    expect(readInvitation(crypto, encode([2, 'anything']), NOW)).toEqual(no('newer-invitation'))
    expect(readInvitation(crypto, `mithaq:${toBase64Url(encode([2]))}`, NOW)).toEqual(no('newer-invitation'))
    expect(readInvitation(crypto, new Uint8Array(40_000), NOW)).toEqual(no('invitation-too-large'))
    expect(readInvitation(crypto, `mithaq:${'A'.repeat(70_000)}`, NOW)).toEqual(no('invitation-too-large'))
    for (const text of ['', 'https://example.com', 'mithaq:', 'mithaq:***', 'mithaq:AAAA']) {
      expect(readInvitation(crypto, text, NOW), text).toEqual(no('invitation-malformed'))
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readInvitation(crypto, bytes, NOW).ok).toBe(false)
      }),
      { seed: 61, numRuns: 500 },
    )
  })
})

describe('an answer', () => {
  const answer = answerInvitation(crypto, made.invitation, by, NOW)

  it('[MEM-19] comes back as who wants in, and joins nobody by itself', () => {
    const accepted = acceptAnswer(crypto, answer.bytes, own, NOW)
    if (!accepted.ok) expect.fail(accepted.refusal)
    expect(accepted.value.card).toEqual(hijaz.card)
    expect(accepted.value.device.device).toBe(layla.id)
    expect(toHex(invitationAnswered(answer.bytes) ?? utf8(''))).toBe(toHex(made.invitation.id))
    const definition = {
      name: { en: 'f', ar: 'ت' },
      companies: 'all',
      roles: 'all',
      expiresOn: null,
      nonce: new Uint8Array(16),
    } as const
    const { membership } = foldMembership(crypto, genesis, [
      fact(crypto, 1, noura, { kind: 'channel-created', definition: definitionHash(crypto, definition) }),
      fact(crypto, 2, noura, { kind: 'channel-defined', definition }),
    ])
    expect(membership.companies.has(hijaz.card.company)).toBe(false)
    const payload = { kind: 'company-added', joining: accepted.value.joining, consents: [] } as const
    const step = applyControl(crypto, membership, fact(crypto, 3, noura, payload))
    expect(step.ok && step.value.companies.has(hijaz.card.company)).toBe(true)
  })

  it('[MEM-19] is refused when used, late, or for another invitation or workspace', () => {
    expect(acceptAnswer(crypto, answer.bytes, { ...own, used: true }, NOW)).toEqual(no('invitation-used'))
    expect(acceptAnswer(crypto, answer.bytes, own, day(8))).toEqual(no('invitation-expired'))
    const second = createInvitation(crypto, genesis, from, addresses, day(7))
    expect(acceptAnswer(crypto, answer.bytes, { ...own, invitation: second.invitation }, NOW)).toEqual(
      no('wrong-invitation'),
    )
    const elsewhere = najd.found(noura, { nonce: new Uint8Array(16).fill(9) })
    const third = createInvitation(crypto, elsewhere, from, addresses, day(7))
    expect(acceptAnswer(crypto, answer.bytes, { ...own, invitation: third.invitation }, NOW)).toEqual(
      no('wrong-workspace'),
    )
  })

  it('[MEM-19] cannot change by a byte', () => {
    for (let at = 0; at < answer.bytes.length; at++) {
      expect(acceptAnswer(crypto, bend(answer.bytes, at), own, NOW).ok, `byte ${at}`).toBe(false)
    }
    for (const length of [0, 1, 60, 80, answer.bytes.length - 1]) {
      expect(acceptAnswer(crypto, answer.bytes.slice(0, length), own, NOW)).toEqual(no('answer-malformed'))
    }
    expect(acceptAnswer(crypto, encode([2]), own, NOW)).toEqual(no('newer-answer'))
    expect(invitationAnswered(utf8('x'))).toBeUndefined()
  })

  it('[MEM-19] takes the invitation’s secret, and the inviting device to read', () => {
    const guessed = answerInvitation(crypto, { ...made.invitation, secret: crypto.random(32) as SymmetricKey }, by, NOW)
    expect(acceptAnswer(crypto, guessed.bytes, own, NOW)).toEqual(no('answer-tampered'))
    expect(acceptAnswer(crypto, answer.bytes, { ...own, box: layla.box }, NOW)).toEqual(no('answer-tampered'))
    expect(toHex(answer.bytes)).not.toContain(toHex(utf8('Hijaz')))
    expect(toHex(answer.bytes)).not.toContain(layla.id)
  })

  it('[MEM-19] is not taken from the inviter’s own company, nor with another’s papers', () => {
    const omar = najd.device('omar')
    const inside = answerInvitation(
      crypto,
      made.invitation,
      { card: najd.card, device: omar.certified, key: omar.signing.secretKey },
      NOW,
    )
    expect(acceptAnswer(crypto, inside.bytes, own, NOW)).toEqual(no('own-company'))
    const posing = answerInvitation(
      crypto,
      made.invitation,
      { ...by, card: { ...hijaz.card, company: najd.card.company } },
      NOW,
    )
    expect(acceptAnswer(crypto, posing.bytes, own, NOW)).toEqual(no('answer-tampered'))
    const stolen = answerInvitation(crypto, made.invitation, { ...by, key: omar.signing.secretKey }, NOW)
    expect(acceptAnswer(crypto, stolen.bytes, own, NOW)).toEqual(no('answer-tampered'))
  })
})

describe('the safety code', () => {
  const answer = answerInvitation(crypto, made.invitation, by, NOW)

  it('[MEM-20] is the same on both sides: six groups of five digits', () => {
    const accepted = acceptAnswer(crypto, answer.bytes, own, NOW)
    expect(accepted.ok && accepted.value.code).toBe(answer.code)
    expect(answer.code).toMatch(/^(\d{5} ){5}\d{5}$/)
  })

  it('[MEM-20] changes with either message, so that nobody in the middle can keep it', () => {
    const again = answerInvitation(crypto, made.invitation, by, NOW)
    expect(again.code).not.toBe(answer.code) // a fresh nonce, though nothing else differs
    const second = createInvitation(crypto, genesis, from, addresses, day(7))
    expect(answerInvitation(crypto, second.invitation, by, NOW).code).not.toBe(answer.code)
    const { statement } = answer.joining
    const codes = Array.from(statement, (_, at) => safetyCode(crypto, made.invitation.id, bend(statement, at)))
    expect(new Set([...codes, answer.code]).size).toBe(statement.length + 1)
  })

  it('[MEM-20] spreads over all its digits', () => {
    const digits = Array.from({ length: 400 }, (_, n) => safetyCode(crypto, made.invitation.id, utf8(String(n))))
    for (let place = 0; place < 35; place++) {
      if (place % 6 === 5) continue
      expect(new Set(digits.map((code) => code.charAt(place))).size, `digit ${place}`).toBe(10)
    }
  })
})

it('[MEM-18] a link is what its bytes are in base64url', () => {
  expect(fromBase64(made.link.slice('mithaq:'.length))).toEqual(made.bytes)
  expect(linkBytes(` ${made.link}\n`)).toEqual(made.bytes)
  expect(() => linkBytes('https://example.com')).toThrow()
})
