import { expect, type Locator, type Page } from 'playwright/test'

type Role = Parameters<Page['getByRole']>[0]

/** What a person does to a screen. Everything is found by its role and its name. */
export interface Hand {
  /** Buttons, links, tabs, check boxes, switches: whatever is there to be pressed. */
  press(role: Role, name: string | RegExp, within?: Locator): Promise<void>
  type(name: string | RegExp, text: string, within?: Locator): Promise<void>
  /** One option of a list that opens. */
  choose(name: string | RegExp, option: string | RegExp, within?: Locator): Promise<void>
  /** Hands over a file through the system's own chooser. */
  give(name: string | RegExp, file: string | { readonly name: string; readonly bytes: Uint8Array }): Promise<void>
}

const exact = (name: string | RegExp) => (typeof name === 'string' ? { name, exact: true } : { name })

/** A field by its label. The mark of a required field is part of the label's text and not of its name. */
const field = (scope: Page | Locator, name: string | RegExp): Locator =>
  scope
    .getByLabel(typeof name === 'string' ? new RegExp(`^${escaped(name)}( \\*)?$`) : name)
    .and(scope.locator('input, textarea'))
    .first()
export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/**
 * Files come by Playwright's own chooser as long as somebody listens. Listening only begins when it is asked for at the key,
 * and a quick key opens the system's chooser before it has begun, which nobody here sees.
 */
const keepChooser = (page: Page): unknown => page.on('filechooser', () => undefined)

/** The mouse and what a person types. */
export function mouse(page: Page): Hand {
  keepChooser(page)
  return {
    async press(role, name, within) {
      await (within ?? page).getByRole(role, exact(name)).first().click()
    },
    async type(name, text, within) {
      await field(within ?? page, name).fill(text)
    },
    async choose(name, option, within) {
      const box = field(within ?? page, name)
      // Nobody aims at what still moves: a list opened while its dialog comes in is closed again when that takes the focus.
      await box.scrollIntoViewIfNeeded()
      // A list of several choices draws its box over the field: the click lands where a person's would.
      await box.click({ force: true })
      await page.getByRole('option', exact(option)).first().click()
      if (await page.getByRole('option').first().isVisible()) await page.keyboard.press('Escape')
    },
    async give(name, file) {
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('button', exact(name)).or(page.getByLabel(name).first()).first().click()
      await (await chooser).setFiles(payload(file))
    },
  }
}

const payload = (file: Parameters<Hand['give']>[1]) =>
  typeof file === 'string'
    ? file
    : { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) }

/** Tab stops of the longest screen, with room. A place that takes more is no place for a person without a mouse. */
const MOST_TABS = 160

/** The keyboard and nothing else: no click, no programmed focus. A thing that Tab does not reach does not exist. */
export function keyboard(page: Page): Hand {
  keepChooser(page)
  const holds = (target: Locator): Promise<boolean> =>
    target.evaluate((node) => node === document.activeElement || node.contains(document.activeElement))
  const tabTo = async (target: Locator): Promise<void> => {
    await expect(target).toBeVisible()
    // Found once, not at each key: roles and names of a whole page take longer to work out than a key to press.
    let found = await target.elementHandle()
    for (let count = 0; count < MOST_TABS; count++) {
      const at = await found?.evaluate((node) =>
        !node.isConnected ? 'gone' : node.contains(document.activeElement) ? 'there' : 'away',
      )
      if (at === 'there') return
      if (at === 'away') await page.keyboard.press('Tab')
      else found = await target.elementHandle()
    }
    throw new Error(`Tab never reaches ${String(target)}`)
  }
  /** Within a group that has one tab stop the arrows move. */
  const arrowTo = async (target: Locator, group: Locator, key: string): Promise<void> => {
    for (let count = 0; count < 40; count++) {
      if (await holds(target)) return
      // A dialog that still comes in takes the focus for itself, even from who was quicker: a person goes there again.
      if (!(await holds(group))) await tabTo(group)
      if (await holds(target)) return
      await page.keyboard.press(key)
    }
    throw new Error(`${key} never reaches ${String(target)}`)
  }
  return {
    async press(role, name, within) {
      const target = (within ?? page).getByRole(role, exact(name)).first()
      await expect(target).toBeVisible()
      if (role === 'tab') {
        await arrowTo(target, page.getByRole('tablist').filter({ has: target }), 'ArrowRight')
        return page.keyboard.press('Enter')
      }
      if (role === 'radio') {
        await arrowTo(target, page.getByRole('radiogroup').filter({ has: target }), 'ArrowDown')
        // The first of a group has the focus before anything is chosen.
        return page.keyboard.press('Space')
      }
      if (role === 'menuitem') {
        for (let count = 0; count < 20 && !(await holds(target)); count++) await page.keyboard.press('ArrowDown')
        return page.keyboard.press('Enter')
      }
      await tabTo(target)
      await page.keyboard.press(role === 'checkbox' || role === 'switch' ? 'Space' : 'Enter')
    },
    async type(name, text, within) {
      await tabTo(field(within ?? page, name))
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.insertText(text)
    },
    async choose(name, option, within) {
      await tabTo(field(within ?? page, name))
      const wanted = page.getByRole('option', exact(option)).first()
      await page.keyboard.press('ArrowDown')
      await expect(wanted).toBeVisible()
      for (let count = 0; count < 60; count++) {
        if ((await wanted.getAttribute('data-combobox-selected')) !== null) {
          await page.keyboard.press('Enter')
          if (await page.getByRole('option').first().isVisible()) await page.keyboard.press('Escape')
          return
        }
        await page.keyboard.press('ArrowDown')
      }
      throw new Error(`the arrows never reach ${String(option)}`)
    },
    async give(name, file) {
      await tabTo(
        page
          .getByRole('button', exact(name))
          .or(page.getByLabel(name).and(page.locator('[tabindex="0"]')))
          .first(),
      )
      const chooser = page.waitForEvent('filechooser')
      await page.keyboard.press('Enter')
      await (await chooser).setFiles(payload(file))
    },
  }
}
