import { expect, test, type Browser, type Locator } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { settled } from './support/walk.ts'
import { certifyColleague, createCompany, foundWorkspace, joinCompany, newDocument, openFile, openWorkspace, save, send, speak, visit, type Person, type Saved } from './support/story.ts' // prettier-ignore

test.afterEach(stopAll)
test.setTimeout(420_000)

const STORIES = [
  { locale: 'en', company: 'Najd', self: 'Huda', name: 'Omar', workspace: 'Supply', outcome: 'No shortage', plan: 'Pilot plan', milestone: 'Depot in Riyadh' },
  { locale: 'ar', company: 'نجد', self: 'هدى', name: 'عمر', workspace: 'إمداد', outcome: 'لا نقص', plan: 'خطة تجريبية', milestone: 'مستودع الرياض' },
] as const // prettier-ignore

for (const story of STORIES)
  test(`[LIV-12] what was written before a device heard that its roles were reduced stands there as a draft and is taken in again (${story.locale})`, async ({
    browser,
  }) => {
    const { locale, company, workspace } = story
    const [first, second] = await Promise.all([startApp(), startApp()])
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale)
      await page.goto(link)
      const person = { page, hand: mouse(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [owner, colleague] = [await sit(first.link), await sit(second.link)]
    const { say } = owner
    await createCompany(owner, { company, self: story.self, roles: ['coo'] })
    await foundWorkspace(owner, workspace, story.outcome)
    await openWorkspace(owner, workspace)
    await newDocument(owner, locale === 'ar' ? 'خطة مشتركة' : 'Joint plan', { [locale]: story.plan })
    await expect(owner.page.getByText(say('plan:overview.start'))).toBeVisible()
    await joinCompany(colleague, story.name)
    await certifyColleague(owner, colleague, company, 'coo')

    // Its roles are reduced, and the colleague's device goes on without having heard of it.
    await certify(owner, story.name, 'legal')
    await openPlan(colleague, story)
    await colleague.hand.press('tab', say('plan:tab.milestones'))
    await colleague.hand.press('button', say('plan:milestones.add'))
    await write(cell(colleague), story.milestone)
    await expect(colleague.page.getByText(say('common:live.kept'))).toBeVisible()

    // It hears of it: what it wrote stands in the document, for nobody else, and may only be copied.
    await send(owner, colleague, workspace)
    await openFile(colleague, await updateFile(owner))
    await openPlan(colleague, story)
    const draft = colleague.page.getByRole('group', { name: say('common:heldBack.draft', { name: story.milestone }) })
    await expect(draft.getByText(say('common:heldBack.role'))).toBeVisible()
    await look(colleague, `role-${locale}`)
    const audit = auditor(locale, [story.plan, story.milestone, company, story.name, story.self, workspace])
    await audit.look(colleague.page, 'held back', 'main')
    audit.done()
    await openWorkspace(colleague, workspace, 'members')
    await expect(colleague.page.getByText(say('workspaces:devices.actsMeaning'))).toBeVisible()
    await look(colleague, `members-${locale}`)

    // With the role back it is taken in again, and the owner has it.
    await certify(owner, story.name, 'coo')
    await send(owner, colleague, workspace)
    await openFile(colleague, await updateFile(owner))
    await openPlan(colleague, story)
    await colleague.hand.press('button', say('common:heldBack.takeInNamed', { name: story.milestone }))
    await expect(draft).toHaveCount(0)
    await colleague.hand.press('tab', say('plan:tab.milestones'))
    await expect(cell(colleague)).toHaveValue(story.milestone)
    await look(colleague, `taken-${locale}`)
    await send(colleague, owner, workspace)
    await openPlan(owner, story)
    await owner.hand.press('tab', say('plan:tab.milestones'))
    await expect(cell(owner)).toHaveValue(story.milestone)
  })

async function look({ page }: Person, name: string): Promise<void> {
  const pictures = process.env['MITHAQ_PICTURES']
  if (pictures) await page.screenshot({ path: `${pictures}/reduced-${name}.png`, fullPage: true })
}

/** A colleague's only role gives way to another. */
async function certify(owner: Person, name: string, role: string): Promise<void> {
  const { page, hand, say } = owner
  await visit(owner, 'settings')
  await hand.press('link', say('common:settingsPage.people'))
  await page
    .getByRole('group', { name, exact: true })
    .getByRole('button', { name: say('settings:people.certify') })
    .click()
  const dialog = page.getByRole('dialog', { name: say('settings:certify.title', { name }) })
  await dialog.getByLabel(say('common:roles')).and(dialog.locator('input')).first().press('Backspace')
  await hand.choose(say('common:roles'), say(`common:role.${role}`), dialog)
  await hand.press('button', say('settings:people.certify'), dialog)
  await expect(dialog).toHaveCount(0)
}

async function updateFile(owner: Person): Promise<Saved> {
  await visit(owner, 'settings')
  await owner.hand.press('link', owner.say('common:settingsPage.people'))
  return save(owner, owner.say('settings:people.update'))
}

async function openPlan(person: Person, { workspace, plan }: (typeof STORIES)[number]): Promise<void> {
  await openWorkspace(person, workspace)
  await person.hand.press('link', plan)
  await settled(person.page)
}

/** The title of the only milestone. */
const cell = ({ page }: Person): Locator =>
  page.locator('tr[data-row]').first().locator('[data-where*="/title"]').locator('input').first()

async function write(input: Locator, text: string): Promise<void> {
  await input.fill(text)
  await input.press('Enter')
}

async function window(browser: Browser, locale: string) {
  const context = await browser.newContext({
    locale: locale === 'ar' ? 'en-GB' : 'ar-SA',
    viewport: { width: 1400, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  return context.newPage()
}
