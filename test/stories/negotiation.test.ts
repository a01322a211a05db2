import { generateKeyBetween } from 'fractional-indexing'
import { describe, expect, it } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import { redline } from '#shared/agreement/redline.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { download, until, upload, type Company } from '#test/support/company.ts'
import { editDocx, editPart, silentReplace, trackedReplace } from '#test/support/edit-docx.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, rows } from '#test/support/window.ts'
import type { Wire } from '#test/support/wire.ts'

const TITLE = { en: 'Cooperation on cold-chain standards', ar: 'التعاون في معايير سلسلة التبريد' }

let two: TwoCompanies
const { open } = storyWindows(() => two.end())

/** A draft that both companies have open. */
async function drafted(): Promise<{ artifact: string; wire: Wire; a: LiveDocument; b: LiveDocument }> {
  two = await twoCompanies({ rolesA: ['ceo', 'legal'], rolesB: ['ceo', 'legal'], channelRoles: ['ceo', 'legal'] })
  const wire = two.wire()
  await two.level(wire)
  const { artifact } = await two.a.client.documents.create({
    channel: two.channel,
    type: 'PeerAgreement.v1',
    title: TITLE,
  })
  await until('B has the agreement', async () => (await two.b.client.documents.list({})).length === 1)
  const [a, b] = [await open(two.a, artifact), await open(two.b, artifact)]
  await two.level(wire)
  return { artifact, wire, a, b }
}
const clauseNamed = (live: LiveDocument, heading: string) => {
  const found = rows(live, 'clauses').find(({ values }) => values['headingEn'] === heading)
  if (!found) throw new Error(`no clause is called ${heading}`)
  return found
}

const wording = (live: LiveDocument, clause: string) => {
  const { values } = rows(live, 'clauses').find(({ id }) => id === clause) ?? { values: {} as Record<string, unknown> }
  const text = (field: string): string => (typeof values[field] === 'string' ? values[field] : '')
  return {
    en: { heading: text('headingEn'), text: text('textEn') },
    ar: { heading: text('headingAr'), text: text('textAr') },
  }
}
const only = async ({ client }: Company, artifact: string) => {
  const [first, ...more] = await client.negotiation.proposals({ artifact })
  if (!first || more.length > 0) throw new Error('not one proposal')
  return first
}
const refusedWith = (code: string) => ({ data: { module: 'negotiation', code } })

describe('versions beside each other', () => {
  it('[RDL-1, RDL-4, RDL-5] a named draft, what was written since, and the draft compare the same on both sides', async () => {
    const { artifact, wire, a, b } = await drafted()
    await two.a.client.documents.nameVersion({ artifact, name: 'Our first offer' })
    const secrecy = clauseNamed(b, 'Confidentiality')
    b.set('clauses', secrecy.id, 'textAr', `${String(secrecy.values['textAr'])} ولا تُفشى.`)
    b.set('terms', 'it', 'noticeDays', 90)
    await kept(b)
    await two.level(wire)
    a.remove('clauses', clauseNamed(a, 'Confidentiality').id)
    a.add('clauses', { headingEn: 'Secrecy', headingAr: 'الكتمان', textEn: 'Nothing is told.', textAr: 'لا يُفشى شيء.', order: 'a0V' }) // prettier-ignore
    await kept(a)
    await two.level(wire)
    const found = await Promise.all(
      [two.a, two.b].map(async ({ client }) => {
        const versions = await client.negotiation.versions({ artifact })
        expect(versions.map(({ kind, name }) => [kind, name])).toEqual([['draft', null], ['named', 'Our first offer']]) // prettier-ignore
        const [after, before] = await Promise.all(versions.map(({ key }) => client.negotiation.text({ artifact, key })))
        if (!before || !after) throw new Error('a version without a text')
        return redline(before, after)
      }),
    )
    expect(found[0]).toEqual(found[1])
    const { entries, clauses, changes } = found[0] as (typeof found)[number]
    expect(entries.map(({ kind, id, state }) => [kind, id, state])).toEqual([['term', 'noticeDays', 'changed']])
    const states = clauses.filter(({ state }) => state !== 'same')
    expect(states.map(({ state, heading }) => [state, heading.en.map(({ text }) => text).join('')])).toEqual(
      expect.arrayContaining([
        ['inserted', 'Secrecy'],
        ['deleted', 'Confidentiality'],
      ]),
    )
    expect(changes).toBe(entries.length + states.length)
    await expect(two.a.client.negotiation.text({ artifact, key: `closed/${'0'.repeat(64)}` })).rejects.toMatchObject({
      data: { module: 'agreements', code: 'no-such-version' },
    })
  })
})

