import { expect, test, type Locator } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor, SAMPLE_DATA } from './support/looks.ts'
import { picture, sit } from './support/sample-sides.ts'
import { exploreSample, newDocument, type Person } from './support/story.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(300_000)

const STORIES = [
  { locale: 'en', how: 'mouse', handOf: mouse, dark: false, kind: 'Negotiation', price: 'Unit price', volume: 'Volume of a year', title: 'Cartons for the season' },
  { locale: 'ar', how: 'keyboard', handOf: keyboard, dark: true, kind: 'تفاوض', price: 'سعر الوحدة', volume: 'الكمية السنوية', title: 'كراتين الموسم' },
] as const // prettier-ignore
/** What only the owner's vault may show. */
const NOTE = 'Zarqa: the board would go to 99'
const WALK_AWAY = '99.87'

for (const { locale, how, handOf, dark, kind, price, volume, title } of STORIES)
  test(`[DP-2, DP-7] buyer and seller come to one price by the ${how}, each inside private ranges (${locale})`, async ({
    browser,
  }) => {
    const { link } = await startApp()
    const owner = await sit(browser, link, locale, 'main', handOf)
    const { say } = owner
    await exploreSample(owner)
    const partner = await sit(browser, link, locale, 'partner', handOf)
    await settled(owner.page)
    if (dark) for (const { page } of [owner, partner]) await page.emulateMedia({ colorScheme: 'dark' })
    const audit = auditor(locale, [...SAMPLE_DATA, 'Cartons for the season', 'كراتين الموسم', 'At what price?', 'بأي سعر؟', 'For the season', 'Half a riyal', 'Five hundred more']) // prettier-ignore
    const look = async ({ page }: Person, name: string): Promise<void> => {
      await settled(page)
      await picture(page, `${name}-${locale}`)
      await audit.look(page, name)
    }
    const part = ({ page }: Person, key: string): Locator => page.getByRole('region', { name: say(`convergence:${key}`), exact: true }) // prettier-ignore

    // A draft in both languages: price and volume stand there already.
    await open(owner.page, '#/workspaces')
    await owner.page.locator('main a[href*="#/workspaces/of/"]').first().click()
    await newDocument(owner, kind, { ar: 'كراتين الموسم', en: 'Cartons for the season' })
    await owner.hand.type(/^Question \(Arabic\)|^السؤال \(بالعربية\)/, 'بأي سعر؟')
    await owner.hand.type(/^Question \(English\)|^السؤال \(بالإنجليزية\)/, 'At what price?')
    const lastDay = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    await owner.hand.type(/^Last day for offers|^آخر يوم للعروض/, lastDay)
    await owner.page.keyboard.press('Tab')
    await look(owner, '1-draft')
    await owner.hand.press('button', say('convergence:request.action'))
    await owner.hand.press('button', say('convergence:request.action'), owner.page.getByRole('dialog'))
    await expect(owner.page.getByText(say('convergence:meaning.requested'))).toBeVisible()
    // The first thing to do is at home, and the table says so.
    await look(owner, '2-requested')

    /** What the offer is worth to this company, and what having none would be. */
    const score = async (person: Person): Promise<void> => {
      const { page, hand } = person
      await hand.press('button', say('decision:score.add'))
      const sheet = page.getByRole('dialog')
      for (const [at, points] of [80, 20].entries())
        for (const lens of ['vision', 'purpose', 'partnership', 'legend'] as const)
          await hand.type(say(`convergence:dimensions.${lens}`), String(points), sheet.locator('fieldset').nth(at))
      await look(person, '6-score-sheet')
      await hand.press('button', say('decision:score.save'), sheet)
      await expect(sheet).toHaveCount(0)
      const computed = page.getByRole('region', { name: say('convergence:scores.computed') })
      await expect(computed).toContainText(locale === 'ar' ? /٨٠[^]*٢٠/ : /80[^]*20/)
      await look(person, '6-scores')
    }
    const setRanges = async (person: Person, bounds: readonly [string, string], more: readonly [string, string] | null) => { // prettier-ignore
      const { page, hand } = person
      await hand.press('link', say('convergence:move.toRanges'))
      await settled(page)
      for (const [clause, [least, most]] of [
        [price, bounds],
        [volume, ['500', '5000']],
      ] as const) {
        const group = page.getByRole('group', { name: clause })
        await hand.type(say('convergence:ranges.least'), least, group)
        await hand.type(say('convergence:ranges.most'), most, group)
        if (more === null || clause !== price) continue
        await hand.type(say('convergence:ranges.walkAway'), more[0], group)
        await hand.type(say('convergence:ranges.note'), more[1], group)
      }
      await look(person, `${more ? '3' : '6'}-ranges`)
      await hand.press('button', say('convergence:ranges.save'))
      await expect(page.getByRole('button', { name: say('convergence:ranges.save') })).toBeDisabled()
      if (more === null) await score(person)
      await hand.press('tab', new RegExp(`^${say('convergence:tab.table')}`))
    }
    const makeOffer = async (person: Person, way: 'offer' | 'counter', value: string, amount: string, name: string) => {
      const { page, hand } = person
      await hand.press('button', say(`convergence:move.${way}`))
      const dialog = page.getByRole('dialog')
      await hand.type(price, value, dialog)
      await hand.type(volume, amount, dialog)
      await expect(dialog.getByText(say('convergence:standing.inside'))).toHaveCount(2)
      await hand.type(say('convergence:offer.rationale'), 'For the season', dialog)
      if (way === 'counter') {
        await hand.press('button', say('convergence:offer.addTradeOff'), dialog)
        await hand.type(say('convergence:offer.given'), 'Half a riyal', dialog)
        await hand.type(say('convergence:offer.received'), 'Five hundred more', dialog)
      }
      await look(person, name)
      await hand.press('button', say('convergence:offer.send'), dialog)
      await expect(dialog).toHaveCount(0)
    }
    await setRanges(owner, ['80', '96'], [WALK_AWAY, NOTE])
    await makeOffer(owner, 'offer', '90', '1000', '4-offer')
    await expect(owner.page.getByText(say('convergence:meaning.offered'))).toBeVisible()
    await look(owner, '5-offered')

    /** What waits is one press away on Today. */
    const fromToday = async (person: Person, ask: string): Promise<void> => {
      await open(person.page, '#/today')
      const action = say(`today:need.negotiation-${ask}.action`)
      // The sample companies negotiate about something else, too.
      const need = person.page.locator('main div').filter({ hasText: title }).filter({ has: person.page.getByRole('link', { name: action }) }) // prettier-ignore
      await person.hand.press('link', action, need.last())
      await settled(person.page)
    }
    await fromToday(partner, 'answer')
    await setRanges(partner, ['94', '120'], null)
    await expect(part(partner, 'table.title').getByText(say('convergence:standing.outside'))).toHaveCount(1)
    await expect(partner.page.getByText(say.any('convergence:move.outsideSome'))).toBeVisible()
    await expect(partner.page.getByRole('button', { name: say('convergence:move.accept') })).toHaveCount(0)
    await look(partner, '7-outside')
    await makeOffer(partner, 'counter', '95', '1500', '8-counter')

    await fromToday(owner, 'answer')
    await expect(owner.page.getByText(say('convergence:move.insideAll'))).toBeVisible()
    await expect(part(owner, 'table.title').getByText(NOTE)).toBeVisible()
    await look(owner, '9-inside')
    await owner.hand.press('button', say('convergence:move.accept'))
    await owner.hand.press('button', say('convergence:move.accept'), owner.page.getByRole('dialog'))
    await expect(owner.page.getByText(say('convergence:meaning.accepted'))).toBeVisible()
    // Whoever has accepted cannot leave any more.
    await expect(part(owner, 'end.title')).toHaveCount(0)

    const sign = async (person: Person, step: 'confirm' | 'verify'): Promise<string> => {
      await fromToday(person, step)
      const signing = part(person, 'sign.title')
      const hash = await signing.getByRole('button').first().innerText()
      await person.hand.press('button', say(`convergence:sign.${step}`), signing)
      const dialog = person.page.getByRole('dialog')
      await look(person, step === 'confirm' ? '10-confirm' : '11-verify')
      await person.hand.press('button', say(`convergence:sign.${step}`), dialog)
      await expect(dialog).toHaveCount(0)
      return hash
    }
    const hash = await sign(partner, 'confirm')
    expect(await sign(owner, 'verify')).toBe(hash)
    for (const { page } of [owner, partner]) await expect(page.getByText(say('convergence:meaning.verified'))).toBeVisible()
    await fromToday(owner, 'finalise')
    await owner.hand.press('button', say('convergence:finalise.action'))
    for (const { page } of [owner, partner]) await expect(page.getByText(say('convergence:meaning.finalized'))).toBeVisible()
    await look(owner, '12-final')
    await look(partner, '13-final-partner')
    const shown = await partner.page.locator('body').innerText()
    expect(shown).not.toContain('Zarqa')
    expect(shown).not.toContain(say('convergence:bounds.walkAway', { value: '' }).trim())
    await owner.hand.press('link', say('convergence:finalise.agreement'))
    await settled(owner.page)
    await expect(owner.page.getByRole('heading', { name: say('agreement:clauses.title') })).toBeVisible()
    audit.done()
  }) // prettier-ignore
