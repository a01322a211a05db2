import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { inFolder, outcome } from '#test/agreements/tools.ts'
import { download, until, upload, type Company } from '#test/support/company.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, rows } from '#test/support/window.ts'
import type { Wire } from '#test/support/wire.ts'

const TITLE = { en: 'Cooperation on cold-chain standards', ar: 'التعاون في معايير سلسلة التبريد' }

let two: TwoCompanies
const { open } = storyWindows(() => two.end())

/** A draft with both companies' chief executives as signatories, level on both sides. */
async function drafted(): Promise<{ artifact: string; wire: Wire; a: LiveDocument; b: LiveDocument }> {
  two = await twoCompanies({ rolesA: ['ceo', 'coo'], rolesB: ['ceo', 'coo'], channelRoles: ['ceo', 'coo'] })
  const wire = two.wire()
  await two.level(wire)
  const { artifact } = await two.a.client.documents.create({
    channel: two.channel,
    type: 'PeerAgreement.v1',
    title: TITLE,
  })
  await until('B has the agreement', async () => (await two.b.client.documents.list({})).length === 1)
  const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
  const { people } = await two.a.client.agreements.get({ artifact })
  people.forEach(({ company, person, name }, at) =>
    a.add('signatories', { company, person, name: { ...name }, capacity: { en: 'Chief Executive', ar: 'الرئيس التنفيذي' }, order: `a${String(at)}` }),
  ) // prettier-ignore
  await kept(a)
  await two.level(wire)
  return { artifact, wire, a, b }
}

const latest = async ({ client }: Company, artifact: string) => (await client.agreements.get({ artifact })).versions[0]
const fileOf = async (company: Company, artifact: string, hash: string): Promise<Uint8Array> =>
  download(company, await company.client.agreements.file({ artifact, hash }))
const check = async (company: Company, bytes: Uint8Array) =>
  company.client.agreements.check({ upload: await upload(company, 'agreement.pdf', bytes) })
const refusedWith = (code: string) => ({ data: { module: 'agreements', code } })

/** What pdfsig of poppler says about each signature, without trusting anybody. */
const pdfsig = (bytes: Uint8Array): readonly string[] =>
  [...outcomeOf(bytes).matchAll(/Signature Validation: (.*)/g)].map(([, words = '']) => words.trim())
/** pdfsig ends badly for a file without a signature. */
const outcomeOf = (bytes: Uint8Array): string =>
  inFolder({ 'a.pdf': bytes }, (folder) => outcome('pdfsig', ['-nocert', join(folder, 'a.pdf')]).output)

