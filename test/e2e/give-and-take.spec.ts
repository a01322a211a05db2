import { expect, test, type Browser } from 'playwright/test'
import { transactionsCsv } from '#demo/transactions.ts'
import { STATED_ITEMS } from '#shared/artifacts/dry-run.v1.ts'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { auditor, SAMPLE_DATA } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { commitShort, importFile, meet, openFile, openWorkspace, send, speak, visit, writeFile, type Person } from './support/story.ts' // prettier-ignore
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(300_000)

const STORIES = [
  { locale: 'en', workspace: 'Supply', companies: ['Najd', 'Gulf'], file: 'orders.csv', evidence: 'Protocol of 3 March', consent: ['Branch customers', 'Planning the next half year together', 'Form 12'] },
  { locale: 'ar', workspace: 'إمداد', companies: ['نجد', 'الخليج'], file: 'طلبات.csv', evidence: 'محضر الثالث من مارس', consent: ['عملاء الفروع', 'التخطيط المشترك للنصف القادم', 'نموذج ١٢'] },
] as const // prettier-ignore

async function sit(browser: Browser, link: string, locale: 'en' | 'ar'): Promise<Person> {
  const context = await browser.newContext({
    locale: locale === 'ar' ? 'en-GB' : 'ar-SA',
    viewport: { width: 1280, height: 900 },
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(link)
  const person = { page, hand: mouse(page), say: sayIn(locale) }
  await speak(person)
  return person
}

/** The first document on the workspace's page, as the one who received it opens it. */
async function openReceived(person: Person, workspace: string): Promise<void> {
  await openWorkspace(person, workspace)
  await person.hand.press('link', /./, person.page.locator('[href^="#/artifact/"]').locator('..'))
  await settled(person.page)
}

async function openChecklist(person: Person, workspace: string): Promise<void> {
  await openWorkspace(person, workspace)
  await person.hand.press('tab', person.say('dry-run:tab'))
}

for (const { locale, workspace, companies, file, evidence, consent } of STORIES) {
  test(`[PV-1] [TR-12] [PV-10] [TR-22] a slice waits for one in return, opens and ends; consents are recorded and taken back (${locale})`, async ({
    browser,
  }, info) => {
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [a, b] = [await sit(browser, first.link, locale), await sit(browser, second.link, locale)]
    const { say } = a
    const audit = auditor(locale, [...SAMPLE_DATA, ...companies, workspace, file, ...consent])
    const look = async (person: Person, name: string): Promise<void> => {
      await settled(person.page)
      await person.page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
      await audit.look(person.page, name)
    }
    await meet(a, b, { workspace, companies })
    const orders = (seed: number) => ({ name: file, bytes: Buffer.from(transactionsCsv({ rows: 5_000, seed })) })
    await importFile(a, orders(7))
    await importFile(b, orders(8))

    // A consent is recorded first: an empty register, a form, a row.
    await visit(a, 'disclosures')
    await a.hand.press('link', say('privacy:consents'))
    await look(a, 'consents-empty')
    await a.hand.press('button', say('privacy:add'))
    const form = a.page.getByRole('dialog')
    const [subject, purpose, paper] = consent
    await a.hand.type(say('privacy:field.subject'), subject, form)
    await a.hand.type(say('privacy:field.purpose'), purpose, form)
    await a.hand.type(locale === 'ar' ? say('common:arabic') : say('common:english'), purpose, form)
    await a.hand.type(say('privacy:field.evidence'), paper, form)
    await look(a, 'consent-form')
    await a.hand.press('button', say('privacy:record'), form)
    await expect(a.page.getByText(subject)).toBeVisible()
    await look(a, 'consents')

    // The slice names what it asks for in return and the consent on which personal data would leave.
    await visit(a, 'disclosures')
    await a.hand.press('link', say('common:action.newDisclosure'), a.page.getByRole('main'))
    await a.hand.press('button', say('disclosures:propose'))
    await expect(a.page.getByText(say('disclosures:willSeal'))).toBeVisible({ timeout: 60_000 })
    await a.hand.press('button', new RegExp(`^${say('disclosures:section.audience')}`))
    await a.hand.type(say('disclosures:field.purpose'), purpose)
    await a.hand.press('button', new RegExp(`^${say('reciprocity:title')}`))
    await a.hand.press('checkbox', say('reciprocity:field.ask'))
    await look(a, 'reciprocity-fields')
    await a.hand.press('button', new RegExp(`^${say('privacy:title')}`))
    await a.hand.choose(say('privacy:ground.basis'), say('privacy:basis.consent'))
    await a.hand.choose(say('privacy:ground.consents'), new RegExp(subject))
    await look(a, 'ground-fields')
    const discloseNow = async (person: Person) => {
      await expect(person.page.getByRole('button', { name: say('disclosures:disclose'), exact: true })).toBeEnabled({ timeout: 60_000 }) // prettier-ignore
      await person.hand.press('button', say('disclosures:disclose'))
      await look(person, 'confirm')
      await person.hand.press('button', say('disclosures:disclose'), person.page.getByRole('dialog'))
      await expect(person.page).toHaveURL(/#\/disclosures\/of\//, { timeout: 60_000 })
    }
    await discloseNow(a)
    await expect(a.page.getByText(say('reciprocity:standing.waiting'))).toBeVisible()
    await look(a, 'waiting-owner')

    // It arrives sealed. The partner reads what is missing and nothing else.
    await send(a, b, workspace)
    await openReceived(b, workspace)
    const received = new URL(b.page.url()).hash
    await expect(b.page.getByText(say('reciprocity:standing.waiting'))).toBeVisible()
    await expect(b.page.getByRole('grid')).toHaveCount(0)
    await look(b, 'waiting-partner')

    // The partner gives its part; A's engine opens it and hands the key over by itself.
    await visit(b, 'disclosures')
    await b.hand.press('link', say('common:action.newDisclosure'), b.page.getByRole('main'))
    await b.hand.press('button', say('disclosures:propose'))
    await expect(b.page.getByText(say('disclosures:willSeal'))).toBeVisible({ timeout: 60_000 })
    await discloseNow(b)
    await send(b, a, workspace)
    await visit(a, 'disclosures')
    await a.page.getByRole('main').locator('[href^="#/disclosures/of/"]').first().click()
    await expect(a.page.getByText(say('reciprocity:standing.met'))).toBeVisible()
    await look(a, 'met-owner')
    await send(a, b, workspace)
    await open(b.page, received)
    await expect(b.page.getByRole('tab', { name: say('forecast:tab.commitments') })).toBeVisible()
    await expect(b.page.getByText(say('reciprocity:standing.met'))).toBeVisible()
    await look(b, 'met-partner')

    // The consent is taken back, and the slice withdrawn: both screens say so.
    await visit(a, 'disclosures')
    await a.hand.press('link', say('privacy:consents'))
    await a.hand.press('button', say('privacy:withdraw.action'))
    await expect(a.page.getByText(say.any('privacy:withdraw.text'))).toBeVisible()
    await a.hand.type(say('privacy:withdraw.reason'), evidence)
    await look(a, 'withdraw-consent')
    await a.hand.press('button', say('privacy:withdraw.action'), a.page.getByRole('dialog'))
    await expect(a.page.getByText(say('privacy:state.withdrawn'), { exact: true })).toBeVisible()
    await visit(a, 'disclosures')
    await a.page.getByRole('main').locator('[href^="#/disclosures/of/"]').first().click()
    // No personal data left, so nothing rested on the consent: the owner ends the slice by hand.
    await a.hand.press('button', say('disclosures:withdraw.action'))
    await a.hand.type(say('disclosures:withdraw.reason'), evidence)
    await a.hand.press('button', say('disclosures:withdraw.action'), a.page.getByRole('dialog'))
    await expect(a.page.getByText(say('disclosures:withdraw.over'))).toBeVisible()
    await look(a, 'withdrawn-owner')
    await send(a, b, workspace)
    await open(b.page, received)
    await expect(b.page.getByText(say('forecast:state.withdrawn'), { exact: true })).toBeVisible()
    await look(b, 'withdrawn-partner')
    audit.done()
  })

  test(`[EX-1] [TR-14] a dry run ends in a workspace for real data (${locale})`, async ({ browser }, info) => {
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [a, b] = [await sit(browser, first.link, locale), await sit(browser, second.link, locale)]
    const { say } = a
    const audit = auditor(locale, [...SAMPLE_DATA, ...companies, workspace, evidence])
    const look = async (person: Person, name: string): Promise<void> => {
      await settled(person.page)
      await person.page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
      await audit.look(person.page, name)
    }
    await meet(a, b, { workspace, companies, dryRun: true })
    await openChecklist(a, workspace)
    await look(a, 'checklist')

    await visit(a, 'private')
    await a.hand.press('button', say('dry-run:makeData'))
    await look(a, 'make-data')
    await a.hand.press('button', say('dry-run:makeData'), a.page.getByRole('dialog'))
    await expect(a.page).toHaveURL(/#\/private\/of\//, { timeout: 60_000 })
    await look(a, 'synthetic')
    await visit(a, 'disclosures')
    await a.hand.press('link', say('common:action.newDisclosure'), a.page.getByRole('main'))
    await a.hand.press('button', say('disclosures:propose'))
    await expect(a.page.getByText(say('disclosures:willSeal'))).toBeVisible({ timeout: 60_000 })
    await a.hand.press('button', say('disclosures:disclose'))
    await a.hand.press('button', say('disclosures:disclose'), a.page.getByRole('dialog'))
    await expect(a.page).toHaveURL(/#\/disclosures\/of\//, { timeout: 60_000 })
    await send(a, b, workspace)
    await openReceived(b, workspace)
    await commitShort(b)
    await send(b, a, workspace)
    await visit(a, 'disclosures')
    await a.page.getByRole('main').locator('[href^="#/disclosures/of/"]').first().click()
    await a.hand.press('button', say('disclosures:withdraw.action'))
    await a.hand.type(say('disclosures:withdraw.reason'), evidence)
    await a.hand.press('button', say('disclosures:withdraw.action'), a.page.getByRole('dialog'))
    await expect(a.page.getByText(say('disclosures:withdraw.over'))).toBeVisible()
    await send(a, b, workspace)

    for (const person of [a, b]) {
      await openChecklist(person, workspace)
      for (const item of STATED_ITEMS) {
        const row = person.page.getByRole('listitem').filter({ hasText: say(`dry-run:item.${item}`) })
        await person.hand.press('button', say('dry-run:ours'), row)
        const dialog = person.page.getByRole('dialog')
        await person.hand.type(say('dry-run:evidence'), evidence, dialog)
        await person.hand.press('button', say('dry-run:confirm'), dialog)
        await expect(dialog).toHaveCount(0)
      }
      await person.hand.press('button', say('dry-run:pass'))
      await expect(person.page.getByText(say('dry-run:passed')).first()).toBeVisible()
    }
    await look(a, 'passed-one')
    await send(a, b, workspace)
    await openChecklist(b, workspace)
    await expect(b.page.getByText(say('dry-run:unlocked'))).toBeVisible()
    await look(b, 'unlocked')
    const dryRun = new URL(b.page.url()).hash
    await b.hand.press('button', say('dry-run:make'))
    await expect(b.page).toHaveURL(/#\/workspaces\/of\//)
    await settled(b.page)
    await look(b, 'production')
    await open(b.page, dryRun.replace(/\/dry-run$/, ''))
    await openFile(a, await writeFile(b))
    await visit(a, 'today')
    await look(a, 'today-production')
    await openChecklist(a, workspace)
    await a.hand.press('button', say('dry-run:join'))
    await a.hand.press('button', say('workspaces:invitation.accept'))
    await settled(a.page)
    await look(a, 'joined')
    audit.done()
  })
}
