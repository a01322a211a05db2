import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { redline } from '#shared/agreement/redline.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { inFolder, outcome, pem, told } from '#test/agreements/tools.ts'
import { partsOf } from '#test/agreements/signed-sample.ts'
import { download, openFile, until, upload, type Company } from '#test/support/company.ts'
import { meet as meetAtHome } from '#test/support/colleagues.ts'
import { editDocx, silentReplace, trackedReplace } from '#test/support/edit-docx.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, rows } from '#test/support/window.ts'

const TITLE = { en: 'Cooperation on cold-chain standards', ar: 'التعاون في معايير سلسلة التبريد' }

let two: TwoCompanies
const colleagues: Company[] = []
const { open } = storyWindows(() => {
  for (const { engine, directory, bugs } of colleagues.splice(0)) {
    engine.close()
    rmSync(directory, { recursive: true, force: true })
    expect(bugs).toEqual([])
  }
  two.end()
})

const packed = async (from: Company): Promise<Uint8Array> =>
  download(from, await from.client.workspaces.exportSync({ workspace: two.workspace }))

/** Everybody's entries to everybody, as sealed files by way of the first: no two of the four are ever online together. */
async function meet([first, ...others]: readonly Company[]): Promise<void> {
  if (!first) return
  for (const from of others) await openFile(first, await packed(from))
  const all = await packed(first)
  for (const to of others) await openFile(to, all)
}

const clauseOf = (live: LiveDocument, heading: string) => {
  const found = rows(live, 'clauses').find(({ values }) => values['headingEn'] === heading)
  if (!found) throw new Error(`no clause is called ${heading}`)
  const text = (field: string): string => String(found.values[field] ?? '')
  return {
    id: found.id,
    now: {
      en: { heading: text('headingEn'), text: text('textEn') },
      ar: { heading: text('headingAr'), text: text('textAr') },
    },
  }
}
const versions = async ({ client }: Company, artifact: string) => (await client.agreements.get({ artifact })).versions
const closeDraft = async (company: Company, artifact: string): Promise<string> =>
  (await company.client.agreements.freeze({ artifact })).versions[0]?.hash ?? ''