describe('proposals', () => {
  it('[PRO-1, PRO-3, PRO-5] one proposes, the other counters, the first accepts: the words stand in both drafts, attributed', async () => {
    const { artifact, wire, a, b } = await drafted()
    const secrecy = clauseNamed(a, 'Confidentiality')
    const before = wording(a, secrecy.id)
    const en = {
      heading: 'Confidentiality',
      text: 'Each party keeps secret what it receives for {confidentialityYears}.',
    }
    await two.a.client.negotiation.propose({
      artifact,
      change: { kind: 'clause', clause: secrecy.id, before, en },
      rationale: 'Shorter and clearer.',
      answers: null,
    })
    await two.level(wire)
    const offer = await only(two.b, artifact)
    expect(offer).toMatchObject({ state: 'open', rationale: 'Shorter and clearer.', by: { own: false }, word: null })
    expect(offer.by.company.name.en).toBe('Najd Trading Company')
    expect((await two.b.client.today.get()).needs.map(({ code }) => code)).toContain('answer-proposal')
    await expect(
      two.a.client.negotiation.accept({ artifact, proposal: offer.id, seen: before, place: null }),
    ).rejects.toMatchObject(refusedWith('own-proposal'))

    const ar = { heading: 'السرية', text: 'يحفظ كل طرف ما يتلقاه سرًا لمدة {confidentialityYears}.' }
    await two.b.client.negotiation.propose({
      artifact,
      change: { kind: 'clause', clause: secrecy.id, before, en, ar },
      rationale: 'نقبله إذا تغيّر النص العربي معه.',
      answers: offer.id,
    })
    await two.level(wire)
    const [counter, first] = await two.a.client.negotiation.proposals({ artifact })
    expect(first).toMatchObject({ state: 'countered', replies: [{ kind: 'countered', counter: counter?.id }] })
    await two.a.client.negotiation.accept({ artifact, proposal: counter?.id ?? '', seen: before, place: null })
    await two.level(wire)
    for (const live of [a, b]) {
      await until('the words are in the draft', () => wording(live, secrecy.id).en.text === en.text)
      expect(wording(live, secrecy.id)).toEqual({ en, ar })
    }
    const [accepted] = await two.b.client.negotiation.proposals({ artifact })
    expect(accepted).toMatchObject({ state: 'accepted', by: { own: true }, replies: [{ kind: 'accepted', by: { own: false } }] }) // prettier-ignore
    const { rows: audit } = await two.a.client.audit.search({ text: '', kinds: ['update'], offset: 0, limit: 50 })
    expect(audit.map(({ code }) => code)).toEqual(expect.arrayContaining(['change-proposed', 'proposal-accepted']))
  })

  it('[PRO-4] who accepts has seen what stands there now, and a contradiction is never written over', async () => {
    const { artifact, wire, a, b } = await drafted()
    const secrecy = clauseNamed(a, 'Confidentiality')
    const before = wording(a, secrecy.id)
    const change = { kind: 'clause', clause: secrecy.id, before, en: { ...before.en, text: 'All is secret.' } } as const
    await two.a.client.negotiation.propose({ artifact, change, rationale: 'Plain.', answers: null })
    await two.level(wire)
    const { id: proposal } = await only(two.b, artifact)
    b.set('clauses', secrecy.id, 'textAr', 'كل شيء سري.')
    await kept(b)
    // What the person looked at is not what stands there any more.
    await expect(
      two.b.client.negotiation.accept({ artifact, proposal, seen: before, place: null }),
    ).rejects.toMatchObject(refusedWith('changed-meanwhile'))
    await two.level(wire)

    wire.cut()
    a.set('clauses', secrecy.id, 'textEn', 'Nothing is secret.')
    b.set('clauses', secrecy.id, 'textEn', 'Much is secret.')
    await Promise.all([kept(a), kept(b)])
    const again = two.wire()
    await two.level(again)
    await until('both texts are seen', () => (clauseNamed(b, 'Confidentiality').conflicts.get('textEn')?.length ?? 0) === 2) // prettier-ignore
    await expect(
      two.b.client.negotiation.accept({ artifact, proposal, seen: wording(b, secrecy.id), place: null }),
    ).rejects.toMatchObject(refusedWith('contradiction-open'))
    expect(clauseNamed(a, 'Confidentiality').conflicts.get('textEn')).toHaveLength(2)
    // Nor does a Word file hide one of the two.
    await expect(save(two.b, artifact)).rejects.toMatchObject(refusedWith('contradictions-open'))
    b.set('clauses', secrecy.id, 'textEn', 'Much is secret.')
    await kept(b)
    await two.b.client.negotiation.accept({ artifact, proposal, seen: wording(b, secrecy.id), place: null })
    await until('the words are there', () => wording(b, secrecy.id).en.text === 'All is secret.')
    // Only the language that was proposed was written.
    expect(wording(b, secrecy.id).ar.text).toBe('كل شيء سري.')
  })

  it('[PRO-7, RDL-4] a clause is moved by a proposal: countered by another place, accepted, and shown by the redline as moved', async () => {
    const { artifact, wire, a, b } = await drafted()
    await two.a.client.documents.nameVersion({ artifact, name: 'Before the move' })
    const ids = (live: LiveDocument) => rows(live, 'clauses').map(({ id }) => id)
    const before = ids(a)
    const [first = '', second = '', third = ''] = before
    const last = before.at(-1) ?? ''
    const move = (after: string | null) => ({ kind: 'move', clause: last, after, before: before.at(-2) ?? '' }) as const
    const propose = ({ client }: Company, after: string | null, answers: string | null = null) =>
      client.negotiation.propose({ artifact, change: move(after), rationale: 'It belongs there.', answers })
    await expect(propose(two.a, before.at(-2) ?? '')).rejects.toMatchObject(refusedWith('nothing-to-change'))
    await expect(propose(two.a, 'zz')).rejects.toMatchObject(refusedWith('place-gone'))
    await propose(two.a, null)
    await two.level(wire)
    const offer = await only(two.b, artifact)
    expect(offer).toMatchObject({ state: 'open', change: move(null), word: null })
    expect((await two.b.client.today.get()).needs.map(({ code }) => code)).toContain('answer-proposal')
    const news = (await two.b.client.today.get()).changes.find(({ code }) => code === 'move-proposed')
    expect(news?.target).toEqual({ area: 'document', id: artifact })
    // Words instead of a place are no counter to it.
    const wordsOf = wording(b, last)
    const change = { kind: 'clause', clause: last, before: wordsOf, en: { ...wordsOf.en, text: 'x' } } as const
    await expect(two.b.client.negotiation.propose({ artifact, change, rationale: 'x', answers: offer.id })).rejects.toMatchObject(refusedWith('other-subject')) // prettier-ignore
    await propose(two.b, first, offer.id)
    await two.level(wire)
    const [counter, answered] = await two.a.client.negotiation.proposals({ artifact })
    expect(answered).toMatchObject({ state: 'countered' })
    const orders = rows(a, 'clauses').map(({ values }) => String((values as { order?: unknown }).order))
    const place = generateKeyBetween(orders[0] ?? null, orders[1] ?? null)
    const seen = before.at(-2) ?? ''
    const accept = (said: { seen: string; place: string | null }) => two.a.client.negotiation.accept({ artifact, proposal: counter?.id ?? '', ...said }) // prettier-ignore
    await expect(accept({ seen: first, place })).rejects.toMatchObject(refusedWith('changed-meanwhile'))
    await expect(accept({ seen, place: null })).rejects.toMatchObject(refusedWith('changed-meanwhile'))
    await accept({ seen, place })
    await two.level(wire)
    for (const live of [a, b]) {
      await until('it stands there', () => ids(live)[1] === last)
      expect(ids(live).slice(0, 4)).toEqual([first, last, second, third])
      expect(wording(live, last)).toEqual(wordsOf)
    }
    const [now, then] = await Promise.all((await two.b.client.negotiation.versions({ artifact })).map(({ key }) => two.b.client.negotiation.text({ artifact, key }))) // prettier-ignore
    const { clauses, changes } = redline(then!, now!)
    expect(clauses.filter(({ moved }) => moved)).toMatchObject([{ id: last, state: 'same', is: 2 }])
    expect(changes).toBe(1)
  })

  it('[PRO-5] values, new clauses and removals are accepted into the draft; a no carries its reason', async () => {
    const { artifact, wire, a, b } = await drafted()
    const { client } = two.a
    const secrecy = clauseNamed(a, 'Confidentiality')
    const audit = { heading: 'Audit', text: 'Each party may audit once a year.' }
    const propose = (change: Parameters<typeof client.negotiation.propose>[0]['change']) =>
      client.negotiation.propose({ artifact, change, rationale: 'We need it.', answers: null })
    await propose({ kind: 'term', term: 'noticeDays', before: 60, value: 90 })
    await propose({ kind: 'insert', after: secrecy.id, en: audit, ar: { heading: 'التدقيق', text: 'لكل طرف التدقيق مرة في السنة.' } }) // prettier-ignore
    await propose({ kind: 'remove', clause: secrecy.id, before: wording(a, secrecy.id) })
    await expect(propose({ kind: 'term', term: 'nonsense', before: null, value: 1 })).rejects.toMatchObject(refusedWith('no-such-term')) // prettier-ignore
    await two.level(wire)
    const [removal, insert, term] = await two.b.client.negotiation.proposals({ artifact })
    const accept = (proposal: string | undefined, seen: unknown, place: string | null = null) =>
      two.b.client.negotiation.accept({ artifact, proposal: proposal ?? '', seen: seen as never, place })
    await accept(term?.id, 60)
    await accept(insert?.id, null, 'a0V')
    await two.b.client.negotiation.decline({ artifact, proposal: removal?.id ?? '', reason: 'Secrecy stays.' })
    await expect(accept(removal?.id, wording(b, secrecy.id))).rejects.toMatchObject(refusedWith('already-answered'))
    await two.level(wire)
    await until('the new clause is there', () => rows(a, 'clauses').some(({ values }) => values['headingEn'] === 'Audit')) // prettier-ignore
    expect(rows(a, 'terms')[0]?.values['noticeDays']).toBe(90)
    expect(clauseNamed(a, 'Confidentiality')).toBeDefined()
    const [declined] = await client.negotiation.proposals({ artifact })
    expect(declined).toMatchObject({ state: 'declined', replies: [{ kind: 'declined', reason: 'Secrecy stays.' }] })
  })

  it('[PRO-6] a trade-off is read by both, and taken back only by whose it is', async () => {
    const { artifact, wire } = await drafted()
    const order = { given: 'Thirty days of notice', received: 'Joint ownership', worth: 250_000_00, clause: 'c2', rationale: 'Fair.' } // prettier-ignore
    await two.a.client.negotiation.recordTradeOff({ artifact, ...order })
    await two.level(wire)
    const [found] = await two.b.client.negotiation.tradeOffs({ artifact })
    expect(found).toMatchObject({ ...order, by: { own: false } })
    const place = { artifact, tradeOff: found?.id ?? '' }
    await expect(two.b.client.negotiation.withdrawTradeOff(place)).rejects.toMatchObject(refusedWith('not-your-trade-off')) // prettier-ignore
    expect(await two.a.client.negotiation.withdrawTradeOff(place)).toEqual([])
  })
})

