import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startChecker } from '#engine/start.ts'
import { readPack } from '#shared/evidence/read-pack.ts'
import { timelineHtml } from '#shared/evidence/timeline-html.ts'
import { checkLog } from '#shared/evidence/check-log.ts'
import { versionsIn } from '#engine/agreements/agreement.ts'
import { placesOf } from '#engine/agreements/agreement.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import { flipped, Forger, LATER } from './forged-pack.ts'
import { signedByBoth, type SignedByBoth } from './signed-by-both.ts'
import { spaceOf } from './signed-sample.ts'

let story: SignedByBoth
let checker: Awaited<ReturnType<typeof startChecker>>
beforeAll(async () => {
  story = await signedByBoth()
  checker = await startChecker()
}, 120_000)
afterAll(() => story.end())

const check = (bytes: Uint8Array, roots?: readonly string[]) =>
  checker.file(bytes, { now: LATER, ...(roots && { roots }) })
const codesOf = async (bytes: Uint8Array): Promise<readonly string[]> => {
  const report = await check(bytes)
  expect(report.answer).toBe('fails')
  return [...report.problems.map(({ code }) => code), ...report.signatures.flatMap(({ problems }) => problems)]
}

describe('a signed PDF by itself', () => {
  it('[EVD-11] holds when everybody has signed whom its text names, and says whose roots to compare', async () => {
    const report = await check(story.pdf)
    expect(report).toMatchObject({ kind: 'pdf', answer: 'holds', problems: [] })
    expect(report.notes).toEqual(['roots-from-file', 'revocations-unknown', 'times-claimed'])
    const roots = report.companies.map(({ fingerprint }) => fingerprint)
    expect(roots).toHaveLength(2)
    expect((await check(story.pdf, roots)).notes).toEqual(['revocations-unknown', 'times-claimed'])
    const one = await check(story.pdf, roots.slice(1))
    expect(one).toMatchObject({ answer: 'fails', problems: [{ code: 'root-not-expected' }] })
  })

  it('[EVD-11] a changed byte is noticed', async () => {
    expect(await codesOf(flipped(story.pdf, 30_000))).toContain('bytes-changed')
  })

  it('[EVD-11] a page drawn over after the last signature is noticed', async () => {
    const pdf = await PDF.load(story.pdf)
    pdf.getPages()[0]?.drawText('SAR 9,000,000', { x: 60, y: 500 })
    expect(await codesOf(await pdf.save({ incremental: true }))).toContain('changed-after-last')
  })

  it('[EVD-11] padding in a signature’s space is noticed', async () => {
    expect(await codesOf(story.pdf.with(spaceOf(story.pdf, 1).to - 20, 97))).toContain('padding-used')
  })

  it('[EVD-11] bytes behind the end are noticed', async () => {
    expect(await codesOf(concat(story.pdf, utf8('%more')))).toContain('trailing-bytes')
  })

  it('[EVD-11] a file rolled back to fewer signers lacks those whom its text names', async () => {
    expect(await codesOf(story.pdf.subarray(0, spaceOf(story.pdf, 0).end))).toEqual(['signer-missing'])
  })

  it('[EVD-11] what is no PDF is called so', async () => {
    for (const bytes of [new Uint8Array(), utf8('hello'), utf8('%PDF-1.7 nonsense')])
      expect((await check(bytes)).answer).toBe('unreadable')
  })
})

describe('the readable page', () => {
  it('[EVD-14] runs and fetches nothing, says that it proves nothing, and shows hostile text as text', async () => {
    const { hub } = story.two.a.engine.desk.session
    const place = placesOf(hub)[0] ?? expect.fail()
    const version = versionsIn(hub, place)[0] ?? expect.fail()
    const forger = await Forger.of(story.pack, hub.identity.device.secret)
    const read = readPack(forger.files)
    if (!('content' in read)) expect.fail()
    const content = { ...read.content, signatures: [] }
    const { entries } = checkLog(forger.crypto, content)
    const hostile = { en: '<script>alert(1)</script><img src=//x.example>', ar: '"><a href="javascript:1">' }
    const parties = version.content.parties.map((party) => ({ ...party, name: hostile }))
    const page = timelineHtml(forger.crypto, { ...content, title: hostile }, { ...version, content: { ...version.content, parties } }, { entries, approvals: [] }) // prettier-ignore
    const plain = Buffer.from(forger.bytes('timeline.html')).toString()
    for (const html of [page, plain]) {
      expect(html).not.toMatch(/<(?:script|img|iframe|link|object|embed|form|a|svg)\b/i)
      for (const [tag] of html.matchAll(/<[^>]+>/g)) expect(tag).not.toMatch(/\s(?:on\w+|src|href)=/i)
      expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
      expect(html).toContain('proves nothing')
      expect(html).toContain('لا تثبت شيئًا')
    }
    expect(plain).toContain('Cooperation on cold-chain standards')
    expect(plain).toContain('Seen by another company')
  })
})
