import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test, type Browser } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { meet, newDocument, openWorkspace, send, speak, type Person } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(420_000)

const WORKSPACE = 'إمداد'
const TITLE = 'شروط توريد الكراتين'
const ENGLISH = ['Cartons supply terms', 'Najd Trading', 'Gulf Foods', 'Huda', 'Omar']
const say = sayIn('ar')

async function sit(browser: Browser, link: string): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 960 }, acceptDownloads: true }) // prettier-ignore
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(link)
  const person = { page, hand: mouse(page), say }
  await speak(person)
  return person
}

test('[AR-11] [TR-21] lawyers of two companies draft, review, sign and check contract terms in Arabic from start to end', async ({
  browser,
}, info) => {
  const [first, second] = await Promise.all([startApp({ browser: true }), startApp({ browser: true })])
  const [a, b] = [await sit(browser, first.link), await sit(browser, second.link)]
  const audit = auditor('ar', [...ENGLISH, 'OTIF', 'FILL', 'Word'])
  const look = async (person: Person, name: string): Promise<void> => {
    await settled(person.page)
    await person.page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    await audit.look(person.page, name)
  }
  await meet(a, b, { workspace: WORKSPACE, companies: ['نجد', 'الخليج'], roles: ['ceo', 'coo'] })
  const tab = (person: Person, name: string): Promise<void> =>
    person.hand.press('tab', new RegExp(`^${say(`agreement:tab.${name}`)}`))
  const open = async (person: Person, name: string): Promise<void> => {
    await openWorkspace(person, WORKSPACE)
    await person.hand.press('link', TITLE)
    await settled(person.page)
    await tab(person, name)
  }
  // Drafted: the kind, the names in both languages, who is the seller, who signs.
  await openWorkspace(a, WORKSPACE)
  await newDocument(a, 'شروط التعاقد', { ar: TITLE, en: ENGLISH[0] ?? '' })
  await expect(a.page.getByRole('heading', { name: 'تأخر التسليم' })).toBeVisible()
  await look(a, 'clauses')
  await tab(a, 'facts')
  for (const name of [/./, /./]) {
    await a.hand.press('button', say('agreement:signatories.add'))
    await a.page.getByRole('menuitem', { name }).first().click()
  }
  await look(a, 'facts')
  // People gave their names in Arabic alone; the gates say whose are missing in English.
  await tab(a, 'signing')
  await expect(a.page.getByText(say('agreement:gate.signatory-incomplete', { name: 'عمر' }))).toBeVisible()
  await look(a, 'gates')
  await tab(a, 'facts')
  const names = a.page.getByLabel('الاسم · English', { exact: true })
  for (const [at, name] of ENGLISH.slice(1).entries()) {
    await names.nth(at).fill(name)
    await names.nth(at).blur()
  }
  await expect(a.page.getByText(say('common:live.kept'))).toBeVisible()
  await send(a, b, WORKSPACE)

  // Reviewed: the other side asks for another time to pay, the first accepts, and the text follows.
  await open(b, 'clauses')
  await b.hand.press('button', say('negotiation:clause.proposeFor', { name: 'السداد' }))
  const proposing = b.page.getByRole('dialog')
  for (const [language, words] of [
    ['ar', 'يسدد المشتري الفاتورة خلال {payment} من تسلّمها. ولا تُستحق فائدة ولا غرامة على تأخر السداد.'],
    [
      'en',
      'The Buyer pays an invoice within {payment} of receiving it. No interest and no penalty is due on a late payment.',
    ],
  ] as const)
    await b.hand.type(say(`negotiation:propose.text.${language}`), words, proposing)
  await b.hand.type(say('negotiation:propose.rationale'), 'الفاتورة المتنازع عليها لها بند آخر', proposing)
  await look(b, 'propose')
  await b.hand.press('button', say('negotiation:propose.send'), proposing)
  await expect(proposing).toHaveCount(0)
  await send(b, a, WORKSPACE)
  await open(a, 'negotiation')
  await look(a, 'negotiation')
  await a.hand.press('button', say('negotiation:proposal.accept'))
  await a.hand.press('button', say('negotiation:proposal.accept'), a.page.getByRole('dialog'))
  await expect(a.page.getByText(say('negotiation:state.accepted'), { exact: true })).toBeVisible()

  // Closed and signed, each on their own machine; the file goes by mail.
  await tab(a, 'signing')
  await a.hand.press('button', say('agreement:close.action'))
  await a.hand.press('button', say('agreement:close.action'), a.page.getByRole('dialog'))
  const sign = async (person: Person): Promise<void> => {
    await person.hand.press('button', say('agreement:sign.action'))
    await person.hand.press('button', say('agreement:sign.action'), person.page.getByRole('dialog'))
    await expect(person.page.getByText(say('agreement:sign.done'))).toBeVisible({ timeout: 60_000 })
  }
  await expect(a.page.getByRole('button', { name: say('agreement:sign.action'), exact: true })).toBeEnabled({ timeout: 60_000 }) // prettier-ignore
  await look(a, 'closed')
  await sign(a)
  await send(a, b, WORKSPACE)
  await open(b, 'signing')
  await sign(b)
  await look(b, 'signed')
  await send(b, a, WORKSPACE)
  await open(a, 'signing')
  const version = a.page.getByRole('region', { name: say('agreement:versions.name', { number: '١' }) })
  await expect(version.getByText(say('agreement:state.signed'), { exact: true })).toBeVisible()

  // Checked: on the screen, and by a reader that is not ours.
  const saving = a.page.waitForEvent('download')
  await a.hand.press('button', say('agreement:file.save'))
  const path = await (await saving).path()
  await a.page.locator(`input[type="file"][aria-label="${say('agreement:check.drop')}"]`).setInputFiles({ name: 'agreement.pdf', mimeType: 'application/pdf', buffer: readFileSync(path) }) // prettier-ignore
  await expect(a.page.getByText(say('evidence:answer.holds'))).toBeVisible()
  await look(a, 'checked')
  const heard = execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })
  expect(heard.match(/Signature is Valid/g)).toHaveLength(2)
  audit.done()
})