const save = async (company: Company, artifact: string, from: string | null = null): Promise<Uint8Array> =>
  download(company, await company.client.negotiation.exportWord({ artifact, from, to: 'draft' }))
const readWord = async (company: Company, artifact: string, bytes: Uint8Array) => {
  const id = await upload(company, 'Counsel.docx', bytes)
  return { id, read: await company.client.negotiation.readWord({ artifact, upload: id }) }
}

describe('through Word', () => {
  it('[WRD-1, WRD-2, WRD-4, WRD-7] one side’s file, edited by a lawyer, comes back on the other side as proposals and is accepted', async () => {
    const { artifact, wire, a, b } = await drafted()
    await two.a.client.documents.nameVersion({ artifact, name: 'First offer' })
    const secrecy = clauseNamed(a, 'Confidentiality')
    a.set('clauses', secrecy.id, 'textEn', 'All is secret for {confidentialityYears}. Nothing else counts.')
    a.set('clauses', secrecy.id, 'textAr', 'كل شيء سري مدة {confidentialityYears}. ولا عبرة بغير ذلك.')
    await kept(a)
    const [, named] = await two.a.client.negotiation.versions({ artifact })
    const bytes = await save(two.a, artifact, named?.key ?? '')
    // Who made the words is in the file, by their certificate.
    editDocx(bytes, (xml) => {
      expect(xml).toMatch(/<w:ins [^>]*w:author="[^"]*\(Najd Trading Company\) · Mithaq"/)
      return xml
    })
    await two.level(wire)
    expect((await readWord(two.b, artifact, bytes)).read.items).toEqual([])

    const edited = editDocx(bytes, (xml) => {
      const tracked = trackedReplace(xml, 'Nothing else counts', 'The law stays', 'Sara Counsel')
      return silentReplace(trackedReplace(tracked, 'notice of 60 days (sixty)', 'notice of 90 days (ninety)', 'Sara Counsel'), 'عبرة', 'قيمة') // prettier-ignore
    })
    const { id, read } = await readWord(two.b, artifact, edited)
    expect(read.exported.by.company.name.en).toBe('Najd Trading Company')
    expect(read.items).toMatchObject([
      { clause: secrecy.id, names: ['Sara Counsel'], untracked: true, gone: false },
      { names: ['Sara Counsel'], terms: [{ term: 'noticeDays', value: 90 }] },
    ])
    const { proposed } = await two.b.client.negotiation.proposeFromWord({
      artifact,
      upload: id,
      rationale: 'As our counsel would have it.',
      choices: read.items.map((item) => ({ item: item.id, as: 'clause', clause: item.clause })),
    })
    expect(proposed).toBe(2)
    await two.level(wire)
    const all = await two.a.client.negotiation.proposals({ artifact })
    const clause = all.find(({ change }) => change.kind === 'clause')
    const term = all.find(({ change }) => change.kind === 'term')
    // The proposer is who brought the file in; what the file names is a claim beside it.
    expect(clause).toMatchObject({
      by: { own: false, company: { name: { en: 'Gulf Supply Company' } } },
      word: { file: 'Counsel.docx', names: ['Sara Counsel'], untracked: true },
    })
    expect(term?.change).toMatchObject({ term: 'noticeDays', before: 60, value: 90 })
    for (const [one, seen] of [[clause, wording(a, secrecy.id)], [term, 60]] as const)
      await two.a.client.negotiation.accept({ artifact, proposal: one?.id ?? '', seen, place: null }) // prettier-ignore
    await two.level(wire)
    await until('both have it', () => [a, b].every((live) => wording(live, secrecy.id).en.text.includes('The law stays'))) // prettier-ignore
    expect(wording(b, secrecy.id)).toMatchObject({
      en: { text: 'All is secret for {confidentialityYears}. The law stays.' },
      ar: { text: 'كل شيء سري مدة {confidentialityYears}. ولا قيمة بغير ذلك.' },
    })
    expect(rows(b, 'terms')[0]?.values['noticeDays']).toBe(90)
  })

  it('[WRD-3] a new row and a clause that was taken out become what a person says, and are attributed', async () => {
    const { artifact, wire, a } = await drafted()
    const bytes = await save(two.a, artifact)
    await two.level(wire)
    const cell = (text: string) => `<w:tc><w:tcPr/><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`
    const edited = editDocx(bytes, (xml) => {
      const secrecy = clauseNamed(a, 'Confidentiality').id
      const row = xml.match(/<w:tr(?: [^>]*)?>(?:(?!<\/w:tr>).)*<\/w:tr>/gs)?.find((one) => one.includes(`c_${secrecy}_he`)) // prettier-ignore
      return xml
        .replace(row ?? 'no row', '')
        .replace(/(.*)<\/w:tbl>/s, `$1<w:tr>${cell('No party assigns.')}${cell('لا يحيل أي طرف.')}</w:tr></w:tbl>`)
    })
    const { id, read } = await readWord(two.b, artifact, edited)
    expect(read.items.map(({ kind }) => kind)).toEqual(['unplaced', 'missing'])
    const [added, missing] = read.items
    await two.b.client.negotiation.proposeFromWord({
      artifact,
      upload: id,
      rationale: 'As marked.',
      choices: [
        { item: added?.id ?? '', as: 'insert', clause: added?.after ?? null },
        { item: missing?.id ?? '', as: 'remove', clause: missing?.clause ?? null },
      ],
    })
    await two.level(wire)
    const kinds = (await two.a.client.negotiation.proposals({ artifact })).map(({ change }) => change.kind)
    expect(kinds.toSorted()).toEqual(['insert', 'remove'])
  })

  it('[WRD-5] a file of another agreement, of an unknown text and of none of ours is refused', async () => {
    const { artifact, wire } = await drafted()
    const bytes = await save(two.a, artifact)
    await two.level(wire)
    const { artifact: other } = await two.a.client.documents.create({ channel: two.channel, type: 'PeerAgreement.v1', title: TITLE }) // prettier-ignore
    await expect(readWord(two.a, other, bytes)).rejects.toMatchObject(refusedWith('word-other-agreement'))
    const custom = (change: (xml: string) => string) => editPart(bytes, 'docProps/custom.xml', change)
    const forged = custom((xml) => xml.replace(/[0-9a-f]{64}/, 'f'.repeat(64)))
    await expect(readWord(two.b, artifact, forged)).rejects.toMatchObject(refusedWith('word-version-unknown'))
    const bare = custom((xml) => xml.replaceAll('Mithaq', 'Other'))
    await expect(readWord(two.b, artifact, bare)).rejects.toMatchObject(refusedWith('word-not-from-here'))
    await expect(readWord(two.b, artifact, utf8('Dear partner'))).rejects.toMatchObject(refusedWith('word-unreadable'))
  })
})