describe('an agreement in two languages', () => {
  it('[AR-1] is drafted by two companies, closed, signed by both at the same moment, and holds before pdfsig', async () => {
    const { artifact, wire, b } = await drafted()
    const clause = rows(b, 'clauses').find(({ values }) => values['headingEn'] === 'Confidentiality')
    b.set('terms', 'it', 'noticeDays', 90)
    b.set('clauses', clause?.id ?? '', 'headingEn', 'Confidentiality and secrecy')
    await kept(b)
    await two.level(wire)
    const closed = await two.a.client.agreements.freeze({ artifact })
    const { hash = '' } = closed.versions[0] ?? {}
    expect(closed.versions[0]).toMatchObject({ version: 1, state: 'signing', fileHere: true })
    expect(closed.versions[0]?.content.terms['noticeDays']?.text).toEqual({
      en: '90 days (ninety)',
      ar: '٩٠ يومًا (تسعون)',
    })
    expect(pdfsig(await fileOf(two.a, artifact, hash))).toEqual([])
    await two.level(wire)

    wire.cut()
    await Promise.all([
      two.a.client.agreements.sign({ artifact, hash }),
      two.b.client.agreements.sign({ artifact, hash }),
    ])
    const again = two.wire()
    for (const company of [two.a, two.b])
      await until('the file carries both', async () => (await latest(company, artifact))?.state === 'signed')
    await two.level(again)
    const [left, right] = [await fileOf(two.a, artifact, hash), await fileOf(two.b, artifact, hash)]
    expect(left).toEqual(right)
    expect(pdfsig(left)).toEqual(['Signature is Valid.', 'Signature is Valid.'])
    for (const company of [two.a, two.b]) {
      const verdict = await check(company, left)
      expect(verdict).toMatchObject({ answer: 'holds', problems: [], known: { artifact, version: 1 } })
      expect(verdict.signatures.map(({ company: name }) => name).toSorted()).toEqual([
        'Gulf Supply Company',
        'Najd Trading Company',
      ])
    }
    const { rows: audit } = await two.b.client.audit.search({ text: '', kinds: ['commitment'], offset: 0, limit: 50 })
    expect(audit.map(({ code }) => code)).toEqual(expect.arrayContaining(['agreement-signed', 'agreement-file-signed']))
  })

  it('[AR-1] a changed byte, an unsigned copy and a stranger’s file are told apart', async () => {
    const { artifact, wire } = await drafted()
    const { hash = '' } = (await two.a.client.agreements.freeze({ artifact })).versions[0] ?? {}
    await two.level(wire)
    const unsigned = await fileOf(two.a, artifact, hash)
    expect((await check(two.a, unsigned)).problems).toContainEqual({ code: 'unsigned' })
    await two.a.client.agreements.sign({ artifact, hash })
    const half = await fileOf(two.a, artifact, hash)
    expect(await check(two.a, half)).toMatchObject({ answer: 'fails', problems: [{ code: 'signer-missing' }] })
    const bent = half.slice()
    bent[2000] = (bent[2000] ?? 0) ^ 1
    expect((await check(two.a, bent)).answer).toBe('fails')
    expect(await check(two.a, new TextEncoder().encode('%PDF-nonsense'))).toMatchObject({ answer: 'unreadable' })
  })
})

describe('what stands in the way', () => {
  it('[TR-21, TR-28, AGR-3, AGR-4] unequal texts and late-payment charges are not closed', async () => {
    const { artifact, a } = await drafted()
    const [first] = rows(a, 'clauses')
    const before = first?.values['textEn'] as string
    a.set('clauses', first?.id ?? '', 'textEn', 'Payment within 30 days.')
    await kept(a)
    await expect(two.a.client.agreements.freeze({ artifact })).rejects.toMatchObject(refusedWith('unequal'))
    a.set('clauses', first?.id ?? '', 'textEn', `${before} Unpaid invoices bear interest.`)
    await kept(a)
    await expect(two.a.client.agreements.freeze({ artifact })).rejects.toMatchObject(refusedWith('late-payment-charge'))
    expect((await two.a.client.agreements.get({ artifact })).versions).toEqual([])
  })

  it('[AR-1] who declines ends the version; who is no signatory, or signs twice, is refused', async () => {
    const { artifact, wire, a } = await drafted()
    const { hash = '' } = (await two.a.client.agreements.freeze({ artifact })).versions[0] ?? {}
    await expect(two.a.client.agreements.freeze({ artifact })).rejects.toMatchObject(refusedWith('nothing-changed'))
    await two.level(wire)
    await two.a.client.agreements.sign({ artifact, hash })
    await expect(two.a.client.agreements.sign({ artifact, hash })).rejects.toMatchObject(refusedWith('not-a-signatory'))
    await until('B sees it', async () =>
      (await latest(two.b, artifact))?.signatures.some(({ state }) => state === 'signed'),
    )
    await two.b.client.agreements.decline({ artifact, hash, reason: 'The notice is too short.' })
    await until('A sees it', async () => (await latest(two.a, artifact))?.state === 'declined')
    expect((await latest(two.a, artifact))?.declined?.reason).toBe('The notice is too short.')
    await expect(two.b.client.agreements.sign({ artifact, hash })).rejects.toMatchObject(refusedWith('declined'))
    a.set('terms', 'it', 'noticeDays', 120)
    await kept(a)
    expect((await two.a.client.agreements.freeze({ artifact })).versions.map(({ state }) => state)).toEqual(['signing', 'declined']) // prettier-ignore
  })
})
