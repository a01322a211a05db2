import { readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { keyboard, mouse } from './support/hand.ts'
import { auditor, seriousIssues } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { createCompany, foundWorkspace, invite, openWorkspace, speak, type Person } from './support/story.ts'

test.afterEach(stopAll)

for (const { locale, hand } of [
  { locale: 'ar', hand: keyboard },
  { locale: 'en', hand: mouse },
] as const)
  test(`a mailbox is entered, and a partner without the app gets two attachments, ${locale}`, async ({ browser }) => {
    const app = await startApp()
    const context = await browser.newContext({
      locale: locale === 'ar' ? 'en-GB' : 'ar-SA',
      viewport: { width: 1280, height: 900 },
    })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    await page.goto(app.link)
    const person: Person = { page, hand: hand(page), say: sayIn(locale) }
    const { say } = person
    await speak(person)
    const company = locale === 'ar' ? 'نجد' : 'Najd'
    const workspace = locale === 'ar' ? 'إمداد' : 'Supply'
    await createCompany(person, { company, self: locale === 'ar' ? 'هدى' : 'Huda', roles: ['coo'] })
    await foundWorkspace(person, workspace, locale === 'ar' ? 'لا نقص' : 'No shortage')
    const { look, done } = auditor(locale)

    await openWorkspace(person, workspace, 'connection')
    const address = page.getByRole('textbox', { name: say('workspaces:connection.mailboxAddress') })
    await address.fill('https://mailbox.example')
    await address.blur()
    await expect(page.getByText(say('workspaces:connection.badAddress'))).toBeVisible()
    await address.fill('wss://mailbox.example')
    await person.hand.press('button', say('common:save'))
    await expect(page.getByText(say('common:saved'))).toBeVisible()
    await look(page, 'connection')
    await page.reload()
    await expect(address).toHaveValue('wss://mailbox.example')

    await openWorkspace(person, workspace, 'invite')
    await expect(page.getByText(say('workspaces:invite.mailTitle'))).toBeHidden()
    await invite(person)
    const saved: string[] = []
    const contents: Buffer[] = []
    page.on('download', (download) => {
      saved.push(download.suggestedFilename())
      void download.path().then((path) => contents.push(readFileSync(path)))
    })
    await person.hand.press('button', say('workspaces:invite.mailSave'))
    await expect(page.getByText(say('workspaces:invite.mailSaved'))).toBeVisible()
    await expect.poll(() => contents.length).toBe(2)
    expect(saved.map((name) => name.replace(/^.*-/, ''))).toEqual(['invitation.mithaq', 'guide.html'])
    await look(page, 'invite')
    done()

    // The page is one sheet, and readable for everybody.
    const guide = contents.map(String).find((text) => text.startsWith('<!doctype html>')) ?? ''
    expect(guide).toContain(saved[0])
    const sheet = await context.newPage()
    await sheet.setContent(guide)
    expect(await seriousIssues(sheet)).toEqual([])
    const pdf = await sheet.pdf({ preferCSSPageSize: true })
    expect(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]).toBe('1')
  })
