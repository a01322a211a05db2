import { expect, test, type Browser } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import {
  createCompany, foundWorkspace, heading, joinCompany, openFile, openWorkspace, safetyCode, save, speak, visit, type Person,
} from './support/story.ts' // prettier-ignore

test.afterEach(stopAll)

const WAYS = [
  { locale: 'ar', how: 'by keyboard alone', hand: keyboard },
  { locale: 'en', how: 'with the mouse', hand: mouse },
] as const

for (const { locale, how, hand } of WAYS)
  test(`a colleague's device joins, roles are lent, the device is revoked, ${locale}, ${how}`, async ({
    browser,
  }, info) => {
    const look = async ({ page }: Person, name: string): Promise<void> => {
      await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    }
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale === 'ar' ? 'en-GB' : 'ar-SA')
      await page.goto(link)
      const person = { page, hand: hand(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [owner, colleague] = [await sit(first.link), await sit(second.link)]
    const { say } = owner
    const [company, self, name] = locale === 'ar' ? ['نجد', 'هدى', 'عمر'] : ['Najd', 'Huda', 'Omar']
    const workspace = locale === 'ar' ? 'إمداد' : 'Supply'
    await createCompany(owner, { company, self, roles: ['coo'] })
    await foundWorkspace(owner, workspace, locale === 'ar' ? 'لا نقص' : 'No shortage')

    await joinCompany(colleague, name)
    await heading(colleague, say('welcome:join.waitTitle'))
    await look(colleague, 'joining')
    const request = await save(colleague, say('welcome:join.save'))
    await openFile(owner, request)
    await heading(owner, say('workspaces:enrol.title'))
    expect(await safetyCode(owner)).toEqual(await safetyCode(colleague))
    await owner.hand.choose(say('workspaces:enrol.roles'), say('common:role.coo'))
    await look(owner, 'enrol')
    await owner.hand.press('button', say('workspaces:enrol.certify'))
    await heading(owner, say('workspaces:enrol.doneTitle'))
    const answer = await save(owner, say('workspaces:enrol.answer'))
    await colleague.hand.give(say('welcome:join.answer'), answer)
    await heading(colleague, say('welcome:join.offer', { company }))
    expect(await safetyCode(colleague)).toEqual(await safetyCode(owner))
    await look(colleague, 'offer')
    await colleague.hand.press('button', say('welcome:join.matches'))
    await openWorkspace(colleague, workspace, 'members')
    await look(colleague, 'colleague-members')
    await visit(colleague, 'settings')
    await colleague.hand.press('link', say('common:settingsPage.people'))
    await expect(colleague.page.getByText(say('settings:people.notIssuer'))).toBeVisible()

    await visit(owner, 'settings')
    await owner.hand.press('link', say('common:settingsPage.people'))
    await expect(owner.page.getByText(name).first()).toBeVisible()
    await look(owner, 'people')
    await owner.hand.press('button', say('settings:people.delegate'))
    const dialog = owner.page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    await owner.hand.choose(say('settings:delegate.roles'), say('common:role.coo'), dialog)
    await look(owner, 'delegate')
    await owner.hand.press('button', say('settings:delegate.action'), dialog)
    await expect(owner.page.getByText(say.any('settings:people.actingFor')).first()).toBeVisible()

    await owner.hand.press('button', say('settings:people.lost'))
    await expect(owner.page.getByText(say('settings:people.lostText'))).toBeVisible()
    await look(owner, 'revoke')
    await owner.hand.press('button', say('settings:people.lost'), owner.page.getByRole('dialog'))
    await expect(owner.page.getByText(say('settings:deviceState.revoked')).first()).toBeVisible()
    await openWorkspace(owner, workspace, 'members')
    await expect(owner.page.getByText(say('workspaces:devices.revoked')).first()).toBeVisible()
    await look(owner, 'members')
    await visit(owner, 'activity')
    await expect(owner.page.getByText(say('audit:code.device-revoked')).first()).toBeVisible()
  })

async function window(browser: Browser, locale: string) {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}
