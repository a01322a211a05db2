import { expect, test } from 'playwright/test'
import { transactionsCsv } from '#demo/transactions.ts'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import { createCompany, importFile, visit } from './support/story.ts'

test.afterEach(stopAll)

test('100,000 rows: progress, a cancel that leaves nothing, and a window that answers all the while', async ({
  browser,
}) => {
  const app = await startApp()
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const [hand, say] = [mouse(page), sayIn('en')]
  const person = { page, hand, say }
  await page.goto(app.link)
  await createCompany(person, { company: 'Najd', self: 'Huda', roles: ['coo'] })
  const file = { name: 'orders.csv', bytes: Buffer.from(transactionsCsv({ rows: 100_000, seed: 7 })) }

  await visit(person, 'private')
  await page
    .getByRole('main')
    .getByRole('link', { name: say('common:action.importData') })
    .click()
  await hand.give(say('private:import.drop'), file)
  await expect(page.getByRole('button', { name: say('private:import.start'), exact: true })).toBeEnabled({
    timeout: 60_000,
  })
  await hand.press('button', say('private:import.start'))
  const progress = page.getByRole('progressbar', { name: say('common:job.import') })
  await expect(progress).toBeVisible()
  await hand.press('button', say('common:cancel'))
  await expect(page.getByText(say('common:jobState.cancelled'))).toBeVisible()
  await visit(person, 'private')
  await expect(page.getByText(say('private:empty.title'))).toBeVisible()

  await importFile(person, file, async () => {
    await expect(progress).toBeVisible()
    // A frozen window would draw nothing between two presses of a key.
    const frames = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const longest = { gap: 0, last: performance.now(), count: 0 }
          const draw = (now: number): void => {
            longest.gap = Math.max(longest.gap, now - longest.last)
            longest.last = now
            if (++longest.count === 60) resolve(longest.gap)
            else requestAnimationFrame(draw)
          }
          requestAnimationFrame(draw)
        }),
    )
    expect(frames).toBeLessThan(2_000)
    await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/)
  })
  await expect(page.getByText(/^.*\d{2},\d{3} rows/).first()).toBeVisible()
})
