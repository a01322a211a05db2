import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { draftedAgreement, latestVersion, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { meet } from '#test/support/colleagues.ts'
import { download, openFile, refusalOf, startCompany, until, upload, type Company } from '#test/support/company.ts'
import { kept } from '#test/support/window.ts'

let desk: AgreementDesk
const more: Company[] = []
afterEach(() => {
  desk.close()
  for (const { engine, directory, bugs } of more.splice(0)) {
    engine.close()
    rmSync(directory, { recursive: true, force: true })
    expect(bugs).toEqual([])
  }
})

type Authority = NonNullable<Parameters<Company['client']['company']['certify']>[0]['signingAuthority']>

/** A gives its own person new roles and an authority, and the other side hears of it. */
async function grant(signingAuthority: Authority | undefined): Promise<void> {
  const { two, wire } = desk
  const [self] = (await two.a.client.company.get()).people
  await two.a.client.company.certify({
    person: self?.id ?? '',
    roles: ['cfo', 'coo', 'admin'],
    validTo: '2027-06-30',
    ...(signingAuthority && { signingAuthority }),
  })
  await two.level(wire)
}
const NO_LIMIT: Authority = { matters: [], amountLimitMinor: null, joint: false }

describe('authority to sign', () => {
  it('[AGR-13] is set with matters, limit, joint signature and document, and stops whom it does not cover', async () => {
    desk = await draftedAgreement('ContractTerms.v1', { rolesA: ['cfo', 'coo', 'admin'] })
    const { two, artifact, a, wire } = desk
    const { hash = '' } = (await two.a.client.agreements.freeze({ artifact })).versions[0] ?? {}
    await two.level(wire)
    const trying = () => refusalOf(two.a.client.agreements.sign({ artifact, hash }))
    expect(await trying()).toBe('agreements:no-authority')
    await grant({ ...NO_LIMIT, matters: ['PeerAgreement'] })
    expect(await trying()).toBe('agreements:matter-not-covered')
    await grant({ ...NO_LIMIT, amountLimitMinor: 50_000_000 })
    expect(await trying()).toBe('agreements:value-not-said')
    await grant({ ...NO_LIMIT, joint: true })
    expect(await trying()).toBe('agreements:second-signature-needed')
    // Both companies read the reason from the certificate, before anybody tries.
    for (const company of [two.a, two.b]) {
      const own = (await latestVersion(company, artifact))?.signatures.find(({ name }) => name.en.startsWith('Amal'))
      expect(own?.standing).toMatchObject({ basis: 'authority', joint: true, refusal: 'second-signature-needed' })
    }

    a.set('terms', 'it', 'yearlyValue', 50_000_001)
    await kept(a)
    await two.level(wire)
    const priced = (await two.a.client.agreements.freeze({ artifact })).versions[0]?.hash ?? ''
    await two.level(wire)
    const bytes = new TextEncoder().encode('Resolution of the board of 3 March')
    const document = { upload: await upload(two.a, 'resolution.pdf', bytes) }
    await grant({ matters: ['ContractTerms'], amountLimitMinor: 50_000_000, joint: false, document })
    expect(await refusalOf(two.a.client.agreements.sign({ artifact, hash: priced }))).toBe('agreements:above-limit')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const [self] = (await two.a.client.company.get()).people
    const valid = self?.certificates.find(({ state }) => state === 'valid')
    expect(valid?.signingAuthority?.document).toEqual({ sha256, name: 'resolution.pdf' })
    await grant({ matters: ['ContractTerms'], amountLimitMinor: 50_000_001, joint: false, document: { sha256 } })
    await two.a.client.agreements.sign({ artifact, hash: priced })
    await until('B sees it', async () => (await latestVersion(two.b, artifact))?.signatures.some(({ state }) => state === 'signed')) // prettier-ignore
  })

  it('[AGR-14] an office is not lent with its roles; a signature that is lent signs in the place of who is named', async () => {
    desk = await draftedAgreement('PeerAgreement.v1', { rolesA: ['ceo', 'coo', 'admin'] })
    const { two, artifact, wire } = desk
    const { a, b } = two
    const { hash = '' } = (await a.client.agreements.freeze({ artifact })).versions[0] ?? {}
    await two.level(wire)
    wire.cut()
    const deputy = await enrolDeputy(a)
    const { people } = await a.client.company.get()
    const [from, to] = [people.find(({ self }) => self)?.id ?? '', people.find(({ self }) => !self)?.id ?? '']
    const day = (days: number): string => new Date(two.clock.now() + days * 86_400_000).toISOString().slice(0, 10)
    const terms = { from, to, roles: ['ceo' as const, 'coo' as const], validFrom: day(0), validTo: day(7) }
    two.clock.passMinutes(1)
    await a.client.company.delegate({ ...terms, signing: false })
    await bring(a, deputy)
    // The roles alone: whoever acts for the chief executive reads and drafts, and is not asked to sign.
    expect((await latestVersion(deputy, artifact))?.ask).toBeNull()
    expect(await refusalOf(deputy.client.agreements.sign({ artifact, hash }))).toBe('agreements:not-a-signatory')
    two.clock.passMinutes(1)
    await a.client.company.delegate({ ...terms, signing: true })
    await bring(a, deputy)
    expect((await latestVersion(deputy, artifact))?.ask).toEqual({ refusal: null, approval: null })
    // Their device's key for PDF files is certified by the company's root first.
    await meet(a, deputy)
    await deputy.client.agreements.sign({ artifact, hash })
    for (let round = 0; round < 2; round++) {
      await carry(deputy, a)
      await carry(a, deputy)
      await two.mail(a, b)
      await two.mail(b, a)
    }
    const version = await latestVersion(b, artifact)
    expect(version?.signatures.find(({ name }) => name.en.startsWith('Amal'))).toMatchObject({
      state: 'signed',
      inPlace: { en: 'Basma Al-Otaibi' },
      standing: { basis: 'authority', refusal: null },
    })
    expect(version?.signatures.find(({ name }) => name.en.startsWith('Badr'))?.state).toBe('waiting')
    // The person who is named is not asked any more.
    expect((await latestVersion(a, artifact))?.ask).toBeNull()
  })
})

async function carry(from: Company, to: Company): Promise<void> {
  await openFile(to, await download(from, await from.client.workspaces.exportSync({ workspace: desk.two.workspace })))
}
/** The company's word for the deputy's device, with what its roles may read. */
async function bring(from: Company, deputy: Company): Promise<void> {
  const { people } = await from.client.company.get()
  const device = people.find(({ self }) => !self)?.devices[0]?.device ?? ''
  await openFile(deputy, await download(from, await from.client.company.updateFile({ device })))
  await carry(from, deputy)
}

/** A colleague's machine, certified over files. */
async function enrolDeputy(by: Company): Promise<Company> {
  const { clock } = desk.two
  const directory = mkdtempSync(join(tmpdir(), 'mithaq-deputy-'))
  const machine = await startCompany({ directory, passphrase: 'passphrase of the deputy', clock, scheduler: clock })
  more.push(machine)
  await machine.client.joining.start({ name: { en: 'Basma Al-Otaibi', ar: 'بسمة العتيبي' }, passphrase: machine.passphrase }) // prettier-ignore
  const looked = await openFile(by, await download(machine, await machine.client.joining.request()))
  if (looked.kind !== 'device-request') throw new Error(`a request read as ${looked.kind}`)
  const terms = { token: looked.token, person: null, name: looked.name, roles: ['cfo' as const], validTo: '2027-06-30' }
  const { answer } = await by.client.company.enrol({ ...terms, code: looked.code.join(' ') })
  const offer = await machine.client.joining.look({ upload: await upload(machine, 'answer.mithaq', await download(by, answer)) }) // prettier-ignore
  await machine.client.joining.confirm({ token: offer.token, matches: true })
  return machine
}
