import { expect, type Browser, type Locator } from 'playwright/test'
import { daysLater, startApp, type RunningApp } from './app.ts'
import { keyboard, mouse } from './hand.ts'
import { auditor } from './looks.ts'
import { picture } from './sample-sides.ts'
import { sayIn } from './say.ts'
import { meet, PASSPHRASE, speak, visit, type Meeting, type Person } from './story.ts'
import { open, settled } from './walk.ts'

/** In which language a story of disputes is told, by which hand and in which light. */
export const TELLINGS = [
  { locale: 'en', how: 'mouse', handOf: mouse, dark: false },
  { locale: 'ar', how: 'keyboard', handOf: keyboard, dark: true },
] as const
type Telling = (typeof TELLINGS)[number]
type Two = readonly [Person, Person]

/** Two companies that met in one workspace, and what a story about their disputes does again and again. */
export interface Disputants {
  /** The first opens disputes, the second answers them: each by the hand of the telling. */
  readonly people: Two
  readonly audit: ReturnType<typeof auditor>
  look(person: Person, name: string): Promise<void>
  /** A section of a dispute's page, by the words of its title. */
  part(person: Person, key: string): Locator
  /** What waits is one press away on Today. */
  fromToday(person: Person, ask: string): Promise<void>
  /** From the list, or from a section of it. */
  openCase(person: Person, title: string, within?: Locator): Promise<void>
  /** Both on the profiles that they had, so many days from now. Nobody was there in between. */
  later(days: number): Promise<Two>
}

/** `story` names its pictures; `written`: what its people write in either language. */
export async function disputants(
  browser: Browser,
  telling: Telling,
  meeting: Meeting,
  { story, written }: { readonly story: string; readonly written: readonly string[] },
): Promise<Disputants> {
  const { locale, handOf, dark } = telling
  const say = sayIn(locale)
  const audit = auditor(locale, [...written, meeting.workspace, ...meeting.companies, 'Huda', 'Omar', 'هدى', 'عمر', 'No shortage', 'لا نقص']) // prettier-ignore
  const sit = async ({ link }: RunningApp): Promise<Person> => {
    const context = await browser.newContext({ locale: locale === 'ar' ? 'en-GB' : 'ar-SA', viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true }) // prettier-ignore
    context.setDefaultTimeout(30_000)
    const page = await context.newPage()
    if (dark) await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(link)
    const person = { page, hand: handOf(page), say }
    await speak(person)
    return person
  }
  let apps = await Promise.all([startApp(), startApp()])
  let people = await Promise.all([sit(apps[0]), sit(apps[1])])
  await meet(quick(people[0]), quick(people[1]), meeting)
  return {
    people,
    audit,
    look: async ({ page }, name) => {
      await settled(page)
      await picture(page, `${story}-${name}-${locale}`)
      await audit.look(page, name)
    },
    part: ({ page }, key) => page.getByRole('region', { name: say(`dispute:${key}`), exact: true }),
    fromToday: async ({ page, hand }, ask) => {
      await open(page, '#/today')
      await hand.press('link', say(`today:need.dispute-${ask}.action`))
      await settled(page)
    },
    openCase: async (person, title, within = person.page.getByRole('main')) => {
      await visit(person, 'disputes')
      await person.hand.press('link', title, within)
      await settled(person.page)
    },
    later: async (days) => {
      const again = ({ profile }: RunningApp): Promise<RunningApp> => startApp({ profile, preload: [daysLater(days)] })
      await Promise.all(people.map(({ page }) => page.context().close()))
      await Promise.all(apps.map((app) => app.stop()))
      apps = await Promise.all([again(apps[0]), again(apps[1])])
      people = await Promise.all([sit(apps[0]), sit(apps[1])])
      await Promise.all(people.map(unlock))
      return people
    },
  }
}

async function unlock({ hand, page, say }: Person): Promise<void> {
  await hand.type(say('common:passphrase'), PASSPHRASE)
  await hand.press('button', say('welcome:unlock.open'))
  await expect(page.getByRole('navigation', { name: say('common:areas') })).toBeVisible()
}

/** The same person by mouse, for what another story tells by keyboard. */
export const quick = (person: Person): Person => ({ ...person, hand: mouse(person.page) })

/** A draft on the screen about a thing that it knows: what is in dispute, and a path of three days of mediation and thirty of arbitration. */
export async function fillDraft(person: Person, words: { readonly issue: string; readonly position: string }): Promise<void> {
  const { page, hand, say } = person
  await hand.type(say('dispute:new.issue'), words.issue)
  await hand.type(say('dispute:new.position'), words.position)
  await hand.press('button', say('dispute:new.levelsTitle'))
  for (const [at, days] of ['3', '30'].entries()) {
    const number = (say.locale === 'ar' ? '١٢' : '12')[at] ?? ''
    const level = page.getByRole('group', { name: say('dispute:new.level', { number }) })
    await hand.type(say('dispute:new.levelLength'), days, level)
    await hand.choose(say('dispute:new.levelUnit'), say('dispute:new.unit.days'), level)
  }
} // prettier-ignore

/** From a whole draft to a dispute that is sent; `asked`: before it is confirmed. */
export async function raise({ page, hand, say }: Person, asked: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await hand.press('button', say('dispute:new.action'))
  await expect(page.getByRole('dialog')).toBeVisible()
  await asked()
  await hand.press('button', say('dispute:new.action'), page.getByRole('dialog'))
  await expect(page).toHaveURL(/#\/disputes\/of\//)
  await expect(page.getByText(say('dispute:meaning.sent'))).toBeVisible()
} // prettier-ignore

/** Accepts the path and says what one holds; `written`: before it is sent. */
export async function answer({ page, hand, say }: Person, position: string, written: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await hand.press('button', say('dispute:answer.action'))
  const answering = page.getByRole('dialog')
  await hand.type(say('dispute:answer.position'), position, answering)
  // Whether the path is accepted has to be said.
  await expect(answering.getByRole('button', { name: say('dispute:answer.send') })).toBeDisabled()
  await hand.press('radio', say('dispute:answer.accept'))
  await written()
  await hand.press('button', say('dispute:answer.send'), answering)
} // prettier-ignore

/** Proposes words of a settlement, which signs them; `written`: before it is sent. */
export async function propose(person: Person, terms: string, written: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  const { page, hand, say } = person
  const proposing = page.getByRole('dialog')
  const again = page.getByRole('button', { name: say('dispute:settle.another') })
  await hand.press('button', say(`dispute:settle.${(await again.count()) > 0 ? 'another' : 'propose'}`))
  await hand.press('radio', say('dispute:finding.varied'))
  await hand.type(say('dispute:finding.terms'), terms, proposing)
  await written()
  await hand.press('button', say('dispute:settle.proposeSend'), proposing)
  await expect(proposing).toHaveCount(0)
} // prettier-ignore

/** Signs the only settlement that waits for one. */
export async function sign({ page, hand, say }: Person): Promise<void> {
  await hand.press('button', say('dispute:settle.sign'))
  await hand.press('button', say('dispute:settle.sign'), page.getByRole('dialog'))
  await expect(page.getByText(say('dispute:meaning.settled'))).toBeVisible()
}
