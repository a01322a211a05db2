import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificates } from '#adapters/pdf/certificates.ts'
import { readArtifactEvent, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { checkLog } from '#shared/evidence/check-log.ts'
import { entryFiles } from '#shared/evidence/proof-files.ts'
import { readIndex, writeIndex, type PackIndex } from '#shared/evidence/pack-index.ts'
import { readPack } from '#shared/evidence/read-pack.ts'
import { toPem } from '#shared/evidence/pem.ts'
import { concat, toHex } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { fingerprintOf } from '#shared/membership/certificate.ts'
import { signStatement } from '#shared/membership/statement.ts'
import type { Body } from '#shared/seal/entry.ts'
import { decodeBody } from '#shared/seal/body.ts'
import { evidencePartsOf } from '#shared/seal/evidence.ts'
import { readHeader } from '#shared/seal/header.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { flipped, Forger, LATER, type Files } from './forged-pack.ts'
import { signedByBoth, type SignedByBoth } from './signed-by-both.ts'
import { spaceOf } from './signed-sample.ts'

let story: SignedByBoth
let forger: Forger
beforeAll(async () => {
  story = await signedByBoth()
  forger = await Forger.of(story.pack, story.two.a.engine.desk.session.hub.identity.device.secret)
}, 120_000)
afterAll(() => story.end())

const PDF_FILE = 'agreement/signed.pdf'
const index = (files: ReadonlyMap<string, Uint8Array>): PackIndex => {
  const read = readIndex(files.get('pack.json') ?? new Uint8Array())
  return read.ok ? read.value : expect.fail(read.refusal)
}
const withIndex = (files: Files, change: (value: PackIndex) => PackIndex): void =>
  void files.set('pack.json', writeIndex(change(index(files))))
const identityA = () => story.two.a.engine.desk.session.hub.identity

interface Found {
  readonly folder: string
  readonly number: number
  readonly body: Body
}
/** The entries of the pack as its bodies say. */
const entries = (): readonly Found[] =>
  index(forger.files).log.flatMap((_, at) => {
    const folder = `log/${String(at + 1).padStart(3, '0')}`
    const body = decodeBody(forger.bytes(`${folder}/body.cbor`))
    return body.ok ? [{ folder, number: at + 1, body: body.value }] : []
  })
const entryOf = (type: string, nth = 0): Found => {
  const found = entries().filter(({ body }) => (body.payload as { type?: string }).type === type)[nth]
  return found ?? expect.fail(`no ${type}`)
}

describe('the pack as it is', () => {
  it('[EVD-1, EVD-12] holds, with each signature seen by the other company', async () => {
    const report = await forger.check(story.pack)
    expect(report).toMatchObject({ kind: 'pack', answer: 'holds', problems: [], added: [] })
    expect(report.signatures.map(({ witnessedAt }) => typeof witnessedAt)).toEqual(['number', 'number'])
    expect(report.companies.map(({ name }) => name.en).toSorted()).toEqual(['Gulf Supply Company', 'Najd Trading Company']) // prettier-ignore
    expect(forger.forge(() => undefined)).toEqual(story.pack)
  })

  it('[EVD-11] the roots that a reader names are compared', async () => {
    const roots = (await forger.check(story.pack)).companies.map(({ fingerprint }) => fingerprint)
    expect(await forger.check(story.pack, { roots })).toMatchObject({ answer: 'holds' })
    expect(await forger.codes(story.pack, { roots: roots.slice(1) })).toEqual(['root-not-expected'])
    expect(roots).toContain(fingerprintOf(forger.crypto, identityA().card.root))
  })
})

describe('a file that was changed', () => {
  const pdfAs = (change: (pdf: Uint8Array) => Uint8Array) =>
    forger.forge((files) => files.set(PDF_FILE, change(forger.bytes(PDF_FILE))))

  it('[EVD-5] a changed byte in the PDF, list and signature mended by its maker', async () => {
    expect(await forger.codes(pdfAs((pdf) => flipped(pdf, 30_000)))).toContain('bytes-changed')
  })

  it('[EVD-5] a page drawn over after the last signature', async () => {
    const pdf = await PDF.load(forger.bytes(PDF_FILE))
    pdf.getPages()[0]?.drawText('SAR 9,000,000', { x: 60, y: 500 })
    const over = await pdf.save({ incremental: true })
    expect(await forger.codes(pdfAs(() => over))).toEqual(expect.arrayContaining(['changed-after-last', 'file-not-stated'])) // prettier-ignore
  })

  it('[EVD-5] something in the space behind a signature', async () => {
    const { to } = spaceOf(forger.bytes(PDF_FILE), 1)
    expect(await forger.codes(pdfAs((pdf) => pdf.with(to - 20, 'a'.charCodeAt(0))))).toContain('padding-used')
  })

  it('[EVD-5] bytes behind the end of the PDF', async () => {
    expect(await forger.codes(pdfAs((pdf) => concat(pdf, new Uint8Array([10]))))).toContain('trailing-bytes')
  })

  it('[EVD-5, EVD-8] a PDF rolled back to its first signer', async () => {
    const { end } = spaceOf(forger.bytes(PDF_FILE), 0)
    expect(await forger.codes(pdfAs((pdf) => pdf.subarray(0, end)))).toEqual(expect.arrayContaining(['signer-missing', 'file-not-stated'])) // prettier-ignore
  })

  it('[EVD-5] a certificate that its company had revoked before it signed', async () => {
    const kept = story.two.a.engine.desk.session.context.vault.records.get<{ key: never; ca: Uint8Array }>('pdf-root', 'own') ?? expect.fail() // prettier-ignore
    const [signer] = (await forger.check(story.pack)).signatures
    const pem = Buffer.from(forger.bytes('x509/signer-1.pem')).toString()
    const der = new Uint8Array(Buffer.from(pem.replaceAll(/-----.*-----|\n/g, ''), 'base64'))
    const serial = certificates.describe(der)?.serial ?? expect.fail()
    const when = ((signer?.claimedAt ?? 0) - 60_000) as Instant
    const list = await certificates.revocationList({ ca: kept.ca, caKey: kept.key, number: 9, at: when, next: LATER, revoked: [{ serial, at: when }] }) // prettier-ignore
    const forged = forger.forge((files) => files.set('x509/crl-1.pem', Buffer.from(toPem('X509 CRL', list))))
    expect(await forger.codes(forged)).toContain('certificate-revoked')
  })

  it('[EVD-4] a file that differs from the list', async () => {
    const changed = (files: Files) => files.set('README.txt', flipped(forger.bytes('README.txt'), 100))
    expect(await forger.codes(forger.forge(changed, 'nothing'))).toEqual(['file-changed'])
    expect(await forger.codes(forger.forge(changed, 'list'))).toEqual(['manifest-signature-wrong'])
  })

  it('[EVD-4] a file too many, a file missing, and no list at all', async () => {
    const more = (files: Files) => files.set('log/999/body.cbor', new Uint8Array(3))
    expect(await forger.codes(forger.forge(more, 'nothing'))).toEqual(['file-unlisted'])
    expect(await forger.codes(forger.forge(more))).toEqual(['copy-differs'])
    const fewer = (files: Files) => files.delete('x509/root-1.pem')
    expect(await forger.codes(forger.forge(fewer, 'nothing'))).toEqual(['file-missing'])
    expect(await forger.codes(forger.forge(fewer))).toEqual(['copy-differs'])
    expect(await forger.codes(forger.forge((files) => files.delete('manifest.txt'), 'nothing'))).toContain(
      'file-missing',
    )
  })

  it('[EVD-4] a list signed by a device that no company certified', async () => {
    const { publicKey, secretKey } = forger.crypto.signingPair()
    const by = (files: Files) => withIndex(files, (value) => ({ ...value, madeBy: toHex(publicKey) as never }))
    expect(await forger.codes(forger.forge(by, 'all', secretKey))).toEqual(['role-missing'])
    expect(await forger.codes(forger.forge(() => undefined, 'all', secretKey))).toEqual(['manifest-signature-wrong'])
  })

  it('[EVD-8] another text, closed by nobody', async () => {
    const text = Buffer.from(forger.bytes('agreement/agreement.json')).toString().replace('"noticeDays"', '"noticeDayz"') // prettier-ignore
    expect(await forger.codes(forger.forge((files) => files.set('agreement/agreement.json', Buffer.from(text))))).toEqual(['text-changed', 'text-changed']) // prettier-ignore
  })

  it('[EVD-9] a root or a key for other programs that is not the proven one', async () => {
    const root = (files: Files) => files.set('x509/root-1.pem', forger.bytes('x509/root-2.pem'))
    expect(await forger.codes(forger.forge(root))).toEqual(['copy-differs'])
    const key = (files: Files) => files.set('roles/1/device.der', forger.bytes('roles/2/device.der'))
    expect(await forger.codes(forger.forge(key))).toEqual(['copy-differs'])
    const number = (files: Files) => withIndex(files, (value) => ({ ...value, version: 2 }))
    expect(await forger.codes(forger.forge(number))).toContain('copy-differs')
  })

  it('[EVD-10] a pack of a later version, and an index that is none', async () => {
    const later = Buffer.from(Buffer.from(forger.bytes('pack.json')).toString().replace('evidence.v1', 'evidence.v4'))
    expect(await forger.codes(forger.forge((files) => files.set('pack.json', later)))).toEqual(['newer-pack'])
    expect(await forger.codes(forger.forge((files) => files.set('pack.json', new Uint8Array(5))))).toEqual(['index-unreadable']) // prettier-ignore
  })
})

/** The pack without one of its entries: the folders behind it move up. */
function without(files: Files, number: number): void {
  const { log } = index(files)
  const folder = (at: number) => `log/${String(at).padStart(3, '0')}/`
  const rest = log.map((_, at) => at + 1).filter((at) => at !== number)
  const moved = rest.map((from) => [...forger.files].filter(([name]) => name.startsWith(folder(from))))
  for (const name of [...files.keys()].filter((one) => one.startsWith('log/'))) files.delete(name)
  for (const [at, list] of moved.entries())
    for (const [name, bytes] of list) files.set(`${folder(at + 1)}${name.slice(8)}`, bytes)
  withIndex(files, (value) => ({ ...value, log: log.filter((_, at) => at + 1 !== number) }))
}

/** An entry that the device of company A signs anew at the place of one of its own: with its keys, so that all but the past fits. */
function resealed(
  found: Found,
  payload: Canonical,
): { readonly files: readonly { name: string; bytes: Uint8Array }[]; readonly signed: number } {
  const { hub } = story.two.a.engine.desk.session
  const header = readHeader(forger.bytes(`${found.folder}/header.bin`))
  const runtime = hub.runtime(header.channel as never) ?? expect.fail()
  const epoch = runtime.epochKeys().find(({ epoch: id }) => id === header.epoch) ?? expect.fail()
  const position = { workspace: header.workspace, channel: header.channel, feed: header.feed, nextSeq: header.seq, previous: header.previous } // prettier-ignore
  const draft = startRun(forger.crypto, position, { id: epoch.epoch, key: epoch.key })
  const sealed = sealEntry(forger.crypto, draft, { ...found.body, payload }, header.heads)
  if (!sealed.ok) expect.fail(sealed.refusal)
  const run = parseRun(signRun(forger.crypto, draft, hub.identity.device.secret).bytes)
  const parts = run.ok ? evidencePartsOf(forger.crypto, run.value, header.seq) : expect.fail(run.refusal)
  if (!parts) expect.fail()
  const key = forger.crypto.openingKey(epoch.key, readHeader(parts.header).nonce)
  const entry = { ...parts, after: [], signed: 0, key, signature: parts.signature as never }
  return { files: entryFiles(forger.crypto, entry, found.number), signed: 0 }
}
const replaced = (files: Files, found: Found, payload: Canonical): void => {
  const made = resealed(found, payload)
  for (const { name, bytes } of made.files) files.set(name, bytes)
  withIndex(files, (value) => ({
    ...value,
    log: value.log.map((one, at) => (at + 1 === found.number ? { ...one, signed: made.signed } : one)),
  }))
}

describe('a log that says something else', () => {
  it('[EVD-8] a signatory’s word that is not there', async () => {
    const word = entryOf('agreement-signed', 1)
    expect(await forger.codes(forger.forge((files) => without(files, word.number)))).toEqual(expect.arrayContaining(['word-missing', 'file-not-stated'])) // prettier-ignore
  })

  it('[EVD-8] a closing that is not there', async () => {
    const closed = entryOf('agreement-frozen')
    expect(await forger.codes(forger.forge((files) => without(files, closed.number)))).toContain('closing-missing')
  })

  it('[EVD-6] an entry of a second past, that its own device signed in place of the first', async () => {
    const word = entryOf('agreement-signed')
    const fact = readArtifactEvent(word.body.payload)
    if (typeof fact === 'string' || fact.type !== 'agreement-signed') expect.fail()
    const other = writeArtifactEvent({ ...fact, certificate: 'ab'.repeat(32) })
    expect(await forger.codes(forger.forge((files) => replaced(files, word, other)))).toContain('entry-forked')
    const same = forger.forge((files) => replaced(files, word, writeArtifactEvent(fact)))
    expect(await forger.codes(same)).toContain('entry-forked')
  })

  it('[EVD-6] an entry that its device did not sign, or that another key opens', async () => {
    const { folder } = entryOf('agreement-signed')
    const bent = (name: string) => forger.forge((files) => files.set(`${folder}/${name}`, flipped(forger.bytes(`${folder}/${name}`), 3))) // prettier-ignore
    for (const name of ['ciphertext.bin', 'signature.bin'])
      expect(await forger.codes(bent(name))).toContain('entry-unsigned')
    expect(await forger.codes(bent('key.bin'))).toContain('entry-unreadable')
    expect(await forger.codes(bent('body.cbor'))).toEqual(['copy-differs'])
  })

  it('[EVD-6] entries of another channel', async () => {
    const elsewhere = (files: Files) => withIndex(files, (value) => ({ ...value, channel: 'cd'.repeat(32) as never }))
    expect(await forger.codes(forger.forge(elsewhere))).toContain('entry-foreign')
  })

  it('[EVD-12] an entry is seen by another company where hashes lead from it to what that company names, and not beyond', () => {
    const read = readPack(forger.files)
    if (!('content' in read)) expect.fail()
    const content = { ...read.content, signatures: [] }
    const seen = (log: typeof content.log) =>
      checkLog(forger.crypto, { ...content, log }).entries.map(({ witnessedAt }) => witnessedAt !== null)
    const { company } = identityA().card
    const whole = seen(content.log)
    // Whoever wrote last was seen by nobody yet; the very first entry was.
    expect([whole[0], whole.at(-1)]).toEqual([true, false])
    const shortened = content.log.map((entry) => ({ ...entry, after: entry.after.slice(0, entry.signed) }))
    expect(seen(shortened)[0]).toBe(false)
    expect(seen(content.log.filter((_, at) => authorAt(at) === company))).not.toContain(true)
  })
})

/** The company whose device wrote an entry. */
function authorAt(at: number): string | undefined {
  const { device } = readHeader(forger.bytes(`log/${String(at + 1).padStart(3, '0')}/header.bin`))
  const { roles, companies } = index(forger.files)
  return companies[(roles.find((role) => role.device === device)?.company ?? 0) - 1]?.company
}

describe('a device that may not', () => {
  const roleOfA = () => index(forger.files).roles.findIndex(({ device }) => device === identityA().device.id) + 1
  /** A's certificate for its device, made anew by A's own issuer. */
  const certified = (files: Files, validFrom: number, validTo: number, issuer = identityA().issuer.secret) => {
    const { certified: held, card, person, device } = identityA()
    const certificate = signStatement(forger.crypto, 'certificate', issuer ?? expect.fail(), {
      company: card.company, person, name: { en: 'Amal Al-Harbi', ar: 'أمل الحربي' }, roles: ['ceo'], device: device.id, boxKey: device.box.publicKey,
      serial: '11'.repeat(16), validFrom: validFrom as Instant, validTo: validTo as Instant, authority: null,
    }) // prettier-ignore
    expect(held.certificate.statement).not.toEqual(certificate.statement)
    files.set(`roles/${String(roleOfA())}/certificate.cbor`, certificate.statement)
    files.set(`roles/${String(roleOfA())}/certificate.sig`, certificate.signature)
  }
  const when = () => entryOf('agreement-signed').body.at

  it('[EVD-7] a role certificate that was not valid when its device wrote', async () => {
    expect(await forger.codes(forger.forge((files) => certified(files, when() + 1_000, LATER)))).toContain(
      'role-expired',
    )
    expect(await forger.check(forger.forge((files) => certified(files, when(), LATER)))).toMatchObject({ answer: 'holds' }) // prettier-ignore
  })

  it('[EVD-7] a role certificate by somebody who is not the company’s issuer', async () => {
    const { secretKey } = forger.crypto.signingPair()
    const forged = forger.forge((files) => certified(files, when(), LATER, secretKey))
    expect(await forger.codes(forged)).toEqual(expect.arrayContaining(['role-wrong', 'role-missing']))
  })

  it('[EVD-7] a device revoked before it wrote counts only where another company had seen the entry before', async () => {
    const revoked = (at: number) => (files: Files) => {
      const { card, device, issuer, certified: held } = identityA()
      const revocation = signStatement(forger.crypto, 'revocation', issuer.secret ?? expect.fail(), {
        company: card.company, subject: { kind: 'device', device: device.id }, reason: 'lost', at: at as Instant, cuts: [],
      }) // prettier-ignore
      files.set('revocations/1/revocation.cbor', revocation.statement)
      files.set('revocations/1/revocation.sig', revocation.signature)
      files.set('revocations/1/issuer.cbor', held.issuer.statement)
      files.set('revocations/1/issuer.sig', held.issuer.signature)
      withIndex(files, (value) => ({ ...value, revocations: [{ issuer: true }] }))
    }
    expect(await forger.codes(forger.forge(revoked(when() - 1_000)))).toContain('role-revoked')
    const after = await forger.check(forger.forge(revoked(LATER)))
    // The last thing that A wrote nobody of B could have seen yet; all that was signed was seen.
    const about = after.problems.map(({ code, about: folder }) => `${code} ${folder ?? ''}`)
    expect(about.every((one) => one.startsWith('role-revoked'))).toBe(true)
    for (const type of ['agreement-frozen', 'agreement-signed', 'agreement-file-signed'])
      expect(about).not.toContain(`role-revoked ${entryOf(type).folder}`)
  })
})

describe('bits', () => {
  it('[EVD-10] no bit of a pack changes unnoticed, in the archive or in files that its maker signed anew', async () => {
    let seed = Number(process.env['MITHAQ_FLIP_SEED'] ?? 20_261_126)
    const rounds = Number(process.env['MITHAQ_FLIPS'] ?? 160)
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    /** What proves something; the readable pages and the list are the maker's own words. */
    const proofs = [...forger.files.keys()].filter((name) => name.includes('/') && forger.bytes(name).length > 0)
    const unnoticed: string[] = []
    for (let round = 0; round < rounds; round++) {
      const bit = 1 << next(8)
      const at = next(story.pack.length)
      if ((await forger.check(flipped(story.pack, at, bit))).answer === 'holds') unnoticed.push(`archive ${String(at)}:${String(bit)}`) // prettier-ignore
      // A file is drawn first, so that the small ones have their turn beside the PDF.
      const name = round % 2 === 0 ? (proofs[next(proofs.length)] ?? PDF_FILE) : PDF_FILE
      const position = next(forger.bytes(name).length)
      const forged = forger.forge((files) => files.set(name, flipped(forger.bytes(name), position, bit)))
      if ((await forger.check(forged)).answer === 'holds') unnoticed.push(`${name} ${String(position)}:${String(bit)}`)
    }
    expect(unnoticed).toEqual([])
  }, 3_600_000)
})
