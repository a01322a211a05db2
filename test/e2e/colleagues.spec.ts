import { expect, test, type Browser } from 'playwright/test'
import { transactionsCsv } from '#demo/transactions.ts'
import { startApp, stopAll } from './support/app.ts'
import { handOver } from './support/colleague.ts'
import { keyboard, mouse } from './support/hand.ts'
import { sayIn } from './support/say.ts'
import {
  certifyColleague, createCompany, heading, importFile, joinCompany, speak, visit, type Person,
} from './support/story.ts' // prettier-ignore

test.afterEach(stopAll)

const WAYS = [
  { locale: 'ar', how: 'by keyboard alone', hand: keyboard, scheme: 'dark' },
  { locale: 'en', how: 'with the mouse', hand: mouse, scheme: 'light' },
] as const

for (const { locale, how, hand, scheme } of WAYS)
  test(`data goes to a colleague of a role and comes back ended, ${locale}, ${how}`, async ({ browser }, info) => {
    const look = async ({ page }: Person, name: string): Promise<void> => {
      await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    }
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale === 'ar' ? 'en-GB' : 'ar-SA', scheme)
      await page.goto(link)
      const person = { page, hand: hand(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [owner, colleague] = [await sit(first.link), await sit(second.link)]
    const { say } = owner
    const [company, self, name] = locale === 'ar' ? ['نجد', 'هدى', 'عمر'] : ['Najd', 'Huda', 'Omar']
    await createCompany(owner, { company, self, roles: ['coo'] })
    await importFile(owner, { name: 'orders.csv', bytes: Buffer.from(transactionsCsv({ rows: 2_000, seed: 7 })) })
    const main = ({ page }: Person) => page.getByRole('main')

    await visit(owner, 'private')
    await owner.hand.press('link', /./, main(owner).getByRole('heading', { level: 2 }))
    await owner.hand.press('tab', say('colleagues:tab'))
    await heading(owner, say('colleagues:none.title'))
    await look(owner, 'no-colleague')

    await joinCompany(colleague, name)
    await certifyColleague(owner, colleague, company, 'cfo')

    const toDataset = async (): Promise<void> => {
      await visit(owner, 'private')
      await owner.hand.press('link', /./, main(owner).getByRole('heading', { level: 2 }))
      await owner.hand.press('tab', say('colleagues:tab'))
    }
    await toDataset()
    await owner.hand.choose(say('colleagues:form.roles'), say('common:role.cfo'))
    await expect(main(owner).getByText(name, { exact: true })).toBeVisible()
    await expect(main(owner).getByText(say('colleagues:preview.stays')).first()).toBeVisible()
    await look(owner, 'choice')
    await owner.hand.press('button', say('colleagues:form.share'))
    await expect(main(owner).getByText(say('colleagues:state.notYet'))).toBeVisible()
    await look(owner, 'shared')

    await handOver(owner, colleague)
    await visit(colleague, 'private')
    await expect(main(colleague).getByText(say('colleagues:copy.from', { name: self }))).toBeVisible()
    await look(colleague, 'received-list')
    await colleague.hand.press('link', /./, main(colleague).getByRole('heading', { level: 2 }))
    await expect(main(colleague).getByText(say.any('colleagues:copy.readOnly'))).toBeVisible()
    await look(colleague, 'received')
    await handOver(colleague, owner)
    await toDataset()
    await expect(main(owner).getByText(say.any('colleagues:state.taken'))).toBeVisible()
    await look(owner, 'taken')

    await owner.hand.press('button', say('colleagues:state.stop'))
    await look(owner, 'stop')
    await owner.hand.press('button', say('colleagues:state.stop'), owner.page.getByRole('dialog'))
    await expect(main(owner).getByRole('heading', { name: say('colleagues:state.title') })).toHaveCount(0)
    await handOver(owner, colleague)
    await visit(colleague, 'private')
    await colleague.hand.press('link', say('colleagues:open'), main(colleague))
    await expect(main(colleague).getByText(say('colleagues:copyState.withdrawn'))).toBeVisible()
    await look(colleague, 'overview')
    await visit(colleague, 'activity')
    await expect(colleague.page.getByText(say('audit:code.colleague-ended-sharing')).first()).toBeVisible()
    await visit(owner, 'private')
    await owner.hand.press('link', say('colleagues:open'), main(owner))
    await owner.hand.press('link', say('colleagues:overview.settings'), main(owner))
    await look(owner, 'connection')
    await visit(owner, 'workspaces')
    // The company's own workspace is no workspace with partners.
    await expect(main(owner).getByText(say('workspaces:kind.internal.name'), { exact: true })).toHaveCount(0)
  })

async function window(browser: Browser, locale: string, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}
