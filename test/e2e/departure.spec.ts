import { expect, test, type Browser } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { meet, openFile, openWorkspace, send, speak, writeFile, type Person } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(180_000)

const WAYS = [
  { locale: 'ar', hand: keyboard, workspace: 'إمداد', companies: ['نجد', 'الخليج'] },
  { locale: 'en', hand: mouse, workspace: 'Supply', companies: ['Najd', 'Gulf'] },
] as const

async function sit(browser: Browser, link: string, { locale, hand }: (typeof WAYS)[number]): Promise<Person> {
  const context = await browser.newContext({
    locale: locale === 'ar' ? 'en-GB' : 'ar-SA',
    viewport: { width: 1280, height: 900 },
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(link)
  const person = { page, hand: hand(page), say: sayIn(locale) }
  await speak(person)
  return person
}

for (const way of WAYS)
  test(`[SYN-77] a company is removed, and what it writes without knowing that waits and is shown so, ${way.locale}`, async ({
    browser,
  }, info) => {
    const { locale, workspace, companies } = way
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [a, b] = [await sit(browser, first.link, way), await sit(browser, second.link, way)]
    const { say } = a
    const audit = auditor(locale, [...companies, workspace])
    await meet(a, b, { workspace, companies })
    await send(a, b, workspace)

    await openWorkspace(a, workspace, 'members')
    await a.hand.press('button', say('workspaces:remove.action'))
    await a.hand.press('button', say('workspaces:remove.action'), a.page.getByRole('dialog'))
    await expect(a.page.getByText(say('workspaces:devices.gone'))).toBeVisible()

    // The other has heard of nothing, and leaves by itself.
    await openWorkspace(b, workspace, 'members')
    await b.hand.press('button', say('workspaces:leave.action'))
    await b.hand.press('button', say('workspaces:leave.action'), b.page.getByRole('dialog'))
    await expect(b.page.getByText(say('workspaces:devices.gone'))).toBeVisible()
    await openWorkspace(b, workspace)
    await openFile(a, await writeFile(b))

    await openWorkspace(a, workspace, 'members')
    await expect(a.page.getByText(say.any('workspaces:devices.parked')).first()).toBeVisible()
    await settled(a.page)
    await a.page.screenshot({ path: info.outputPath('members.png'), fullPage: true })
    await audit.look(a.page, 'members')
    audit.done()
  })
