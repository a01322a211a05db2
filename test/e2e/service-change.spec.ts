import { expect, test, type Locator } from 'playwright/test'
import { CATEGORY_WORDS } from '#shared/artifacts/change-words.ts'
import { completion, judged, ModelServer } from '#test/support/model-server.ts'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor } from './support/looks.ts'
import { picture } from './support/sample-sides.ts'
import { sayIn } from './support/say.ts'
import { meet, newDocument, openWorkspace, send, speak, type Person } from './support/story.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(420_000)

const WORKSPACE = 'Support desk'
const TITLE = 'Night shift'
/** What only the owner's vault may show. */
const NOTE = 'Zarqa: the board wants this before the season'

const STORIES = [
  { locale: 'en', how: 'mouse', handOf: mouse, dark: false, kind: 'Change request' },
  { locale: 'ar', how: 'keyboard', handOf: keyboard, dark: true, kind: 'طلب تغيير' },
] as const

for (const { locale, how, handOf, dark, kind } of STORIES)
  test(`[DP-3, DP-6] a scope that is accepted and infeasible is settled by conditions and signed by both, by the ${how} (${locale})`, async ({
    browser,
  }) => {
    const say = sayIn(locale)
    const server = new ModelServer()
    const base = await server.listen()
    const { origin } = new URL(base)
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
    const [client, provider] = met.map((person) => ({ ...person, hand: handOf(person.page) })) as [Person, Person]
    if (dark) for (const { page } of [client, provider]) await page.emulateMedia({ colorScheme: 'dark' })
    const written = ['Night shift', 'وردية ليلية', 'Answer at night, too?', 'والرد ليلًا أيضًا؟', 'Hours of service', 'ساعات الخدمة', 'Round the clock', 'على مدار الساعة', 'Support desk', 'Najd', 'Gulf', 'Huda', 'Omar', 'هدى', 'عمر', 'No night team', 'Three months to hire', 'The date moves to spring', 'Callers are lost at night', 'No shortage', 'لا نقص', NOTE, 'small-model', origin, 'What the text says', 'http://localhost:11434/v1', 'SAR'] // prettier-ignore
    const audit = auditor(locale, written)
    const look = async ({ page }: Person, name: string): Promise<void> => {
      await settled(page)
      await picture(page, `change-${name}-${locale}`)
      await audit.look(page, name)
    }
    const part = ({ page }: Person, key: string): Locator => page.getByRole('region', { name: say(`change:${key}`), exact: true }) // prettier-ignore
    const tab = ({ hand }: Person, name: string) => hand.press('tab', new RegExp(`^${say(`change:tab.${name}`)}`))
    /** What waits is one press away on Today. */
    const fromToday = async (person: Person, ask: string): Promise<void> => {
      await open(person.page, '#/today')
      await person.hand.press('link', say(`today:need.change-${ask}.action`))
      await settled(person.page)
    }

    // A draft in both languages; number, rule and time-boxes stand there already.
    await openWorkspace(client, WORKSPACE)
    await newDocument(client, kind, { ar: 'وردية ليلية', en: TITLE })
    await client.hand.type(/^What is asked for, and why \(Arabic\)|^المطلوب وسببه \(بالعربية\)/, 'والرد ليلًا أيضًا؟')
    await client.hand.type(/^What is asked for, and why \(English\)|^المطلوب وسببه \(بالإنجليزية\)/, 'Answer at night, too?') // prettier-ignore
    await client.hand.press('button', say('change:changes.add'))
    const item = client.page.getByRole('region', { name: say.any('change:changes.name') })
    await client.hand.type(new RegExp(`· ${say('common:arabic')}$`), 'ساعات الخدمة', item)
    await client.hand.type(new RegExp(`· ${say('common:english')}$`), 'Hours of service', item)
    await client.hand.type(/\((?:Arabic|بالعربية)\)$/, 'على مدار الساعة', item)
    await client.hand.type(/\((?:English|بالإنجليزية)\)$/, 'Round the clock', item)
    await client.page.keyboard.press('Tab')
    for (const field of ['priceBy', 'timelineBy'] as const) {
      const label = { priceBy: /^Price is decided by|^يقرر السعر/, timelineBy: /^Timeline is decided by|^يقرر الجدول الزمني/ }[field]
      await client.hand.choose(label, /^Not decided apart|^لا يُقرَّر على حدة/)
    }
    await look(client, '1-draft')
    await client.hand.press('button', say('change:log.action'))
    await client.hand.press('button', say('change:log.action'), client.page.getByRole('dialog'))
    await expect(client.page.getByText(say('change:meaning.deciding'))).toBeVisible()

    // The client's own endpoint, by which a model may propose.
    const request = new URL(client.page.url()).hash
    await open(client.page, '#/settings/models')
    const setting = mouse(client.page)
    await setting.type(say('scoring:model.base'), base)
    await setting.type(say('scoring:model.model'), 'small-model')
    await client.page.keyboard.press('Escape')
    await setting.press('switch', new RegExp(`^${say('scoring:model.own')}`))
    await setting.press('button', say('common:save'))
    await expect(client.page.getByText(say('common:saved')).first()).toBeVisible()
    await open(client.page, request)

    // What the client knows and wants stays at home.
    await tab(client, 'own')
    await client.hand.type(say('change:own.priorities'), NOTE)
    await client.hand.press('button', say('change:own.save'))
    await client.hand.press('button', say('decision:score.add'))
    const sheet = client.page.getByRole('dialog')
    await client.hand.press('button', say('scoring:panel.title', { role: say('common:role.ceo') }), sheet)
    await expect(sheet.getByText(/^(?:Does the service become one that both companies|هل تصير الخدمة مما تعيد الشركتان)/)).toBeVisible()
    await look(client, '2-rubric')
    await client.hand.press('button', say('scoring:panel.title', { role: say('common:role.ceo') }), sheet)
    // A model's proposal: the very text first, then what each run says, and nothing of it counts before it is taken over.
    await client.hand.press('button', say('scoring:propose.action'), sheet)
    await client.hand.press('button', say('scoring:ask.look'), sheet)
    await expect(sheet.getByRole('region', { name: say('scoring:ask.text') })).toContainText(NOTE)
    expect(server.received).toHaveLength(0)
    await picture(client.page, `change-2-preview-${locale}`)
    server.answering = (received, response) =>
      completion(response, JSON.stringify(judged(received, () => ({ level: 3, rationale: locale === 'ar' ? 'ما يقوله النص' : 'What the text says' })))) // prettier-ignore
    await client.hand.press('button', say('scoring:ask.send', { origin }), sheet)
    await expect(sheet.getByText(say('scoring:propose.only'))).toBeVisible()
    await expect(sheet.getByRole('textbox', { name: say('change:dimensions.value'), exact: true })).toHaveValue('')
    await look(client, '2-proposal')
    const option = locale === 'ar' ? 'وردية ليلية' : TITLE
    const group = sheet.getByRole('group', { name: say('scoring:propose.title') })
    for (const dimension of ['vision', 'purpose', 'value'] as const) {
      const take = { points: locale === 'ar' ? '٧٥' : '75', lens: say(`change:dimensions.${dimension}`), option }
      await client.hand.press('button', say('scoring:propose.takeOf', take), group)
    }
    // What a person says beside it is the person's.
    await client.hand.type(say('change:dimensions.legend'), '40', sheet)
    await expect(sheet.getByRole('textbox', { name: say('change:dimensions.value'), exact: true })).toHaveValue(locale === 'ar' ? /75|٧٥/ : '75')
    await look(client, '2-scores')
    server.end()
    await client.hand.press('button', say('decision:score.save'), sheet)
    await expect(part(client, 'own.computed')).toBeVisible()
    await look(client, '3-own')

    const give = async (person: Person, matter: 'scope' | 'feasibility', verdict: 'yes' | 'no'): Promise<void> => {
      await fromToday(person, 'decide')
      await person.hand.press('button', say('change:verdict.action'), part(person, `matter.${matter}`))
      const dialog = person.page.getByRole('dialog')
      await person.hand.press('radio', say(`change:said.${matter}.${verdict}`))
      if (verdict === 'no') {
        await person.hand.choose(say('change:verdict.category'), CATEGORY_WORDS.capacity[locale], dialog)
        await person.hand.type(say('change:verdict.reason'), 'No night team', dialog)
        // Infeasible without a condition that would make it feasible is no verdict.
        await expect(dialog.getByRole('button', { name: say('change:verdict.send') })).toBeDisabled()
        await person.hand.type(/^(?:Condition|الشرط) [1١]$/, 'Three months to hire', dialog)
      } else await person.hand.type(say('change:verdict.reason'), 'Callers are lost at night', dialog)
      await look(person, `4-verdict-${matter}`)
      await person.hand.press('button', say('change:verdict.send'), dialog)
      await expect(dialog).toHaveCount(0)
    }
    await give(client, 'scope', 'yes')
    await send(client, provider, WORKSPACE)
    await give(provider, 'feasibility', 'no')
    await send(provider, client, WORKSPACE)

    await fromToday(client, 'meet')
    await expect(client.page.getByText(say('change:meaning.blocked'))).toBeVisible()
    await expect(client.page.getByText(say.any('change:escalation.conflict'))).toBeVisible()
    await expect(client.page.getByRole('button', { name: say('change:sign.action'), exact: true })).toHaveCount(0)
    await look(client, '5-blocked')
    await client.hand.press('button', say('change:conditions.mark'))
    const marking = client.page.getByRole('dialog')
    await client.hand.type(say('change:conditions.evidence'), 'The date moves to spring', marking)
    await client.hand.press('button', say('change:conditions.mark'), marking)
    await expect(client.page.getByText(say.any('change:missing.confirm'))).toBeVisible()
    await send(client, provider, WORKSPACE)

    await fromToday(provider, 'confirm')
    await look(provider, '6-met')
    await provider.hand.press('button', say('change:conditions.confirm'))
    await expect(provider.page.getByText(say('change:meaning.approvable'))).toBeVisible()
    const sign = async (person: Person): Promise<void> => {
      await fromToday(person, 'sign')
      await person.hand.press('button', say('change:sign.action'), part(person, 'sign.title'))
      await look(person, '7-sign')
      await person.hand.press('button', say('change:sign.action'), person.page.getByRole('dialog'))
      await expect(person.page.getByText(say('change:meaning.signing'))).toBeVisible()
    }
    await sign(provider)
    // Whoever has signed can no longer leave or revise.
    await expect(provider.page.getByRole('button', { name: say('change:withdraw.action') })).toHaveCount(0)
    await send(provider, client, WORKSPACE)
    await sign(client)
    await send(client, provider, WORKSPACE)
    await fromToday(provider, 'finalise')
    await expect(provider.page.getByText(say('change:meaning.approved'))).toBeVisible()
    await provider.hand.press('button', say('change:finalise.action'))
    await expect(provider.page.getByText(say('change:meaning.final'))).toBeVisible()
    await look(provider, '8-final')
    expect(await provider.page.locator('body').innerText()).not.toContain('Zarqa')
    await tab(provider, 'own')
    await expect(provider.page.getByLabel(say('change:own.priorities'))).toHaveValue('')
    await tab(provider, 'decision')
    await provider.hand.press('link', say('change:finalise.scope'))
    await settled(provider.page)
    await expect(provider.page.getByRole('heading', { name: say('agreement:clauses.title') })).toBeVisible()
    audit.done()
  }) // prettier-ignore
