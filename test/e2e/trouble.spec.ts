import { expect, test, type Browser } from 'playwright/test'
import { daysLater, HURRY, startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { createCompany, foundWorkspace, invite, openFile, PASSPHRASE, visit, type Person } from './support/story.ts'

test.afterEach(stopAll)

const HUDA = { company: 'Najd', self: 'Huda', roles: ['coo'] }
const OMAR = { company: 'Gulf', self: 'Omar', roles: ['coo'] }

async function sit(browser: Browser, link: string): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(link)
  return { page, hand: mouse(page), say: sayIn('en') }
}

test('an invitation that was changed, that is no Mithaq file, or that is too old, is refused in a sentence', async ({
  browser,
}) => {
  const [first, second] = await Promise.all([startApp(), startApp({ preload: [daysLater(10)] })])
  const owner = await sit(browser, first.link)
  await createCompany(owner, HUDA)
  await foundWorkspace(owner, 'Supply', 'No shortage')
  const invitation = await invite(owner)
  const supplier = await sit(browser, second.link)
  await createCompany(supplier, OMAR)
  const { page, say } = supplier
  const refused = page.getByRole('alert')

  await openFile(supplier, { ...invitation, bytes: invitation.bytes.map((byte, at) => (at === 100 ? byte ^ 1 : byte)) })
  await expect(refused).toContainText(/damaged|changed|complete/)
  await openFile(supplier, { name: 'notes.txt', bytes: Buffer.from('no Mithaq file at all') })
  await expect(refused).toContainText(say('common:refusal.title'))
  await openFile(supplier, invitation)
  await expect(refused).toContainText(say('refusals.membership:invitation-expired'))
  await expect(page.getByRole('button', { name: say('workspaces:invitation.accept') })).toHaveCount(0)
})

test('wrong passphrase, the automatic lock, and the place that a reload keeps', async ({ browser }) => {
  const app = await startApp({ preload: [HURRY] })
  const person = await sit(browser, app.link)
  const { page, hand, say } = person
  await createCompany(person, HUDA)
  await page.goto(new URL('/#/settings/vault', app.link).href)
  await hand.type(say('settings:vault.minutes'), '1')
  await hand.press('button', say('common:save'))
  await page.goto(new URL('/#/settings/people', app.link).href)
  await page.reload()
  await expect(page).toHaveURL(/#\/settings\/people$/)
  await expect(page.getByRole('heading', { name: say('welcome:unlock.title') })).toBeVisible()

  await hand.type(say('common:passphrase'), 'not the passphrase at all')
  await hand.press('button', say('welcome:unlock.open'))
  await expect(page.getByRole('alert')).toContainText(say('refusals.vault:passphrase-wrong'))
  await hand.type(say('common:passphrase'), PASSPHRASE)
  await hand.press('button', say('welcome:unlock.open'))
  // Where the lock came down is where the work goes on.
  await expect(page).toHaveURL(/#\/settings\/people$/)
  await expect(page.getByText('Huda').first()).toBeVisible()
})

test('a second window follows what the first one does', async ({ browser }) => {
  const app = await startApp()
  const first = await sit(browser, app.link)
  await createCompany(first, HUDA)
  const second = await sit(browser, app.link)
  await visit(second, 'workspaces')
  await foundWorkspace(first, 'Supply', 'No shortage')
  await expect(second.page.getByRole('link', { name: 'Supply' })).toBeVisible()
})

test('the window says that the engine is gone, and goes on by itself when it is back', async ({ browser }) => {
  const app = await startApp()
  const person = await sit(browser, app.link)
  const { page, hand, say } = person
  await createCompany(person, HUDA)
  await app.kill()
  await expect(page.getByText(say('common:unreachable.banner'))).toBeVisible()
  // The code of a screen that was not shown yet cannot be had now either.
  const asked = page.waitForEvent('requestfailed', (request) => request.url().includes('/assets/'))
  await visit(person, 'settings')
  await asked
  await page.evaluate(() => (location.hash = '#/settings/people'))
  // A browser remembers what it failed to fetch, so the window loads itself anew; what is typed before that is lost with it.
  const again = page.waitForEvent('load')
  await startApp({ profile: app.profile, port: app.port })
  await again
  await expect(page.getByText(say('common:unreachable.banner'))).toBeHidden()
  await hand.type(say('common:passphrase'), PASSPHRASE)
  await hand.press('button', say('welcome:unlock.open'))
  await expect(page).toHaveURL(/#\/settings\/people$/)
})
