import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { PDF, PdfDict, PdfString, type PdfRef } from '@libpdf/core'
import { chromiumPrinter } from '#adapters/printer/chromium.ts'
import { bookmarksOf, printHtml } from '#shared/agreement/print-html.ts'
import { SIGNATURE_BOX } from '#shared/agreement/printed-agreement.ts'
import { signatureBoxHtml } from '#shared/agreement/signature-box-html.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { words } from '#shared/artifacts/words.ts'
import { longAgreement, sampleAgreement } from './sample-agreement.ts'
import { browser, fontsOf, inFolder, print, tell, told } from './tools.ts'

const BUNDLED = /^(IBMPlexSans|ScheherazadeNew|NotoSansMath)-(Regular|Medium|SemiBold)$/

/** Titles of a PDF's outline, from top to bottom. */
async function outlineOf(bytes: Uint8Array): Promise<readonly string[]> {
  const pdf = await PDF.load(bytes)
  const titles: string[] = []
  const walk = (ref: PdfRef | undefined): void => {
    const item = ref && pdf.getObject(ref)
    if (!(item instanceof PdfDict)) return
    const title = item.get('Title')
    if (title instanceof PdfString) titles.push(title.asString())
    walk(item.getRef('First'))
    walk(item.getRef('Next'))
  }
  walk(
    pdf
      .getCatalog()
      .getDict('Outlines', (ref) => pdf.getObject(ref))
      ?.getRef('First'),
  )
  return titles
}

