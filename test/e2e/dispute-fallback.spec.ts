import { expect, test } from 'playwright/test'
import { stopAll } from './support/app.ts'
import { answer, disputants, fillDraft, propose, quick, raise, sign, TELLINGS } from './support/disputing.ts'
import { newDocument, openWorkspace, send, visit, type Person, type Saved } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(600_000)

const WORKSPACE = 'Cold chain'
const ISSUE = 'The depot has no cold room.'
const POSITION = 'It is built by April.'
const ANSWER = 'It is built by July.'
const OFFER = 'It is built by May, at half the rent.'
const COUNTER = 'It is built by June, at full rent.'
const STAKE = 'I hold shares in the builder.'
const NUMBER = 'SCCA 26-041'
const REMARK = 'Filed on paper as well.'
const TERMS = 'It is built by May.'
const REGRET = 'The builder has begun.'
const file = (name: string, text: string): Saved => ({ name, bytes: new TextEncoder().encode(text) })
const AWARD = file('award.pdf', '%PDF-1.4 award')
const SCAN = file('scan.pdf', '%PDF-1.4 award, scanned')
const WRITTEN = [
  'Depot',
  'مستودع',
  AWARD.name,
  SCAN.name,
  ISSUE,
  POSITION,
  ANSWER,
  OFFER,
  COUNTER,
  STAKE,
  NUMBER,
  REMARK,
  TERMS,
  REGRET,
]

