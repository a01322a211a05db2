import { expect, type Browser, type Locator } from 'playwright/test'
import { startApp } from './app.ts'
import { mouse } from './hand.ts'
import { sayIn } from './say.ts'
import { meet, newDocument, openWorkspace, send, speak, type Person } from './story.ts'
import { settled } from './walk.ts'

const WORKSPACE = 'إمداد'
const TITLE = 'شروط توريد الكراتين'
const ENGLISH = ['Cartons supply terms', 'Najd Trading', 'Gulf Foods', 'Huda', 'Omar'] as const

/** Two people in their own apps over contract terms that are ready to be closed. */
export interface DraftedTerms {
  readonly a: Person
  readonly b: Person
  /** Names that stand in one language alone. */
  readonly names: readonly string[]
  open(person: Person, tab: string, title?: string): Promise<void>
  tab(person: Person, name: string): Promise<void>
  send(from: Person, to: Person): Promise<void>
  /** Presses to close, and again to confirm it. */
  pressClose(person: Person): Promise<void>
  pressSign(person: Person): Promise<void>
  /** Signs, where nothing stands in the way. */
  sign(person: Person): Promise<void>
}
/** The same, signed by both. */
export interface SignedTerms extends DraftedTerms {
  close(person: Person): Promise<void>
}

/** At an app's first screen, by mouse and in Arabic. */
export async function sit(browser: Browser, link: string): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 960 }, acceptDownloads: true }) // prettier-ignore
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  await page.goto(link)
  const person = { page, hand: mouse(page), say: sayIn('ar') }
  await speak(person)
  return person
}

/** An agreement as its template has it, drafted by the first; the other has not seen it. `kind` is its name on the screen. */
export async function draftedTerms(browser: Browser, kind = 'شروط التعاقد'): Promise<DraftedTerms> {
  const [first, second] = await Promise.all([startApp({ browser: true }), startApp({ browser: true })])
  const [a, b] = [await sit(browser, first.link), await sit(browser, second.link)]
  const { say } = a
  await meet(a, b, { workspace: WORKSPACE, companies: ['نجد', 'الخليج'], roles: ['ceo', 'coo'] })
  const tab = (person: Person, name: string): Promise<void> =>
    person.hand.press('tab', new RegExp(`^${say(`agreement:tab.${name}`)}`))
  const open = async (person: Person, name: string, title = TITLE): Promise<void> => {
    await openWorkspace(person, WORKSPACE)
    await person.hand.press('link', title)
    await settled(person.page)
    await tab(person, name)
  }
  const pressTwice = async ({ hand, page }: Person, action: string): Promise<void> => {
    await hand.press('button', action)
    await hand.press('button', action, page.getByRole('dialog'))
  }
  const pressClose = (person: Person): Promise<void> => pressTwice(person, say('agreement:close.action'))
  const pressSign = (person: Person): Promise<void> => pressTwice(person, say('agreement:sign.action'))
  const sign = async (person: Person): Promise<void> => {
    await pressSign(person)
    await expect(person.page.getByText(say('agreement:sign.done'))).toBeVisible({ timeout: 60_000 })
  }
  await openWorkspace(a, WORKSPACE)
  await newDocument(a, kind, { ar: TITLE, en: ENGLISH[0] })
  await tab(a, 'facts')
  for (const name of [/./, /./]) {
    await a.hand.press('button', say('agreement:signatories.add'))
    await a.page.getByRole('menuitem', { name }).first().click()
  }
  // In force long enough that something could be measured under it.
  const effective = a.page.getByLabel('تاريخ السريان', { exact: true })
  await effective.fill('2026-01-01')
  await effective.press('Enter')
  await effective.press('Tab')
  const names = a.page.getByLabel('الاسم · English', { exact: true })
  for (const [at, name] of ENGLISH.slice(1).entries()) {
    await names.nth(at).fill(name)
    await names.nth(at).blur()
  }
  await expect(a.page.getByText(say('common:live.kept'))).toBeVisible()
  return { a, b, names: ENGLISH, open, tab, pressClose, pressSign, sign, send: (from, to) => send(from, to, WORKSPACE) }
}

/** Drafted by the first, closed, and signed by both, by mail alone. */
export async function signedTerms(browser: Browser, kind?: string): Promise<SignedTerms> {
  const drafted = await draftedTerms(browser, kind)
  const { a, b, open, tab, sign, pressClose, send } = drafted
  const close = async (person: Person): Promise<void> => {
    await pressClose(person)
    await expect(person.page.getByRole('button', { name: a.say('agreement:sign.action'), exact: true })).toBeEnabled({ timeout: 60_000 }) // prettier-ignore
  }
  await tab(a, 'signing')
  await close(a)
  await sign(a)
  await send(a, b)
  await open(b, 'signing')
  await sign(b)
  await send(b, a)
  await open(a, 'signing')
  await seeSigned(a)
  return { ...drafted, close }
}

/** The first version, seen as signed by all. */
export async function seeSigned({ page, say }: Person): Promise<Locator> {
  const version = page.getByRole('region', { name: say('agreement:versions.name', { number: '١' }) })
  await expect(version.getByText(say('agreement:state.signed'), { exact: true })).toBeVisible()
  return version
}