describe('[PRT-8] a printed agreement', () => {
  let short: Uint8Array
  let long: Uint8Array
  beforeAll(async () => {
    short = await print(printHtml(sampleAgreement))
    long = await print(printHtml(longAgreement(84)))
  }, 60_000)

  it('has bundled fonts alone, all of them embedded', () => {
    for (const pdf of [short, long]) {
      const fonts = fontsOf(pdf)
      expect(fonts.length).toBeGreaterThan(3)
      expect(fonts.filter(({ name, embedded }) => !embedded || !BUNDLED.test(name))).toEqual([])
    }
  })

  it('is A4, tagged and sound', () => {
    const facts = told(short, 'pdfinfo', 'FILE')
    expect(facts).toMatch(/Tagged: +yes/)
    expect(facts).toMatch(/Page size: +59[45]\.?\d* x 84[12]\.?\d* pts \(A4\)/)
    expect(told(short, 'qpdf', '--check', 'FILE')).toContain('No syntax or stream encoding errors')
  })

  it('runs to forty pages, each with both running heads and both page numbers', () => {
    const pages = Number(/Pages: +(\d+)/.exec(told(long, 'pdfinfo', 'FILE'))?.[1])
    expect(pages).toBeGreaterThanOrEqual(40)
    const texts = told(long, 'pdftotext', '-layout', 'FILE', '-').split('\f')
    const arabic = (count: number) => String(count).replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!)
    const digits = (text: string) => [...text.normalize('NFKC').matchAll(/[٠-٩]+/g)].map(([found]) => found)
    for (let page = 1; page <= pages; page++) {
      const text = texts[page - 1] ?? ''
      const foot = text.trimEnd().split('\n').slice(-2).join(' ')
      expect(foot).toContain(`Page ${page} of ${pages}`)
      // Readers disagree about the order of the digits of a right-to-left number, not about which there are.
      expect(digits(foot).map((of) => [...of].toSorted().join(''))).toEqual(
        expect.arrayContaining([arabic(page), arabic(pages)].map((of) => [...of].toSorted().join(''))),
      )
      expect(text.split('\n').slice(0, 3).join(' ').includes(sampleAgreement.title.en)).toBe(page > 1)
    }
  })

  it('keeps Arabic to the right of English on every page', () => {
    const html = told(long, 'pdftotext', '-bbox', 'FILE', '-')
    const seen = [
      ...html.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<\/word>/g),
    ]
    const body = seen.filter(([, , y]) => Number(y) > 75 && Number(y) < 770)
    const arabic = body.filter(([, , , , word]) => /[\u0600-\u06ff\ufb50-\ufeff]/.test(word ?? ''))
    const latin = body.filter(([, , , , word]) => /^[A-Za-z]{3,}$/.test(word ?? ''))
    expect(arabic.length).toBeGreaterThan(3000)
    expect(arabic.filter(([, from]) => Number(from) < 297)).toEqual([])
    expect(latin.filter(([, , , to]) => Number(to) > 298).map(([, , , , word]) => word)).toEqual([])
  })

  it('[PRT-5] keeps an address and a telephone number in one piece and in their own direction, in both columns', () => {
    const html = told(short, 'pdftotext', '-bbox', 'FILE', '-')
    const found = [...html.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]+)<\/word>/g)] // prettier-ignore
    const columnsOf = (text: string) =>
      found.flatMap(([, from, , to, word = '']) =>
        word.replace(/[.,،]+$/, '') === text ? [Number(to) < 298 ? 'left' : Number(from) > 297 ? 'right' : 'across'] : [],
      ).toSorted() // prettier-ignore
    for (const address of ['legal@rawasi.example', 'contracts@najd-packaging.example'])
      expect(columnsOf(address)).toEqual(['left', 'right'])
    // The parts of a telephone number stand on one line, from left to right in both columns.
    const parts = found.filter(([, , , , word = '']) =>
      ['+966', '11', '555', '0142'].includes(word.replace(/[.,،]+$/, '')),
    )
    for (const isLeft of [true, false]) {
      const column = parts.filter(([, from]) => Number(from) < 297 === isLeft)
      const start = column.findIndex(([, , , , word]) => word === '+966')
      const number = column.slice(start).concat(column.slice(0, start)).slice(0, 4)
      expect(new Set(number.map(([, , y]) => Math.round(Number(y)))).size).toBe(1)
      expect(number.toSorted((one, other) => Number(one[1]) - Number(other[1])).map(([, , , , word = '']) => word.replace(/[.,،]+$/, ''))).toEqual(['+966', '11', '555', '0142']) // prettier-ignore
    }
  })

  it('[PRT-10] says which letters a joined or composed shape stands for, in the order of reading, and keeps every number whole', () => {
    const source = printHtml(sampleAgreement).replace(/^.*<body[^>]*>/s, '').replaceAll(/<[^>]+>/g, ' ').normalize('NFC') // prettier-ignore
    const streams = inFolder({ 'a.pdf': short }, (folder) => {
      tell('qpdf', ['--qdf', '--object-streams=disable', join(folder, 'a.pdf'), join(folder, 'b.pdf')])
      return readFileSync(join(folder, 'b.pdf'), 'latin1')
    })
    const said = [...streams.matchAll(/\/ActualText <feff((?:[0-9a-f]{4})+)>/g)].map(([, hex = '']) =>
      (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCodePoint(Number.parseInt(unit, 16))).join(''),
    )
    const count = (text: string, letters: string) => text.split(letters).length - 1
    // Lam with an alef is one shape, an alef with a hamza two: without this a reader would have the shapes' own letters, or none.
    for (const joined of ['لأ', 'لإ', 'لآ']) {
      expect(count(source, joined), joined).toBeGreaterThan(1)
      expect(said.filter((one) => one === joined).length, joined).toBe(count(source, joined))
    }
    for (const composed of ['أ', 'إ'])
      expect(said.filter((one) => one.includes(composed)).length, composed).toBe(count(source, composed))
    const marked = [...source.matchAll(/[\u0621-\u064a][\u064b-\u0652]/g)].map(([found]) => found)
    expect(marked.length).toBeGreaterThan(20)
    for (const mark of new Set(marked)) expect(said.join(' '), mark).toContain(mark)
    // The readers at hand set lam-alef in the wrong order (poppler) or drop it (mupdf); digits they keep.
    const numbers = [...source.matchAll(/[٠-٩]+(?:[٬٫][٠-٩]+)*/g)].map(([number]) => number)
    expect(numbers.length).toBeGreaterThan(40)
    const copied = told(short, 'pdftotext', '-raw', 'FILE', '-').replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '') // prettier-ignore
    for (const number of new Set(numbers)) expect(copied, number).toContain(number)
  })

  it('has a bookmark for every heading', async () => {
    expect(await outlineOf(short)).toHaveLength(bookmarksOf(sampleAgreement).length)
  })

  it('asks nobody for anything, even when its text was made to', async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const here = `http://127.0.0.1:${port}`
    const html = printHtml(sampleAgreement).replace(
      '</body>',
      `<img src="${here}/a"><link rel="stylesheet" href="${here}/b"><iframe src="${here}/c"></iframe><script>fetch('${here}/d')</script></body>`,
    )
    await print(html)
    await print(html.replace(/<meta http-equiv[^>]*>/, ''))
    await new Promise((resolve) => server.close(resolve))
    expect(asked).toEqual([])
  })

  it('leaves no profile and no process behind, and says so when there is no browser', async () => {
    // A place of its own: other tests print at the same time.
    const folder = mkdtempSync(join(tmpdir(), 'mithaq-left-'))
    vi.stubEnv('TMPDIR', folder)
    const printed = await chromiumPrinter(browser()).print(printHtml(sampleAgreement))
    vi.unstubAllEnvs()
    expect(printed.ok).toBe(true)
    expect(readdirSync(folder)).toEqual([])
    const running = tell('ps', ['-eo', 'args']).split('\n')
    expect(running.filter((args) => args.includes(folder))).toEqual([])
    rmSync(folder, { recursive: true })
    expect(await chromiumPrinter(undefined).print('')).toEqual({ ok: false, refusal: 'no-typesetter' })
    expect(await chromiumPrinter('/nowhere/chromium').print('')).toEqual({ ok: false, refusal: 'print-failed' })
  })
})

describe('[PRT-9] a signature’s appearance', () => {
  const long = words('Abdulrahman bin Muhammad '.repeat(6), 'عبد الرحمن بن محمد '.repeat(8))
  it.each([
    ['short names', sampleAgreement.signatories[0]!.person],
    ['long names', long],
  ])('is one page of its box for %s', async (_, name) => {
    const box = await print(
      signatureBoxHtml({
        person: name,
        role: name,
        company: name,
        at: Date.UTC(2026, 10, 26) as Instant,
        fingerprint: 'ab'.repeat(32),
      }),
    )
    const facts = told(box, 'pdfinfo', 'FILE')
    expect(facts).toMatch(/Pages: +1\n/)
    const [, width, height] = /Page size: +([\d.]+) x ([\d.]+)/.exec(facts) ?? []
    expect(Number(width)).toBeCloseTo(SIGNATURE_BOX.width * 0.75, 0)
    expect(Number(height)).toBeCloseTo(SIGNATURE_BOX.height * 0.75, 0)
    expect(fontsOf(box).filter(({ name: font, embedded }) => !embedded || !BUNDLED.test(font))).toEqual([])
  })
})
