import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readApproval, signApproval, type ApprovalWord } from '#shared/approvals/approval-word.ts'
import { SCOPES, type ApprovalPolicy, type Level } from '#shared/approvals/policy.ts'
import { commandsIn } from '#shared/evidence/readme-commands.ts'
import { readIndex, writeIndex, type PackIndex } from '#shared/evidence/pack-index.ts'
import type { SecretKey } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { inRoot } from '#test/architecture/tracked.ts'
import { flipped, Forger, type Files } from '#test/agreements/forged-pack.ts'
import { packOf } from '#test/agreements/signed-by-both.ts'
import { draftedAgreement, latestVersion, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { hubOf, meet, settled } from '#test/support/colleagues.ts'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'
import { enrolled } from '#test/support/enrolled.ts'

const OMAR = { en: 'Omar Al-Zahrani', ar: 'عمر الزهراني' }
const REASON = 'The board agreed on Tuesday'
const NOTE = 'Please look at clause 4'

let desk: AgreementDesk
let legal: Company
let hash: string
let folder: string
let stated: Forger
let silent: Uint8Array

/** Everything needs somebody else's word, whoever does it. */
function fourEyes(policy: ApprovalPolicy): ApprovalPolicy {
  const rule = { levels: [] as Level[], fourEyes: true }
  return { ...policy, scopes: Object.fromEntries(SCOPES.map((scope) => [scope, { everyday: rule, weighty: rule }])) as ApprovalPolicy['scopes'] } // prettier-ignore
}
/** What was refused is asked for, the colleague approves, and the maker carries it out. */
async function approved(act: () => Promise<unknown>): Promise<void> {
  const { a } = desk.two
  const token = await act().then(
    () => expect.fail('nothing was refused'),
    ({ data }: { data?: { params?: { token?: string } } }) => data?.params?.token ?? expect.fail('no token'),
  )
  await a.client.approvals.ask({ token, note: NOTE })
  await meet(a, legal)
  const [waiting] = (await legal.client.approvals.get()).waiting
  await legal.client.approvals.answer({ request: waiting!.id, hash: waiting!.hash, verdict: 'approve', reason: REASON })
  await meet(a, legal)
  await a.client.approvals.send({ request: waiting!.id })
  await meet(a, legal)
}

beforeAll(async () => {
  desk = await draftedAgreement('PeerAgreement.v1')
  const { two, artifact, wire } = desk
  wire.cut()
  legal = await enrolled(two.a, two.clock, { name: OMAR, roles: ['legal'] })
  await meet(two.a, legal)
  const { policy } = await two.a.client.approvals.policy()
  await two.a.client.approvals.savePolicy({ policy: fourEyes(policy), based: policy.version })
  await settled(two.a)
  await meet(two.a, legal)
  await approved(() => two.a.client.agreements.freeze({ artifact, signDays: 30 }))
  hash = (await latestVersion(two.a, artifact))?.hash ?? ''
  expect(await refusalOf(two.a.client.agreements.sign({ artifact, hash }))).toBe('approvals:approval-needed')
  expect((await latestVersion(two.a, artifact))?.signatures.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  await approved(() => two.a.client.agreements.sign({ artifact, hash }))
  two.wire()
  await until('B is asked', async () => (await latestVersion(two.b, artifact))?.ask?.refusal === null)
  await until('A is in the file', async () => (await latestVersion(two.b, artifact))?.signatures.some(({ state }) => state === 'signed')) // prettier-ignore
  await two.b.client.agreements.sign({ artifact, hash })
  for (const company of [two.a, two.b])
    await until('all have signed and seen it', async () => (await latestVersion(company, artifact))?.signatures.every(({ witnessedAt }) => witnessedAt !== null)) // prettier-ignore
  silent = await packOf(two.a, artifact, hash)
  const pack = await packOf(two.a, artifact, hash, true)
  stated = await Forger.of(pack, hubOf(two.a).identity.device.secret)
  folder = mkdtempSync(join(tmpdir(), 'mithaq-approved-'))
  writeFileSync(join(folder, 'pack.zip'), pack)
  writeFileSync(join(folder, 'silent.zip'), silent)
}, 180_000)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  legal.engine.close()
  rmSync(legal.directory, { recursive: true, force: true })
  expect(legal.bugs).toEqual([])
  desk.close()
})

