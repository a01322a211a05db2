import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WorkerWordFiles } from '#adapters/files/word-files.ts'
import { openZip } from '#adapters/files/zip.ts'
import { wordChanges, type WordChanges } from '#shared/agreement/word-changes.ts'
import { acceptedText } from '#shared/agreement/word-text.ts'
import type { WordReading } from '#shared/agreement/word-file.ts'
import { readExport, writeExport } from '#shared/artifacts/agreement-export.ts'
import { editDocx, editPart, silentReplace, trackedReplace, withPart } from '#test/support/edit-docx.ts'
import { ARTIFACT, HASH, sampleDraft, sampleWord, TERMS } from './word-sample.ts'

const files = new WorkerWordFiles()
const { word, base } = sampleWord()
const fixture = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'word', name))
const read = async (bytes: Uint8Array): Promise<WordReading> => {
  const found = await files.read({ name: 'a.docx', bytes })
  if (!found.ok) throw new Error(found.refusal)
  return found.value
}
const refusal = async (bytes: Uint8Array): Promise<string> => {
  const found = await files.read({ name: 'a.docx', bytes })
  return found.ok ? 'read' : found.refusal
}
const changes = async (bytes: Uint8Array): Promise<WordChanges> => wordChanges(base, await read(bytes), TERMS)

describe('out and back', () => {
  it('[WRD-1] a file that nobody edited changes nothing, and says whose text it is', async () => {
    const bytes = await files.write(word)
    expect(await read(bytes)).toMatchObject({ artifact: ARTIFACT, hash: HASH, dropped: [], comments: [] })
    expect((await changes(bytes)).items).toEqual([])
    expect(readExport(writeExport(base))).toEqual(base)
  })

  it('[WRD-1] neither does one that LibreOffice opened and saved', async () => {
    const bytes = fixture('untouched.libreoffice.docx')
    expect(await read(bytes)).toMatchObject({ artifact: ARTIFACT, hash: HASH })
    expect((await changes(bytes)).items).toEqual([])
  })

  it('[WRD-7] differences stand in the file as tracked changes: taken in they give the later text, left out the earlier', async () => {
    const before = sampleDraft({ 'secret/textEn': 'All is secret.', 'end/textAr': 'سطر أول.\nسطر ثانٍ.' }, ['law'])
    const after = sampleDraft({ 'terms/noticeDays': 90 }, ['scope'])
    const { blocks } = await read(await files.write(sampleWord(after, before).word))
    const rows = blocks.filter((block) => block.row && block.cells.flat().some(({ anchors }) => anchors.some((name) => name.startsWith('c_')))) // prettier-ignore
    const said = (kind: 'inserted' | 'deleted') =>
      rows
        .filter(({ state }) => state.kind !== kind)
        .map(({ cells }) => cells.map((cell) => acceptedText(cell.map((paragraph) => flipped(paragraph, kind)), ''))) // prettier-ignore
    expect(said('deleted').map(([en, ar]) => [en?.text, ar?.text])).toEqual([
      ['Each party keeps what it receives secret for 3 years (three) after the end.', 'يحفظ كل طرف ما يتلقاه سرًا مدة ٣ سنوات (ثلاث) بعد الانتهاء.'],
      ['Either party may end this agreement with a notice of 90 days (ninety). The notice is in writing.', 'لأي طرف إنهاء هذه الاتفاقية بإشعار مدته ٩٠ يومًا (تسعون). ويكون الإشعار كتابيًا.'],
      ['The laws of the Kingdom of Saudi Arabia apply.', 'تسري أنظمة المملكة العربية السعودية.'],
    ]) // prettier-ignore
    expect(said('inserted').map(([en, ar]) => [en?.text, ar?.text])).toEqual([
      ['The parties cooperate as equals.\n- on standards\n- on training', 'يتعاون الطرفان ندّين.\n- في المعايير\n- في التدريب'],
      ['All is secret.', 'يحفظ كل طرف ما يتلقاه سرًا مدة ٣ سنوات (ثلاث) بعد الانتهاء.'],
      ['Either party may end this agreement with a notice of 60 days (sixty). The notice is in writing.', 'سطر أول.\nسطر ثانٍ.'],
    ]) // prettier-ignore
    const authors = new Set(rows.flatMap(({ cells }) => cells.flat().flatMap(({ pieces }) => pieces.map(({ author }) => author)))) // prettier-ignore
    expect([...authors].toSorted()).toEqual(['Amal Al-Harbi (Najd Trading) · Mithaq', null])
  })
})

/** With insertions and deletions changed over, what is accepted is what was there before. */
function flipped(paragraph: WordReading['blocks'][number]['cells'][number][number], drop: 'inserted' | 'deleted') {
  const turn = <C extends { readonly kind: string }>(change: C): C => {
    if (drop === 'deleted' || change.kind === 'kept') return change
    return { ...change, kind: change.kind === 'inserted' ? 'deleted' : 'inserted' }
  }
  return { ...paragraph, pieces: paragraph.pieces.map(turn), end: turn(paragraph.end) }
}

