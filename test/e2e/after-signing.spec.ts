import { expect, test } from 'playwright/test'
import { stopAll } from './support/app.ts'
import { auditor } from './support/looks.ts'
import { signedTerms } from './support/signed.ts'
import { sayIn } from './support/say.ts'
import { speak } from './support/story.ts'
import { open as openToday, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(420_000)

test('[AGR-15, AGR-19, AGR-23] a signed agreement shows its life, and is replaced by a new one that both sign, one of them reminded', async ({
  browser,
}, info) => {
  const { a, b, names, open, tab, close, sign, send } = await signedTerms(browser)
  const { say } = a
  const audit = auditor('ar', [...names, 'OTIF', 'FILL', 'Word', 'ics'])
  const look = async ({ page }: typeof a, name: string): Promise<void> => {
    await settled(page)
    await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    await audit.look(page, name)
  }
  await tab(a, 'life')
  await expect(a.page.getByText(say('agreement-life:state.in-force'), { exact: true })).toBeVisible()
  await look(a, 'life')
  const saving = a.page.waitForEvent('download')
  await a.hand.press('button', say('agreement-life:calendar'))
  expect((await saving).suggestedFilename()).toMatch(/\.ics$/)

  const NEXT = 'شروط التوريد الجديدة'
  await a.hand.press('button', say('agreement-life:replace'))
  const asking = a.page.getByRole('dialog')
  await a.hand.type(say('common:arabic'), NEXT, asking)
  await look(a, 'replace')
  await a.hand.press('button', say('agreement-life:begin'), asking)
  await expect(a.page.getByText(say('agreement:facts.replaces'), { exact: true })).toBeVisible()
  // A day of effect is said anew: without it nothing is closed.
  const effective = a.page.getByLabel('تاريخ السريان', { exact: true })
  await expect(effective).toHaveValue('')
  const said = async (): Promise<void> => {
    await effective.fill('2026-10-01')
    await effective.press('Enter')
    await effective.press('Tab')
  }
  await said()
  // What was said can be taken out again.
  await a.hand.press('button', say('common:day.clear', { name: 'تاريخ السريان' }))
  await expect(effective).toHaveValue('')
  await said()
  await look(a, 'replacing')
  await expect(a.page.getByText(say('common:live.kept'))).toBeVisible()
  await tab(a, 'signing')
  await close(a)
  await sign(a)
  await a.hand.press('button', new RegExp(`^${say('agreement:signature.remind')} `))
  await expect(a.page.getByText(say('agreement:signature.reminded_one', { name: 'هدى' }))).toBeVisible()
  await look(a, 'reminded')
  await send(a, b)
  await open(b, 'life')
  await expect(b.page.getByText(say('agreement-life:state.in-force'), { exact: true })).toBeVisible()
  await openToday(b.page, '#/today')
  await expect(b.page.getByText(say('today:need.sign-reminded.title_one'))).toBeVisible()
  await look(b, 'today')
  await b.hand.press('link', say('today:need.sign-reminded.action'))
  await settled(b.page)
  await tab(b, 'signing')
  await sign(b)
  await open(b, 'life')
  await expect(b.page.getByText(say('agreement-life:state.superseded'), { exact: true })).toBeVisible()
  await look(b, 'replaced')
  await b.hand.press('link', say('agreement-life:openReplacement'))
  await expect(b.page.getByRole('heading', { name: NEXT, level: 1 })).toBeVisible()
  audit.done()
})

test('[AGR-16] what the signed rows oblige to is marked as done with its evidence, and the other side reads it', async ({
  browser,
}, info) => {
  const { a, b, names, open, send } = await signedTerms(browser, 'اتفاقية شراكة')
  const { say } = a
  const audit = auditor('ar', [...names, 'OTIF', 'FILL', 'ics'])
  await open(a, 'life')
  await settled(a.page)
  await a.page.screenshot({ path: info.outputPath('owed.png'), fullPage: true })
  await audit.look(a.page, 'owed')
  const owed = ({ page }: typeof a) => page.getByRole('row').filter({ hasText: 'تجربة على خط منتجات واحد' })
  await expect(owed(a).getByText(say('agreement-life:isOpen'), { exact: true })).toBeVisible()
  await a.hand.press('button', say('agreement-life:mark'), owed(a))
  const marking = a.page.getByRole('dialog')
  // Without saying where it can be seen nothing is marked.
  await expect(marking.getByRole('button', { name: say('agreement-life:mark') })).toBeDisabled()
  const evidence = 'تقرير التجربة، الصفحة الثالثة'
  await a.hand.type(say('agreement-life:evidence'), evidence, marking)
  await audit.look(a.page, 'marking')
  await a.hand.press('button', say('agreement-life:mark'), marking)
  await expect(owed(a).getByText(say('agreement-life:done'), { exact: true })).toBeVisible()
  await send(a, b)
  await open(b, 'life')
  await expect(owed(b).getByText(say('agreement-life:done'), { exact: true })).toBeVisible()
  await expect(owed(b).getByText(evidence)).toBeVisible()
  // What is not theirs they cannot mark.
  await expect(owed(b).getByRole('button')).toHaveCount(0)
  await b.page.screenshot({ path: info.outputPath('done.png'), fullPage: true })
  audit.done()
})

test('[AGR-21] the buyer works out a claim line by line and proposes it; the seller disputes it with evidence', async ({
  browser,
}, info) => {
  const { a, b, names, open, send } = await signedTerms(browser)
  const { say } = a
  const audit = auditor('ar', [...names, 'OTIF', 'FILL', 'Word', 'PO-17'])
  const look = async ({ page }: typeof a, name: string): Promise<void> => {
    await settled(page)
    await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    await audit.look(page, name)
  }
  await send(a, b)
  await open(b, 'claims')
  await expect(b.page.getByText(say('claims:empty'), { exact: true })).toBeVisible()
  await look(b, 'empty')
  await b.hand.press('button', say('claims:make'))
  const making = b.page.getByRole('region', { name: say('claims:make') })
  await b.hand.choose(say('claims:kind'), say('claims:kinds.service-credit'), making)
  // Nothing is 0 because nobody said it.
  await expect(making.getByText(say('refusals.agreements:result-missing'))).toBeVisible()
  await making.getByLabel(say('claims:input.good')).first().fill('930')
  await making.getByLabel(say('claims:input.total')).first().fill('1000')
  await making.getByLabel(say('claims:input.charge')).fill('10000')
  await expect(making.getByText(say('refusals.agreements:earlier-charges-missing'))).toBeVisible()
  await making.getByLabel(say('claims:input.earlierCharges')).fill('0')
  await expect(making.getByRole('status')).toContainText('٢٠٠')
  await look(b, 'credit')
  await b.hand.choose(say('claims:kind'), say('claims:kinds.late-payment'), making)
  await expect(making.getByText(say('refusals.agreements:cash-late-payment'))).toBeVisible()
  await expect(making.getByRole('button', { name: say('claims:propose') })).toBeDisabled()
  await b.hand.choose(say('claims:kind'), say('claims:kinds.late-delivery'), making)
  await making.getByLabel(say('claims:input.order')).fill('PO-17')
  await making.getByLabel(say('claims:input.value')).fill('10000')
  for (const [field, day] of [
    ['due', '2026-12-01'],
    ['delivered', '2026-12-15'],
  ] as const) {
    const input = making.getByRole('textbox', { name: say(`claims:input.${field}`), exact: true })
    await input.fill(day)
    await input.press('Enter')
    await input.press('Tab')
  }
  await expect(making.getByRole('table').getByRole('row')).toHaveCount(14)
  await look(b, 'late')
  await b.hand.press('button', say('claims:propose'), making)
  await expect(b.page.getByRole('article')).toContainText(say('claims:state.open'))
  await send(b, a)
  await open(a, 'claims')
  const card = a.page.getByRole('article')
  await a.hand.press('button', say('claims:show'), card)
  await look(a, 'claim')
  await a.hand.press('button', say('claims:dispute'), card)
  const asking = a.page.getByRole('dialog')
  await a.hand.choose(say('claims:groundOf'), say('claims:ground.no-harm'), asking)
  await a.hand.type(say('claims:reason'), 'لم تكن البضاعة مطلوبة قبل العشرين.', asking)
  await expect(asking.getByRole('button', { name: say('claims:dispute') })).toBeDisabled()
  await a.hand.type(say('claims:evidence'), 'تقرير المخزون، الصفحة ٣', asking)
  await look(a, 'dispute')
  await a.hand.press('button', say('claims:dispute'), asking)
  await expect(card).toContainText(say('claims:state.disputed'))
  await look(a, 'disputed')
  // The same in English and in the dark.
  const english = { ...b, say: sayIn('en') }
  await send(a, b)
  await open(b, 'claims')
  await speak(english)
  await b.page.emulateMedia({ colorScheme: 'dark' })
  await b.hand.press('button', english.say('claims:show'), b.page.getByRole('article'))
  await settled(b.page)
  await b.page.screenshot({ path: info.outputPath('english-dark.png'), fullPage: true })
  await audit.lookAtColours(b.page, 'claims, dark')
  audit.done()
})
