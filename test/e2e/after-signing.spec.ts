import { expect, test } from 'playwright/test'
import { stopAll } from './support/app.ts'
import { auditor } from './support/looks.ts'
import { signedTerms } from './support/signed.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(420_000)

test('[AGR-15, AGR-19] a signed agreement shows its life, and is replaced by a new one that both sign', async ({
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
  await effective.fill('2026-01-01')
  await effective.press('Enter')
  await effective.press('Tab')
  await look(a, 'replacing')
  await expect(a.page.getByText(say('common:live.kept'))).toBeVisible()
  await tab(a, 'signing')
  await close(a)
  await sign(a)
  await send(a, b)
  await open(b, 'life')
  await expect(b.page.getByText(say('agreement-life:state.in-force'), { exact: true })).toBeVisible()
  await open(b, 'signing', NEXT)
  await sign(b)
  await open(b, 'life')
  await expect(b.page.getByText(say('agreement-life:state.superseded'), { exact: true })).toBeVisible()
  await look(b, 'replaced')
  await b.hand.press('link', say('agreement-life:openReplacement'))
  await expect(b.page.getByRole('heading', { name: NEXT, level: 1 })).toBeVisible()
  audit.done()
})
