import { expect, test } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { auditor, SAMPLE_DATA } from './support/looks.ts'
import { picture, sit } from './support/sample-sides.ts'
import { exploreSample, newDocument, save, type Person } from './support/story.ts'
import { Stranger } from '#test/support/verify-command.ts'
import { open, settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(240_000)

const JUDGED = 'Faster, not as fast as hoped'
const CHANGED = 'Rents have risen by a quarter'
const AGAINST = 'Dammam is where our ships come in'
const MEASURE = 'Days to the customer'
const ISSUE = 'Neither text says who pays for the berth'
const POSITION = 'The owner pays'
const STORIES = [
  {
    locale: 'en', dark: false, options: ['Riyadh', 'Dammam'],
    minority: 'We said no: the berth in Dammam is ours already.\nWe ask for a look at it after a year.',
    terms: 'Each pays half of the berth.\nThe text says so.',
  },
  {
    locale: 'ar', dark: true, options: ['الرياض', 'الدمام'],
    minority: 'رفضنا لأن الرصيف في الدمام لنا من قبل.\nونطلب النظر فيه بعد سنة.',
    terms: 'تدفع كل شركة نصف الرصيف.\nويذكر النص ذلك.',
  },
] as const // prettier-ignore

for (const { locale, dark, options, minority, terms } of STORIES)
  test(`[DP-1, DP-8, DP-10, DEC-32, DEC-76] two companies decide with sealed positions and sign, one of them against it, and go on from it by way of a dispute (${locale})`, async ({
    browser,
  }) => {
    const { link } = await startApp()
    const owner = await sit(browser, link, locale, 'main')
    const { say } = owner
    await exploreSample(owner)
    const partner = await sit(browser, link, locale, 'partner')
    await settled(owner.page)
    if (dark) for (const { page } of [owner, partner]) await page.emulateMedia({ colorScheme: 'dark' })
    const words = [...SAMPLE_DATA, JUDGED, CHANGED, AGAINST, ...minority.split('\n'), MEASURE, ISSUE, POSITION, ...terms.split('\n'), 'Shared hub', 'Riyadh', 'Dammam', 'Where do we build?', 'أين نبني؟', 'المركز المشترك', 'الرياض', 'الدمام'] // prettier-ignore
    const audit = auditor(locale, words)

    // A draft in both languages.
    await open(owner.page, '#/workspaces')
    await owner.page.locator('main a[href*="#/workspaces/of/"]').first().click()
    await newDocument(owner, locale === 'ar' ? 'قرار مشترك' : 'Joint decision', {
      ar: 'المركز المشترك',
      en: 'Shared hub',
    })
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
    await field(/^Weight that has to say yes|^الوزن اللازم موافقته/, '50')
    await expect(owner.page.getByText(say('decision:rule.warn.half'))).toBeVisible()
    await settled(owner.page)
    await picture(owner.page, `2-rule-${locale}`)
    await audit.look(owner.page, 'rule')

    await owner.hand.press('tab', new RegExp(`^${say('decision:tab.room')}`))
    await owner.hand.press('button', say('decision:open.action'))
    await owner.hand.press('button', say('decision:open.action'), owner.page.getByRole('dialog'))
    await expect(owner.page.getByText(say('decision:meaning.voting'))).toBeVisible()

    /** From Today: one press to the decision, then the role's points and the approval. `against`: a no to the first option, with why. */
    const decide = async (
      { page, hand }: Person,
      points: readonly (readonly number[])[],
      name: string,
      {
        against,
        action = 'actionSealed',
      }: { readonly against?: string; readonly action?: 'action' | 'actionSealed' } = {},
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
      if (against !== undefined) {
        await page.getByRole('radiogroup', { name: say('decision:approve.voteOf', { option: options[0] }) }).getByText(say('decision:vote.no')).click() // prettier-ignore
        await page.getByLabel(say('decision:approve.objectionOf', { option: options[0] })).fill(against)
      }
      await settled(page)
      await picture(page, `${name}-approve-${locale}`)
      await audit.look(page, `${name}-approve`)
      await hand.press('button', say(`decision:approve.${action}`))
      await expect(page.getByRole('button', { name: say(`decision:approve.${action}`), exact: true })).toHaveCount(0)
    }
    await decide(owner, [[80, 70, 90, 60], [40, 50, 30, 60]], '3-owner') // prettier-ignore
    await expect(owner.page.getByText(say('decision:state.unproven'))).toHaveCount(0)
    await picture(owner.page, `4-sealed-${locale}`)
    await decide(partner, [[90, 70, 70, 90], [30, 40, 50, 20]], '5-partner', { against: AGAINST }) // prettier-ignore

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
    await measured(owner)
    await partner.hand.press('button', say('decision:after.review.say'), after(partner))
    const judging = partner.page.getByRole('dialog')
    await partner.hand.press('radio', say('decision:after.verdict.partly'), judging)
    await judging.getByLabel(say('decision:after.review.note')).fill(JUDGED)
    await picture(partner.page, `8-judging-${locale}`)
    await audit.look(partner.page, 'judging')
    await partner.hand.press('button', say('decision:after.review.action'), judging)
    await expect(after(owner).getByText(JUDGED)).toBeVisible()
    // Who said no says why, for good; who said yes is not asked.
    await expect(after(owner).getByText(say('decision:after.minority.about'))).toHaveCount(0)
    await partner.hand.press('button', say('decision:after.minority.write'), after(partner))
    const report = partner.page.getByRole('dialog')
    const own = report.getByLabel(say('decision:after.minority.field'))
    // Empty it begins where the page does; what is written has the direction of its words.
    expect(await own.evaluate((box) => [getComputedStyle(box).direction, getComputedStyle(box).unicodeBidi])).toEqual([locale === 'ar' ? 'rtl' : 'ltr', 'plaintext']) // prettier-ignore
    await own.fill(minority)
    await picture(partner.page, `8-minority-${locale}`)
    await audit.look(partner.page, 'minority')
    await partner.hand.press('button', say('decision:after.minority.write'), report)
    await expect(after(owner).getByText(minority.split('\n')[1] ?? '')).toBeVisible()
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

    // Put again it comes to nothing, and what a dispute about that comes to is taken up before another round.
    await partner.hand.press('tab', say('decision:tab.rule'))
    await settled(partner.page)
    // Away from the corner where it still says what was done last.
    const sealed = /^Positions sealed until all are in|^المواقف مختومة حتى تكتمل/
    await partner.page.getByRole('combobox', { name: sealed }).evaluate((box) => box.scrollIntoView({ block: 'center' })) // prettier-ignore
    await partner.hand.choose(sealed, locale === 'ar' ? 'لا' : 'No')
    await partner.hand.press('tab', say('decision:tab.draft'))
    const day = partner.page.getByLabel(/^Last day for positions|^آخر يوم للمواقف/).first()
    await day.fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10))
    await day.blur()
    await partner.hand.press('tab', new RegExp(`^${say('decision:tab.room')}`))
    await partner.hand.press('button', say('decision:open.action'))
    await partner.hand.press('button', say('decision:open.action'), partner.page.getByRole('dialog'))
    await expect(partner.page.getByText(say('decision:meaning.voting'))).toBeVisible()
    const low = [[20, 20, 20, 20], [30, 30, 30, 30]] // prettier-ignore
    await decide(owner, low, '11-owner', { action: 'action' })
    // Nobody has to score for a company that abstains.
    await open(partner.page, '#/today')
    await partner.hand.press('link', say('today:need.decision-score.action'))
    await settled(partner.page)
    await expect(partner.page.getByText(say('decision:approve.scoreFirst'))).toBeVisible()
    await partner.page.getByRole('radiogroup', { name: say('decision:approve.stance') }).getByText(say('decision:stance.abstain')).click() // prettier-ignore
    await settled(partner.page)
    await picture(partner.page, `11-abstaining-${locale}`)
    await audit.look(partner.page, 'abstaining')
    await partner.hand.press('button', say('decision:approve.action'))
    await expect(partner.page.getByText(say('decision:stance.abstainDone'))).toBeVisible()
    await fromToday(owner, 'close')
    await expect(partner.page.getByText(say('decision:meaning.no-decision'))).toBeVisible()
    const dispute = (key: string) => partner.page.getByRole('region', { name: say(`dispute:${key}`), exact: true })
    await partner.hand.press('button', say('dispute:raise'), dispute('beside.title'))
    await partner.hand.type(say('dispute:new.issue'), ISSUE)
    await partner.hand.type(say('dispute:new.position'), POSITION)
    await partner.hand.press('button', say('dispute:new.action'))
    await partner.hand.press('button', say('dispute:new.action'), partner.page.getByRole('dialog'))
    await partner.hand.press('button', say('dispute:settle.propose'))
    const proposing = partner.page.getByRole('dialog')
    await partner.hand.press('radio', say('dispute:finding.varied'))
    await partner.hand.type(say('dispute:finding.terms'), terms, proposing)
    await partner.hand.press('button', say('dispute:settle.proposeSend'), proposing)
    const ruled = ({ page }: Person) => page.getByRole('region', { name: say('decision:ruled.title'), exact: true })
    await expect(ruled(owner).getByText(say('decision:ruled.goingOnNext'))).toBeVisible()
    await settled(owner.page)
    await picture(owner.page, `12-disputed-${locale}`)
    await audit.look(owner.page, 'disputed')
    const room = owner.page.url()
    await owner.hand.press('link', say('decision:ruled.open'), ruled(owner))
    await owner.hand.press('button', say('dispute:settle.sign'))
    await owner.hand.press('button', say('dispute:settle.sign'), owner.page.getByRole('dialog'))
    await expect(owner.page.getByText(say('dispute:meaning.settled'))).toBeVisible()
    await open(owner.page, new URL(room).hash)
    await expect(ruled(owner).getByText(say('decision:ruled.bearing.basis'))).toBeVisible()
    await expect(owner.page.getByRole('button', { name: say('decision:mediate.action') })).toHaveCount(0)
    await settled(owner.page)
    await picture(owner.page, `13-ruled-${locale}`)
    await audit.look(owner.page, 'ruled')
    await owner.hand.press('button', say('decision:ruled.take.action'), ruled(owner))
    const taking = owner.page.getByRole('dialog')
    await expect(taking.getByLabel(say('decision:ruled.take.label'))).toHaveValue(new RegExp(terms))
    await picture(owner.page, `14-taking-${locale}`)
    await audit.look(owner.page, 'taking')
    await owner.hand.press('button', say('decision:ruled.take.action'), taking)
    await expect(owner.page.getByRole('heading', { name: say('decision:open.again') })).toBeVisible()
    await settled(owner.page)
    await picture(owner.page, `15-taken-${locale}`)
    await audit.look(owner.page, 'taken')
    audit.done()

    /** Gives the plan a measure that was reached, and comes back. */
    async function measured({ page, hand }: Person): Promise<void> {
      const here = new URL(page.url()).hash
      await hand.press('link', say('decision:after.plan.open'))
      await settled(page)
      await hand.press('tab', say('plan:tab.kpis'))
      const write = async (name: string, text: string): Promise<void> => {
        const input = page.locator(`[data-where$="/${name}"] input`).first()
        await input.fill(text)
        await input.press('Enter')
      }
      await hand.press('button', say('plan:kpis.add'))
      await write('metric', MEASURE)
      await write('baseline', '2')
      await write('target', '5')
      await hand.press('button', say('plan:kpis.addReading'))
      await write('value', '6')
      await expect(page.getByText(say('plan:kpis.met'), { exact: true })).toBeVisible()
      await open(page, here)
    }
  })
