import { expect, test, type Browser } from 'playwright/test'
import { transactionsCsv } from '#demo/transactions.ts'
import { Authority } from '#test/agreements/authority.ts'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import {
  accept,
  confirmSafety,
  commitShort,
  createCompany,
  disclose,
  foundWorkspace,
  importFile,
  invite,
  openFile,
  openWorkspace,
  safetyCode,
  seeShortfall,
  shownHash,
  speak,
  visit,
  writeFile,
  type Person,
} from './support/story.ts'

test.afterEach(stopAll)

const WAYS = [
  { locale: 'ar', how: 'by keyboard alone', hand: keyboard },
  { locale: 'en', how: 'with the mouse', hand: mouse },
] as const

for (const { locale, how, hand } of WAYS)
  test(`two companies, ${locale}, ${how}`, async ({ browser }) => {
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale === 'ar' ? 'en-GB' : 'ar-SA')
      await page.goto(link)
      const person = { page, hand: hand(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [owner, supplier] = [await sit(first.link), await sit(second.link)]
    const names = { workspace: locale === 'ar' ? 'إمداد' : 'Supply' }

    await createCompany(owner, {
      company: locale === 'ar' ? 'نجد' : 'Najd',
      self: locale === 'ar' ? 'هدى' : 'Huda',
      roles: ['coo'],
    })
    await importFile(owner, { name: 'orders.csv', bytes: Buffer.from(transactionsCsv({ rows: 5_000, seed: 7 })) })
    await foundWorkspace(owner, names.workspace, locale === 'ar' ? 'لا نقص' : 'No shortage')
    const invitation = await invite(owner)

    await createCompany(supplier, {
      company: locale === 'ar' ? 'الخليج' : 'Gulf',
      self: locale === 'ar' ? 'عمر' : 'Omar',
      roles: ['coo'],
    })
    const answer = await accept(supplier, invitation)
    await openFile(owner, answer)
    await openWorkspace(owner, names.workspace, 'safety')
    const sync = await writeFile(owner)
    await openFile(supplier, sync)
    await openWorkspace(supplier, names.workspace, 'safety')
    expect(await safetyCode(owner)).toEqual(await safetyCode(supplier))
    await confirmSafety(owner)
    await confirmSafety(supplier)

    const sealed = await disclose(owner)
    await openWorkspace(owner, names.workspace)
    await openFile(supplier, await writeFile(owner))
    await expect(supplier.page.getByText(supplier.say.any('workspaces:openAnything.admitted'))).toBeVisible()
    await openWorkspace(supplier, names.workspace)
    await supplier.hand.press('link', /./, supplier.page.locator('[href^="#/artifact/"]').locator('..'))
    expect(await shownHash(supplier)).toBe(sealed)
    await commitShort(supplier)
    await openWorkspace(supplier, names.workspace)
    await openFile(owner, await writeFile(supplier))
    await seeShortfall(owner)
  })

for (const locale of ['ar', 'en'] as const)
  test(`[SIG-3] a timestamp authority is named, tried and believed, ${locale}`, async ({ browser }, info) => {
    const authority = new Authority()
    const { server, url } = await authority.listen()
    try {
      const { link } = await startApp()
      const page = await window(browser, locale === 'ar' ? 'en-GB' : 'ar-SA')
      await page.goto(link)
      const person = { page, hand: mouse(page), say: sayIn(locale) }
      await speak(person)
      const { hand, say } = person
      await createCompany(person, {
        company: locale === 'ar' ? 'نجد' : 'Najd',
        self: locale === 'ar' ? 'هدى' : 'Huda',
        roles: ['ceo'],
      })
      await visit(person, 'settings')
      await hand.press('link', say('common:settingsPage.timestamps'))
      const attempt = page.getByRole('button', { name: say('settings:timestamps.try') })
      await expect(attempt).toBeDisabled()
      // What is no address is refused with what one looks like.
      await hand.type(say('settings:timestamps.url'), 'file:///etc/passwd')
      await hand.press('button', say('common:save'))
      await expect(page.getByText(say('refusals.agreements:not-an-address'))).toBeVisible()
      await hand.type(say('settings:timestamps.url'), url)
      await hand.press('button', say('common:save'))
      await hand.press('button', say('settings:timestamps.try'))
      await expect(page.getByText(say('settings:timestamps.notBelieved'))).toBeVisible()
      await page.screenshot({ path: info.outputPath('asked.png'), fullPage: true })
      await hand.press('button', say('settings:timestamps.believe'))
      await hand.press('button', say('settings:timestamps.try'))
      await expect(page.getByText(say('settings:timestamps.believed'))).toBeVisible()
      await page.screenshot({ path: info.outputPath('believed.png'), fullPage: true })
      // An authority that is gone says so and changes nothing.
      server.close()
      server.closeAllConnections()
      await hand.press('button', say('settings:timestamps.try'))
      await expect(page.getByText(say('refusals.agreements:timestamp-unavailable'))).toBeVisible()
    } finally {
      server.close()
      authority.end()
    }
  })

async function window(browser: Browser, locale: string) {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}
