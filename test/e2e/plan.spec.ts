import { expect, test, type Browser, type Locator } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { meet, newDocument, openWorkspace, send, speak, visit, type Person } from './support/story.ts'
import { auditor } from './support/looks.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(300_000)

const STORIES = [
  { locale: 'en', workspace: 'Cold chain', plan: 'Pilot plan', companies: ['Najd', 'Gulf'], headers: ['Milestone', 'Start', 'Due', 'Depends on', 'Gate'], yes: 'yes' },
  { locale: 'ar', workspace: 'سلسلة التبريد', plan: 'خطة تجريبية', companies: ['نجد', 'الخليج'], headers: ['المرحلة', 'البداية', 'الاستحقاق', 'تعتمد على', 'بوابة'], yes: 'نعم' },
] as const // prettier-ignore

for (const story of STORIES)
  test(`[AR-3] executives edit a plan apart, and both find their work merged (${story.locale})`, async ({
    browser,
  }) => {
    const { locale } = story
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [owner, partner] = [await sit(browser, first.link, locale), await sit(browser, second.link, locale)]
    await meet(owner, partner, story)
    const { say } = owner

    // A plan is made and filled from a spreadsheet; a bad cell is named, and nothing is taken before it is right.
    await openWorkspace(owner, story.workspace)
    await newDocument(owner, locale === 'ar' ? 'خطة مشتركة' : 'Joint plan', { [locale]: story.plan })
    await expect(owner.page.getByText(say('plan:overview.start'))).toBeVisible()
    const row = (...cells: readonly string[]) => cells.join('\t')
    const rows = (due: string) =>
      [
        row(...story.headers),
        row('Design', '2027-02-01', '2027-03-01', '', ''),
        row('Pilot', '2027-03-02', due, 'Design', ''),
        row('Scale', '', '2027-08-01', 'Pilot', story.yes),
      ].join('\n')
    await owner.hand.press('button', say('plan:paste.action'))
    await owner.hand.type(say('plan:paste.text'), rows('soon'))
    const taking = owner.page.getByRole('button', { name: say.any('plan:paste.take') })
    await expect(owner.page.getByText(say('plan:paste.defect.not-a-date'))).toBeVisible()
    await expect(taking).toBeDisabled()
    await owner.hand.type(say('plan:paste.text'), rows('2027-05-03'))
    await taking.click()
    await expect(owner.page.getByRole('dialog')).toHaveCount(0)
    await send(owner, partner, story.workspace)

    // Both edit apart: the same date by keyboard here and in the table there; one removes what the other changes.
    await openPlan(owner, story)
    await owner.hand.press('tab', say('plan:tab.timeline'))
    const bar = owner.page.locator('[data-bar]').nth(1)
    await bar.focus()
    for (let day = 0; day < 7; day++) await owner.page.keyboard.press(locale === 'ar' ? 'ArrowLeft' : 'ArrowRight')
    await expect(owner.page.getByRole('status').filter({ hasText: 'Pilot' })).toContainText(
      locale === 'ar' ? '١٠' : '10',
    )
    await owner.hand.press('tab', say('plan:tab.milestones'))
    await owner.page.getByRole('button', { name: say('plan:removeNamed', { name: 'Scale' }) }).click()
    await expect(owner.page.getByText(say('plan:removed', { name: 'Scale' }))).toBeVisible()

    await openPlan(partner, story)
    await partner.hand.press('tab', say('plan:tab.milestones'))
    await write(cell(partner, 'due', 1), '2027-06-01')
    await write(cell(partner, 'person', 2), 'Omar')
    await kept(partner)
    await kept(owner)

    await send(owner, partner, story.workspace)
    await send(partner, owner, story.workspace)
    for (const person of [owner, partner]) {
      // Today says what the other did to the dates.
      await visit(person, 'today')
      await expect(person.page.getByText(say.any('today:move.contested')).first()).toBeVisible()
      await openPlan(person, story)
      await person.hand.press('tab', say('plan:tab.milestones'))
      await expect(cell(person, 'due', 1).getByRole('button', { name: say.any('common:conflict.open') })).toBeVisible()
      await expect(person.page.getByText(say('common:conflict.removal', { name: 'Scale' }))).toBeVisible()
    }

    // The owner chooses; the partner's screen follows.
    await cell(owner, 'due', 1)
      .getByRole('button', { name: say.any('common:conflict.open') })
      .click()
    await owner.page
      .getByRole('button', { name: say('common:conflict.choose') })
      .last()
      .click()
    await owner.page.getByRole('button', { name: say('common:conflict.keep') }).click()
    await expect(owner.page.getByRole('button', { name: say.any('common:conflict.open') })).toHaveCount(0)
    await kept(owner)
    await send(owner, partner, story.workspace)
    await openPlan(partner, story)
    await partner.hand.press('tab', say('plan:tab.milestones'))
    await expect(partner.page.getByRole('button', { name: say.any('common:conflict.open') })).toHaveCount(0)
    await expect(partner.page.getByText(say('common:conflict.removal', { name: 'Scale' }))).toHaveCount(0)
    await expect(cell(partner, 'person', 2).locator('input').first()).toHaveValue('Omar')

    // Every tab speaks one language and can be used by everybody.
    const audit = auditor(locale, ['Design', 'Pilot', 'Scale', 'Omar', 'Huda', story.plan, ...story.companies])
    for (const tab of TABS) {
      await partner.hand.press('tab', say(`plan:tab.${tab}`))
      await settled(partner.page)
      await audit.look(partner.page, tab, 'main')
    }
    await partner.page.emulateMedia({ colorScheme: 'dark' })
    for (const tab of ['timeline', 'milestones', 'risks']) {
      await partner.hand.press('tab', say(`plan:tab.${tab}`))
      await settled(partner.page)
      await audit.lookAtColours(partner.page, `${tab}, dark`)
    }
    audit.done()

    // The dates leave for any calendar.
    await partner.hand.press('button', say('plan:export.action'))
    const waiting = partner.page.waitForEvent('download')
    await partner.page.getByRole('menuitem', { name: say('plan:export.calendar') }).click()
    const parts: Buffer[] = []
    for await (const part of await (await waiting).createReadStream()) parts.push(part as Buffer)
    const calendar = Buffer.concat(parts).toString('utf8')
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(3)
    expect(calendar).toContain('DTSTART;VALUE=DATE:20270801')
    expect(calendar).not.toContain('STATUS:CANCELLED')
  })

