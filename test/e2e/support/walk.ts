import { expect, type Page } from 'playwright/test'

/** Goes where the address says, as a link would, and waits until the screen is there. */
export async function open(page: Page, hash: string): Promise<void> {
  await page.evaluate((address) => (location.hash = address), hash)
  await settled(page)
}

/** A screen is there when its heading is, nothing loads, its fonts have come and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('#page-heading')).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await still(page)
}

/** Halfway through a fade a colour is neither the old nor the new one. What turns for ever is left out. */
export const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    // What was just called for begins to move with the next picture.
    for (let count = 0; count < 2; count++) await new Promise((drawn) => requestAnimationFrame(drawn))
    const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ends.map(({ finished }) => finished))
  })

/** The addresses on the screen that a person could follow from it. */
export async function links(page: Page, pattern: RegExp): Promise<readonly string[]> {
  const all = await page
    .locator('main a[href]')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('href') ?? ''))
  return [...new Set(all.filter((href) => pattern.test(href)))]
}
