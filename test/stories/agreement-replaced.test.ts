import { afterEach, describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { readContent, writeContent } from '#shared/artifacts/agreement-content.ts'
import { reportText, verifyWords } from '#headless/verify-text.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { inRoot } from '#test/architecture/tracked.ts'
import { packOf } from '#test/agreements/signed-by-both.ts'
import { told } from '#test/agreements/tools.ts'
import {
  draftedAgreement,
  fileOf,
  latestVersion,
  signedByBoth,
  type AgreementDesk,
} from '#test/support/agreement-desk.ts'
import { download, refusalOf, until, upload, type Company } from '#test/support/company.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'

let desk: AgreementDesk
const windows: LiveDocument[] = []
afterEach(() => {
  for (const live of windows.splice(0)) live.close()
  desk.close()
})

const TITLE = { en: 'Cartons for two seasons', ar: 'كراتين لموسمين' }
const lifeAt = async ({ client }: Company) => (await client.agreements.get({ artifact: desk.artifact })).life?.life
const both = async (what: string, holds: (company: Company) => Promise<boolean>): Promise<void> => {
  for (const company of [desk.two.a, desk.two.b]) await until(what, () => holds(company))
}
/** A draft that replaces the desk's agreement, with a day of effect. */
async function begin(company: Company, effectiveOn: string): Promise<string> {
  const { artifact } = await company.client.agreements.replace({ artifact: desk.artifact, type: 'PartnershipAgreement.v1', title: TITLE }) // prettier-ignore
  const live = await openWindow(company, artifact)
  windows.push(live)
  live.set('agreement', 'it', 'effectiveOn', effectiveOn)
  await kept(live)
  await desk.two.level(desk.wire)
  return artifact
}

describe('an agreement that another takes the place of', () => {
  it('[AGR-19, AGR-20, EVD-15] the new one begins with its text, names it on paper and in the text, and ends it on its day on both engines', async () => {
    desk = await draftedAgreement('PartnershipAgreement.v1')
    const { two, artifact, wire } = desk
    const early = two.a.client.agreements.replace({ artifact, type: 'PartnershipAgreement.v1', title: TITLE })
    expect(await refusalOf(early)).toBe('agreements:not-signed')
    const hash = await signedByBoth(desk)
    // The draft moves on after the signature; what is taken over is what was signed.
    desk.a.set('terms', 'it', 'noticeDays', 7)
    await kept(desk.a)
    await two.level(wire)
    const next = await begin(two.b, '2026-12-20')
    const live = windows.at(-1) as LiveDocument
    expect(rows(live, 'agreement')[0]?.values).toMatchObject({ title: TITLE, replaces: { artifact, hash, effectiveOn: '2026-11-21' } }) // prettier-ignore
    expect(rows(live, 'terms')[0]?.values['noticeDays']).not.toBe(7)
    expect(rows(live, 'signatories')).toHaveLength(2)

    const replacing = { ...desk, artifact: next }
    const made = await signedByBoth(replacing)
    const { content } = (await latestVersion(two.a, next)) ?? {}
    expect(content?.replaces).toMatchObject({ artifact, hash, title: { en: 'Cartons for the season' } })
    const text = told(await fileOf(two.a, next, made), 'pdftotext', '-layout', 'FILE', '-').replaceAll(/\s/g, '')
    for (const word of [artifact, hash, '20December2026', 'Replaces', 'Cartonsfortheseason']) expect(text).toContain(word) // prettier-ignore

    await both('it is told', async (company) => (await lifeAt(company))?.replacements[0]?.on === '2026-12-20')
    // A pilot after that day is owed by nobody here any more; the calendar takes it out.
    expect((await lifeAt(two.a))?.obligations[0]).toMatchObject({ due: '2027-01-20', ended: true })
    const ics = new TextDecoder().decode(await download(two.b, await two.b.client.agreements.calendar({ artifact, locale: 'en' }))) // prettier-ignore
    expect(ics).toContain('STATUS:CANCELLED')
    expect(ics).toContain('DTSTART;VALUE=DATE:20261219')
    expect((await lifeAt(two.a))?.state).toBe('in-force')
    const again = two.a.client.agreements.replace({ artifact, type: 'PartnershipAgreement.v1', title: TITLE })
    expect(await refusalOf(again)).toBe('agreements:already-replaced')

    const pack = await packOf(two.a, artifact, hash)
    const report = await two.b.client.agreements.check({ upload: await upload(two.b, 'pack.zip', pack) })
    expect(report).toMatchObject({ answer: 'holds', replacedBy: [{ artifact: next, hash: made, on: '2026-12-20' }] })
    for (const [language, word] of [
      ['en', 'Replaced:'],
      ['ar', 'استُبدلت:'],
    ] as const) {
      const lines = reportText(verifyWords(inRoot(), language), report)
      for (const one of [word, TITLE[language], made, '2026-12-20']) expect(lines).toContain(one)
    }

    wire.cut()
    const later = await two.sleep(30)
    await two.level(later)
    for (const company of [two.a, two.b])
      expect(await lifeAt(company)).toMatchObject({ state: 'superseded', until: '2026-12-19' })
    const { needs } = await two.a.client.today.get()
    expect(needs.filter((one) => JSON.stringify(one).includes(artifact))).toEqual([])
    expect(await refusalOf(two.a.client.agreements.freeze({ artifact }))).toBe('agreements:already-replaced')
    expect(await refusalOf(two.a.client.agreements.agreeTerm({ artifact, until: '2029-01-01' }))).toBe('agreements:already-replaced') // prettier-ignore
    // Nothing of it went: its text and file are what they were.
    expect((await latestVersion(two.b, artifact))?.hash).toBe(hash)
  })

  it('[AGR-20] a declined replacement changes nothing, and of two the first to take effect counts on both engines', async () => {
    desk = await draftedAgreement('PartnershipAgreement.v1')
    const { two, wire } = desk
    await signedByBoth(desk)
    const declined = await begin(two.a, '2026-12-01')
    const { hash = '' } = (await two.a.client.agreements.freeze({ artifact: declined })).versions[0] ?? {}
    await two.level(wire)
    await two.b.client.agreements.decline({ artifact: declined, hash, reason: 'Not before the spring.' })
    await two.level(wire)
    for (const company of [two.a, two.b]) expect(await lifeAt(company)).toMatchObject({ state: 'in-force', replacements: [] }) // prettier-ignore

    const [late, first] = [await begin(two.a, '2027-02-01'), await begin(two.b, '2026-12-15')]
    await signedByBoth({ ...desk, artifact: late })
    await both('the first is signed', async (company) => (await lifeAt(company))?.until === '2027-01-31')
    expect(await refusalOf(two.a.client.agreements.freeze({ artifact: first }))).toBe('agreements:already-replaced')
    expect(await two.a.client.agreements.get({ artifact: first })).toMatchObject({ replacing: { code: 'already-replaced' } }) // prettier-ignore
  })

  it('[AGR-19] a changed client that names an unsigned agreement, or one of nowhere, gets no signature and ends nothing', async () => {
    desk = await draftedAgreement('PartnershipAgreement.v1')
    const { two, wire } = desk
    await signedByBoth(desk)
    const next = await begin(two.b, '2026-12-15')
    const { content, hash: honest } = (await two.b.client.agreements.freeze({ artifact: next })).versions[0] ?? {}
    if (!content?.replaces) throw new Error('the text names nothing')
    const { hub, context } = two.b.engine.desk.session
    const forge = (replaces: NonNullable<typeof content.replaces>): string => {
      const text = writeContent({ ...content, replaces })
      expect(readContent(text)).toBeDefined()
      const hash = context.paper.sha256(utf8(text))
      const frozen = { type: 'agreement-frozen' as const, artifact: next as ArtifactId, version: 9, hash, text, file: honest ?? '' } // prettier-ignore
      hub.change(() => {
        writeIn(hub, two.channel as ChannelId, [{ kind: 'event', payload: writeArtifactEvent(frozen) }])
        return undefined
      })
      return hash
    }
    const unsigned = await begin(two.b, '2026-12-15')
    const other = (await two.b.client.agreements.freeze({ artifact: unsigned })).versions[0]
    const { replaces } = content
    const names = [
      [{ ...replaces, artifact: 'ab'.repeat(16) as ArtifactId }, 'replaces-unknown'],
      [{ ...replaces, artifact: unsigned as ArtifactId, hash: other?.hash ?? '' }, 'replaces-unsigned'],
      [{ ...replaces, effectiveOn: '2020-01-01' as typeof content.effectiveOn }, 'replaces-misnamed'],
      [{ ...replaces, artifact: next as ArtifactId, hash: honest ?? '' }, 'replaces-itself'],
    ] as const
    for (const [named, code] of names) {
      const hash = forge(named)
      await two.level(wire)
      expect((await latestVersion(two.a, next))?.ask?.refusal?.code).toBe(code)
      expect(await refusalOf(two.a.client.agreements.sign({ artifact: next, hash }))).toBe(`agreements:${code}`)
    }
    for (const company of [two.a, two.b]) expect(await lifeAt(company)).toMatchObject({ state: 'in-force', replacements: [] }) // prettier-ignore
  })
})
