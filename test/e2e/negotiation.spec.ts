import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Browser } from 'playwright/test'
import { editDocx, silentReplace, trackedReplace } from '#test/support/edit-docx.ts'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { strangeWords } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { meet, newDocument, openWorkspace, send, speak, type Person } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(480_000)

const WORDS = {
  en: { companies: ['Najd', 'Gulf'], workspace: 'Together', kind: 'Peer agreement', named: 'First offer', why: 'Shorter, and the same duty.', counsel: 'As our counsel would have it.' },
  ar: { companies: ['نجد', 'الخليج'], workspace: 'معًا', kind: 'اتفاقية تعاون بين نظراء', named: 'العرض الأول', why: 'أقصر، والالتزام نفسه.', counsel: 'كما يراه مستشارنا.' },
} as const // prettier-ignore
const TITLE = { en: 'Cold chain', ar: 'سلسلة التبريد' }
const SHORT = 'Each party keeps secret what it receives. This lasts for {confidentialityYears}.'

for (const locale of ['en', 'ar'] as const)
  test(`[AR-1] [AR-35] an agreement is negotiated on both sides, ${locale}: proposed, accepted, compared, through Word and back`, async ({
    browser,
  }) => {
    const words = WORDS[locale]
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale)
      await page.goto(link)
      const person = { page, hand: mouse(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [a, b] = [await sit(first.link), await sit(second.link)]
    const { say } = a
    await meet(a, b, { workspace: words.workspace, companies: words.companies })
    const tab = (person: Person, name: string): Promise<void> => person.hand.press('tab', new RegExp(`^${say(`agreement:tab.${name}`)}`)) // prettier-ignore
    const open = async (person: Person, name: string): Promise<void> => {
      await openWorkspace(person, words.workspace)
      await person.hand.press('link', TITLE[locale])
      await settled(person.page)
      await tab(person, name)
    }
    const shot = (person: Person, name: string): Promise<unknown> => shots(person, `${locale}-${name}`)

    await openWorkspace(a, words.workspace)
    await newDocument(a, words.kind, { ar: TITLE.ar, en: TITLE.en })
    await expect(a.page.getByRole('heading', { name: say('agreement:clauses.title') })).toBeVisible()
    // Before anything was named there is nothing to compare, and the screen says what to do.
    await tab(a, 'compare')
    await expect(a.page.getByText(say('negotiation:compare.nothing'))).toBeVisible()
    await tab(a, 'history')
    await a.hand.type(say('common:history.nameLabel'), words.named)
    await a.hand.press('button', say('common:history.name'))
    await expect(a.page.getByText(words.named, { exact: true })).toBeVisible()
    await send(a, b, words.workspace)

    // B proposes another wording and a trade-off; A reads both and accepts.
    await open(b, 'clauses')
    const clause = (person: Person) => person.page.getByRole('region', { name: /Confidentiality|السرية/ })
    await clause(b).getByRole('button', { name: say.any('negotiation:clause.proposeFor') }).click() // prettier-ignore
    const proposing = b.page.getByRole('dialog')
    await proposing.locator('textarea[lang="en"]').fill(SHORT)
    await expect(proposing.locator('ins, del').first()).toBeVisible()
    await shot(b, 'propose')
    await b.hand.type(say('negotiation:propose.rationale'), words.why, proposing)
    await b.hand.press('button', say('negotiation:propose.send'), proposing)
    await tab(b, 'negotiation')
    await expect(b.page.getByText(say('negotiation:proposal.waits'))).toBeVisible()
    await b.hand.press('button', say('negotiation:tradeOff.record'))
    const recording = b.page.getByRole('dialog')
    await b.hand.type(say('negotiation:tradeOff.given'), words.named, recording)
    await b.hand.type(say('negotiation:tradeOff.received'), words.workspace, recording)
    await b.hand.type(say('negotiation:tradeOff.why'), words.why, recording)
    await b.hand.press('button', say('negotiation:tradeOff.save'), recording)
    await expect(b.page.getByRole('cell', { name: words.named })).toBeVisible()
    await send(b, a, words.workspace)
    await open(a, 'negotiation')
    await expect(a.page.getByRole('cell', { name: words.named })).toBeVisible()
    await expect(a.page.getByText(words.why).first()).toBeVisible()
    await shot(a, 'proposal')
    await a.hand.press('button', say('negotiation:proposal.accept'))
    await a.hand.press('button', say('negotiation:proposal.accept'), a.page.getByRole('dialog'))
    await expect(a.page.getByText(say('negotiation:state.accepted'), { exact: true })).toBeVisible()
    await tab(a, 'clauses')
    await expect(clause(a).locator('textarea[lang="en"]')).toHaveValue(SHORT)
    await expect(clause(a).getByText(say.any('negotiation:clause.accepted'))).toBeVisible()

    // B asks for another place; it shows where the clause stands and where it would, and A moves it.
    await send(a, b, words.workspace)
    await open(b, 'clauses')
    await clause(b)
      .getByRole('button', { name: say.any('negotiation:clause.proposeFor') })
      .click()
    const moving = b.page.getByRole('dialog')
    await moving.getByText(say('negotiation:propose.place'), { exact: true }).click()
    await b.hand.choose(say('negotiation:propose.newPlace'), say('negotiation:place.first'), moving)
    await b.hand.type(say('negotiation:propose.rationale'), words.why, moving)
    await shot(b, 'move')
    await b.hand.press('button', say('negotiation:propose.send'), moving)
    await expect(moving).toHaveCount(0)
    await send(b, a, words.workspace)
    await open(a, 'negotiation')
    await expect(a.page.getByRole('article').first().locator('ins')).toHaveText(say('negotiation:place.first'))
    await shot(a, 'move-proposed')
    await a.hand.press('button', say('negotiation:proposal.accept'))
    await a.hand.press('button', say('negotiation:proposal.accept'), a.page.getByRole('dialog'))
    await expect(a.page.getByRole('dialog')).toHaveCount(0)
    const moved = a.page.getByRole('article').filter({ hasText: say('negotiation:place.first') })
    await expect(moved.getByText(say('negotiation:state.accepted'), { exact: true })).toBeVisible()
    await tab(a, 'clauses')
    await expect(a.page.getByRole('heading', { level: 3 }).first()).toContainText(/Confidentiality|السرية/)

    // What changed since the first offer, from change to change by the keyboard, and out to Word with it tracked.
    await tab(a, 'compare')
    await expect(
      a.page.getByRole('region', { name: say('negotiation:compare.differences') }).getByRole('status'),
    ).toBeVisible()
    await a.page.keyboard.press('Alt+ArrowDown')
    await expect(a.page.locator('article:focus')).toContainText(locale === 'ar' ? 'السرية' : 'Confidentiality')
    await shot(a, 'compare')
    const [saved] = await Promise.all([
      a.page.waitForEvent('download'),
      a.hand.press('button', say('negotiation:word.saveTracked')),
    ])
    const file = readFileSync(await saved.path())
    await send(a, b, words.workspace)

    // B's lawyer edits the file; what came back is shown first and proposed then.
    const edited = editDocx(file, (xml) =>
      silentReplace(
        trackedReplace(xml, 'notice of 60 days (sixty)', 'notice of 90 days (ninety)', 'Sara'),
        'competent courts',
        'courts of Riyadh',
      ),
    )
    await open(b, 'negotiation')
    await b.hand.press('button', say('negotiation:word.read'))
    const reading = b.page.getByRole('dialog')
    await reading
      .locator('input[type="file"]')
      .setInputFiles({ name: 'Counsel.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('no file') })
    await expect(reading.getByText(say('refusals.negotiation:word-unreadable'))).toBeVisible()
    await reading
      .locator('input[type="file"]')
      .setInputFiles({ name: 'Counsel.docx', mimeType: 'application/octet-stream', buffer: Buffer.from(edited) })
    await expect(reading.getByRole('article')).toHaveCount(2)
    await expect(reading.getByText('Sara').first()).toBeVisible()
    await expect(reading.getByText(say('negotiation:word.notTracked'), { exact: true })).toBeVisible()
    await settled(b.page)
    await shot(b, 'word')
    await b.hand.type(say('negotiation:propose.rationale'), words.counsel, reading)
    await reading.getByRole('button', { name: say.any('negotiation:word.propose') }).click()
    await expect(b.page.getByText(say('negotiation:proposal.waits'))).toHaveCount(2)
    await send(b, a, words.workspace)
    await open(a, 'negotiation')
    await expect(a.page.getByText(words.counsel).first()).toBeVisible()
    await expect(a.page.getByText(/Counsel\.docx/).first()).toBeVisible()
    await shot(a, 'from-word')
    const value = a.page.getByRole('article').filter({ hasText: locale === 'ar' ? '٩٠' : '90' })
    await a.hand.press('button', say('negotiation:proposal.accept'), value)
    await a.hand.press('button', say('negotiation:proposal.accept'), a.page.getByRole('dialog'))
    await expect(a.page.getByText(say('negotiation:state.accepted'), { exact: true })).toHaveCount(3)

    const data = ['Word', 'Counsel', 'docx', 'Sara', 'LibreOffice', ...Object.values(TITLE)]
    for (const name of ['negotiation', 'compare'] as const) {
      await tab(a, name)
      await settled(a.page)
      expect(await strangeWords(a.page, locale, data), name).toEqual([])
    }
  })

/** For whoever wants to look: with MITHAQ_SHOTS set, pictures of what this story passes. */
async function shots({ page }: Person, name: string): Promise<void> {
  const folder = process.env['MITHAQ_SHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

async function window(browser: Browser, locale: string) {
  const context = await browser.newContext({ locale: locale === 'ar' ? 'en-GB' : 'ar-SA', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', colorScheme: locale === 'ar' ? 'dark' : 'light', acceptDownloads: true }) // prettier-ignore
  context.setDefaultTimeout(20_000)
  return context.newPage()
}
