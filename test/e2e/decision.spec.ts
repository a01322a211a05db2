import { expect, test } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { auditor, SAMPLE_DATA } from './support/looks.ts'
import { picture, sit } from './support/sample-sides.ts'
import { exploreSample, save, type Person } from './support/story.ts'
import { Stranger } from '#test/support/verify-command.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(240_000)

const JUDGED = 'Faster, not as fast as hoped'
const CHANGED = 'Rents have risen by a quarter'
const STORIES = [
  { locale: 'en', dark: false, options: ['Riyadh', 'Dammam'] },
  { locale: 'ar', dark: true, options: ['الرياض', 'الدمام'] },
] as const

for (const { locale, dark, options } of STORIES)
  test(`[DP-1, DP-8, DP-10] two companies decide with sealed positions and sign, each from Today, and go on from it (${locale})`, async ({
    browser,
  }) => {
    const { link } = await startApp()
    const owner = await sit(browser, link, locale, 'main')
    const { say } = owner
    await exploreSample(owner)
    const partner = await sit(browser, link, locale, 'partner')
    await settled(owner.page)
    if (dark) for (const { page } of [owner, partner]) await page.emulateMedia({ colorScheme: 'dark' })
    const words = [...SAMPLE_DATA, JUDGED, CHANGED, 'Shared hub', 'Riyadh', 'Dammam', 'Where do we build?', 'أين نبني؟', 'المركز المشترك', 'الرياض', 'الدمام'] // prettier-ignore
    const audit = auditor(locale, words)

    // A draft in both languages.
    await open(owner.page, '#/workspaces')
    await owner.page.locator('main a[href*="#/workspaces/of/"]').first().click()
    await owner.hand.press('button', say('workspaces:documents.new'))
    const making = owner.page.getByRole('dialog')
    await owner.hand.choose(say('workspaces:documents.kind'), locale === 'ar' ? 'قرار مشترك' : 'Joint decision', making)
    await owner.hand.type(say('common:arabic'), 'المركز المشترك', making)
    await owner.hand.type(say('common:english'), 'Shared hub', making)
    await owner.hand.press('button', say('workspaces:documents.make'), making)
    await expect(owner.page).toHaveURL(/#\/document\//)
    await settled(owner.page)
    const field = async (name: RegExp, text: string, within = owner.page.locator('main')): Promise<void> => {
      const box = within.getByRole('textbox', { name }).first()
      await box.fill(text)
      await box.blur()
    }
    await field(/^Question \(English\)|^السؤال \(بالإنجليزية\)/, 'Where do we build?')
    await field(/^Question \(Arabic\)|^السؤال \(بالعربية\)/, 'أين نبني؟')
    const deadline = owner.page.getByLabel(/^Last day for positions|^آخر يوم للمواقف/).first()
    await deadline.fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
    await deadline.blur()
    for (const [at, [en, ar]] of [['Riyadh', 'الرياض'] as const, ['Dammam', 'الدمام'] as const].entries()) {
      const option = owner.page.getByRole('region', { name: say('decision:options.name', { number: locale === 'ar' ? '١٢'[at] ?? '' : String(at + 1) }) }) // prettier-ignore
      await field(/(العربية|Arabic)$/, ar, option)
      await field(/(الإنجليزية|English)$/, en, option)
    }
    await picture(owner.page, `1-draft-${locale}`)
    await audit.look(owner.page, 'draft')
    await owner.hand.press('tab', say('decision:tab.rule'))
    await expect(owner.page.getByText(say('decision:rule.warn.twoEqual'))).toBeVisible()
    await settled(owner.page)
    await picture(owner.page, `2-rule-${locale}`)
    await audit.look(owner.page, 'rule')

    await owner.hand.press('tab', new RegExp(`^${say('decision:tab.room')}`))
    await owner.hand.press('button', say('decision:open.action'))
    await owner.hand.press('button', say('decision:open.action'), owner.page.getByRole('dialog'))
    await expect(owner.page.getByText(say('decision:meaning.voting'))).toBeVisible()

    /** From Today: one press to the decision, then the role's points and the approval. */
    const decide = async (
      { page, hand }: Person,
      points: readonly (readonly number[])[],
      name: string,
    ): Promise<void> => {
      await open(page, '#/today')
      await hand.press('link', say('today:need.decision-score.action'))
      await settled(page)
      await hand.press('button', say('decision:score.add'))
      const sheet = page.getByRole('dialog')
      for (const [at, option] of options.entries()) {
        const group = sheet.getByRole('group', { name: option })
        for (const [of, dimension] of ['vision', 'purpose', 'fit', 'legend'].entries())
          await group.getByLabel(say(`decision:dimensions.${dimension}`)).fill(String(points[at]?.[of] ?? 0))
      }
      await picture(page, `${name}-score-${locale}`)
      await hand.press('button', say('decision:score.save'), sheet)
      await expect(sheet).toHaveCount(0)
      await settled(page)
      await picture(page, `${name}-approve-${locale}`)
      await audit.look(page, `${name}-approve`)
      await hand.press('button', say('decision:approve.actionSealed'))
      await expect(page.getByRole('button', { name: say('decision:approve.actionSealed') })).toHaveCount(0)
    }
    await decide(owner, [[80, 70, 90, 60], [40, 50, 30, 60]], '3-owner') // prettier-ignore
    await expect(owner.page.getByText(say('decision:state.unproven'))).toHaveCount(0)
    await picture(owner.page, `4-sealed-${locale}`)
    await decide(partner, [[90, 70, 70, 90], [30, 40, 50, 20]], '5-partner') // prettier-ignore

    // What is to be done next is two presses away: on Today, and in the room.
    const fromToday = async ({ page, hand }: Person, ask: 'reveal' | 'close' | 'sign'): Promise<void> => {
      await open(page, '#/today')
      await hand.press('link', say(`today:need.decision-${ask}.action`))
      await hand.press('button', say(`decision:${ask}.action`))
      await expect(page.getByText(say(`decision:${ask}.done`)).first()).toBeVisible()
    }
    await fromToday(owner, 'reveal')
    await fromToday(partner, 'reveal')
    await expect(owner.page.getByText(say('decision:state.shown'), { exact: true })).toHaveCount(2)
    await fromToday(owner, 'close')
    await expect(owner.page.getByText(say('decision:ballot.decided', { option: options[0] }))).toBeVisible()
    await settled(owner.page)
    await picture(owner.page, `6-closed-${locale}`)
    await audit.look(owner.page, 'closed')
    await fromToday(owner, 'sign')
    await fromToday(partner, 'sign')
    for (const { page } of [owner, partner]) await expect(page.getByText(say('decision:meaning.final'))).toBeVisible()
    await settled(owner.page)
    await picture(owner.page, `7-final-${locale}`)
    await audit.look(owner.page, 'final')

    // Saved from the page, and verified by somebody who has the command alone.
    const pack = await save(owner, say('evidence:pack.save'))
    const stranger = new Stranger()
    stranger.keep(pack.name, pack.bytes)
    const verdict = stranger.verify(pack.name, '--lang', locale)
    stranger.end()
    expect(verdict.code, verdict.said).toBe(0)
    expect(verdict.said).toContain(`${say('evidence:part.decided')}: ${options[0]}`)

    // What follows: a plan, what came of it, and the question put again, each of which the partner sees.
    const after = ({ page }: Person) => page.getByRole('region', { name: say('decision:after.title') })
    await owner.hand.press('button', say('decision:after.plan.make'), after(owner))
    await expect(after(partner).getByRole('link', { name: say('decision:after.plan.open') })).toBeVisible()
    await partner.hand.press('button', say('decision:after.review.say'), after(partner))
    const judging = partner.page.getByRole('dialog')
    await partner.hand.press('radio', say('decision:after.verdict.partly'), judging)
    await judging.getByLabel(say('decision:after.review.note')).fill(JUDGED)
    await picture(partner.page, `8-judging-${locale}`)
    await audit.look(partner.page, 'judging')
    await partner.hand.press('button', say('decision:after.review.action'), judging)
    await expect(after(owner).getByText(JUDGED)).toBeVisible()
    await owner.hand.press('button', say('decision:after.reopen.action'), after(owner))
    const again = owner.page.getByRole('dialog')
    await again.getByLabel(say('decision:reason'), { exact: true }).fill(CHANGED)
    await owner.hand.press('button', say('decision:after.reopen.action'), again)
    await expect(after(partner).getByText(CHANGED)).toBeVisible()
    await settled(partner.page)
    await picture(partner.page, `9-after-${locale}`)
    await audit.look(partner.page, 'after')
    await partner.hand.press('link', say('decision:after.reopen.open'), after(partner))
    await partner.hand.press('tab', new RegExp(`^${say('decision:tab.room')}`))
    await expect(partner.page.getByText(say('decision:after.reopen.from'))).toBeVisible()
    await settled(partner.page)
    await picture(partner.page, `10-again-${locale}`)
    await audit.look(partner.page, 'again')
    audit.done()
  })