function verify(...args: string[]): { readonly code: number | null; readonly said: string } {
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'nobody'), MITHAQ_HOME: join(folder, 'nowhere') }
  const script = inRoot('electron', 'headless', 'verify.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env, cwd: folder }) // prettier-ignore
  return { code: status, said: stdout + stderr }
}

describe('an agreement under somebody else’s approval', () => {
  it('[GV-10, EVD-16] is closed and signed as it was approved; the company may state that in its pack, and says nothing unless it chooses to', async () => {
    const { a, b } = desk.two
    expect(await latestVersion(a, desk.artifact)).toMatchObject({ state: 'signed', ownApprovals: 2 })
    expect(await latestVersion(b, desk.artifact)).toMatchObject({ state: 'signed', ownApprovals: 0 })
    const report = await stated.check(await packOf(a, desk.artifact, hash, true))
    expect(report).toMatchObject({ answer: 'holds', problems: [] })
    expect(report.approvals).toMatchObject([
      { person: OMAR, roles: ['legal'], commitment: 'close-agreement' },
      { person: OMAR, roles: ['legal'], commitment: 'sign-agreement' },
    ])
    expect(report.notes).toContain('approvals-own-word')
    // Without the choice: a pack of the first format, with nothing of it, and no fault in that.
    const plain = await Forger.of(silent, hubOf(a).identity.device.secret)
    const without = await stated.check(silent)
    expect(without).toMatchObject({ answer: 'holds', approvals: [] })
    expect(without.notes).toContain('approvals-none')
    expect(Buffer.from(plain.bytes('pack.json')).toString()).toContain('mithaq.evidence.v1')
    expect([...plain.files.keys()].some((name) => name.startsWith('approvals/'))).toBe(false)
    expect(silentText()).not.toContain(OMAR.en)
    expect((await auditOf(a)).find(({ code, detail }) => code === 'evidence-saved' && detail['approvals'] === 2)).toBeDefined() // prettier-ignore
    // The other side's pack states nothing of ours, whatever it asks for.
    expect((await stated.check(await packOf(b, desk.artifact, hash, true))).approvals).toEqual([])
  })

  it('[EVD-16] neither policy nor comment is in it, and what the approver signed is', () => {
    const all = [...stated.files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n')
    for (const secret of [REASON, NOTE, 'fourEyes', 'everyday']) expect(all).not.toContain(secret)
    // The control: the approver's name is there, in the certificate.
    expect(all).toContain(OMAR.en)
  })

  it('[EVD-16] the command says whose word it is in both languages, and the readme checks it with openssl alone', () => {
    const english = verify('pack.zip')
    expect(english.said).toContain('Omar Al-Zahrani')
    expect(english.said).toContain('approved signing this text (legal)')
    expect(english.said).toContain('Nobody else vouches for them')
    expect(english.code).toBe(0)
    expect(verify('pack.zip', '--lang', 'ar').said).toContain('الموافقة على توقيع هذا النص')
    expect(verify('silent.zip').said).toContain('The pack states no approval inside a company')
    const unpacked = join(folder, 'unpacked')
    for (const [name, bytes] of stated.files) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true })
      writeFileSync(join(unpacked, name), bytes)
    }
    const script = join(folder, 'steps.sh')
    writeFileSync(script, commandsIn(Buffer.from(stated.bytes('README.txt')).toString()))
    const said = execFileSync('sh', [script], { cwd: unpacked, encoding: 'utf8' })
    expect(said).toMatch(/^7 the approvals .*OK$/m)
    expect(said).toContain('8 compare these fingerprints')
    const changed = join(unpacked, 'approvals/2/approval.cbor')
    writeFileSync(changed, flipped(stated.bytes('approvals/2/approval.cbor'), 40))
    // Whoever mends the list, too, is stopped by the approver's signature.
    const without = commandsIn(Buffer.from(stated.bytes('README.txt')).toString()).replace('sha256sum --strict --quiet -c manifest.txt\n', '') // prettier-ignore
    writeFileSync(script, without)
    const bad = spawnSync('sh', [script], { cwd: unpacked, encoding: 'utf8' })
    expect(bad.status).not.toBe(0)
    expect(bad.stdout).not.toMatch(/^7 /m)
  }, 120_000)

  it('[EVD-17, APR-13] a changed approval, one of another text, signatory or company, and one by a device that nobody certified are each named', async () => {
    const word = readApproval(stated.bytes('approvals/2/approval.cbor'))!
    const secret = hubOf(legal).identity.device.secret
    const signed = (files: Files, said: Partial<ApprovalWord>, by: SecretKey = secret): void => {
      const { statement, signature } = signApproval(stated.crypto, by, { ...word, ...said })
      files.set('approvals/2/approval.cbor', statement)
      files.set('approvals/2/approval.sig', signature)
    }
    const codes = (change: (files: Files) => void) => stated.codes(stated.forge(change))
    const flip = (name: string, at: number) => (files: Files) => void files.set(name, flipped(stated.bytes(name), at))
    expect(await codes(flip('approvals/2/approval.sig', 7))).toEqual(['approval-unsigned'])
    expect(await codes(flip('approvals/2/approval.cbor', 3))).toEqual(['approval-unreadable'])
    expect(await codes((files) => signed(files, {}, hubOf(desk.two.a).identity.device.secret))).toEqual(['approval-unsigned']) // prettier-ignore
    // The approver's own key on something else: another text, version, signatory, agreement or content than this.
    const other = desk.two.b
    const signatories = (await latestVersion(desk.two.a, desk.artifact))?.content.signatories ?? []
    const theirs = signatories.find(({ company }) => company === hubOf(other).identity.card.company)?.id ?? null
    for (const said of [
      { text: 'ab'.repeat(32) },
      { version: word.version + 1 },
      { signatory: theirs },
      { signatory: 'nobody' },
      { artifact: 'cd'.repeat(16) as never },
      { channel: 'cd'.repeat(32) as never },
      { content: 'ef'.repeat(32) },
      { commitment: 'close-agreement' as const },
    ])
      expect(await codes((files) => signed(files, said)), JSON.stringify(said)).toEqual(['approval-other-text'])
    // Of the other company, by its own certified device; and of a device that no certificate is there for.
    const { device } = hubOf(other).identity
    const foreign = { device: device.id, company: hubOf(other).identity.card.company, signatory: theirs }
    expect(await codes((files) => signed(files, foreign, device.secret))).toEqual(['approval-foreign'])
    expect(await codes((files) => signed(files, { device: device.id }, device.secret))).toEqual(['approval-foreign'])
    const stranger = stated.crypto.signingPair()
    expect(await codes((files) => signed(files, { device: Buffer.from(stranger.publicKey).toString('hex') as never }, stranger.secretKey))).toEqual(['role-missing']) // prettier-ignore
    expect(await codes((files) => signed(files, { at: Date.parse('2030-01-01') as Instant }))).toEqual(['role-expired'])
    // The control: the same word signed anew holds.
    expect((await stated.check(stated.forge((files) => signed(files, {})))).answer).toBe('holds')
  })

  it('[EVD-17] the index neither hides approvals nor passes for the first format', async () => {
    const index = (files: Files): PackIndex => {
      const read = readIndex(files.get('pack.json') ?? new Uint8Array())
      return read.ok ? read.value : expect.fail(read.refusal)
    }
    const hidden = stated.forge((files) => {
      const { approvals: _, ...rest } = index(files)
      files.set('pack.json', writeIndex({ ...rest, format: 'mithaq.evidence.v1' }))
    })
    expect(await stated.codes(hidden)).toContain('copy-differs')
    const mixed = stated.forge((files) =>
      files.set('pack.json', writeIndex({ ...index(files), format: 'mithaq.evidence.v1' })),
    )
    expect(await stated.codes(mixed)).toEqual(['index-unreadable'])
  })
})

const silentText = (): string => Buffer.from(silent).toString('latin1')
