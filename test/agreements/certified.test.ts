import { CryptoKeySigner, PDF } from '@libpdf/core'
import { readFileSync } from 'node:fs'
import { webcrypto } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startChecker } from '#engine/start.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import { download, until, upload } from '#test/support/company.ts'
import { flipped, Forger, LATER } from './forged-pack.ts'
import { packOf, signedByBoth, type SignedByBoth } from './signed-by-both.ts'
import { inFolder, tell } from './tools.ts'

let story: SignedByBoth
let provider: { readonly key: webcrypto.CryptoKey; readonly certificate: Uint8Array }
let certified: Uint8Array
beforeAll(async () => {
  story = await signedByBoth()
  provider = await licensedProvider()
  certified = await signedOn(story.pdf)
}, 120_000)
afterAll(() => story.end())

/** Somebody else's certificate and key, made by openssl. */
async function licensedProvider(): Promise<typeof provider> {
  return inFolder({}, async (folder) => {
    const [key, pem, der] = [join(folder, 'key.pem'), join(folder, 'cert.pem'), join(folder, 'cert.der')]
    tell('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '9000', '-keyout', key, '-out', pem, '-subj', '/O=Licensed Trust Provider/CN=Sara Al-Qahtani']) // prettier-ignore
    tell('openssl', ['x509', '-in', pem, '-outform', 'DER', '-out', der])
    const pkcs8 = join(folder, 'key.der')
    tell('openssl', ['pkcs8', '-topk8', '-nocrypt', '-in', key, '-outform', 'DER', '-out', pkcs8])
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const [secret, certificate] = [readFileSync(pkcs8), new Uint8Array(readFileSync(der))]
    return { key: await webcrypto.subtle.importKey('pkcs8', secret, algorithm, true, ['sign']), certificate }
  })
}

/** Signed further by another program's code: its own field, its own form of signature. */
async function signedOn(pdf: Uint8Array): Promise<Uint8Array> {
  const file = await PDF.load(pdf)
  const signer = new CryptoKeySigner(provider.key as never, provider.certificate, 'RSA', 'RSASSA-PKCS1-v1_5')
  const { bytes } = await file.sign({ signer, reason: 'Certified signature', fieldName: 'Provider' } as never)
  return bytes
}

const check = async (bytes: Uint8Array) =>
  story.two.b.client.agreements.check({ upload: await upload(story.two.b, 'a.pdf', bytes) })
const add = async (bytes: Uint8Array) =>
  story.two.a.client.agreements.addCertified({
    artifact: story.artifact,
    hash: story.hash,
    upload: await upload(story.two.a, 'a.pdf', bytes),
  })
const refusedWith = (code: string) => ({ data: { module: 'agreements', code } })

describe('a file that others signed further', () => {
  it('[EVD-13] gets an answer of its own: whole inside, and who added', async () => {
    const report = await check(certified)
    expect(report).toMatchObject({ answer: 'added', problems: [], known: { artifact: story.artifact } })
    expect(report.added).toMatchObject([
      { signer: 'Sara Al-Qahtani · Licensed Trust Provider', kind: 'signature', holds: true, reachesEnd: true },
    ])
    expect(report.signatures).toHaveLength(2)
    const alone = await (await startChecker()).file(certified, { now: LATER })
    expect(alone).toMatchObject({ answer: 'added', added: [{ holds: true }] })
    expect(alone.notes).toContain('added-by-others')
  })

  it('[EVD-13] what nobody signed stays a change: drawn over, a tail, a changed byte in either part', async () => {
    const over = await PDF.load(story.pdf)
    over.getPages()[0]?.drawText('SAR 9,000,000', { x: 60, y: 500 })
    for (const bytes of [
      await over.save({ incremental: true }),
      concat(certified, utf8('\n%more')),
      flipped(certified, 30_000),
      flipped(certified, story.pdf.length + 400),
    ])
      expect((await check(bytes)).answer).toBe('fails')
  })

  it('[EVD-13] is kept beside the signed one for all parties, and a pack binds both', async () => {
    await expect(add(story.pdf)).rejects.toMatchObject(refusedWith('nothing-added'))
    await expect(add(concat(certified, utf8('\n')))).rejects.toMatchObject(refusedWith('certified-not-signed'))
    await expect(add(flipped(certified, 9_000))).rejects.toMatchObject(refusedWith('certified-rewritten'))
    const view = await add(certified)
    expect(view.versions[0]?.certified).toMatchObject({ here: true, by: { en: 'Amal Al-Harbi' } })
    await until('B has it', async () => {
      const { versions } = await story.two.b.client.agreements.get({ artifact: story.artifact })
      return versions[0]?.certified?.here
    })
    const { artifact, hash } = story
    const kept = await download(story.two.b, await story.two.b.client.agreements.certifiedFile({ artifact, hash }))
    expect(kept).toEqual(certified)
    expect(await download(story.two.b, await story.two.b.client.agreements.file({ artifact, hash }))).toEqual(story.pdf)

    const pack = await packOf(story.two.b, artifact, hash)
    const here = await check(pack)
    // Known from safety codes: this vault need not be told to compare.
    expect(here).toMatchObject({ kind: 'pack', answer: 'holds', known: { artifact } })
    expect(here.notes).not.toContain('roots-from-file')
    const forger = await Forger.of(pack, story.two.b.engine.desk.session.hub.identity.device.secret)
    expect(await forger.check(pack)).toMatchObject({
      answer: 'holds',
      added: [{ signer: 'Sara Al-Qahtani · Licensed Trust Provider', holds: true }],
    })
    const other = await signedOn(story.pdf)
    const forged = forger.forge((files) => files.set('agreement/certified.pdf', other))
    expect(await forger.codes(forged)).toContain('file-not-stated')
    const bent = forger.forge((files) =>
      files.set('agreement/certified.pdf', flipped(certified, certified.length - 30)),
    )
    expect(await forger.codes(bent)).toContain('file-not-stated')
  })
})
