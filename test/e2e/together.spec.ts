import { expect, test, type Browser, type Locator, type Page } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { createCompany, foundWorkspace, newDocument, openWorkspace, speak, type Person } from './support/story.ts'
import { open } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(180_000)

const STORIES = [
  { locale: 'en', company: 'Najd', self: 'Huda', workspace: 'Cold chain', plan: 'Joint plan', standard: 'Standard', rows: 'Milestone\tStart\tDue\nDesign\t2027-02-01\t2027-03-01' },
  { locale: 'ar', company: 'نجد', self: 'هدى', workspace: 'سلسلة التبريد', plan: 'خطة مشتركة', standard: 'معيار', rows: 'المرحلة\tالبداية\tالاستحقاق\nDesign\t2027-02-01\t2027-03-01' },
] as const // prettier-ignore

async function sit(browser: Browser, link: string, locale: 'en' | 'ar'): Promise<Person> {
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

/** Keys, those of movement through the whole text, that all come while the window is busy: it meets them one right behind the other. */
async function whileBusy(page: Page, keys: readonly ('Home' | 'End' | 'Enter')[]): Promise<void> {
  const client = await page.context().newCDPSession(page)
  const busy = page.evaluate(() => {
    for (const begun = performance.now(); performance.now() - begun < 700;);
  })
  const sent = keys.flatMap((key) => {
    const windowsVirtualKeyCode = { Home: 36, End: 35, Enter: 13 }[key]
    const text = key === 'Enter' ? { text: '\r' } : { modifiers: 2 }
    return (['keyDown', 'keyUp'] as const).map((type) =>
      client.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode, ...text }),
    )
  })
  await Promise.all([busy, ...sent])
  await client.detach()
}