const TABS = ['overview', 'timeline', 'milestones', 'roles', 'resources', 'kpis', 'risks', 'budget', 'gates', 'about', 'history'] as const // prettier-ignore

type Story = (typeof STORIES)[number]

async function sit(browser: Browser, link: string, locale: Story['locale']): Promise<Person> {
  const context = await browser.newContext({
    locale: locale === 'ar' ? 'en-GB' : 'ar-SA',
    viewport: { width: 1600, height: 1000 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(link)
  const person = { page, hand: mouse(page), say: sayIn(locale) }
  await speak(person)
  return person
}

async function openPlan(person: Person, { workspace, plan }: Story): Promise<void> {
  await openWorkspace(person, workspace)
  await person.hand.press('link', plan)
  await settled(person.page)
}

/** Every change is sealed: what is not could not travel. */
const kept = ({ page, say }: Person): Promise<void> => expect(page.getByText(say('common:live.kept'))).toBeVisible()

/** A field of the milestones' table, by its row. */
const cell = ({ page }: Person, field: string, row: number): Locator =>
  page.locator('tr[data-row]').nth(row).locator(`[data-where$="/${field}"]`)

async function write(where: Locator, text: string): Promise<void> {
  const input = where.locator('input').first()
  await input.fill(text)
  await input.press('Enter')
}
