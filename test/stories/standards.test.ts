import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap'
import { describe, expect, it } from 'vitest'
import { Broken } from '#ui/features/standards/suggest-breaks.ts'
import { Deletion, Insertion, suggestReplacement } from '#ui/features/standards/suggest.ts'
import { decide } from '#ui/features/standards/suggestions.ts'
import { writeTree } from '#ui/features/standards/shared-text.ts'
import { writeImported } from '#ui/features/standards/write-imported.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { paragraph } from '#shared/standards/sample.ts'
import { dueOf } from '#shared/standards/due.ts'
import { adoptionRate, passRateOfVersion } from '#shared/standards/rates.ts'
import type { ReleasedView, StandardView } from '#shared/projection/standard-views.ts'
import { plainText, treeOf } from '#shared/standards/rich-text.ts'
import { auditOf, download, refusalOf, until, upload, type Company } from '#test/support/company.ts'
import { contradicted } from '#test/support/contradicting.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, rows } from '#test/support/window.ts'
import type { Wire } from '#test/support/wire.ts'

const TITLE = { en: 'Delivery notes', ar: 'إشعارات التسليم' }
const SCHEMA = '{"type":"object","required":["number"],"properties":{"number":{"type":"string","pattern":"^N"}}}'

let two: TwoCompanies
const { open } = storyWindows(() => two.end())
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A standard with one clause and one test in a window of A, and B linked. */
async function standard(): Promise<{ artifact: string; a: LiveDocument; wire: Wire }> {
  two = await twoCompanies()
  const wire = two.wire()
  const { artifact } = await two.a.client.documents.create({
    channel: two.channel,
    type: 'StandardsDoc.v1',
    title: TITLE,
  })
  const a = await open(two.a, artifact)
  a.add('about', { title: TITLE }, 'it')
  a.add('clauses', { order: 'a0', level: 1, headingEn: 'Scope', headingAr: 'النطاق', nature: 'requirement' }, 'c1')
  a.doc.transact(() => writeTree(a.fragment('clauses', 'c1', 'textEn'), treeOf([paragraph('Each note has a number.')])))
  a.add('tests', { order: 'a0', title: { en: 'Has a number', ar: 'له رقم' }, strength: 'must', method: 'json-schema', input: SCHEMA, clause: 'c1' }, 't1') // prettier-ignore
  a.add('versions', { number: '1.0.0', changeLog: 'First version' }, 'v1')
  await kept(a)
  await until('B has it', async () => (await two.b.client.documents.list({})).length === 1)
  await two.level(wire)
  return { artifact, a, wire }
}
const schema = getSchema([StarterKit.configure({ undoRedo: false }), Insertion, Deletion, Broken])
/** What an editor over the clause's English text does, without a page around it. */
function editing(live: LiveDocument, change: (state: EditorState) => EditorState): void {
  const text = live.fragment('clauses', 'c1', 'textEn')
  const { doc, meta } = initProseMirrorDoc(text, schema)
  live.doc.transact(() => updateYFragment(live.doc, text, change(EditorState.create({ schema, doc })).doc, meta))
}

async function release(company: Company, artifact: string, version: string): Promise<StandardView> {
  const { hash } = await company.client.standards.preview({ artifact, version })
  return company.client.standards.release({ artifact, version, hash })
}
const asReleased = ({ version, content, definitions }: ReleasedView) => ({
  version,
  content,
  definitions: new Map(Object.entries(definitions)),
})

