import { expect, test, type Browser } from 'playwright/test'
import { transactionsCsv } from '#demo/transactions.ts'
import { startApp, stopAll } from './support/app.ts'
import { approvedBy } from './support/colleague.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor, seriousIssues } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { certifyColleague, heading, importFile, joinCompany, meet, speak, visit, type Person } from './support/story.ts' // prettier-ignore

test.afterEach(stopAll)
test.setTimeout(300_000)

const WAYS = [
  { locale: 'ar', how: 'by keyboard alone', hand: keyboard, scheme: 'dark' },
  { locale: 'en', how: 'with the mouse', hand: mouse, scheme: 'light' },
] as const

for (const { locale, how, hand, scheme } of WAYS)
  test(`[GV-10] a disclosure waits for a colleague’s approval and leaves with it, ${locale}, ${how}`, async ({
    browser,
  }, info) => {
    const [company, theirs, name, place] = locale === 'ar' ? ['نجد', 'الخليج', 'سارة', 'وزارة الصحة'] : ['Najd', 'Gulf', 'Sara', 'Ministry of Health'] // prettier-ignore
    const audit = auditor(locale, [company, theirs, name, place, 'Huda', 'هدى'])
    const look = async ({ page }: Person, screen: string): Promise<void> => {
      await page.screenshot({ path: info.outputPath(`${screen}.png`), fullPage: true })
      // Beside data in the partner's words the app's own are looked at on the other screens.
      if (['empty', 'policy', 'mine'].includes(screen)) await audit.look(page, screen)
      else for (const issue of await seriousIssues(page, {})) audit.found.push(`${screen}: ${issue}`)
    }
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale === 'ar' ? 'en-GB' : 'ar-SA', scheme)
      await page.goto(link)
      const person = { page, hand: hand(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const apps = await Promise.all([startApp(), startApp(), startApp()])
    const [owner, legal, partner] = await Promise.all(apps.map(({ link }) => sit(link)))
    if (!owner || !legal || !partner) throw new Error('an app without a window')
    const { say } = owner
    const main = ({ page }: Person) => page.getByRole('main')
    await meet(owner, partner, { workspace: place, companies: [company, theirs] })
    await importFile(owner, { name: 'orders.csv', bytes: Buffer.from(transactionsCsv({ rows: 2_000, seed: 7 })) })
    await visit(owner, 'approvals')
    await heading(owner, say('approvals:empty.waiting.title'))
    await look(owner, 'empty')
    await owner.hand.press('link', say('approvals:policyLink'), main(owner))
    await heading(owner, say('approvals:policy.title'))
    await owner.hand.choose(place, say('approvals:scope.government'))
    // Nobody is of legal yet, and the page says what that means.
    await expect(main(owner).getByText(say.any('approvals:policy.warning.nobody-holds')).first()).toBeVisible()
    await owner.hand.press('button', say('approvals:policy.off.holidays'))
    await expect(
      main(owner)
        .getByRole('region', { name: say('approvals:policy.off.what.national-day') })
        .first(),
    ).toBeVisible()
    await look(owner, 'policy')
    await owner.hand.press('button', say('approvals:policy.save'))
    await expect(owner.page.getByText(say('approvals:policy.saved'))).toBeVisible()
    await joinCompany(legal, name)
    await certifyColleague(owner, legal, company, 'legal')

    await visit(owner, 'disclosures')
    await owner.hand.press('link', say('common:action.newDisclosure'), main(owner))
    await owner.hand.press('button', say('disclosures:propose'))
    await expect(owner.page.getByText(say('disclosures:willSeal'))).toBeVisible({ timeout: 60_000 })
    await owner.hand.press('button', say('disclosures:disclose'))
    await owner.hand.press('button', say('disclosures:disclose'), owner.page.getByRole('dialog'))
    const dialog = owner.page.getByRole('dialog', { name: say('approvals:ask.title') })
    await expect(dialog.getByText(name)).toBeVisible()
    await approvedBy(owner, legal, look)
    await visit(owner, 'disclosures')
    await expect(main(owner).getByRole('link', { name: /./ }).first()).toBeVisible()
    await visit(owner, 'activity')
    await expect(owner.page.getByText(say('audit:code.approval-carried-out')).first()).toBeVisible()
    audit.done()
  })

async function window(browser: Browser, locale: string, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}