for (const telling of TELLINGS)
  test(`[ESC-5, ESC-9, ESC-13, ESC-15, ESC-16, GV-6, GV-10] two settlements cross, an arbitrator steps aside, nobody rules in time, it is referred and both record the award; another is withdrawn while its answer waits for approval, by the ${telling.how} (${telling.locale})`, async ({
    browser,
  }) => {
    const [title, kind] = telling.locale === 'ar' ? ['مستودع', 'خطة مشتركة'] : ['Depot', 'Joint plan']
    const meeting = { workspace: WORKSPACE, companies: ['Najd', 'Gulf'], roles: ['ceo', 'coo'] } as const
    const { people, audit, look, part, fromToday, openCase, later } = await disputants(browser, telling, meeting, { story: 'fallback', written: WRITTEN })
    let [opener, other] = people
    const { say } = opener
    const dialogOf = ({ page }: Person) => page.getByRole('dialog')
    const stands = ({ page }: Person, stage: string) => expect(page.getByText(say(`dispute:meaning.${stage}`))).toBeVisible()
    const mail = (from: Person, to: Person): Promise<void> => send(quick(from), quick(to), WORKSPACE)
    /** From the page of the plan to a dispute about it that is sent. */
    const raiseAbout = async (person: Person): Promise<void> => {
      await person.hand.press('button', say('dispute:raise'), part(person, 'beside.title'))
      await settled(person.page)
      await fillDraft(person, { issue: ISSUE, position: POSITION })
      await raise(person)
    }

    // A plan is in dispute, on a path that the other company accepts. Each has proposed how to settle it.
    await openWorkspace(quick(opener), WORKSPACE)
    await newDocument(quick(opener), kind, { ar: 'مستودع', en: 'Depot' })
    await raiseAbout(quick(opener))
    await propose(quick(opener), OFFER)
    await mail(opener, other)
    await fromToday(quick(other), 'answer')
    await answer(quick(other), ANSWER)
    await expect(other.page.getByText(say('dispute:positions.accepted'))).toBeVisible()
    await propose(quick(other), COUNTER)
    await mail(other, opener)

    // While they still talk, the only arbitrator of one company steps aside.
    await openCase(opener, title)
    await opener.hand.press('button', say('dispute:recuse.action'))
    await expect(dialogOf(opener).getByRole('button', { name: say('dispute:recuse.action') })).toBeDisabled()
    await opener.hand.type(say('dispute:recuse.reason'), STAKE, dialogOf(opener))
    await look(opener, '1-recuse')
    await opener.hand.press('button', say('dispute:recuse.action'), dialogOf(opener))
    await expect(dialogOf(opener)).toHaveCount(0)
    await expect(part(opener, 'rule.titleComing').getByText(STAKE)).toBeVisible()
    await look(opener, '2-recused')

    // Each signs what the other proposed, apart: the two cancel each other, and it goes on.
    await sign(quick(opener))
    await openCase(quick(other), title)
    await sign(quick(other))
    await mail(opener, other)
    await openCase(other, title)
    await stands(other, 'mediation')
    await expect(other.page.getByText(say('dispute:standing.crossed'))).toBeVisible()
    await expect(part(other, 'settle.title').getByText(say('dispute:settle.crossed'))).toHaveCount(2)
    await expect(part(other, 'rule.titleComing').getByText(STAKE)).toBeVisible()
    await look(other, '3-crossed')

    // Both are shut while both levels run out, and nobody has ruled: what is left is outside.
    ;[opener, other] = await later(50)
    await fromToday(other, 'refer')
    await stands(other, 'fallback')
    await expect(part(other, 'rule.title').getByText(say('dispute:rule.none'))).toHaveCount(2)
    await expect(part(other, 'rule.title').getByText(say('dispute:rule.waits'))).toHaveCount(0)
    await look(other, '4-fallback')
    await other.hand.press('button', say('dispute:refer.action'))
    await expect(dialogOf(other).getByRole('button', { name: say('dispute:refer.send') })).toBeDisabled()
    await other.hand.type(say('dispute:refer.reference'), NUMBER, dialogOf(other))
    await other.hand.type(say('dispute:refer.reason'), REMARK, dialogOf(other))
    await look(other, '5-refer')
    await other.hand.press('button', say('dispute:refer.send'), dialogOf(other))
    await stands(other, 'referred')
    await mail(other, opener)
    await openCase(opener, title)
    await stands(opener, 'referred')
    await look(opener, '6-referred')
    await opener.hand.press('button', say('dispute:award.action'))
    await opener.hand.give(say('dispute:award.file'), AWARD)
    await opener.hand.press('radio', say('dispute:finding.varied'))
    await opener.hand.type(say('dispute:finding.terms'), TERMS, dialogOf(opener))
    await look(opener, '7-award')
    await opener.hand.press('button', say('dispute:award.send'), dialogOf(opener))
    await expect(dialogOf(opener)).toHaveCount(0)
    await expect(part(opener, 'standing.title').getByText(say('dispute:award.recorded', { names: 'Gulf' }))).toBeVisible()
    await look(opener, '8-recorded')
    await mail(opener, other)

    // It stands once the other company has recorded the same file, and not a scan of it.
    await fromToday(other, 'award')
    await other.hand.press('button', say('dispute:award.action'))
    await other.hand.give(say('dispute:award.file'), SCAN)
    await expect(dialogOf(other).getByText(say('dispute:award.otherFile'))).toBeVisible()
    await other.hand.press('radio', say('dispute:finding.upheld'))
    await expect(dialogOf(other).getByText(say('dispute:award.otherWords'))).toBeVisible()
    await look(other, '9-other-file')
    await other.hand.press('button', say('dispute:award.like'), dialogOf(other))
    await expect(dialogOf(other).getByText(say('dispute:award.otherWords'))).toHaveCount(0)
    await other.hand.give(say('dispute:award.file'), AWARD)
    await expect(dialogOf(other).getByText(say('dispute:award.otherFile'))).toHaveCount(0)
    await other.hand.press('button', say('dispute:award.send'), dialogOf(other))
    await stands(other, 'awarded')
    await expect(other.page.getByText(say('dispute:standing.crossed'))).toHaveCount(0)
    await expect(part(other, 'outcome.title').getByText(TERMS)).toBeVisible()
    await look(other, '10-awarded')

    // Another one is answered under a policy of four eyes: the answer waits, and the dispute is taken back before it is sent.
    await openPlan(quick(other), title)
    await raiseAbout(quick(other))
    await mail(other, opener)
    await askFourEyes(quick(opener))
    await fromToday(opener, 'answer')
    await expect(opener.page.getByText(say('dispute:standing.unboundByUs'))).toBeVisible()
    await answer(quick(opener), ANSWER)
    const asking = opener.page.getByRole('dialog', { name: say('approvals:ask.title') })
    await expect(asking.locator(':focus')).toHaveCount(1)
    // Escape closes the question alone: what was typed is still there, to be sent again.
    await opener.page.keyboard.press('Escape')
    await expect(asking).toHaveCount(0)
    await opener.hand.press('button', say('dispute:answer.send'), dialogOf(opener))
    await opener.hand.press('button', say('approvals:ask.action'), asking)
    await expect(opener.page).toHaveURL(/#\/approvals/)
    await openCase(opener, title, part(opener, 'list.open'))
    await expect(opener.page.getByText(say('dispute:turn.waiting'))).toBeVisible()
    await look(opener, '11-waits')
    await openCase(other, title, part(other, 'list.open'))
    await other.hand.press('button', say('dispute:withdraw.action'))
    await other.hand.type(say('dispute:withdraw.reason'), REGRET, dialogOf(other))
    await look(other, '12-withdraw')
    await other.hand.press('button', say('dispute:withdraw.action'), dialogOf(other))
    await stands(other, 'withdrawn')
    await expect(part(other, 'path.title').getByText(say('dispute:path.arrived'))).toHaveCount(0)
    await look(other, '13-withdrawn')
    await mail(other, opener)
    await visit(opener, 'disputes')
    await look(opener, '14-list')
    await openCase(opener, title, part(opener, 'list.ended'))
    await expect(opener.page.getByText(say('dispute:turn.moot'))).toBeVisible()
    await look(opener, '15-withdrawn-there')
    audit.done()

    async function openPlan(person: Person, name: string): Promise<void> {
      await openWorkspace(person, WORKSPACE)
      await person.hand.press('link', name, person.page.getByRole('main'))
      await settled(person.page)
    }

    async function askFourEyes(person: Person): Promise<void> {
      const { page, hand } = person
      await visit(person, 'approvals')
      await hand.press('link', say('approvals:policyLink'), page.getByRole('main'))
      await hand.press('checkbox', `${say('approvals:scope.customer-seller')}: ${say('approvals:policy.fourEyes')}, ${say('approvals:policy.everyday')}`)
      await hand.press('button', say('approvals:policy.save'))
      await expect(page.getByText(say('approvals:policy.saved'))).toBeVisible()
    }
  }) // prettier-ignore
