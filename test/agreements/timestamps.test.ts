import { rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignOrder } from '#engine/agreements/ports.ts'
import { signedPdfs } from '#adapters/pdf/signed-pdfs.ts'
import { timestampBy, type PostBytes } from '#engine/agreements/timestamp-by-url.ts'
import { certificates } from '#adapters/pdf/certificates.ts'
import { FIELDS } from './sample-agreement.ts'
import { must, partsOf, PREPARED, signedSample, WHEN, type SignedSample } from './signed-sample.ts'
import { at, orderOf, VALID } from './two-signers.ts'
import { Authority } from './authority.ts'
import { tell, told } from './tools.ts'

const authority = new Authority()
const asked: string[] = []
let server: Server
let url: string
let sample: SignedSample
const post: PostBytes = async (to, contentType, body) => {
  const response = await fetch(to, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: new Uint8Array(body),
  })
  if (!response.ok) return undefined
  return { contentType: response.headers.get('content-type') ?? '', body: new Uint8Array(await response.arrayBuffer()) }
}
beforeAll(async () => {
  ;({ server, url } = await authority.listen((type) => asked.push(type)))
  sample = await signedSample(['ecdsa-p256', 'rsa-3072'], { timestamp: timestampBy(post, url) })
}, 60_000)
afterAll(() => {
  server.close()
  rmSync(authority.folder, { recursive: true, force: true })
})

const now = () => ({ ...sample.expected, now: Date.now() as never, timestampRoots: [authority.root] })
const started = Math.floor(Date.now() / 1000) * 1000

describe('a signature with a timestamp', () => {
  it('[SIG-3] carries a token that openssl verifies over the signature, and pdfsig still reads the file', () => {
    expect(asked).toEqual(['application/timestamp-query', 'application/timestamp-query'])
    const { der } = partsOf(sample.twice, 0)
    const path = (name: string) => join(authority.folder, name)
    writeFileSync(path('signature.der'), der)
    const printed = tell('openssl', [
      'cms',
      '-cmsout',
      '-print',
      '-noout',
      '-inform',
      'DER',
      '-in',
      path('signature.der'),
    ])
    expect(printed).toContain('id-smime-aa-timeStampToken')
    const listing = tell('openssl', ['asn1parse', '-inform', 'DER', '-in', path('signature.der')]).split('\n')
    // After the attribute's name: the set of its values, and in it the token.
    const name = listing.findIndex((line) => line.includes('id-smime-aa-timeStampToken'))
    const [, offset] = /^\s*(\d+):/.exec(listing[name + 2] ?? '') ?? []
    const token = der.subarray(Number(offset))
    writeFileSync(path('token.der'), token)
    // The signature's value is the last octet string before the attributes that it does not cover.
    const value = listing.slice(0, name).findLast((line) => line.includes('OCTET STRING'))
    const [, from, head, length] = /^\s*(\d+):d=\s*\d+\s+hl=(\d+)\s+l=\s*(\d+)/.exec(value ?? '') ?? []
    const start = Number(from) + Number(head)
    writeFileSync(path('value'), der.subarray(start, start + Number(length)))
    expect(
      tell('openssl', [
        'ts',
        '-verify',
        '-token_in',
        '-in',
        path('token.der'),
        '-data',
        path('value'),
        '-CAfile',
        path('root.pem'),
      ]),
    ).toContain('Verification: OK')
    expect(
      told(sample.twice, 'pdfsig', '-nocert', 'FILE').match(/Signature Validation: Signature is Valid\./g),
    ).toHaveLength(2)
  })

  it('[VER-10] is judged at that time, when the authority is one that the caller believes', async () => {
    const verdict = await signedPdfs.verify(sample.twice, now())
    expect(verdict).toMatchObject({ valid: true })
    for (const { timeFrom, timestampedAt, claimedAt } of verdict.signatures) {
      expect(timeFrom).toBe('timestamp')
      expect(timestampedAt).not.toBe(claimedAt)
      expect(timestampedAt).toBeGreaterThanOrEqual(started)
      expect(timestampedAt).toBeLessThanOrEqual(Date.now())
    }
    const other = await signedPdfs.verify(sample.twice, { ...now(), timestampRoots: [sample.signers[0].ca] })
    expect(other.signatures.map(({ problems }) => problems)).toEqual([['timestamp-wrong'], ['timestamp-wrong']])
    const nobody = await signedPdfs.verify(sample.twice, sample.expected)
    expect(nobody).toMatchObject({
      valid: true,
      signatures: [{ timeFrom: 'claim', timestampedAt: null }, { timeFrom: 'claim' }],
    })
  })

  it('[VER-10] counts against a claim: whoever was revoked before the stamped time cannot claim an earlier one', async () => {
    const { ca, caKey, serial } = sample.signers[1]
    const list = (since: number) =>
      certificates.revocationList({
        ca,
        caKey,
        number: 1,
        at: VALID.from,
        next: VALID.to,
        revoked: [{ serial, at: since as never }],
      })
    const judged = async (since: number) =>
      (await signedPdfs.verify(sample.twice, { ...now(), revocations: [await list(since)] })).signatures[1]?.problems
    const stamped = (await signedPdfs.verify(sample.twice, now())).signatures[1]!.timestampedAt!
    expect(await judged(stamped - 60_000)).toEqual(['certificate-revoked'])
    expect(await judged(stamped + 60_000)).toEqual([])
  })

  it.each<[string, NonNullable<SignOrder['timestamp']>, string]>([
    ['nobody answers', timestampBy(() => Promise.resolve(undefined), 'http://a.example'), 'timestamp-unavailable'],
    [
      'the answer is a page',
      timestampBy(() => Promise.resolve({ contentType: 'text/html', body: new Uint8Array(9) }), 'http://a.example'),
      'timestamp-unavailable',
    ],
    ['the answer is noise', () => Promise.resolve({ ok: true, value: new Uint8Array(40) }), 'timestamp-refused'],
    [
      'the answer is about something else',
      (request) => Promise.resolve({ ok: true, value: authority.answer(bent(request)) }),
      'timestamp-refused',
    ],
  ])('[SIG-8] is refused when %s', async (_, timestamp, refusal) => {
    const prepared = must(await signedPdfs.prepare(sample.printed, PREPARED))
    expect(
      await signedPdfs.sign(prepared, { ...orderOf(sample.signers[0], sample.boxes[0], WHEN[0]), timestamp }),
    ).toEqual({ ok: false, refusal })
  })

  it('[SIG-8] an old answer does not fit a new request', async () => {
    let kept: Uint8Array | undefined
    const replaying: NonNullable<SignOrder['timestamp']> = (request) =>
      Promise.resolve({ ok: true, value: (kept ??= authority.answer(request)) })
    const order = { ...orderOf(sample.signers[0], sample.boxes[0], at('2026-11-26T09:30:00Z')), timestamp: replaying }
    expect(await signedPdfs.sign(sample.prepared, order)).toMatchObject({ ok: true })
    expect(await signedPdfs.sign(sample.prepared, { ...order, field: FIELDS[0] })).toEqual({
      ok: false,
      refusal: 'timestamp-refused',
    })
  })
})

/** The request with another hash in it: its 32 bytes follow the head of the only octet string. */
function bent(request: Uint8Array): Uint8Array {
  const head = Buffer.from(request).indexOf(Buffer.from([0x04, 0x20]))
  return request.with(head + 2, request[head + 2]! ^ 1)
}
