import { expect, test, type Page } from 'playwright/test'
import { completion, judged, ModelServer } from '#test/support/model-server.ts'
import { startApp, stopAll } from './support/app.ts'
import { auditor, SAMPLE_DATA } from './support/looks.ts'
import { picture, sit } from './support/sample-sides.ts'
import { exploreSample, newDocument, type Person } from './support/story.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(240_000)

const STORIES = [
  { locale: 'en', dark: false, options: ['Riyadh', 'Dammam'] },
  { locale: 'ar', dark: true, options: ['الرياض', 'الدمام'] },
] as const

/** A decision between two cities, put to the vote. */
async function decisionOpen(person: Person): Promise<void> {
  const { page, hand, say } = person
  await open(page, '#/workspaces')
  await page.locator('main a[href*="#/workspaces/of/"]').first().click()
  await newDocument(person, say.locale === 'ar' ? 'قرار مشترك' : 'Joint decision', {
    ar: 'المركز المشترك',
    en: 'Shared hub',
  })
  const field = async (name: RegExp, text: string, within = page.locator('main')): Promise<void> => {
    const box = within.getByRole('textbox', { name }).first()
    await box.fill(text)
    await box.blur()
  }
  await field(/^Question \(English\)|^السؤال \(بالإنجليزية\)/, 'Where do we build?')
  await field(/^Question \(Arabic\)|^السؤال \(بالعربية\)/, 'أين نبني؟')
  const deadline = page.getByLabel(/^Last day for positions|^آخر يوم للمواقف/).first()
  await deadline.fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
  await deadline.blur()
  for (const [at, [en, ar]] of [['Riyadh', 'الرياض'] as const, ['Dammam', 'الدمام'] as const].entries()) {
    const option = page.getByRole('region', { name: say('decision:options.name', { number: say.locale === 'ar' ? '١٢'[at] ?? '' : String(at + 1) }) }) // prettier-ignore
    await field(/(العربية|Arabic)$/, ar, option)
    await field(/(الإنجليزية|English)$/, en, option)
  }
  await hand.press('tab', new RegExp(`^${say('decision:tab.room')}`))
  await hand.press('button', say('decision:open.action'))
  await hand.press('button', say('decision:open.action'), page.getByRole('dialog'))
  await expect(page.getByText(say('decision:meaning.voting'))).toBeVisible()
}

async function approve({ page, hand, say }: Person): Promise<void> {
  await settled(page)
  await hand.press('button', say('decision:approve.actionSealed'))
  await expect(page.getByRole('button', { name: say('decision:approve.actionSealed') })).toHaveCount(0)
}
const shown = (page: Page) => page.getByRole('dialog')