for (const { locale, company, self, workspace, plan, standard, rows } of STORIES)
  test(`two windows on one document see each other, letter by letter and bar by bar (${locale})`, async ({
    browser,
  }, info) => {
    const { link } = await startApp()
    const one = await sit(browser, link, locale)
    await createCompany(one, { company, self, roles: ['coo'] })
    await foundWorkspace(one, workspace, 'x')
    const two = await sit(browser, link, locale)
    const { say } = one
    const make = async (kind: string): Promise<string> => {
      await openWorkspace(one, workspace)
      await newDocument(one, kind, { [locale]: kind })
      return new URL(one.page.url()).hash
    }
    /** Another window of the same person is told as that. */
    const seesOther = ({ page }: Person): Promise<void> =>
      expect(page.getByRole('group', { name: say('common:live.here') }).getByRole('img')).toHaveAccessibleName(
        say('common:live.otherWindow'),
      )

    // A standard: what one types stands in the other's editor at once, with the writer's name at the place.
    const text = await make(standard)
    await one.hand.press('button', say('standards:clause.add'))
    await open(two.page, text)
    await seesOther(one)
    await seesOther(two)
    const language = locale === 'ar' ? 'standards:clause.textAr' : 'standards:clause.textEn'
    const box = ({ page }: Person): Locator => page.getByRole('textbox', { name: say.any(language) }).first()
    await two.page
      .getByRole('button', { name: say.any('standards:clause.editOf') })
      .first()
      .click()
    await box(one).click()
    await one.page.keyboard.type('Nine pallets')
    await expect(box(two)).toContainText('Nine pallets')
    // Keys that waited in a busy window act where the caret is by then: an end of paragraph behind the words, and one before them.
    await whileBusy(one.page, ['Home', 'End', 'Enter', 'Home', 'Enter'])
    await expect(box(one).locator('p')).toHaveCount(3)
    await expect(box(one).locator('p').nth(1)).toContainText('Nine pallets')
    await one.page.keyboard.press('Backspace')
    await one.page.keyboard.press('ControlOrMeta+End')
    await one.page.keyboard.press('Backspace')
    await expect(box(two).locator('p')).toHaveCount(1)
    await expect(box(two).locator('bdi', { hasText: say('standards:suggest.otherWindow') })).toBeVisible()
    await box(two).click()
    await two.page.keyboard.press('ControlOrMeta+Home')
    await two.page.keyboard.type('At most ')
    // The caret of the other stands between the words of both.
    await expect(box(one)).toHaveText(new RegExp(`At most .*${say('standards:suggest.otherWindow')}.*Nine pallets`))
    await two.page.screenshot({ path: info.outputPath('carets.png') })
    // A new paragraph is a suggestion to the other, and a paragraph once that one accepts.
    await two.page.getByRole('switch', { name: say('standards:suggest.mode') }).first().press('Space') // prettier-ignore
    await box(two).click()
    await two.page.keyboard.press('ControlOrMeta+End')
    await two.page.keyboard.press('Enter')
    await two.page.keyboard.type('Two lorries')
    await expect(box(one).locator('ins').filter({ hasText: 'Two lorries' })).toBeVisible()
    await expect(box(one).locator('ins[data-breaks="split"]')).toBeVisible()
    await one.page.screenshot({ path: info.outputPath('suggested.png') })
    await one.page
      .getByRole('button', { name: say('standards:suggest.accept'), exact: true })
      .first()
      .click()
    await expect(box(two).locator('[data-broken="split"]')).toHaveCount(1)
    await expect(box(two).locator('ins')).toHaveCount(0)
    await one.page.screenshot({ path: info.outputPath('accepted.png') })
    // Backspace at its beginning suggests that the two become one again.
    await two.page.keyboard.press('Home')
    await two.page.keyboard.press('Backspace')
    await expect(box(one).locator('del')).toContainText('¶')
    await one.page.screenshot({ path: info.outputPath('joined.png') })
    await one.page
      .getByRole('button', { name: say('standards:suggest.acceptAll') })
      .first()
      .click()
    await expect(box(two).locator('[data-broken]')).toHaveCount(0)
    // So it does at the beginning of a paragraph that was one from the start.
    await box(one).click()
    await one.page.keyboard.press('ControlOrMeta+End')
    await one.page.keyboard.press('Enter')
    await one.page.keyboard.type(' and a crane')
    await expect(box(two).locator('p').nth(1)).toHaveText(/ and a crane/)
    await box(two).click()
    await two.page.keyboard.press('ControlOrMeta+End')
    await two.page.keyboard.press('Home')
    await two.page.keyboard.press('Backspace')
    await expect(box(one).locator('ins[data-breaks="join"]')).toBeVisible()
    await one.page.screenshot({ path: info.outputPath('to-join.png') })
    await one.page
      .getByRole('button', { name: say('standards:suggest.accept'), exact: true })
      .first()
      .click()
    await expect(box(one).locator('p').first()).toHaveCSS('display', 'inline')
    await one.page.screenshot({ path: info.outputPath('one-again.png') })

    // A list and a table are suggested as a whole, with what is written in them.
    await box(two).click()
    await two.page.keyboard.press('ControlOrMeta+End')
    await two.hand.press('button', say('standards:tool.bullets'))
    await two.page.keyboard.press('Enter')
    await two.page.keyboard.type('And a driver')
    await two.hand.press('button', say('standards:tool.table'))
    await two.hand.press('menuitem', say('standards:tool.addTable'))
    await two.page.keyboard.type('Lorry')
    await expect(box(one).locator('ul[data-proposed="add"] li')).toHaveCount(2)
    await expect(box(one).locator('table[data-proposed="add"] th').first()).toContainText('Lorry')
    await expect(one.page.getByText(say('standards:suggest.block.table'), { exact: true })).toBeVisible()
    await one.page.screenshot({ path: info.outputPath('suggested-list.png') })
    await one.page
      .getByRole('button', { name: say('standards:suggest.acceptAll') })
      .first()
      .click()
    await expect(box(two).locator('[data-proposed]')).toHaveCount(0)
    await expect(box(two).locator('li')).toHaveCount(2)
    await expect(box(two).locator('li').last()).toHaveText('And a driver')
    await expect(box(two).locator('th').first()).toContainText('Lorry')

    // A whole clause is suggested in one window and accepted in the other, where it has no number before.
    await two.hand.press('button', say('standards:clause.suggest'))
    const suggested = ({ page }: Person): Locator => page.locator('section[data-proposed="add"]')
    await two.hand.type(locale === 'ar' ? 'العنوان بالعربية' : 'Heading in English', workspace, suggested(two))
    await two.page.keyboard.press('Tab')
    await expect(one.page.getByRole('region', { name: workspace, exact: true })).toContainText(self)
    await one.page.screenshot({ path: info.outputPath('suggested-clause.png') })
    const numbered = locale === 'ar' ? `٢ ${workspace}` : `2 ${workspace}`
    await expect(two.page.getByRole('region', { name: numbered })).toHaveCount(0)
    await suggested(one)
      .getByRole('button', { name: say.any('standards:suggest.clause.acceptOf') })
      .click()
    await expect(two.page.getByRole('region', { name: numbered })).toBeVisible()
    // That it goes again is suggested from its menu, and rejected.
    await two.page
      .getByRole('region', { name: numbered })
      .getByRole('button', { name: say.any('standards:clause.moreOf') })
      .click()
    await two.hand.press('menuitem', say('standards:suggest.clause.propose'))
    const going = one.page.locator('section[data-proposed="remove"]')
    await expect(going).toContainText(workspace)
    await one.page.screenshot({ path: info.outputPath('suggested-removal.png') })
    await going.getByRole('button', { name: say.any('standards:suggest.clause.rejectOf') }).click()
    await expect(two.page.locator('section[data-proposed]')).toHaveCount(0)
    await expect(two.page.getByRole('region', { name: numbered })).toBeVisible()

    // A plan: the bar that one drags moves on the other's screen, and its date with it.
    const dates = await make(plan)
    await one.hand.press('button', say('plan:paste.action'))
    await one.hand.type(say('plan:paste.text'), rows)
    await one.page.getByRole('button', { name: say.any('plan:paste.take') }).click()
    await expect(one.page.getByRole('dialog')).toHaveCount(0)
    await one.hand.press('tab', say('plan:tab.timeline'))
    await open(two.page, dates)
    await two.hand.press('tab', say('plan:tab.milestones'))
    const due = two.page.locator('tr[data-row]').first().locator('[data-where$="/due"] input').first()
    await expect(due).toHaveValue(/2027|٢٠٢٧/)
    const before = await due.inputValue()
    const bar = one.page.locator('[data-bar] rect[class*="shape"]').first()
    await bar.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await bar.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await one.page.mouse.move(x + width / 2, y + height / 2)
    await one.page.mouse.down()
    await one.page.mouse.move(x + width / 2 + 60, y + height / 2, { steps: 6 })
    await one.page.mouse.up()
    await expect(due).not.toHaveValue(before)
    await expect(one.page.getByText(say('common:live.kept'))).toBeVisible()
    await one.page.screenshot({ path: info.outputPath('dragged.png') })
  })