describe('a contract from first draft to four signatures', () => {
  it('[AR-1] [RDL-1] [PRO-5] [WRD-2] [SIG-3] four versions in two languages, apart and through Word, signed on four devices, two at the same moment', async () => {
    two = await twoCompanies({ rolesA: ['ceo', 'coo'], rolesB: ['ceo', 'coo'], channelRoles: ['ceo', 'coo'] })
    await two.mail(two.a, two.b)
    const { a, b } = two
    const [amal, badr] = [a, b]
    const basma = await enrolled(a, two.clock, { name: { en: 'Basma Al-Otaibi', ar: 'بسمة العتيبي' }, roles: ['ceo'] })
    colleagues.push(basma)
    const dana = await enrolled(b, two.clock, { name: { en: 'Dana Al-Dosari', ar: 'دانة الدوسري' }, roles: ['ceo'] })
    colleagues.push(dana)
    const everybody = [amal, badr, basma, dana]
    // A company certifies the keys of its other devices among itself.
    await meetAtHome(amal, basma)
    await meetAtHome(badr, dana)
    await meet(everybody)
    const { artifact } = await a.client.documents.create({ channel: two.channel, type: 'PeerAgreement.v1', title: TITLE }) // prettier-ignore
    await meet(everybody)
    const [atA, atB] = [await open(a, artifact), await open(b, artifact)]
    const { people } = await a.client.agreements.get({ artifact })
    expect(people).toHaveLength(4)
    people.forEach(({ company, person, name }, at) =>
      atA.add('signatories', { company, person, name: { ...name }, capacity: { en: 'Chief Executive', ar: 'الرئيس التنفيذي' }, order: `a${String(at)}` }),
    ) // prettier-ignore
    await kept(atA)
    await meet(everybody)
    const first = await closeDraft(a, artifact)

    // Apart: B proposes a clause in both languages while A edits another, and neither knows of the other.
    const secrecy = clauseOf(atB, 'Confidentiality')
    const en = { heading: 'Confidentiality', text: 'Each party keeps secret what it receives, for {confidentialityYears} after the end.' } // prettier-ignore
    const ar = { heading: 'السرية', text: 'يحفظ كل طرف ما يتلقاه سرًا، مدة {confidentialityYears} بعد الانتهاء.' }
    await b.client.negotiation.propose({
      artifact,
      change: { kind: 'clause', clause: secrecy.id, before: secrecy.now, en, ar },
      rationale: 'Shorter, and the same duty.',
      answers: null,
    })
    const scope = clauseOf(atA, 'Scope and objectives')
    atA.set('clauses', scope.id, 'textEn', 'The parties cooperate as equals.')
    atA.set('clauses', scope.id, 'textAr', 'يتعاون الطرفان ندّين.')
    await kept(atA)
    await meet(everybody)
    const [offer] = await a.client.negotiation.proposals({ artifact })
    await a.client.negotiation.accept({ artifact, proposal: offer?.id ?? '', seen: clauseOf(atA, 'Confidentiality').now, place: null }) // prettier-ignore
    await meet(everybody)
    await until('B has the words', () => clauseOf(atB, 'Confidentiality').now.en.text === en.text)
    await closeDraft(b, artifact)
    await meet(everybody)

    // One round through Word: A's file with the changes since version 1, edited by B's counsel.
    const saved = await download(a, await a.client.negotiation.exportWord({ artifact, from: `closed/${first}`, to: 'draft' })) // prettier-ignore
    await meet(everybody)
    const edited = editDocx(saved, (xml) =>
      silentReplace(trackedReplace(xml, 'notice of 60 days (sixty)', 'notice of 90 days (ninety)', 'Sara Counsel'), 'competent courts', 'courts of Riyadh'),
    ) // prettier-ignore
    const counsel = await upload(b, 'Counsel.docx', edited)
    const { items } = await b.client.negotiation.readWord({ artifact, upload: counsel })
    expect(items.map(({ names, untracked }) => [names, untracked])).toEqual([[[], true], [['Sara Counsel'], false]]) // prettier-ignore
    await b.client.negotiation.proposeFromWord({
      artifact,
      upload: counsel,
      rationale: 'As our counsel would have it.',
      choices: items.map(({ id, clause }) => ({ item: id, as: 'clause', clause })),
    })
    await meet(everybody)
    const fromWord = (await a.client.negotiation.proposals({ artifact })).filter(({ word }) => word !== null)
    expect(fromWord.map(({ by }) => by.own)).toEqual([false, false])
    const [value, courts] = ['term', 'clause'].map((kind) => fromWord.find(({ change }) => change.kind === kind))
    await a.client.negotiation.accept({ artifact, proposal: value?.id ?? '', seen: 60, place: null })
    await closeDraft(a, artifact)
    await meet(everybody)

    // The wording that only one language changed is countered in both, and that is accepted.
    const disputes = clauseOf(atA, 'Disputes')
    const both = (text: string, arabic: string) => ({ en: { ...disputes.now.en, text }, ar: { ...disputes.now.ar, text: arabic } }) // prettier-ignore
    const counter = both('A dispute goes to the courts of Riyadh after {mediationDays} of mediation.', 'تُرفع المنازعة إلى محاكم الرياض بعد وساطة مدتها {mediationDays}.') // prettier-ignore
    await a.client.negotiation.propose({
      artifact,
      change: { kind: 'clause', clause: disputes.id, before: disputes.now, ...counter },
      rationale: 'The Arabic has to say so too.',
      answers: courts?.id ?? '',
    })
    await meet(everybody)
    const [last] = await b.client.negotiation.proposals({ artifact })
    await b.client.negotiation.accept({ artifact, proposal: last?.id ?? '', seen: clauseOf(atB, 'Disputes').now, place: null }) // prettier-ignore
    const hash = await closeDraft(b, artifact)
    await meet(everybody)

    // Everybody holds the same four versions and reads the same way from the first to the last.
    const read = await Promise.all(
      everybody.map(async (company) => {
        const all = await versions(company, artifact)
        expect(all.map(({ version, state }) => [version, state])).toEqual([[4, 'signing'], [3, 'superseded'], [2, 'superseded'], [1, 'superseded']]) // prettier-ignore
        const text = (key: string) => company.client.negotiation.text({ artifact, key })
        return redline(await text(`closed/${first}`), await text(`closed/${hash}`))
      }),
    )
    for (const other of read) expect(other).toEqual(read[0])
    expect(read[0]?.clauses.filter(({ state }) => state === 'changed').map(({ heading }) => heading.en.map(({ text }) => text).join(''))) // prettier-ignore
      .toEqual(['Scope and objectives', 'Confidentiality', 'Disputes', 'Term, renewal and exit'])
    expect(read[0]?.entries.map(({ id }) => id)).toEqual(['noticeDays'])

    // Amal and Badr sign at the same moment, apart; then the two others.
    await Promise.all([amal, badr].map(({ client }) => client.agreements.sign({ artifact, hash })))
    const isIn = (company: Company) =>
      until('the own signature is in the file', async () => {
        const [latest] = await versions(company, artifact)
        return latest?.signatures.find(({ own }) => own)?.state === 'signed'
      })
    await meet(everybody)
    // Of two signatures on one state one gave way: its device puts it behind the other by itself.
    for (const company of [amal, badr]) await isIn(company)
    await meet(everybody)
    for (const company of [basma, dana]) {
      await company.client.agreements.sign({ artifact, hash })
      await isIn(company)
      await meet(everybody)
    }
    const files = await Promise.all(
      everybody.map(async (company) => {
        expect((await versions(company, artifact))[0]?.state).toBe('signed')
        return download(company, await company.client.agreements.file({ artifact, hash }))
      }),
    )
    const [file = new Uint8Array()] = files
    for (const other of files) expect(other).toEqual(file)

    // What others say who trust nobody here.
    const pdfsig = inFolder({ 'a.pdf': file }, (folder) => outcome('pdfsig', ['-nocert', join(folder, 'a.pdf')]).output)
    expect(pdfsig.match(/Signature is Valid\./g)).toHaveLength(4)
    expect(told(file, 'qpdf', '--check', 'FILE')).toContain('No syntax or stream encoding errors')
    const mutool = told(file, 'mutool', 'sign', '-v', 'FILE')
    expect(mutool).not.toMatch(/invalid|failure/i)
    expect(mutool).toContain('The document is unchanged since signing.')
    const roots = rootsOf(amal, artifact)
    expect(new Set(roots.toString().match(/-----BEGIN[^-]+-----[^-]+/g))).toHaveProperty('size', 2)
    for (const index of [0, 1, 2, 3]) {
      const { der, content } = partsOf(file, index)
      const verify = (of: Uint8Array) =>
        inFolder({ 'a.der': der, content: of, 'ca.pem': roots }, (folder) =>
          outcome('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', join(folder, 'a.der'), '-content', join(folder, 'content'),
            '-CAfile', join(folder, 'ca.pem'), '-attime', String(Math.floor(two.clock.now() / 1000)), '-out', '/dev/null']),
        ) // prettier-ignore
      expect(verify(content)).toMatchObject({ code: 0 })
      expect(verify(content.with(1_000, (content[1_000] ?? 0) ^ 1)).code).not.toBe(0)
    }
  }, 240_000)
})

/** The roots that the signers stated, as openssl wants them. */
function rootsOf({ engine }: Company, artifact: string): Buffer {
  const runtime = engine.desk.session.hub.runtime(two.channel as never)
  const facts = runtime?.facts.eventsOf(artifact as never, 'agreement-file-signed') ?? []
  return Buffer.concat(facts.map(({ fact }) => pem('CERTIFICATE', fact.ca)))
}
