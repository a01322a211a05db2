import { expect, test, type Browser } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { meet, openWorkspace, send, speak, visit, type Person } from './support/story.ts'

test.afterEach(stopAll)
test.setTimeout(180_000)

const WAYS = [
  { locale: 'ar', how: 'by keyboard alone', hand: keyboard },
  { locale: 'en', how: 'with the mouse', hand: mouse },
] as const

for (const { locale, how, hand } of WAYS)
  test(`two companies attest a checkpoint, by files, ${locale}, ${how}`, async ({ browser }, info) => {
    const look = async ({ page }: Person, name: string): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`), fullPage: true })
      }
      await page.emulateMedia({ colorScheme: 'light' })
    }
    const sit = async (): Promise<Person> => {
      const { link } = await startApp()
      const page = await window(browser, locale === 'ar' ? 'en-GB' : 'ar-SA')
      await page.goto(link)
      const person = { page, hand: hand(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [owner, partner] = [await sit(), await sit()]
    const { say } = owner
    const [ours, theirs] = locale === 'ar' ? ['نجد للتجارة', 'الخليج للتوريد'] : ['Najd Trading', 'Gulf Supply']
    const workspace = locale === 'ar' ? 'إمداد' : 'Supply'
    await meet(owner, partner, { workspace, companies: [ours, theirs] })

    await openWorkspace(owner, workspace, 'members')
    await expect(owner.page.getByText(say('workspaces:checkpoint.none')).first()).toBeVisible()
    await look(owner, 'none')
    const make = () => owner.hand.press('button', say.any('workspaces:checkpoint.makeIn'))
    await make()
    await expect(owner.page.getByText(say('workspaces:checkpoint.waits'))).toBeVisible()
    await expect(owner.page.getByText(say('workspaces:checkpoint.missing', { company: theirs }))).toBeVisible()
    await look(owner, 'waiting')
    // Nothing but words about checkpoints since then.
    await make()
    await expect(owner.page.getByText(say('refusals.workspaces:checkpoint-no-news'))).toBeVisible()
    await look(owner, 'no-news')

    await send(owner, partner, workspace)
    await openWorkspace(partner, workspace, 'members')
    await expect(partner.page.getByText(say('workspaces:checkpoint.stands'))).toBeVisible()
    await send(partner, owner, workspace)
    await openWorkspace(owner, workspace, 'members')
    await expect(owner.page.getByText(say('workspaces:checkpoint.stands'))).toBeVisible()
    await look(owner, 'stands')
    await visit(owner, 'activity')
    await expect(owner.page.getByText(say('audit:code.checkpoint-made')).first()).toBeVisible()
    await visit(partner, 'activity')
    await expect(partner.page.getByText(say('audit:code.checkpoint-attested')).first()).toBeVisible()
  })

async function window(browser: Browser, locale: string) {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}
