import { expect } from 'playwright/test'
import { openFile, save, visit, type Person } from './story.ts'

/** What is one company's own, from one of its people to another, as a file. */
export async function handOver(from: Person, to: Person): Promise<void> {
  const { hand, say, page } = from
  await visit(from, 'private')
  await hand.press('link', say('colleagues:open'), page.getByRole('main'))
  await openFile(to, await save(from, say('colleagues:overview.file')))
  await expect(to.page.getByText(say.any('workspaces:openAnything.admitted'))).toBeVisible()
}

/**
 * Begins where the app has stopped the maker and offers to ask: the request goes to the colleague, comes back approved, and
 * the maker carries it out.
 */
export async function approvedBy(
  maker: Person,
  colleague: Person,
  look: (person: Person, screen: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { say } = maker
  const main = ({ page }: Person) => page.getByRole('main')
  const dialog = maker.page.getByRole('dialog', { name: say('approvals:ask.title') })
  await expect(dialog).toBeVisible()
  await look(maker, 'ask')
  await maker.hand.press('button', say('approvals:ask.action'), dialog)
  await expect(main(maker).getByText(say('approvals:state.waiting'))).toBeVisible()
  await look(maker, 'mine')

  await handOver(maker, colleague)
  // Two clicks from Today: the need, then the word.
  await visit(colleague, 'today')
  await colleague.hand.press('link', say('today:need.give-approval.action'), main(colleague))
  await expect(main(colleague).getByRole('button', { name: say('approvals:action.approve') })).toBeVisible()
  await look(colleague, 'waiting')
  await colleague.hand.press('button', say('approvals:action.approve'), main(colleague))
  await look(colleague, 'approve')
  await colleague.hand.press('button', say('approvals:action.approve'), colleague.page.getByRole('dialog'))
  await expect(colleague.page.getByText(say('approvals:done.approve')).last()).toBeVisible()
  await handOver(colleague, maker)

  await visit(maker, 'today')
  await maker.hand.press('link', say('today:need.carry-out.action'), main(maker))
  const send = main(maker).getByRole('button', { name: say('approvals:action.send') })
  await expect(send).toBeVisible()
  await look(maker, 'approved')
  await maker.hand.press('button', say('approvals:action.send'), main(maker))
  await expect(send).toHaveCount(0, { timeout: 60_000 })
  await expect(maker.page.getByText(say('approvals:done.send')).last()).toBeVisible()
}
