import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { auditOf, upload } from '#test/support/company.ts'
import { decidedByThree, sealedByThree, type DecidedByThree } from '#test/support/decided.ts'
import { FOR_RIYADH } from '#test/support/deciding.ts'
import { found, type Canary } from '#test/support/scan.ts'
import { twoCompanies } from '#test/support/two-companies.ts'
import { Stranger } from '#test/support/verify-command.ts'

const REASONS = 'Zarqa-reasons: قناة الكناري 秘密 of the chief financial officer'
const EVIDENCE = 'Zarqa-board-paper-7141'
const PRIVATE: readonly Canary[] = [
  { name: 'reasons of a role', texts: [REASONS] },
  { name: 'evidence of a role', texts: [EVIDENCE] },
]
const stranger = new Stranger()
afterAll(() => stranger.end())

describe('an evidence pack of a decision', () => {
  let story: DecidedByThree
  beforeAll(async () => {
    story = await decidedByThree({ ...FOR_RIYADH, reasons: REASONS, evidence: EVIDENCE })
    stranger.keep('pack.zip', story.pack)
  }, 240_000)
  afterAll(() => story.end())

  it('[EVD-18, EVD-19] is verified by a fourth who has nothing else, and says what was decided, who signed and what had no effect', () => {
    const english = stranger.verify('pack.zip')
    expect(english.said).toContain('✔ The file holds')
    for (const words of ['Decision: Where the shared hub goes (round 1)', 'Decided: Riyadh', 'Signed the result:', 'Noura Al-Shehri · Asir Cold Stores', 'Said without effect:', 'Noura Al-Shehri · Position sent'])
      expect(english.said.toLowerCase()).toContain(words.toLowerCase())
    expect(english.code).toBe(0)
    const arabic = stranger.verify('pack.zip', '--lang', 'ar')
    expect(arabic.said).toContain('✔ الملف سليم')
    expect(arabic.said).toContain('ما تقرّر: الرياض')
    const report = JSON.parse(stranger.verify('pack.zip', '--json').said) as { decision: { signed: { witnessedAt: number | null }[]; refused: { code: string }[] } } // prettier-ignore
    expect(report.decision.signed).toHaveLength(3)
    expect(report.decision.refused.map(({ code }) => code)).toEqual(['not-witnessed'])
  }, 240_000) // prettier-ignore

  it('[EVD-2, EVD-18] its own readme, followed with openssl and sha256sum alone, comes to its end', () => {
    const said = stranger.follow(story.pack, 'unpacked')
    for (const step of ['1', '2', '3', '4', '5']) expect(said).toMatch(new RegExp(`^${step} .*OK$`, 'm'))
    expect(said).toContain('6 compare these fingerprints')
    expect(stranger.verify('unpacked').code).toBe(0)
  }, 600_000)

  it('[EVD-22] holds no score, reason or evidence of a role, and is in the audit of who made it', async () => {
    expect(found([story.pack], PRIVATE)).toEqual([])
    const [a] = story.three.all
    expect((await auditOf(a)).map(({ code }) => code)).toContain('decision-evidence-saved')
    expect((await a.client.audit.verify()).intact).toBe(true)
  })

  it('[EVD-11, EVD-18] is known in a vault that holds the decision, with the roots that were compared there, and by itself elsewhere', async () => {
    const [, b] = story.three.all
    const here = await b.client.agreements.check({ upload: await upload(b, 'pack.zip', story.pack) })
    expect(here).toMatchObject({
      answer: 'holds',
      decision: { outcome: { en: 'Riyadh' } },
      known: { version: 1, title: { en: expect.any(String) } },
    })
    expect(here.notes).not.toContain('roots-from-file')
    const other = await twoCompanies()
    const there = await other.a.client.agreements.check({ upload: await upload(other.a, 'pack.zip', story.pack) })
    expect(there).toMatchObject({ answer: 'holds', known: null })
    expect(there.notes).toContain('roots-from-file')
    other.end()
  })
})

describe('what a pack of a decision does not hold', () => {
  let story: DecidedByThree | undefined
  afterEach(() => {
    story?.end()
    story = undefined
  })
  const words = { c: 'Zarqa-rationale for the partners' }
  const SAID: readonly Canary[] = [{ name: 'rationale of C', texts: [words.c] }]

  it('[EVD-22] a sealed position that nobody showed', async () => {
    story = await sealedByThree(words, false)
    expect(found([story.pack], SAID)).toEqual([])
    stranger.keep('sealed.zip', story.pack)
    expect(stranger.verify('sealed.zip').code).toBe(0)
  }, 240_000)

  it('[EVD-22] control: the same search turns red once it is shown, or an approver writes reasons into the position', async () => {
    story = await sealedByThree(words, true)
    expect(found([story.pack], SAID)).toEqual(['rationale of C'])
    story.end()
    story = await decidedByThree({ ...FOR_RIYADH, rationale: `${REASONS} ${EVIDENCE}` })
    expect(found([story.pack], PRIVATE)).toEqual(['evidence of a role', 'reasons of a role'])
  }, 240_000)
})
