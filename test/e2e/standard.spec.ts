import { expect, test, type Browser, type Locator } from 'playwright/test'
import { startApp, stopAll } from './support/app.ts'
import { mouse } from './support/hand.ts'
import { strangeWords } from './support/looks.ts'
import { sayIn } from './support/say.ts'
import { meet, newDocument, openWorkspace, send, speak, type Person } from './support/story.ts'
import { settled } from './support/walk.ts'

test.afterEach(stopAll)
test.setTimeout(480_000)

const SCHEMA = '{"type":"object","required":["number"],"properties":{"number":{"type":"string","pattern":"^N"}}}'
const WORDS = {
  en: { title: 'Delivery notes', scope: 'Scope', range: 'Range', extent: 'Extent', text: 'Each note has a number.', first: 'Numbers are unique. ', last: ' Keep them ten years.', test: 'Has a number' },
  ar: { title: 'إشعارات التسليم', scope: 'النطاق', range: 'المجال', extent: 'المدى', text: 'لكل إشعار رقم.', first: 'الأرقام فريدة. ', last: ' تُحفظ عشر سنوات.', test: 'له رقم' },
} as const // prettier-ignore

for (const locale of ['en', 'ar'] as const)
  test(`[AR-2] [UC-1] [MT-1] a standard between two companies, ${locale}: apart, merged, chosen, released, adopted, tested`, async ({
    browser,
  }) => {
    const words = WORDS[locale]
    const sit = async (link: string): Promise<Person> => {
      const page = await window(browser, locale)
      await page.goto(link)
      const person = { page, hand: mouse(page), say: sayIn(locale) }
      await speak(person)
      return person
    }
    const [first, second] = await Promise.all([startApp(), startApp()])
    const [a, b] = [await sit(first.link), await sit(second.link)]
    const { say } = a
    const workspace = locale === 'ar' ? 'معايير' : 'Standards'
    await meet(a, b, { workspace, companies: locale === 'ar' ? ['نجد', 'الخليج'] : ['Najd', 'Gulf'] })
    const open = async (person: Person): Promise<void> => {
      await openWorkspace(person, workspace)
      await person.hand.press('link', words.title)
      await settled(person.page)
    }
    const tab = (person: Person, name: string): Promise<void> =>
      person.hand.press('tab', new RegExp(`^${say(`standards:tab.${name}`)}`))
    const clause = ({ page }: Person): Locator => page.locator('section[id^="clause-"]').first()
    const edit = (person: Person): Promise<void> =>
      clause(person)
        .getByRole('button', { name: say.any('standards:clause.editOf') })
        .click()
    /** Reading shows what the document holds, whatever the editor shows. */
    const finish = async (person: Person, text: string): Promise<void> => {
      await clause(person)
        .getByRole('button', { name: say.any('standards:clause.doneOf') })
        .click()
      await expect(clause(person)).toContainText(text)
      await expect(person.page.getByText(say('common:live.kept'))).toBeVisible()
    }
    const field = locale === 'ar' ? 'headingAr' : 'headingEn'
    const label = { headingAr: 'العنوان بالعربية', headingEn: 'Heading in English' }[field]
    const rewrite = async (person: Person, heading: string): Promise<void> => {
      await person.hand.type(label, heading, clause(person))
      await person.page.keyboard.press('Tab')
    }
    const type = async (person: Person, text: string, at: 'Home' | 'End'): Promise<void> => {
      await clause(person).getByRole('textbox', { name: say.any(locale === 'ar' ? 'standards:clause.textAr' : 'standards:clause.textEn') }).click() // prettier-ignore
      await person.page.keyboard.press(`ControlOrMeta+${at}`)
      await person.page.keyboard.insertText(text)
    }
    const kept = (person: Person): Promise<void> => expect(person.page.getByText(say('common:live.kept'))).toBeVisible()

    // A writes the first clause and a test.
    await openWorkspace(a, workspace)
    await newDocument(a, locale === 'ar' ? 'معيار' : 'Standard', { [locale]: words.title })
    await a.hand.press('button', say('standards:clause.add'))
    await rewrite(a, words.scope)
    await type(a, words.text, 'End')
    await finish(a, words.text)
    await tab(a, 'conformance')
    await a.hand.press('button', say('standards:test.add'))
    const test = a.page.getByRole('dialog')
    await a.hand.type(say(locale === 'ar' ? 'common:arabic' : 'common:english'), words.test, test)
    await a.hand.type(locale === 'ar' ? 'المخطط أو القواعد أو التعليمات' : 'Schema, rules or instruction', SCHEMA, test)
    await a.hand.press('button', say('common:done'), test)
    await kept(a)
    await send(a, b, workspace)

    // Apart: one heading differently, one paragraph at both ends.
    await open(a)
    await edit(a)
    await rewrite(a, words.range)
    await type(a, words.first, 'Home')
    await finish(a, `${words.first}${words.text}`)
    await open(b)
    await edit(b)
    await rewrite(b, words.extent)
    await type(b, words.last, 'End')
    await finish(b, `${words.text}${words.last}`)
    await send(a, b, workspace)
    await send(b, a, workspace)

    // Both see both headings, and one text with the words of both.
    for (const person of [a, b]) {
      await open(person)
      await expect(clause(person)).toContainText(`${words.first}${words.text}${words.last}`)
      await expect(clause(person).getByText(say.any('standards:clause.conflicts'))).toBeVisible()
    }
    await edit(a)
    await clause(a)
      .getByRole('button', { name: say.any('common:conflict.open') })
      .click()
    const choice = a.page.getByText(say('common:conflict.meaning')).locator('..')
    await expect(choice).toContainText(locale === 'ar' ? 'الخليج' : 'Gulf')
    await choice.locator('> *').filter({ hasText: words.extent }).getByRole('button', { name: say('common:conflict.choose') }).click() // prettier-ignore
    await expect(clause(a).getByText(say.any('standards:clause.conflicts'))).toHaveCount(0)
    await kept(a)

    // Released, adopted.
    await tab(a, 'versions')
    await a.page.getByRole('button', { name: say.any('standards:version.plan') }).click()
    await a.hand.press('button', say('standards:release.action'))
    const release = a.page.getByRole('dialog').getByRole('button', { name: say.any('standards:release.confirm') })
    await release.click()
    await expect(a.page.getByText(say('standards:state.released'), { exact: true }).first()).toBeVisible()
    await a.hand.press('button', say('standards:adopt.action'))
    await a.hand.press('menuitem', say('standards:adopt.say.running'))
    await expect(a.page.getByText(say('standards:adopt.running'), { exact: true }).first()).toBeVisible()
    await expect(a.page.getByText(percent(locale, 50)).first()).toBeVisible()
    await send(a, b, workspace)

    // B adopts it, runs the test on a file of its own, and tells the result.
    await open(b)
    await tab(b, 'versions')
    await b.hand.press('button', say('standards:adopt.action'))
    await b.hand.press('menuitem', say('standards:adopt.say.running'))
    await expect(b.page.getByText(percent(locale, 100)).first()).toBeVisible()
    await tab(b, 'conformance')
    const run = async (content: string): Promise<void> => {
      await b.page.getByRole('button', { name: say.any('standards:test.runOf') }).first().click() // prettier-ignore
      await b.hand.give(say('standards:run.file'), { name: 'note.json', bytes: Buffer.from(content) })
    }
    await run('{"number":"X1"}')
    await expect(b.page.getByRole('dialog').getByText('#/number')).toBeVisible()
    await b.hand.press('button', say('common:close'), b.page.getByRole('dialog'))
    await run('{"number":"N1","price":4711}')
    await expect(b.page.getByRole('dialog').getByText(say('standards:run.passed'), { exact: true })).toBeVisible()
    await b.hand.press('button', say('standards:run.tell'))
    await expect(b.page.getByText(say('standards:result.pass'), { exact: true }).first()).toBeVisible()
    await send(b, a, workspace)

    // A sees result and rates; B's file never left.
    await open(a)
    await tab(a, 'conformance')
    await expect(a.page.getByText(say('standards:result.pass'), { exact: true }).first()).toBeVisible()
    await expect(a.page.getByText(percent(locale, 100)).first()).toBeVisible()
    await expect(a.page.getByText(percent(locale, 50)).first()).toBeVisible()
    await expect(a.page.getByText('4711')).toHaveCount(0)
    for (const name of ['text', 'versions', 'conformance', 'adopt', 'about', 'history']) {
      await tab(a, name)
      await settled(a.page)
      expect(await strangeWords(a.page, locale, ['JSON', 'Word', 'Markdown', ...Object.values(words)]), name).toEqual(
        [],
      )
    }
  })

/** A whole percentage as the screens write it. */
const percent = (locale: 'en' | 'ar', value: number): RegExp =>
  new RegExp(`^${locale === 'ar' ? `٪?${value.toLocaleString('ar-SA')}٪?` : `${String(value)}%`}`)

async function window(browser: Browser, locale: string) {
  const context = await browser.newContext({ locale: locale === 'ar' ? 'en-GB' : 'ar-SA', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' }) // prettier-ignore
  context.setDefaultTimeout(20_000)
  return context.newPage()
}
