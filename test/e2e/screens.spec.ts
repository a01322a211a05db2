import { expect, test, type Browser, type Page } from 'playwright/test'
import type { Locale } from '#ui/parts/formatters.ts'
import { startApp, stopAll, type RunningApp } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { auditor, SAMPLE_DATA } from './support/looks.ts'
import { sayIn, type Say } from './support/say.ts'
import { commitShort, exploreSample, type Person } from './support/story.ts'
import { links, open, settled, still } from './support/walk.ts'

// A trace of a walk through every screen is larger than it is useful: the findings name their screens.
test.use({ trace: 'off' })
test.setTimeout(480_000)

let app: RunningApp
/** One app for all: the language is the window's, and nothing here changes what the app holds. */
test.beforeAll(async ({ browser }) => {
  app = await startApp()
  const page = await window(browser, 'en')
  const say = sayIn('en')
  const person = { page, hand: mouse(page), say }
  await exploreSample(person)
  await page.getByRole('link', { name: say('private:beside.answer') }).click()
  await commitShort(person)
  await disputeNegotiation(person)
  await page.context().close()
})
test.afterAll(stopAll)

async function window(browser: Browser, locale: Locale): Promise<Page> {
  const context = await browser.newContext({
    locale: locale === 'ar' ? 'ar-SA' : 'en-GB',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(app.link)
  await settled(page)
  return page
}

/** What the story below writes in a dispute. */
const DISPUTED = ['The price stands still.', 'Half of it.'] as const

/** One dispute that is raised, and a draft of another. */
async function disputeNegotiation({ page, hand, say }: Person): Promise<void> {
  const { negotiation } = await meeting(page)
  await open(page, negotiation)
  await hand.press('button', say('dispute:raise'))
  await expect(page).toHaveURL(/#\/disputes\/draft\//)
  await settled(page)
  await hand.type(say('dispute:new.issue'), DISPUTED[0])
  await hand.type(say('dispute:new.position'), DISPUTED[1])
  await hand.press('button', say('dispute:new.action'))
  await hand.press('button', say('dispute:new.action'), page.getByRole('dialog'))
  await expect(page).toHaveURL(/#\/disputes\/of\//)
  await open(page, negotiation)
  await hand.press('button', say('dispute:raise'))
  await expect(page).toHaveURL(/#\/disputes\/draft\//)
}

const SETTINGS = [
  'general',
  'company',
  'people',
  'vault',
  'timestamps',
  'rubrics',
  'models',
  'lost-laptop',
  'about',
] as const

/** What an address looks like is the same in every language. */
const ADDRESSES = ['https://tsa.example/tsr', 'http://localhost:11434/v1']

/** The workspace of the two sample companies, and the negotiation in it. */
async function meeting(page: Page): Promise<{ readonly workspace: string; readonly negotiation: string }> {
  await open(page, '#/workspaces')
  const [workspace = ''] = await links(page, /^#\/workspaces\/of\//)
  await open(page, workspace)
  // What lies in a workspace comes after its page.
  await expect(page.locator('main a[href^="#/document/"]').first()).toBeVisible()
  const [negotiation = ''] = await links(page, /^#\/document\//)
  return { workspace, negotiation }
}

/** Every place of the sample app, by the addresses that its own links and address bar use. */
async function places(page: Page) {
  await open(page, '#/private/beside')
  const [disclosure = ''] = await links(page, /^#\/disclosures\/of\//)
  const [artifact = ''] = await links(page, /^#\/artifact\/[^?]+$/)
  await open(page, disclosure)
  const [revise = ''] = await links(page, /^#\/disclosures\/new\?/)
  await open(page, '#/private')
  const [dataset = ''] = await links(page, /^#\/private\/of\//)
  const { workspace, negotiation } = await meeting(page)
  await open(page, '#/disputes')
  await expect(page.locator('main a[href^="#/disputes/of/"]').first()).toBeVisible()
  const [dispute = ''] = await links(page, /^#\/disputes\/of\//)
  const [draft = ''] = await links(page, /^#\/disputes\/draft\//)
  return { disclosure, artifact, revise, dataset, workspace, negotiation, dispute, draft }
}
type Places = Awaited<ReturnType<typeof places>>

const addresses = ({ disclosure, artifact, revise, dataset, workspace, negotiation, dispute, draft }: Places): readonly string[] => [
  '#/today', '#/workspaces', '#/workspaces/new', '#/workspaces/open',
  workspace, `${workspace}/members`, `${workspace}/safety`, `${workspace}/connection`,
  '#/private', '#/private/beside', '#/private/import', dataset, `${dataset}/reimport`,
  '#/disclosures', '#/disclosures/new', '#/disclosures/see-as', disclosure, revise, artifact,
  negotiation, `${negotiation}/draft`, `${negotiation}/ranges`, `${negotiation}/history`,
  '#/contradictions',
  '#/disputes', dispute, draft,
  '#/activity', ...SETTINGS.map((name) => `#/settings/${name}`),
] // prettier-ignore

/**
 * The page takes a change of colours a moment later. Who asks for less motion sees no fade, on no element: looked at within
 * one a page has the contrast of neither.
 */
async function show(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  const fades = page.evaluate(
    (scheme) =>
      new Promise<number>((done) => {
        const html = document.documentElement
        const count = () => done(document.getAnimations().filter((one) => one instanceof CSSTransition).length)
        if (html.dataset['mantineColorScheme'] === scheme) return count()
        new MutationObserver((_, observer) => {
          if (html.dataset['mantineColorScheme'] !== scheme) return
          observer.disconnect()
          count()
        }).observe(html, { attributes: true })
      }),
    colorScheme,
  )
  await page.emulateMedia({ colorScheme })
  expect(await fades, 'elements that fade').toBe(0)
  await still(page)
}

for (const locale of ['ar', 'en'] as const) {
  test(`every screen of the sample speaks ${locale} alone and passes axe, light and dark`, async ({ browser }) => {
    const audit = auditor(locale, [...SAMPLE_DATA, ...ADDRESSES, ...DISPUTED])
    const page = await window(browser, locale)
    for (const address of addresses(await places(page))) {
      const screen = address.replace(/[0-9a-f]{32,}/g, '…')
      await show(page, 'light')
      await open(page, address).catch(() => audit.found.push(`${screen}: never settles`))
      await audit.look(page, screen)
      await show(page, 'dark')
      await audit.lookAtColours(page, `${screen}, dark`)
    }
    audit.done()
  })

  test(`every tab, dialog and list of keys of the sample speaks ${locale} alone and passes axe`, async ({
    browser,
  }) => {
    const say = sayIn(locale)
    const audit = auditor(locale, [...SAMPLE_DATA, ...DISPUTED])
    const page = await window(browser, locale)
    const at = await places(page)
    const sides = [at.artifact, `${at.artifact}?side=partner`]
    for (const [name, address] of [
      ...sides.entries(),
      ['disclosure', at.disclosure],
      ['dataset', at.dataset],
    ] as const) {
      await open(page, address)
      for (const tab of await page.getByRole('main').getByRole('tab').all()) {
        await tab.click()
        await settled(page)
        const side = name === 0 ? 'owner' : name === 1 ? 'partner' : name
        await audit.look(page, `${side}, ${await tab.textContent()}`, '[role="tabpanel"]')
      }
    }
    for (const [address, name, show] of overlays(say, at)) {
      await open(page, address)
      await show(page)
      await still(page)
      const over = ['[role="dialog"]', '[role="menu"]', 'main']
      const counts = await Promise.all(over.map((selector) => page.locator(selector).count()))
      const within = over.find((_, index) => counts[index])
      await audit.look(page, `${address.replace(/[0-9a-f]{32,}/g, '…')}, ${name}`, within)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    audit.done()
  })
}

type Show = (page: Page) => Promise<void>

/** What comes up over a screen, and how a person calls it. */
function overlays(say: Say, at: Places): readonly (readonly [string, string, Show])[] {
  const press =
    (...names: readonly string[]): Show =>
    async (page) => {
      for (const name of names)
        await page
          .getByRole('button', { name: say(name), exact: true })
          .or(page.getByRole('menuitem', { name: say(name), exact: true }))
          .first()
          .click()
    }
  const dialog =
    (...names: readonly string[]): Show =>
    async (page) => {
      await press(...names)(page)
      await expect(page.getByRole('dialog').getByRole('button').last()).toBeVisible()
    }
  const keys =
    (combination: string): Show =>
    async (page) => {
      await page.locator('body').press(combination)
      await expect(page.getByRole('dialog').last()).toBeVisible()
    }
  return [
    ['#/today', 'palette', keys('ControlOrMeta+K')],
    ['#/today', 'keys', keys('?')],
    ['#/today', 'leave', dialog('common:sample.leave')],
    ['#/settings/people', 'add', dialog('settings:people.add')],
    ['#/settings/people', 'certify', dialog('settings:people.certify')],
    ['#/settings/people', 'revoke', dialog('settings:people.revoke')],
    [at.dataset, 'menu', press('private:more')],
    [at.dataset, 'remove', dialog('private:more', 'private:remove')],
    [at.disclosure, 'withdraw', dialog('disclosures:withdraw.action')],
    [at.artifact, 'declare', dialog('forecast:declare.action')],
    [`${at.workspace}/members`, 'channel', dialog('workspaces:addChannel')],
    ...[0, 1, 2, 3, 4].map((rule) => [at.revise, `rule ${rule}`, unfold(rule)] as const),
    [at.revise, 'disclose', dialog('disclosures:disclose')],
    ['#/disputes', 'with whom', dialog('dispute:raise')],
    [at.dispute, 'settlement', dialog('dispute:settle.propose')],
    ['#/activity', 'entry', entry],
    [at.artifact, 'cell', cell(say)],
  ]
}

/** One of the rules of a disclosure, which come folded. */
const unfold =
  (rule: number): Show =>
  async (page) => {
    await page.locator('main h2 [aria-expanded]').nth(rule).click()
    await settled(page)
  }

const entry: Show = async (page) => {
  await page.getByRole('grid').getByRole('row').nth(1).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

const cell =
  (say: Say): Show =>
  async (page) => {
    await page.getByRole('tab', { name: say('forecast:tab.commitments') }).click()
    await page
      .getByRole('grid', { name: say('forecast:tab.commitments') })
      .getByRole('gridcell')
      .first()
      .getByRole('button')
      .click()
    await page.getByRole('button', { name: say('forecast:agree.action') }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  }