describe('a standard between two companies', () => {
  it('[STD-7] [AR-2] [UC-1] a released version is the same on both sides and stays as it was, whatever is edited later', async () => {
    const { artifact, a, wire } = await standard()
    const preview = await two.a.client.standards.preview({ artifact, version: 'v1' })
    expect(preview).toMatchObject({
      number: '1.0.0',
      previous: null,
      refusal: null,
      open: { conflicts: 0, suggestions: 0 },
    })
    const { released } = await two.a.client.standards.release({ artifact, version: 'v1', hash: preview.hash })
    expect(released).toMatchObject([{ version: '1.0.0', hash: preview.hash, content: preview.content }])
    await until(
      'B has the version',
      async () => (await two.b.client.standards.open({ artifact })).released.length === 1,
    )

    const b = await open(two.b, artifact)
    b.set('clauses', 'c1', 'headingEn', 'Other scope')
    b.remove('tests', 't1')
    await kept(b)
    await two.level(wire)
    await until('A sees the edit', () => rows(a, 'clauses')[0]?.values['headingEn'] === 'Other scope')
    for (const { client } of [two.a, two.b])
      expect((await client.standards.open({ artifact })).released).toEqual(released)
    expect(await auditOf(two.a, ['update'])).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'standard-released' })]),
    )
  })

  it('[STD-4] [STD-6] [AR-2] a release waits for conflicts, for the draft that was shown, and for a number that says what changed', async () => {
    const { artifact, a, wire } = await standard()
    const b = await open(two.b, artifact)
    wire.cut()
    a.set('clauses', 'c1', 'headingEn', 'Range')
    b.set('clauses', 'c1', 'headingEn', 'Extent')
    await Promise.all([kept(a), kept(b)])
    const shown = await two.a.client.standards.preview({ artifact, version: 'v1' })
    const again = two.wire()
    await two.level(again)
    await until('A sees the conflict', () => rows(a, 'clauses')[0]?.conflicts.get('headingEn')?.length === 2)
    expect(await refusalOf(release(two.a, artifact, 'v1'))).toBe('standards:conflicts-open')
    a.set('clauses', 'c1', 'headingEn', 'Extent')
    await kept(a)
    expect(await refusalOf(two.a.client.standards.release({ artifact, version: 'v1', hash: shown.hash }))).toBe(
      'standards:changed-meanwhile',
    )
    await release(two.a, artifact, 'v1')
    expect(await refusalOf(release(two.a, artifact, 'v1'))).toBe('standards:version-taken')

    a.add(
      'tests',
      { order: 'a1', title: { en: 'Has a date', ar: 'له تاريخ' }, strength: 'must', method: 'manual' },
      't2',
    )
    a.add('versions', { number: '1.1.0' }, 'v2')
    await kept(a)
    const next = await two.a.client.standards.preview({ artifact, version: 'v2' })
    expect(next).toMatchObject({ previous: '1.0.0', needed: 'major', proposed: '2.0.0', refusal: 'bump-too-small' })
    expect(await refusalOf(release(two.a, artifact, 'v2'))).toBe('standards:bump-too-small')
    a.set('versions', 'v2', 'number', '2.0.0')
    await kept(a)
    await release(two.a, artifact, 'v2')
  })

  it('[STD-21] [STD-4] [AR-2] a suggested paragraph stops a release; accepted on both sides apart it is there once on both, with every word once', async () => {
    const { artifact, a, wire } = await standard()
    const b = await open(two.b, artifact)
    const end = 'Each note has a number.'.length + 1
    editing(a, (state) => state.apply(suggestReplacement(state, end, end, '\nAnd a date.', { id: 's1', by: a.client })))
    await kept(a)
    await two.level(wire)
    const preview = (company: Company) => company.client.standards.preview({ artifact, version: 'v1' })
    const textOf = async (company: Company) => plainText((await preview(company)).content.clauses[0]?.text.en ?? [])
    for (const company of [two.a, two.b]) {
      expect((await preview(company)).open.suggestions).toBe(1)
      expect(await textOf(company)).toBe('Each note has a number.')
    }
    expect(await refusalOf(release(two.a, artifact, 'v1'))).toBe('standards:suggestions-open')
    wire.cut()
    for (const live of [a, b]) editing(live, (state) => state.apply(decide(state, 's1', true)))
    editing(b, (state) => state.apply(state.tr.insertText(' Always.', state.doc.content.size - 1)))
    await Promise.all([kept(a), kept(b)])
    await two.level(two.wire())
    for (const company of [two.a, two.b]) {
      expect(await textOf(company)).toBe('Each note has a number.\nAnd a date. Always.')
      expect((await preview(company)).open.suggestions).toBe(0)
    }
    expect((await preview(two.a)).hash).toBe((await preview(two.b)).hash)
    await release(two.a, artifact, 'v1')
  })

  it('[STD-22] [AR-2] a whole clause is suggested, or that one goes: accepted on both sides apart it is so once, and one who rejects contradicts who accepts', async () => {
    const { artifact, a, wire } = await standard()
    const b = await open(two.b, artifact)
    a.add('clauses', { order: 'Zz', level: 1, headingEn: 'Purpose', proposed: 'add' }, 'c0')
    a.add('clauses', { order: 'a1', level: 1, headingEn: 'Fees', proposed: 'add' }, 'c2')
    a.set('clauses', 'c1', 'proposed', 'remove')
    await kept(a)
    await two.level(wire)
    await until('B sees them', () => rows(b, 'clauses').length === 3)
    const preview = (company: Company) => company.client.standards.preview({ artifact, version: 'v1' })
    const clausesOf = async (company: Company) =>
      (await preview(company)).content.clauses.map(({ number, heading }) => `${number} ${heading.en}`)
    for (const company of [two.a, two.b]) {
      expect((await preview(company)).open).toMatchObject({ conflicts: 0, suggestions: 3 })
      expect(await clausesOf(company)).toEqual(['1 Scope'])
    }
    expect(await refusalOf(release(two.b, artifact, 'v1'))).toBe('standards:suggestions-open')
    wire.cut()
    for (const live of [a, b]) {
      live.set('clauses', 'c0', 'proposed', 'kept')
      live.remove('clauses', 'c1')
    }
    a.set('clauses', 'c2', 'proposed', 'kept')
    b.remove('clauses', 'c2')
    await Promise.all([kept(a), kept(b)])
    const again = two.wire()
    await two.level(again)
    for (const company of [two.a, two.b]) {
      expect((await preview(company)).open).toMatchObject({ conflicts: 1, suggestions: 0 })
      expect(await clausesOf(company)).toEqual(['1 Purpose', '2 Fees'])
    }
    await until('B is told', () => rows(b, 'clauses').some(({ removal }) => removal?.state === 'disputed'))
    b.keep('clauses', 'c2')
    await kept(b)
    await two.level(again)
    await release(two.b, artifact, 'v1')
  })

  it('[STD-8] two who release different texts under one number, apart, have released neither', async () => {
    const { artifact, wire } = await standard()
    const b = await open(two.b, artifact)
    wire.cut()
    await release(two.a, artifact, 'v1')
    b.set('clauses', 'c1', 'headingEn', 'Extent')
    await kept(b)
    await release(two.b, artifact, 'v1')
    await two.level(two.wire())
    for (const { client } of [two.a, two.b]) {
      const { released, contested } = await client.standards.open({ artifact })
      expect(released).toEqual([])
      expect(contested).toMatchObject([{ version: '1.0.0' }])
      expect(contested[0]?.by).toHaveLength(2)
    }
  })

  it('[CON-19] a clause that names a released version is told when that version ends before the agreement, and not before it ends', async () => {
    const { artifact, a, wire } = await standard()
    await release(two.a, artifact, 'v1')
    const title = { en: 'Terms', ar: 'الشروط' }
    const { artifact: terms } = await two.a.client.documents.create({ channel: two.channel, type: 'ContractTerms.v1', title }) // prettier-ignore
    const draft = await open(two.a, terms)
    draft.set('agreement', 'it', 'effectiveOn', '2026-12-01')
    draft.add('clauses', { headingEn: 'Messages', headingAr: 'الرسائل', textEn: 'Notes follow Delivery notes, version 1.0.0.', textAr: 'تتبع الإشعارات إشعارات التسليم 1.0.0.' }, 'notes1') // prettier-ignore
    await kept(draft)
    expect(await contradicted(two.a)).toEqual([])
    a.set('versions', 'v1', 'deprecatedTo', '2027-01-31')
    await kept(a)
    await two.level(wire)
    const found = [['CON-19', 'Notes follow Delivery notes, version 1.0.0.', expect.stringMatching(/^31 January 2027/)]]
    expect([await contradicted(two.a), await contradicted(two.b)]).toEqual([found, found])
  })

  it('[STD-13] [STD-20] [AR-2] [MT-1] a test runs on one’s own file, and only result and hash leave', async () => {
    const { artifact, wire } = await standard()
    await release(two.a, artifact, 'v1')
    await two.level(wire)
    const secret = 'the price is 4711'
    const bad = await upload(two.b, 'note.json', utf8(JSON.stringify({ number: 'X1', secret })))
    const good = await upload(two.b, 'note.json', utf8(JSON.stringify({ number: 'N1', secret })))
    const test = { artifact, version: '1.0.0', test: 't1' }
    const failed = await two.b.client.standards.check({ ...test, upload: bad })
    expect(failed).toMatchObject({ result: 'fail', found: 1, findings: [{ at: '#/number' }] })
    expect((await two.b.client.standards.open({ artifact })).runs).toEqual([])

    await two.b.client.standards.adopt({ artifact, version: '1.0.0', status: 'running' })
    await two.b.client.standards.tell({ ...test, upload: bad, result: 'pass', note: '' })
    await until('A has the result', async () => (await two.a.client.standards.open({ artifact })).runs.length === 1)
    const before = await two.a.client.standards.open({ artifact })
    // What the window says about a file's test is not asked: the engine found that it fails.
    expect(before.runs).toMatchObject([{ test: 't1', result: 'fail', evidence: failed.sha256 }])
    const [version] = before.released.map(asReleased)
    if (!version) throw new Error('no version')
    const them = before.parties.find(({ own }) => !own)?.id ?? before.us
    const parties = before.parties.map(({ id }) => id)
    expect(adoptionRate('1.0.0', parties, before.adoptions).percent).toBe(50)
    expect(passRateOfVersion(version, parties, before.adoptions, before.runs).percent).toBe(0)
    const standing = {
      released: [version],
      adoptions: before.adoptions,
      runs: before.runs,
      waivers: [],
      windows: new Map(),
    }
    expect(dueOf(them, standing, before.today).map(({ kind }) => kind)).toEqual(['non-conformant'])

    await two.b.client.standards.tell({ ...test, upload: good, result: null, note: 'after the fix' })
    await two.level(wire)
    const after = await two.a.client.standards.open({ artifact })
    expect(passRateOfVersion(version, parties, after.adoptions, after.runs).percent).toBe(100)
    const sent = JSON.stringify(await two.a.client.standards.open({ artifact }))
    expect(sent).not.toContain('4711')
    expect(sent).not.toContain('note.json')
  })

  it('[STD-13] [AR-2] a test by hand is told with a result, a note and the hash of its evidence', async () => {
    const { artifact, a } = await standard()
    a.set('tests', 't1', 'method', 'manual')
    await kept(a)
    await release(two.a, artifact, 'v1')
    const test = { artifact, version: '1.0.0', test: 't1' }
    expect(await refusalOf(two.a.client.standards.tell({ ...test, upload: null, result: null, note: '' }))).toBe(
      'standards:result-missing',
    )
    const photo = await upload(two.a, 'photo.jpg', utf8('evidence'))
    const { runs } = await two.a.client.standards.tell({ ...test, upload: photo, result: 'pass', note: 'seen on site' })
    expect(runs).toMatchObject([{ result: 'pass', note: 'seen on site' }])
    expect(runs[0]?.evidence).toMatch(/^[0-9a-f]{64}$/)
    expect(await refusalOf(two.a.client.standards.check({ ...test, upload: photo }))).toBe('standards:test-by-hand')
    expect(await refusalOf(two.a.client.standards.adopt({ artifact, version: '9.0.0', status: 'running' }))).toBe(
      'standards:no-such-version',
    )
  })

  it('[STD-18] [STD-19] [AR-2] a document comes in as one change, goes out in two forms, and comes back to the same clauses', async () => {
    const { artifact, a, wire } = await standard()
    const source = '# Notes\n\n## 3 Format\n\nOne **page**.\n\n### 3.2 Fields\n\n- number\n- date\n'
    const imported = await two.a.client.standards.readDocument({
      upload: await upload(two.a, 'notes.md', utf8(source)),
    })
    const existing = rows(a, 'clauses').map(({ id, values }) => ({
      id,
      order: (values['order'] as string | null) ?? null,
    }))
    expect(writeImported(a, imported, 'en', existing)).toEqual({ added: 2, changed: 0 })
    expect(a.unkept).toBe(1)
    await kept(a)
    await two.level(wire)
    const exported = async (company: Company, format: 'docx' | 'markdown') =>
      download(company, await company.client.standards.export({ artifact, version: null, language: 'en', format }))
    const markdown = await exported(two.b, 'markdown')
    expect(new TextDecoder().decode(markdown)).toMatch(
      /## 1 Scope \{#c1\}[\s\S]*## 3 Format[\s\S]*One \*\*page\*\*\.[\s\S]*### 3\.2 Fields/,
    )

    for (const [name, bytes] of [
      ['notes.md', markdown],
      ['notes.docx', await exported(two.b, 'docx')],
    ] as const) {
      const again = await two.b.client.standards.readDocument({ upload: await upload(two.b, name, bytes) })
      const b = await open(two.b, artifact)
      const before = (await two.b.client.standards.preview({ artifact, version: 'v1' })).hash
      const here = rows(b, 'clauses').map(({ id, values }) => ({
        id,
        order: (values['order'] as string | null) ?? null,
      }))
      expect(writeImported(b, again, 'en', here)).toEqual({ added: 0, changed: 3 })
      await kept(b)
      expect((await two.b.client.standards.preview({ artifact, version: 'v1' })).hash).toBe(before)
    }
    const bad = await upload(two.a, 'bad.docx', utf8('PK\u0003\u0004 not a document'))
    expect(await refusalOf(two.a.client.standards.readDocument({ upload: bad }))).toBe('standards:document-unreadable')
  })

  it('[STD-19] [AR-2] the largest document that is read comes in as one change that is kept', async () => {
    const { artifact, a } = await standard()
    const clauses = Array.from(
      { length: 1_200 },
      (_, at) => `## ${String(at + 2)} بند\n\nنص **عريض** ثم نص.\n\n- أ\n- ب\n`,
    ).join('\n')
    const deep = Array.from({ length: 20 }, (_, at) => `${'  '.repeat(at)}- level${String(at)}`).join('\n')
    const file = await upload(two.a, 'large.md', utf8(`${clauses}\n${deep}\n`))
    const imported = await two.a.client.standards.readDocument({ upload: file })
    expect(writeImported(a, imported, 'ar', [])).toEqual({ added: 1_200, changed: 0 })
    await kept(a)
    expect(a.refusal).toBeUndefined()
    const { content } = await two.a.client.standards.preview({ artifact, version: 'v1' })
    expect(content.clauses).toHaveLength(1_201)
    expect(JSON.stringify(content.clauses.at(-1)?.text.ar)).toContain('level19')
  })
})
