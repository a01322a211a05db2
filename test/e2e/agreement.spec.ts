import { readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { SAMPLE_DATA, auditor } from './support/looks.ts'
import { mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { exploreSample, newDocument } from './support/story.ts'
import { startApp, stopAll } from './support/app.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)

test('[AR-1] an agreement is drafted and closed for signature in Arabic, and every screen of it speaks Arabic alone', async ({
  browser,
}) => {
  const { link } = await startApp({ browser: true })
  const say = sayIn('ar')
  const page = await (await browser.newContext({ locale: 'ar-SA', acceptDownloads: true })).newPage()
  const hand = mouse(page)
  const person = { page, hand, say }
  await page.goto(link)
  await exploreSample(person)
  await settled(page)
  await open(page, '#/workspaces')
  await page.locator('main a[href*="#/workspaces/of/"]').first().click()
  await newDocument(person, 'اتفاقية تعاون بين نظراء', { ar: 'اتفاقية التبريد', en: 'Cold chain agreement' })
  await expect(page.getByRole('heading', { name: 'السرية' })).toBeVisible()
  // The terms' names stand in the text that is edited; both languages are on every screen of an agreement.
  const audit = auditor('ar', [...SAMPLE_DATA, 'Cold chain agreement'])
  await audit.look(page, 'clauses')

  // Numbers that differ are marked where they stand, and stop the signature.
  const clause = page.getByRole('region', { name: /السرية/ })
  const arabic = clause.getByLabel(say('agreement:tab.clauses')).or(clause.locator('textarea[lang="ar"]')).first()
  const text = await arabic.inputValue()
  await arabic.fill(`${text} خلال ٣٠ يومًا.`)
  await arabic.blur()
  await expect(clause.getByRole('note')).toContainText('٣٠'.replace('٣٠', '30'))
  await arabic.fill(text)
  await arabic.blur()
  await expect(clause.getByRole('note')).toHaveCount(0)

  await hand.press('tab', say('agreement:tab.facts'))
  for (const name of ['أمل الحربي', /./] as const) {
    await hand.press('button', say('agreement:signatories.add'))
    await page.getByRole('menuitem', { name }).first().click()
  }
  await expect(page.getByRole('button', { name: say('agreement:signatories.add') })).toBeDisabled()
  await audit.look(page, 'facts')

  await hand.press('tab', say('agreement:tab.signing'))
  await hand.press('button', say('agreement:close.action'))
  await hand.press('button', say('agreement:close.action'), page.getByRole('dialog'))
  await expect(page.getByRole('heading', { name: say('agreement:versions.name', { number: '١' }) })).toBeVisible({ timeout: 60_000 }) // prettier-ignore
  await expect(page.getByText(say('refusals.agreements:no-authority'))).toBeVisible()
  await expect(page.getByRole('button', { name: say('agreement:sign.action'), exact: true })).toBeDisabled()
  await audit.look(page, 'signing')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    hand.press('button', say('agreement:file.save')),
  ])
  const file = readFileSync(await download.path())
  expect(file.subarray(0, 5).toString()).toBe('%PDF-')
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'agreement.pdf', mimeType: 'application/pdf', buffer: file })
  await expect(page.getByText(say('agreement:problem.unsigned'))).toBeVisible()
  await hand.press('tab', say('agreement:tab.history'))
  await hand.press('button', say('common:history.show'))
  await settled(page)
  await audit.look(page, 'history')
  audit.done()
})

for (const [locale, kind] of [
  ['ar', 'شروط التعاقد'],
  ['en', 'Contract terms'],
] as const)
  test(`[AR-11, AGR-7, AGR-12] contract terms with a table, a limit of one’s own and its red line (${locale})`, async ({
    browser,
  }, info) => {
    const { link } = await startApp()
    const say = sayIn(locale)
    const page = await (await browser.newContext({ locale: locale === 'ar' ? 'ar-SA' : 'en-GB' })).newPage()
    const hand = mouse(page)
    const person = { page, hand, say }
    await page.goto(link)
    await exploreSample(person)
    await settled(page)
    await open(page, '#/workspaces')
    await page.locator('main a[href*="#/workspaces/of/"]').first().click()
    await newDocument(person, kind, { ar: 'كراتين الموسم', en: 'Cartons' })
    const look = async (name: string): Promise<void> => {
      await settled(page)
      await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    }
    // A row of the table is opened and changed; what is signed is read in both languages from one value.
    const prices = page.getByRole('region', { name: locale === 'ar' ? 'الأسعار' : 'Prices', exact: true })
    await hand.press('button', say('agreement:table.add'), prices)
    await expect(prices.getByRole('note')).toHaveCount(1)
    await look('clauses')
    await hand.press('tab', say('agreement:tab.facts'))
    await look('facts')
    await hand.press('tab', say('agreement:tab.position'))
    await hand.choose(say('position:ranges.add'), locale === 'ar' ? 'السداد' : 'Payment')
    const limit = page.getByRole('group', { name: locale === 'ar' ? 'السداد' : 'Payment', exact: true })
    await hand.type(say('position:most'), '30', limit)
    await hand.press('button', say('position:keep'))
    await expect(page.getByRole('note').filter({ hasText: say('position:onlyUs') })).toBeVisible()
    await look('position')
    await hand.press('tab', say('agreement:tab.life'))
    await expect(page.getByText(say('agreement-life:none'))).toBeVisible()
    await look('life')
  })
