import { join } from 'node:path'
import { expect, test, type Locator } from 'playwright/test'
import { startApp, stopAll, type RunningApp } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { picture } from './support/sample-sides.ts'
import { sayIn } from './support/say.ts'
import { meet, openWorkspace, PASSPHRASE, send, speak, visit, type Person } from './support/story.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(600_000)

const LATER = join(import.meta.dirname, 'support', 'ten-days-later.ts')
const WORKSPACE = 'Support desk'
const ISSUE = 'The night shift stands still.'
const POSITION = 'It begins in March.'
const ANSWER = 'It begins in June.'
const TERMS = 'It begins in May, at half the fee.'
const REASONS = 'Both knew the season.'
const FEE = 'The fee of the night shift.'

const STORIES = [
  { locale: 'en', how: 'mouse', handOf: mouse, dark: false, kind: 'Change request' },
  { locale: 'ar', how: 'keyboard', handOf: keyboard, dark: true, kind: 'طلب تغيير' },
] as const

for (const { locale, how, handOf, dark, kind } of STORIES)
  test(`[GV-3, GV-6, GV-8, TR-10] a dispute passes to arbitration by itself while both apps are shut, both rule alike, and another is settled, by the ${how} (${locale})`, async ({
    browser,
  }) => {
    const say = sayIn(locale)
    const sit = async (link: string): Promise<Person> => {
      const context = await browser.newContext({ locale: locale === 'ar' ? 'en-GB' : 'ar-SA', viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true }) // prettier-ignore
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      if (dark) await page.emulateMedia({ colorScheme: 'dark' })
      await page.goto(link)
      const person = { page, hand: handOf(page), say }
      await speak(person)
      return person
    }
    const apps = await Promise.all([startApp(), startApp()])
    const met = [await sit(apps[0].link), await sit(apps[1].link)] as const
    const quick = met.map((person) => ({ ...person, hand: mouse(person.page) })) as [Person, Person]
    await meet(...quick, { workspace: WORKSPACE, companies: ['Najd', 'Gulf'], roles: ['ceo', 'coo'], kind: 'client-provider' }) // prettier-ignore
    let [client, provider] = met as readonly [Person, Person]
    const written = ['Night shift', 'وردية ليلية', 'Answer at night, too?', 'والرد ليلًا أيضًا؟', 'Hours of service', 'ساعات الخدمة', 'Round the clock', 'على مدار الساعة', WORKSPACE, 'Najd', 'Gulf', 'Huda', 'Omar', 'هدى', 'عمر', 'No shortage', 'لا نقص', ISSUE, POSITION, ANSWER, TERMS, REASONS, FEE] // prettier-ignore
    const audit = auditor(locale, written)
    const look = async ({ page }: Person, name: string): Promise<void> => {
      await settled(page)
      await picture(page, `dispute-${name}-${locale}`)
      await audit.look(page, name)
    }
    const part = ({ page }: Person, key: string): Locator => page.getByRole('region', { name: say(`dispute:${key}`), exact: true }) // prettier-ignore
    /** What waits is one press away on Today. */
    const fromToday = async (person: Person, ask: string): Promise<void> => {
      await open(person.page, '#/today')
      await person.hand.press('link', say(`today:need.dispute-${ask}.action`))
      await settled(person.page)
    }
    const openCase = async (person: Person): Promise<void> => {
      await visit(person, 'disputes')
      await person.hand.press('link', locale === 'ar' ? 'وردية ليلية' : 'Night shift', person.page.getByRole('main'))
      await settled(person.page)
    }

    // Nothing is in dispute, and a change of the service is logged.
    await visit(client, 'disputes')
    await expect(client.page.getByText(say('dispute:empty.title'))).toBeVisible()
    await look(client, '0-none')
    await logChange(quick[0], kind)

    // From the change to a dispute about it: what it is about stands there already.
    await client.hand.press('button', say('dispute:raise'), part(client, 'beside.title'))
    await expect(client.page).toHaveURL(/#\/disputes\/draft\//)
    await settled(client.page)
    await expect(client.page.getByLabel(say('dispute:new.pick')).and(client.page.locator('input'))).toHaveValue(locale === 'ar' ? 'وردية ليلية' : 'Night shift') // prettier-ignore
    await client.hand.type(say('dispute:new.issue'), ISSUE)
    await client.hand.press('button', say('dispute:new.action'))
    await expect(client.page.getByText(say('dispute:new.missing'))).toBeVisible()
    await client.hand.type(say('dispute:new.position'), POSITION)
    await client.hand.press('button', say('dispute:new.levelsTitle'))
    for (const [number, days] of [['1', '3'], ['2', '30']] as const) {
      const level = client.page.getByRole('group', { name: say('dispute:new.level', { number: locale === 'ar' ? ('١٢'[Number(number) - 1] ?? '') : number }) }) // prettier-ignore
      await client.hand.type(say('dispute:new.levelLength'), days, level)
      await client.hand.choose(say('dispute:new.levelUnit'), say('dispute:new.unit.days'), level)
    }
    await look(client, '1-draft')
    await client.hand.press('button', say('dispute:new.action'))
    await expect(client.page.getByRole('dialog')).toBeVisible()
    await look(client, '2-raise')
    await client.hand.press('button', say('dispute:new.action'), client.page.getByRole('dialog'))
    await expect(client.page).toHaveURL(/#\/disputes\/of\//)
    await expect(client.page.getByText(say('dispute:meaning.sent'))).toBeVisible()
    await look(client, '3-sent')
    await send(client, provider, WORKSPACE)

    // The other company reads it, accepts the path and says what it holds.
    await fromToday(provider, 'answer')
    await look(provider, '4-received')
    await provider.hand.press('button', say('dispute:answer.action'))
    const answering = provider.page.getByRole('dialog')
    await provider.hand.type(say('dispute:answer.position'), ANSWER, answering)
    // Whether the path is accepted has to be said.
    await expect(answering.getByRole('button', { name: say('dispute:answer.send') })).toBeDisabled()
    await provider.hand.press('radio', say('dispute:answer.accept'))
    await look(provider, '5-answer')
    await provider.hand.press('button', say('dispute:answer.send'), answering)
    await expect(answering).toHaveCount(0)
    await expect(provider.page.getByText(say('dispute:positions.accepted'))).toBeVisible()
    await send(provider, client, WORKSPACE)
    await openCase(client)
    await expect(client.page.getByText(say('dispute:meaning.mediation'))).toBeVisible()
    await expect(client.page.getByText(ANSWER).first()).toBeVisible()
    await look(client, '6-mediation')

    // Ten days pass while both are shut: nobody was there, and the next level stands.
    await Promise.all(apps.map((app) => app.stop()))
    ;[client, provider] = await again(apps, sit)
    await openCase(client)
    await expect(client.page.getByText(say('dispute:meaning.arbitration'))).toBeVisible()
    await look(client, '7-arbitration')
    await client.hand.press('button', say('dispute:rule.action'))
    const ruling = client.page.getByRole('dialog')
    await client.hand.press('radio', say('dispute:finding.varied'))
    await client.hand.type(say('dispute:finding.terms'), TERMS, ruling)
    // A ruling without reasons is none.
    await expect(ruling.getByRole('button', { name: say('dispute:rule.send') })).toBeDisabled()
    await client.hand.type(say('dispute:rule.rationale'), REASONS, ruling)
    await look(client, '8-ruling')
    await client.hand.press('button', say('dispute:rule.send'), ruling)
    await expect(ruling).toHaveCount(0)
    await send(client, provider, WORKSPACE)
    await fromToday(provider, 'rule')
    await provider.hand.press('button', say('dispute:rule.action'))
    const other = provider.page.getByRole('dialog')
    await provider.hand.press('button', say('dispute:rule.like'), other)
    await provider.hand.type(say('dispute:rule.rationale'), REASONS, other)
    await provider.hand.press('button', say('dispute:rule.send'), other)
    await expect(other).toHaveCount(0)
    await send(provider, client, WORKSPACE)
    await openCase(client)
    await expect(client.page.getByText(say('dispute:meaning.ruled'))).toBeVisible()
    await expect(part(client, 'outcome.title').getByText(TERMS)).toBeVisible()
    await look(client, '9-ruled')
    await send(client, provider, WORKSPACE)
    await openCase(provider)
    await expect(provider.page.getByText(say('dispute:meaning.ruled'))).toBeVisible()

    // Another one, raised from the list, ends by words that both sign.
    await visit(provider, 'disputes')
    await provider.hand.press('button', say('dispute:raise'))
    const choosing = provider.page.getByRole('dialog')
    await look(provider, '10-with-whom')
    await provider.hand.press('button', say('common:next'), choosing)
    await expect(provider.page).toHaveURL(/#\/disputes\/draft\//)
    await settled(provider.page)
    await provider.hand.choose(say('dispute:new.pick'), locale === 'ar' ? 'وردية ليلية' : 'Night shift')
    await provider.hand.type(say('dispute:new.issue'), FEE)
    await provider.hand.type(say('dispute:new.position'), ANSWER)
    await provider.hand.press('button', say('dispute:new.action'))
    await provider.hand.press('button', say('dispute:new.action'), provider.page.getByRole('dialog'))
    await expect(provider.page.getByText(say('dispute:meaning.sent'))).toBeVisible()
    await provider.hand.press('button', say('dispute:settle.propose'))
    const proposing = provider.page.getByRole('dialog')
    await provider.hand.press('radio', say('dispute:finding.varied'))
    await provider.hand.type(say('dispute:finding.terms'), TERMS, proposing)
    await look(provider, '11-propose')
    await provider.hand.press('button', say('dispute:settle.proposeSend'), proposing)
    await expect(proposing).toHaveCount(0)
    await send(provider, client, WORKSPACE)
    await fromToday(client, 'answer')
    await look(client, '12-sign')
    await client.hand.press('button', say('dispute:settle.sign'))
    await client.hand.press('button', say('dispute:settle.sign'), client.page.getByRole('dialog'))
    await expect(client.page.getByText(say('dispute:meaning.settled'))).toBeVisible()
    await look(client, '13-settled')
    await visit(client, 'disputes')
    await look(client, '14-list')

    // The change itself tells of both.
    await openWorkspace(client, WORKSPACE)
    await client.hand.press('link', locale === 'ar' ? 'وردية ليلية' : 'Night shift', client.page.getByRole('main'))
    await settled(client.page)
    await expect(part(client, 'beside.title').getByRole('link')).toHaveCount(2)
    await look(client, '15-beside')
    audit.done()

    async function logChange(person: Person, type: string): Promise<void> {
      const { page, hand } = person
      await openWorkspace(person, WORKSPACE)
      await hand.press('button', say('workspaces:documents.new'))
      const making = page.getByRole('dialog')
      await hand.choose(say('workspaces:documents.kind'), type, making)
      await hand.type(say('common:arabic'), 'وردية ليلية', making)
      await hand.type(say('common:english'), 'Night shift', making)
      await hand.press('button', say('workspaces:documents.make'), making)
      await expect(page).toHaveURL(/#\/document\//)
      await settled(page)
      await hand.type(/^What is asked for, and why \(Arabic\)|^المطلوب وسببه \(بالعربية\)/, 'والرد ليلًا أيضًا؟')
      await hand.type(/^What is asked for, and why \(English\)|^المطلوب وسببه \(بالإنجليزية\)/, 'Answer at night, too?')
      await hand.press('button', say('change:changes.add'))
      const item = page.getByRole('region', { name: say.any('change:changes.name') })
      await hand.type(new RegExp(`· ${say('common:arabic')}$`), 'ساعات الخدمة', item)
      await hand.type(new RegExp(`· ${say('common:english')}$`), 'Hours of service', item)
      await hand.type(/\((?:Arabic|بالعربية)\)$/, 'على مدار الساعة', item)
      await hand.type(/\((?:English|بالإنجليزية)\)$/, 'Round the clock', item)
      await page.keyboard.press('Tab')
      await hand.press('button', say('change:log.action'))
      await hand.press('button', say('change:log.action'), page.getByRole('dialog'))
      await expect(page.getByText(say('change:meaning.deciding'))).toBeVisible()
    }

    /** Both on the profiles that they had, ten days later. */
    async function again(before: readonly RunningApp[], seat: (link: string) => Promise<Person>): Promise<[Person, Person]> {
      const [mine, theirs] = await Promise.all(before.map(({ profile }) => startApp({ profile, preload: [LATER] })))
      if (!mine || !theirs) throw new Error('two companies')
      const people = [await seat(mine.link), await seat(theirs.link)] as [Person, Person]
      for (const { hand, page } of people) {
        await hand.type(say('common:passphrase'), PASSPHRASE)
        await hand.press('button', say('welcome:unlock.open'))
        await expect(page.getByRole('navigation', { name: say('common:areas') })).toBeVisible()
      }
      return people
    }
  }) // prettier-ignore