const edited = async (change: (xml: string) => string): Promise<Uint8Array> => editDocx(await files.write(word), change)
/** Tracked and untracked edits of one person, as Word writes them. */
const byWord = (xml: string): string => {
  const tracked = trackedReplace(xml, 'cooperate as equals', 'work together', 'Sara Counsel')
  const both = trackedReplace(tracked, 'of 60 days (sixty)', 'of 90 days (ninety)', 'Sara Counsel')
  return silentReplace(both, 'سرًا مدة', 'سرًا تامًا مدة')
}

const rowOf = (xml: string, clause: string): string =>
  xml.match(/<w:tr(?: [^>]*)?>(?:(?!<\/w:tr>).)*<\/w:tr>/gs)?.find((row) => row.includes(`c_${clause}_he`)) ?? ''

describe('edits', () => {
  for (const [how, bytes] of [
    ['Word', () => edited(byWord)],
    ['LibreOffice', () => Promise.resolve(fixture('edited.libreoffice.docx'))],
  ] as const)
    it(`[WRD-2, WRD-4] tracked and untracked edits are found and told apart, saved by ${how}`, async () => {
      const { items } = await changes(await bytes())
      expect(items.map(({ clause, kind, by }) => [clause, kind, by])).toEqual([
        ['scope', 'clause', 'anchor'],
        ['secret', 'clause', 'anchor'],
        ['end', 'clause', 'anchor'],
      ])
      const [scope, secret, end] = items
      expect(scope).toMatchObject({ names: ['Sara Counsel'], untracked: false })
      expect(scope?.en.text).toBe('The parties work together.\n- on standards\n- on training')
      expect(scope?.ar).toEqual(scope?.before?.ar)
      expect(secret).toMatchObject({ names: [], untracked: true, en: secret?.before?.en })
      expect(secret?.ar.text).toBe('يحفظ كل طرف ما يتلقاه سرًا تامًا مدة {confidentialityYears} بعد الانتهاء.')
      // Somebody typed over a term: that is another value for it, and no other wording.
      expect(end).toMatchObject({ names: ['Sara Counsel'], terms: [{ term: 'noticeDays', value: 90 }] })
      expect(end?.en).toEqual(end?.before?.en)
    })

  it('[WRD-4] words of a term that say no value stay as they were typed, and are told', async () => {
    const { items } = await changes(
      await edited((xml) => trackedReplace(xml, 'of 60 days (sixty)', 'of a season', 'Sara')),
    )
    expect(items).toMatchObject([{ clause: 'end', terms: [{ term: 'noticeDays', value: null }] }])
    expect(items[0]?.en.text).toBe('Either party may end this agreement with a notice of a season. The notice is in writing.') // prettier-ignore
  })

  it('[WRD-4] a value among the facts is a value', async () => {
    const { items } = await changes(
      await edited((xml) => trackedReplace(xml, '3 years (three)', '5 years (five)', 'Sara')),
    )
    expect(items).toMatchObject([{ kind: 'unplaced', terms: [{ term: 'confidentialityYears', value: 5 }], names: ['Sara'] }]) // prettier-ignore
  })

  it('[WRD-3] a row without its anchors is found by its words, a new row and a stray paragraph wait for a person', async () => {
    const stray = '<w:p><w:r><w:t>Please call me before the ninth.</w:t></w:r></w:p>'
    const cell = (text: string) => `<w:tc><w:tcPr/><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`
    const row = `<w:tr>${cell('No party assigns this agreement.')}${cell('لا يحيل أي طرف هذه الاتفاقية.')}</w:tr>`
    const bytes = await edited((xml) => {
      const lost = xml.replaceAll(/<w:bookmark(?:Start|End)(?=[^>]*c_end_|)[^>]*\/>/g, (mark) => (mark.includes('c_end_') ? '' : mark)) // prettier-ignore
      const changed = silentReplace(lost, 'in writing', 'in a signed writing')
      return changed.replace(/(.*)<\/w:tbl>/s, `$1${row}</w:tbl>${stray}`)
    })
    const { items } = await changes(bytes)
    expect(items.map(({ kind, clause, by, after }) => [kind, clause, by, after])).toEqual([
      ['clause', 'end', 'likeness', 'end'],
      ['unplaced', null, null, 'law'],
      ['unplaced', null, null, 'law'],
    ])
    expect(items[1]).toMatchObject({ en: { text: 'No party assigns this agreement.' }, ar: { text: 'لا يحيل أي طرف هذه الاتفاقية.' } }) // prettier-ignore
    expect(items[2]).toMatchObject({ en: { text: 'Please call me before the ninth.' }, ar: { text: '' } })
  })

  it('[WRD-3] a row that was taken out, tracked or not, is a clause that is missing', async () => {
    const gone = await changes(await edited((xml) => xml.replace(rowOf(xml, 'scope'), '')))
    expect(gone.items).toMatchObject([{ kind: 'missing', clause: 'scope', names: [], untracked: true }])
    const tracked = await changes(
      await edited((xml) => {
        const row = rowOf(xml, 'scope')
        const mark = '<w:trPr><w:del w:id="1" w:author="Sara" w:date="2026-11-20T10:00:00Z"/></w:trPr>'
        return xml.replace(row, row.replace(/(<w:tr(?: [^>]*)?>)/, `$1${mark}`))
      }),
    )
    expect(tracked.items).toMatchObject([{ kind: 'missing', clause: 'scope', names: ['Sara'], untracked: false }])
  })

  it('[WRD-3] a row that was put elsewhere is told, though no word of it differs', async () => {
    const { items, moved } = await changes(
      await edited((xml) => {
        const row = rowOf(xml, 'scope')
        return xml.replace(row, '').replace(rowOf(xml, 'end'), (last) => last + row)
      }),
    )
    expect([items, moved]).toEqual([[], ['scope']])
    expect((await changes(await files.write(word))).moved).toEqual([])
  })

  it('[WRD-2] our own tracked changes are no edits of theirs; one that they rejected is', async () => {
    const tracked = sampleWord(sampleDraft({ 'secret/textEn': 'All is kept secret.' }), sampleDraft({ 'secret/textEn': 'All is secret.' })) // prettier-ignore
    const bytes = await files.write(tracked.word)
    const untouched = wordChanges(tracked.base, await read(bytes), TERMS)
    expect(untouched.items).toEqual([])
    const rejected = editDocx(bytes, (xml) => xml.replace(/<w:ins [^>]*><w:r>(?:(?!<\/w:ins>).)*kept (?:(?!<\/w:ins>).)*<\/w:ins>/s, '')) // prettier-ignore
    const { items } = wordChanges(tracked.base, await read(rejected), TERMS)
    expect(items).toMatchObject([{ clause: 'secret', names: [], untracked: true, en: { text: 'All is secret.' } }])
  })

  it('[WRD-2] comments are handed on with the name that the file gives', async () => {
    const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    const bytes = withPart(await files.write(word), 'word/comments2.xml', '<x/>')
    const comments = `<?xml version="1.0"?><w:comments ${W}><w:comment w:id="1" w:author="Sara"><w:p><w:r><w:t>Too short?</w:t></w:r></w:p></w:comment></w:comments>`
    const entries = openZip(bytes)
    const has = entries.ok && entries.value.has('word/comments.xml')
    const commented = has ? editPart(bytes, 'word/comments.xml', () => comments) : withPart(bytes, 'word/comments.xml', comments) // prettier-ignore
    expect((await changes(commented)).comments).toEqual([{ author: 'Sara', text: 'Too short?' }])
  })
})

