import { expect, test, type Locator } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { picture } from './support/sample-sides.ts'
import { sayIn } from './support/say.ts'
import { meet, newDocument, openWorkspace, send, speak, visit, type Person } from './support/story.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
// By the keyboard each thing is tabbed to.
test.setTimeout(600_000)

const WORKSPACE = 'Support desk'
const REASON = 'Zarqa: goods are paid later than services'

const STORIES = [
  { locale: 'en', how: 'mouse', handOf: mouse, dark: false, kinds: ['Contract terms', 'Scope of services'] },
  { locale: 'ar', how: 'keyboard', handOf: keyboard, dark: true, kinds: ['شروط التعاقد', 'نطاق الخدمات'] },
] as const // prettier-ignore

for (const { locale, how, handOf, dark, kinds } of STORIES)
  test(`[CON-1, CON-27, CON-28] two documents that contradict each other stand side by side, are set aside and come back, by the ${how} (${locale})`, async ({
    browser,
  }) => {
    const say = sayIn(locale)
    const sit = async (link: string): Promise<Person> => {
      const context = await browser.newContext({ locale: locale === 'ar' ? 'en-GB' : 'ar-SA', viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true }) // prettier-ignore
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      await page.goto(link)
      const person = { page, hand: mouse(page), say }
      await speak(person)
      return person
    }
    const [first, second] = await Promise.all([startApp({ browser: true }), startApp({ browser: true })])
    const met = [await sit(first.link), await sit(second.link)] as const
    await meet(...met, { workspace: WORKSPACE, companies: ['Najd', 'Gulf'], roles: ['ceo', 'coo'], kind: 'client-provider' }) // prettier-ignore
    const [maker, provider] = met
    const client = { ...maker, hand: handOf(maker.page) }
    if (dark) for (const { page } of [client, provider]) await page.emulateMedia({ colorScheme: 'dark' })
    const audit = auditor(locale, ['Terms', 'Scope', 'الشروط', 'النطاق', 'Support desk', 'Najd', 'Gulf', 'Huda', 'Omar', 'هدى', 'عمر', 'No shortage', 'لا نقص', REASON]) // prettier-ignore
    const look = async ({ page }: Person, name: string): Promise<void> => {
      await settled(page)
      await picture(page, `contradictions-${name}-${locale}`)
      await audit.look(page, name)
    }
    const articles = ({ page }: Person): Locator => page.getByRole('main').getByRole('article')
    const make = async (kind: string, en: string, ar: string): Promise<void> => {
      await openWorkspace(maker, WORKSPACE)
      await newDocument(maker, kind, { ar, en })
    }

    // With one document there is nothing to compare.
    await make(kinds[0], 'Terms', 'الشروط')
    await visit(client, 'contradictions')
    await expect(client.page.getByText(say('contradictions:empty.open.title'))).toBeVisible()
    await look(client, '1-empty')

    // Two kinds of agreement begin with different days of payment: both are drafts, and say so.
    await make(kinds[1], 'Scope', 'النطاق')
    await visit(client, 'contradictions')
    await expect(articles(client)).toHaveCount(1)
    const card = articles(client).first()
    await expect(card.getByRole('heading')).toHaveText(locale === 'ar' ? '«السداد» ليس واحدًا في اتفاقيتين بين الشركات نفسها.' : '“Payment” is not the same in two agreements between the same companies.') // prettier-ignore
    await expect(card.getByText(locale === 'ar' ? /^٤٥ يومًا/ : /^45 days/)).toBeVisible()
    await expect(card.getByText(locale === 'ar' ? /^٣٠ يومًا/ : /^30 days/)).toBeVisible()
    await expect(card.getByText(say('contradictions:draft'), { exact: true })).toBeVisible()
    await look(client, '2-two-places')
    await client.hand.choose(say('contradictions:filter.label'), say('contradictions:filter.signed'))
    await expect(client.page.getByText(say('contradictions:empty.filtered.title'))).toBeVisible()
    await client.hand.choose(say('contradictions:filter.label'), say('contradictions:filter.all'))

    // A place opens its document.
    await client.hand.press('link', locale === 'ar' ? 'النطاق' : 'Scope', card)
    await expect(client.page).toHaveURL(/#\/document\/[0-9a-f]+\/facts$/)

    // The other company finds the same on its own device.
    await send(maker, provider, WORKSPACE)
    await visit(provider, 'contradictions')
    await expect(articles(provider)).toHaveCount(1)

    // Set aside with a reason, here alone.
    await visit(client, 'contradictions')
    await client.hand.press('button', say('contradictions:aside.action'))
    const asking = client.page.getByRole('dialog')
    await client.hand.type(say('contradictions:aside.reason'), REASON, asking)
    await look(client, '3-leave')
    await client.hand.press('button', say('contradictions:aside.action'), asking)
    await expect(client.page.getByText(say('contradictions:empty.open.title'))).toBeVisible()
    const tab = (name: string) => client.hand.press('tab', new RegExp(`^${say(`contradictions:tab.${name}`)}`))
    await tab('aside')
    await expect(client.page.getByText(REASON)).toBeVisible()
    await look(client, '4-aside')
    await client.hand.press('button', say('contradictions:aside.back'))
    await expect(client.page.getByText(say('contradictions:empty.aside.title'))).toBeVisible()
    await tab('open')
    await expect(articles(client)).toHaveCount(1)
    await send(maker, provider, WORKSPACE)
    await open(provider.page, '#/contradictions')
    await expect(articles(provider)).toHaveCount(1)
    await expect(provider.page.getByText(REASON)).toHaveCount(0)
    audit.done()
  })