for (const { locale, dark, options } of STORIES)
  test(`[DP-9] a model proposes, a person takes over and decides; with the server gone by hand (${locale})`, async ({
    browser,
  }) => {
    const server = new ModelServer()
    const base = await server.listen()
    const { link } = await startApp()
    const owner = await sit(browser, link, locale, 'main')
    const { page, hand, say } = owner
    await exploreSample(owner)
    await settled(page)
    if (dark) await page.emulateMedia({ colorScheme: 'dark' })
    const words = [...SAMPLE_DATA, 'Shared hub', 'Riyadh', 'Dammam', 'Where do we build?', 'أين نبني؟', 'المركز المشترك', 'الرياض', 'الدمام', 'http://localhost:11434/v1', 'small-model', new URL(base).origin, 'SAR', 'Our freight runs through Riyadh', 'English', 'العربية'] // prettier-ignore
    const audit = auditor(locale, words)

    // The rubric that is shipped, and the endpoint with the mark.
    await open(page, '#/settings/rubrics')
    await settled(page)
    await picture(page, `1-rubrics-${locale}`)
    await audit.look(page, 'rubrics')
    await open(page, '#/settings/models')
    await hand.type(say('scoring:model.base'), base)
    await hand.type(say('scoring:model.model'), 'small-model')
    await page.keyboard.press('Escape')
    await hand.press('switch', new RegExp(`^${say('scoring:model.own')}`))
    await hand.type(say('scoring:piece.our-vision'), 'Our freight runs through Riyadh')
    await hand.press('button', say('common:save'))
    await expect(page.getByText(say('common:saved')).first()).toBeVisible()
    await hand.press('button', say('scoring:model.try'))
    await expect(page.getByText(say.any('scoring:model.offered_one'))).toBeVisible()
    await settled(page)
    await picture(page, `2-models-${locale}`)
    await audit.look(page, 'models')

    await decisionOpen(owner)
    await hand.press('button', say('decision:score.add'))
    const sheet = shown(page)
    await hand.press('button', say('scoring:propose.action'), sheet)
    await hand.press('button', say('scoring:ask.look'), sheet)
    const text = sheet.getByRole('region', { name: say('scoring:ask.text') })
    await expect(text).toContainText('Our freight runs through Riyadh')
    expect(server.received).toHaveLength(0)
    await settled(page)
    await picture(page, `3-preview-${locale}`)
    await audit.look(page, 'preview')

    // A server that keeps us waiting, and a person who does not want to wait.
    server.answering = () => undefined
    const send = say('scoring:ask.send', { origin: new URL(base).origin })
    await hand.press('button', send, sheet)
    await expect.poll(() => server.received.length).toBe(1)
    await picture(page, `4-asking-${locale}`)
    await hand.press('button', say('common:cancel'), sheet.getByRole('group', { name: say('scoring:propose.title') }))
    await expect(sheet.getByText(say('common:jobState.cancelled'))).toBeVisible()

    const title = options[0]
    server.answering = (received, response) =>
      completion(response, JSON.stringify(judged(received, (one) => ({ level: one === title ? 3 : 1, rationale: locale === 'ar' ? 'ما يقوله النص' : 'What the text says' })))) // prettier-ignore
    await hand.press('button', say('scoring:ask.look'), sheet)
    await hand.press('button', send, sheet)
    await expect(sheet.getByText(say('scoring:propose.only'))).toBeVisible()
    await settled(page)
    await picture(page, `5-proposal-${locale}`)
    await audit.look(page, 'proposal')
    // Nothing is filled in before somebody takes it over.
    const group = (option: string) => sheet.getByRole('group', { name: option, exact: true })
    await expect(group(options[0]).getByLabel(say('decision:dimensions.vision'))).toHaveValue('')
    while ((await sheet.getByRole('button', { name: say.any('scoring:propose.takeOf') }).count()) > 0)
      await sheet
        .getByRole('button', { name: say.any('scoring:propose.takeOf') })
        .first()
        .click()
    await expect(group(options[0]).getByLabel(say('decision:dimensions.vision'))).toHaveValue(locale === 'ar' ? /75|٧٥/ : '75') // prettier-ignore
    await picture(page, `6-taken-${locale}`)
    await hand.press('button', say('decision:score.save'), sheet)
    await expect(sheet).toHaveCount(0)
    await approve(owner)

    // Another decision with the server gone: it says so, and the person goes on by hand.
    server.end()
    await decisionOpen(owner)
    await hand.press('button', say('decision:score.add'))
    await hand.press('button', say('scoring:propose.action'), sheet)
    await hand.press('button', say('scoring:ask.look'), sheet)
    await hand.press('button', send, sheet)
    await expect(sheet.getByText(say('scoring:ask.byHand'))).toBeVisible()
    await settled(page)
    await picture(page, `7-gone-${locale}`)
    await audit.look(page, 'gone')
    for (const option of options)
      for (const dimension of ['vision', 'purpose', 'fit', 'legend'])
        await group(option)
          .getByLabel(say(`decision:dimensions.${dimension}`))
          .fill('60')
    await hand.press('button', say('decision:score.save'), sheet)
    await expect(sheet).toHaveCount(0)
    await approve(owner)
    audit.done()
  })