describe('hostile files', () => {
  it('[WRD-6] programs, document types, damage and bombs are refused, each with its reason', async () => {
    const bytes = await files.write(word)
    expect(await refusal(withPart(bytes, 'word/vbaProject.bin', 'x'))).toBe('word-macros')
    expect(await refusal(editPart(bytes, '[Content_Types].xml', (xml) => xml.replace('wordprocessingml.document.main', 'ms-word.document.macroEnabled.main')))).toBe('word-macros') // prettier-ignore
    const entity = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    expect(await refusal(editDocx(bytes, (xml) => xml.replace('<w:document', `${entity}<w:document`)))).toBe('word-unreadable') // prettier-ignore
    expect(await refusal(editDocx(bytes, (xml) => xml.slice(0, -40)))).toBe('word-unreadable')
    expect(await refusal(editDocx(bytes, (xml) => xml.replace('<w:body>', `<w:body>${'<w:sdt><w:sdtContent>'.repeat(5_000)}${'</w:sdtContent></w:sdt>'.repeat(5_000)}`)))).toBe('word-too-large') // prettier-ignore
    expect(await refusal(editDocx(bytes, (xml) => xml.replace('<w:body>', `<w:body>${'<w:p/>'.repeat(50_000)}`)))).toBe('word-too-large') // prettier-ignore
    expect(await refusal(editDocx(bytes, (xml) => xml.replace('<w:body>', `<w:body><!--${'x'.repeat(25 << 20)}-->`)))).toBe('word-too-large') // prettier-ignore
    expect(await refusal(new Uint8Array(0))).toBe('word-empty')
    expect(await refusal(new TextEncoder().encode('Dear partner'))).toBe('word-unreadable')
    expect(await refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0))).toBe('word-legacy')
  })

  it('[WRD-5] a Word file from elsewhere claims nothing', async () => {
    const bytes = editPart(await files.write(word), 'docProps/custom.xml', (xml) => xml.replaceAll('Mithaq', 'Other'))
    expect(await read(bytes)).toMatchObject({ artifact: null, hash: null })
  })
})
