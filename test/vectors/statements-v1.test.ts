import { readFileSync } from 'node:fs'
import { fromHex, toHex, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode } from '#shared/kernel/canonical.ts'
import type { BoxPair, PublicKey, Signature } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { acceptAnswer } from '#shared/membership/answer.ts'
import { readControl, writeControl } from '#shared/membership/control.ts'
import { openEpoch } from '#shared/membership/epoch.ts'
import { readInvitation } from '#shared/membership/invitation.ts'
import { verifyStatement, type StatementKind } from '#shared/membership/statement.ts'
import { verifyFounding } from '#shared/membership/workspace.ts'
import { describe, expect, it } from 'vitest'
import { seededCrypto } from './author.ts'

interface Vectors {
  readonly statements: readonly { kind: StatementKind; key: string; statement: string; signature: string }[]
  readonly controls: readonly { kind: string; payload: string }[]
  readonly workspace: string
  readonly epoch: { channel: string; device: string; boxSecret: string; boxPublic: string; key: string; earlier: string }
  readonly invitation: { at: number; link: string; id: string; boxSecret: string; boxPublic: string }
  readonly answer: { bytes: string; company: string; code: string }
}
const crypto = await seededCrypto('replay')
const vectors = JSON.parse(readFileSync(new URL('statements-v1.json', import.meta.url), 'utf8')) as Vectors
const bytes = (hex: string): Uint8Array => fromHex(hex) ?? expect.fail('not hex')
const pair = (of: { boxSecret: string; boxPublic: string }): BoxPair =>
  ({ secretKey: bytes(of.boxSecret), publicKey: bytes(of.boxPublic) }) as BoxPair

describe('the vectors of STATEMENTS.v1', () => {
  it('[MEM-22] are the ones that were frozen', () => {
    expect(toHex(crypto.hash('test/frozen', utf8(JSON.stringify(vectors)))).slice(0, 16)).toBe('e29f28b16e0184b3')
  })

  it.each(vectors.statements)('[MEM-22] $kind verifies with its key', ({ kind, key, statement, signature }) => {
    const signed = { statement: bytes(statement), signature: bytes(signature) as Signature }
    expect(verifyStatement(crypto, kind, bytes(key) as PublicKey, signed).ok).toBe(true)
  })

  it('[MEM-22] the founding names its workspace', () => {
    const founding = vectors.statements.find(({ kind }) => kind === 'founding') ?? expect.fail()
    const signed = { statement: bytes(founding.statement), signature: bytes(founding.signature) as Signature }
    const genesis = verifyFounding(crypto, signed)
    expect(genesis.ok && genesis.value.workspace).toBe(vectors.workspace)
  })

  it.each(vectors.controls)('[MEM-22] $kind reads and writes the same', ({ kind, payload }) => {
    const carried = decode(bytes(payload))
    const control = carried.ok ? readControl(carried.value) : expect.fail()
    if (!control.ok) expect.fail(control.refusal)
    expect(control.value.kind).toBe(kind)
    expect(toHex(encode(writeControl(control.value)))).toBe(payload)
  })

  it('[MEM-22] the epoch opens to its key and its parent’s', () => {
    const { epoch } = vectors
    const raw = vectors.controls.find(({ kind }) => kind === 'epoch-created') ?? expect.fail()
    const carried = decode(bytes(raw.payload))
    const control = carried.ok ? readControl(carried.value) : expect.fail()
    if (!control.ok || control.value.kind !== 'epoch-created') expect.fail()
    const opened = openEpoch(crypto, epoch.channel as ChannelId, control.value, epoch.device as DeviceId, pair(epoch))
    if (!opened.ok) expect.fail(opened.refusal)
    expect([opened.value.key, ...opened.value.earlier.map(({ key }) => key)].map(toHex)).toEqual([epoch.key, epoch.earlier])
  })

  it('[MEM-22] invitation and answer give the code that both read aloud', () => {
    const { invitation, answer } = vectors
    const read = readInvitation(crypto, invitation.link, invitation.at as Instant)
    if (!read.ok) expect.fail(read.refusal)
    expect(toHex(read.value.id)).toBe(invitation.id)
    const own = { invitation: read.value, used: false, box: pair(invitation) }
    const accepted = acceptAnswer(crypto, bytes(answer.bytes), own, invitation.at as Instant)
    if (!accepted.ok) expect.fail(accepted.refusal)
    expect([accepted.value.card.company, accepted.value.code]).toEqual([answer.company, answer.code])
  })
})
