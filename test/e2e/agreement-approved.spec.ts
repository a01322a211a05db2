import { expect, test } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { approvedBy } from './support/colleague.ts'
import { auditor } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { draftedTerms, seeSigned, sit } from './support/signed.ts'
import { certifyColleague, joinCompany, save, speak, visit, type Person, type Saved } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(420_000)

test('[GV-10, EVD-16, APR-13] an agreement is closed and signed with a colleague’s approval; its pack states that if it is wanted, and the partner reads whose word it is', async ({
  browser,
}, info) => {
  const { a, b, names, open, pressClose, pressSign, sign, send } = await draftedTerms(browser)
  const { say } = a
  const audit = auditor('ar', [...names, 'zip', 'ZIP'])
  const look = async ({ page }: Person, name: string): Promise<void> => {
    await settled(page)
    await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true })
    await audit.look(page, name)
  }
  const dark = async ({ page }: Person, name: string): Promise<void> => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await settled(page)
    await page.screenshot({ path: info.outputPath(`${name}-dark.png`), fullPage: true })
    await audit.lookAtColours(page, `${name}, dark`)
    await page.emulateMedia({ colorScheme: 'light' })
  }
  /** The report on a file that came from anywhere. */
  const check = async ({ page, hand, say: words }: Person, file: Saved) => {
    await hand.give(words('agreement:check.drop'), file)
    const report = page.getByRole('status').filter({ hasText: words('evidence:answer.holds') })
    await expect(report).toBeVisible({ timeout: 60_000 })
    return report
  }

  // Whatever it is and whoever does it: somebody else looks at it, too.
  await visit(a, 'approvals')
  await a.hand.press('link', say('approvals:policyLink'), a.page.getByRole('main'))
  for (const kind of ['everyday', 'weighty'])
    await a.hand.press('checkbox', `${say('approvals:scope.customer-seller')}: ${say('approvals:policy.fourEyes')}, ${say(`approvals:policy.${kind}`)}`) // prettier-ignore
  await a.hand.press('button', say('approvals:policy.save'))
  await expect(a.page.getByText(say('approvals:policy.saved'))).toBeVisible()
  const legal = await sit(browser, (await startApp()).link)
  await joinCompany(legal, 'سارة')
  await certifyColleague(a, legal, 'نجد', 'legal')

  await open(a, 'signing')
  await expect(a.page.getByRole('note').filter({ hasText: say('approvals:gate.fourEyes') })).toBeVisible()
  await pressClose(a)
  await approvedBy(a, legal)
  await open(a, 'signing')
  await pressSign(a)
  await approvedBy(a, legal)
  await send(a, b)
  await open(b, 'signing')
  await sign(b)
  // The partner's company asked nobody, and has nothing to state.
  await expect((await seeSigned(b)).getByRole('checkbox')).toHaveCount(0)
  await send(b, a)

  await open(a, 'signing')
  const version = await seeSigned(a)
  const silent = await save(a, say('agreement:pack.save'))
  await expect(await check(a, silent)).toContainText(say('evidence:note.approvals-none'))
  await a.hand.press('checkbox', say.any('agreement:pack.approvals'), version)
  await look(a, 'pack')
  await dark(a, 'pack')
  const stated = await save(a, say('agreement:pack.save'))
  const report = await check(a, stated)
  await expect(report).toContainText(say('evidence:note.approvals-own-word'))
  for (const commitment of ['close-agreement', 'sign-agreement'])
    await expect(report.getByText(say(`evidence:part.approved-${commitment}`))).toContainText('سارة')
  await look(a, 'report')
  await dark(a, 'report')

  await open(b, 'signing')
  const partner: Person = { ...b, say: sayIn('en') }
  await speak(partner)
  const theirs = await check(partner, stated)
  await expect(theirs).toContainText(partner.say('evidence:part.approvals'))
  await expect(theirs).toContainText('سارة')
  await settled(b.page)
  await b.page.screenshot({ path: info.outputPath('english.png'), fullPage: true })
  await dark(partner, 'english')
  audit.done()
})
