import { expect, test } from 'playwright/test'
import { stopAll } from './support/app.ts'
import { answer, disputants, fillDraft, propose, quick, raise, sign, TELLINGS } from './support/disputing.ts'
import { newDocument, openWorkspace, send, visit, type Person } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(600_000)

const WORKSPACE = 'Support desk'
const ISSUE = 'The night shift stands still.'
const POSITION = 'It begins in March.'
const ANSWER = 'It begins in June.'
const TERMS = 'It begins in May, at half the fee.'
const REASONS = 'Both knew the season.'
const FEE = 'The fee of the night shift.'
const WRITTEN = ['Night shift', 'وردية ليلية', 'Answer at night, too?', 'والرد ليلًا أيضًا؟', 'Hours of service', 'ساعات الخدمة', 'Round the clock', 'على مدار الساعة', ISSUE, POSITION, ANSWER, TERMS, REASONS, FEE] // prettier-ignore

for (const telling of TELLINGS)
  test(`[GV-3, GV-6, GV-8, TR-10] a dispute passes to arbitration by itself while both apps are shut, both rule alike, and another is settled, by the ${telling.how} (${telling.locale})`, async ({
    browser,
  }) => {
    const [title, kind] = telling.locale === 'ar' ? ['وردية ليلية', 'طلب تغيير'] : ['Night shift', 'Change request']
    const meeting = { workspace: WORKSPACE, companies: ['Najd', 'Gulf'], roles: ['ceo', 'coo'], kind: 'client-provider' } as const
    const { people, audit, look, part, fromToday, openCase, later } = await disputants(browser, telling, meeting, { story: 'dispute', written: WRITTEN })
    let [client, provider] = people
    const { say } = client

    // Nothing is in dispute, and a change of the service is logged.
    await visit(client, 'disputes')
    await expect(client.page.getByText(say('dispute:empty.title'))).toBeVisible()
    await look(client, '0-none')
    await logChange(quick(client), kind)

    // From the change to a dispute about it: what it is about stands there already.
    await client.hand.press('button', say('dispute:raise'), part(client, 'beside.title'))
    await expect(client.page).toHaveURL(/#\/disputes\/draft\//)
    await settled(client.page)
    await expect(client.page.getByLabel(say('dispute:new.pick')).and(client.page.locator('input'))).toHaveValue(title)
    await client.hand.press('button', say('dispute:new.action'))
    await expect(client.page.getByText(say('dispute:new.missing'))).toBeVisible()
    await fillDraft(client, { issue: ISSUE, position: POSITION })
    await look(client, '1-draft')
    await raise(client, () => look(client, '2-raise'))
    await look(client, '3-sent')
    await send(client, provider, WORKSPACE)

    // The other company reads it, accepts the path and says what it holds.
    await fromToday(provider, 'answer')
    await look(provider, '4-received')
    await answer(provider, ANSWER, () => look(provider, '5-answer'))
    await expect(provider.page.getByRole('dialog')).toHaveCount(0)
    await expect(provider.page.getByText(say('dispute:positions.accepted'))).toBeVisible()
    await send(provider, client, WORKSPACE)
    await openCase(client, title)
    await expect(client.page.getByText(say('dispute:meaning.mediation'))).toBeVisible()
    await expect(client.page.getByText(ANSWER).first()).toBeVisible()
    await look(client, '6-mediation')

    // Ten days pass while both are shut: nobody was there, and the next level stands.
    ;[client, provider] = await later(10)
    await openCase(client, title)
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
    await openCase(client, title)
    await expect(client.page.getByText(say('dispute:meaning.ruled'))).toBeVisible()
    await expect(part(client, 'outcome.title').getByText(TERMS)).toBeVisible()
    await look(client, '9-ruled')
    await send(client, provider, WORKSPACE)
    await openCase(provider, title)
    await expect(provider.page.getByText(say('dispute:meaning.ruled'))).toBeVisible()

    // Another one, raised from the list, ends by words that both sign.
    await visit(provider, 'disputes')
    await provider.hand.press('button', say('dispute:raise'))
    const choosing = provider.page.getByRole('dialog')
    await look(provider, '10-with-whom')
    await provider.hand.press('button', say('common:next'), choosing)
    await expect(provider.page).toHaveURL(/#\/disputes\/draft\//)
    await settled(provider.page)
    await provider.hand.choose(say('dispute:new.pick'), title)
    await provider.hand.type(say('dispute:new.issue'), FEE)
    await provider.hand.type(say('dispute:new.position'), ANSWER)
    await raise(provider)
    await propose(provider, TERMS, () => look(provider, '11-propose'))
    await send(provider, client, WORKSPACE)
    await fromToday(client, 'answer')
    await look(client, '12-sign')
    await sign(client)
    await look(client, '13-settled')
    await visit(client, 'disputes')
    await look(client, '14-list')

    // The change itself tells of both.
    await openWorkspace(client, WORKSPACE)
    await client.hand.press('link', title, client.page.getByRole('main'))
    await settled(client.page)
    await expect(part(client, 'beside.title').getByRole('link')).toHaveCount(2)
    await look(client, '15-beside')
    audit.done()

    async function logChange(person: Person, type: string): Promise<void> {
      const { page, hand } = person
      await openWorkspace(person, WORKSPACE)
      await newDocument(person, type, { ar: 'وردية ليلية', en: 'Night shift' })
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
  }) // prettier-ignore
