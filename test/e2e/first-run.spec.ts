import { expect, test, type Browser } from 'playwright/test'
import type { Locale } from '#ui/parts/formatters.ts'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse, type Hand } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import {
  accept,
  commitShort,
  createCompany,
  foundWorkspace,
  invite,
  PASSPHRASE,
  seeShortfall,
  shownHash,
  speak,
  type Person,
  type Saved,
} from './support/story.ts'
import { open, settled, still } from './support/walk.ts'

test.afterAll(stopAll)

const NAMES = {
  ar: { company: 'الخليج', self: 'عمر', workspace: 'إمداد', outcome: 'لا نقص' },
  en: { company: 'Gulf', self: 'Omar', workspace: 'Supply', outcome: 'No shortage' },
} as const

async function sit(browser: Browser, link: string, locale: Locale, hand: (page: Person['page']) => Hand) {
  const context = await browser.newContext({
    locale: locale === 'ar' ? 'ar-SA' : 'en-GB',
    viewport: { width: 1280, height: 900 },
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(link)
  return { page, hand: hand(page), say: sayIn(locale) }
}

test('the first run with the sample companies, in Arabic, by keyboard alone', async ({ browser }) => {
  const { link } = await startApp()
  const { page, hand } = await sit(browser, link, 'en', keyboard)
  const say = sayIn('ar')
  const person: Person = { page, hand, say }
  const same = page.getByText(say('private:beside.same'))
  /** By the palette, as someone who has no mouse would. */
  const call = async (name: string) => {
    await page.keyboard.press('ControlOrMeta+K')
    await expect(page.getByRole('textbox', { name: say('common:palette.placeholder') })).toBeFocused()
    await page.keyboard.insertText(name)
    await expect(page.getByRole('dialog').getByRole('button', { name })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }

  await speak(person)
  await hand.press('button', say('welcome:start.explore'))
  await expect(same).toBeVisible({ timeout: 60_000 })
  const sealed = await shownHash(person)
  await expect(page.getByRole('region', { name: say.any('private:beside.sees') }).getByText(sealed)).toBeVisible()

  await hand.press('link', say('private:beside.openDisclosure'))
  await hand.press('link', say('disclosures:revise'))
  const theirs = page.getByRole('region', { name: say('disclosures:preview.theirs') })
  await expect(page.getByRole('region', { name: say('disclosures:preview.ours') }).getByRole('grid')).toBeInViewport()
  await expect(theirs.getByRole('grid')).toBeInViewport()

  await call(say('common:sample.beside'))
  await hand.press('link', say('private:beside.answer'))
  expect(await shownHash(person)).toBe(sealed)
  await commitShort(person)
  // What was announced does not stay behind in the language that was left.
  await speak({ ...person, say: sayIn('en') })
  await expect(page.getByText(say('forecast:commit.sent'))).toBeHidden()
  await speak(person)
  await page.keyboard.press('Alt+1')
  await seeShortfall(person)
})

test.describe('a real company', () => {
  let invitation: Saved
  test.beforeAll(async ({ browser }) => {
    const { link } = await startApp()
    const owner = await sit(browser, link, 'en', mouse)
    await createCompany(owner, { company: 'Najd', self: 'Huda', roles: ['coo'] })
    await foundWorkspace(owner, 'Supply', 'No shortage')
    invitation = await invite(owner)
    await owner.page.context().close()
  })

  for (const locale of ['ar', 'en'] as const)
    test(`its first screens, empty areas and invitations speak ${locale} alone and pass axe`, async ({ browser }) => {
      const { link } = await startApp()
      const person = await sit(browser, link, locale, mouse)
      const { page, hand, say } = person
      const names = NAMES[locale]
      const audit = auditor(locale, ['Najd', 'Huda', 'Supply', 'No shortage'])
      const look = async (screen: string) => {
        await still(page)
        await audit.look(page, screen)
      }
      await settled(page)
      await look('welcome')
      await open(page, '#/welcome/restore')
      await look('restore')
      await page.getByText(say('welcome:restore.byWords'), { exact: true }).click()
      await look('restore by words')
      await open(page, '#/welcome')
      await createCompany(person, { ...names, roles: ['coo'] }, look)

      for (const area of [
        'today',
        'workspaces',
        'private',
        'disclosures',
        'disclosures/new',
        'activity',
        'settings/vault',
      ]) {
        await open(page, `#/${area}`)
        await look(`${area}, empty`)
      }
      for (const kind of ['newRecoveryWords', 'rekey']) {
        await hand.press('button', say(`settings:${kind}.action`))
        await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible()
        await look(kind)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
      await foundWorkspace(person, names.workspace, names.outcome)
      await look('invite')
      await invite(person)
      await look('invited')
      await accept(person, invitation)
      await look('accepted')

      await hand.press('button', say('common:lock'))
      await settled(page)
      await look('locked')
      await hand.type(say('common:passphrase'), `${PASSPHRASE}!`)
      await hand.press('button', say('welcome:unlock.open'))
      await expect(page.getByRole('alert')).toBeVisible()
      await look('refused')
      await hand.press('link', say('welcome:unlock.forgot'))
      await settled(page)
      await look('unlock with words')
      audit.done()
    })
})
