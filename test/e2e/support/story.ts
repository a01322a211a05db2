import { expect, type Locator, type Page } from 'playwright/test'
import { escaped, type Hand } from './hand.ts'
import type { Say } from './say.ts'
import { settled } from './walk.ts'

/** One person at one screen: how they work it and in which language. */
export interface Person {
  readonly page: Page
  readonly hand: Hand
  readonly say: Say
}
export interface Saved {
  readonly name: string
  readonly bytes: Uint8Array
}

export const PASSPHRASE = 'quiet harbour seven lanterns'

const main = ({ page }: Person): Locator => page.getByRole('main')
const group = ({ page }: Person, name: string): Locator => page.getByRole('group', { name, exact: true })
export const heading = ({ page }: Person, name: string | RegExp): Promise<void> =>
  expect(page.getByRole('heading', { name }).first()).toBeVisible()

/** A language is offered in its own name. */
export async function speak({ page, hand, say }: Person): Promise<void> {
  await hand.press('button', say.locale === 'ar' ? 'العربية' : 'English')
  await expect(page.locator('html')).toHaveAttribute('dir', say.locale === 'ar' ? 'rtl' : 'ltr')
}

/** From the first screen to the app: names, roles, passphrase, and the words that are asked back. */
export async function createCompany(
  person: Person,
  names: { readonly company: string; readonly self: string; readonly roles: readonly string[] },
  look: (screen: string) => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const { page, hand, say } = person
  const own = say.locale === 'ar' ? say('common:nameAr') : say('common:nameEn')
  await hand.press('link', new RegExp(`^${say('welcome:start.create')}`))
  await hand.type(own, names.company, group(person, say('welcome:create.company')))
  await hand.type(own, names.self, group(person, say('welcome:create.person')))
  for (const role of names.roles) await hand.choose(say('welcome:create.roles'), say(`common:role.${role}`))
  await look('create')
  await hand.press('button', say('common:next'))
  await hand.type(say('common:newPassphrase.new'), PASSPHRASE)
  await hand.type(say('common:newPassphrase.again'), PASSPHRASE)
  await look('passphrase')
  await hand.press('button', say('welcome:create.make'))
  const recovery = await kit(person, 'welcome:kit.recoveryTitle', look)
  await kit(person, 'welcome:kit.companyTitle', look)
  await wordsBack(person, recovery, look)
  await expect(page.getByRole('navigation', { name: say('common:areas') })).toBeVisible()
  return recovery
}

/** From the first screen to a vault that waits for its company. */
export async function joinCompany(person: Person, self: string): Promise<void> {
  const { hand, say } = person
  const own = say.locale === 'ar' ? say('common:nameAr') : say('common:nameEn')
  await hand.press('link', new RegExp(`^${say('welcome:start.join')}`))
  await hand.type(own, self, group(person, say('welcome:join.person')))
  await hand.type(say('common:newPassphrase.new'), PASSPHRASE)
  await hand.type(say('common:newPassphrase.again'), PASSPHRASE)
  await hand.press('button', say('welcome:join.make'))
  const nothing = () => Promise.resolve()
  await wordsBack(person, await kit(person, 'welcome:kit.recoveryTitle', nothing), nothing)
}

/** A colleague's app that waits is certified for one role, by files and compared codes; ends with its vault open. */
export async function certifyColleague(owner: Person, colleague: Person, company: string, role: string): Promise<void> {
  const { hand, say } = owner
  await heading(colleague, say('welcome:join.waitTitle'))
  await openFile(owner, await save(colleague, say('welcome:join.save')))
  await heading(owner, say('workspaces:enrol.title'))
  await hand.choose(say('workspaces:enrol.roles'), say(`common:role.${role}`))
  await hand.press('button', say('workspaces:enrol.certify'))
  await heading(owner, say('workspaces:enrol.doneTitle'))
  await colleague.hand.give(say('welcome:join.answer'), await save(owner, say('workspaces:enrol.answer')))
  await heading(colleague, say('welcome:join.offer', { company }))
  expect(await safetyCode(colleague)).toEqual(await safetyCode(owner))
  await colleague.hand.press('button', say('welcome:join.matches'))
  await expect(colleague.page.getByRole('navigation', { name: say('common:areas') })).toBeVisible()
}

/** Types the words that are asked back. */
async function wordsBack(
  person: Person,
  recovery: readonly string[],
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const { page, hand, say } = person
  await heading(person, say('welcome:kit.checkTitle'))
  for (const label of await page
    .getByRole('textbox')
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).labels?.[0]?.textContent ?? ''))) {
    const at = Number([...label].flatMap((sign) => digitOf(sign)).join(''))
    await hand.type(label, recovery[at - 1] ?? '')
  }
  await look('kit-check')
  await hand.press('button', say('welcome:kit.finish'))
}

async function kit(person: Person, title: string, look: (screen: string) => Promise<void>): Promise<readonly string[]> {
  const { page, hand, say } = person
  const words = page.getByRole('list', { name: say(title), exact: true })
  // A passphrase is stretched at full cost here, on a processor that others use.
  await expect(words).toBeVisible({ timeout: 60_000 })
  const found = await words.getByRole('listitem').locator('[lang="en"]').allTextContents()
  expect(found).toHaveLength(24)
  await look(title)
  await hand.press('checkbox', say('welcome:kit.kept'))
  await hand.press('button', say('common:next'))
  return found
}

const digitOf = (sign: string): readonly number[] => {
  const at = '٠١٢٣٤٥٦٧٨٩'.indexOf(sign)
  return at >= 0 ? [at] : /\d/.test(sign) ? [Number(sign)] : []
}

/** From the page of a workspace to a new document's own page. A name in one language is enough. */
export async function newDocument(
  { page, hand, say }: Person,
  kind: string,
  title: { readonly ar?: string; readonly en?: string },
): Promise<void> {
  await hand.press('button', say('workspaces:documents.new'))
  const making = page.getByRole('dialog')
  await hand.choose(say('workspaces:documents.kind'), kind, making)
  if (title.ar !== undefined) await hand.type(say('common:arabic'), title.ar, making)
  if (title.en !== undefined) await hand.type(say('common:english'), title.en, making)
  await hand.press('button', say('workspaces:documents.make'), making)
  await expect(page).toHaveURL(/#\/document\//)
  await settled(page)
}

/** By the app's own navigation. */
export async function visit(person: Person, area: string): Promise<void> {
  const { page, hand, say } = person
  const name = say(`common:area.${area}`)
  await hand.press('link', name, page.getByRole('navigation', { name: say('common:areas') }))
  await expect(page).toHaveURL(new RegExp(`#/${area}`))
}

/** From the welcome to two sample companies side by side. Making them is the longest that anybody waits here. */
export async function exploreSample({ page, hand, say }: Person): Promise<void> {
  await hand.press('button', new RegExp(`^${say('welcome:start.explore')}`))
  await page.waitForURL(/beside/, { timeout: 60_000 })
}

/** A new workspace; ends on its invitation. */
export async function foundWorkspace(
  person: Person,
  name: string,
  outcome: string,
  dryRun = false,
  kind?: string,
): Promise<void> {
  const { hand, say } = person
  const language = say.locale === 'ar' ? say('common:arabic') : say('common:english')
  await visit(person, 'workspaces')
  await hand.press('link', say('common:action.newWorkspace'), main(person))
  if (dryRun) await hand.press('checkbox', say('dry-run:begin'))
  await hand.type(language, name, group(person, say('workspaces:new.name')))
  await hand.type(language, outcome, group(person, say('workspaces:new.outcome')))
  if (kind !== undefined) await hand.press('radio', new RegExp(`^${say(`workspaces:kind.${kind}.name`)}`))
  await hand.press('button', say('common:next'))
  await hand.press('button', say('common:next'))
  await hand.press('button', say('workspaces:new.create'))
  await heading(person, say('workspaces:invite.title'))
}

/** What a button saves, as the file that would be mailed. */
export async function save({ page, hand }: Person, button: string | RegExp): Promise<Saved> {
  const waiting = page.waitForEvent('download')
  await hand.press('button', button)
  const download = await waiting
  const parts: Buffer[] = []
  for await (const part of await download.createReadStream()) parts.push(part as Buffer)
  return { name: download.suggestedFilename(), bytes: new Uint8Array(Buffer.concat(parts)) }
}

export async function invite(person: Person): Promise<Saved> {
  const { hand, say } = person
  await hand.press('button', say('workspaces:invite.make'))
  return save(person, say('workspaces:invite.file'))
}

/** Opens whatever a partner sent. */
export async function openFile(person: Person, file: Saved): Promise<void> {
  const { hand, say } = person
  await visit(person, 'workspaces')
  await hand.press('link', say('common:action.openInvitation'), main(person))
  await hand.give(say('workspaces:openAnything.file'), file)
}

/** Accepts an invitation and saves the answer that goes back. */
export async function accept(person: Person, invitation: Saved): Promise<Saved> {
  const { hand, say } = person
  await openFile(person, invitation)
  await hand.press('button', say('workspaces:invitation.accept'))
  return save(person, say('workspaces:invitation.answerFile'))
}

/** The workspace's page, on one of its tabs. */
export async function openWorkspace(person: Person, name: string, tab?: string): Promise<void> {
  const { hand, say } = person
  await visit(person, 'workspaces')
  await hand.press('link', name, main(person))
  if (tab) await hand.press('tab', say(`workspaces:tab.${tab}`))
}

/** The groups as the screen shows them, in Western digits. */
export async function safetyCode({ page, say }: Person): Promise<readonly string[]> {
  const groups = page.getByRole('group', { name: say('common:safetyCode'), exact: true })
  await expect(groups).toBeVisible()
  return groups.locator('> *').evaluateAll((all) =>
    all.map((one) =>
      [...one.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent ?? '')
        .join('')
        .replaceAll(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit))),
    ),
  )
}

export async function confirmSafety(person: Person): Promise<void> {
  const { hand, say } = person
  await hand.press('button', say('workspaces:safety.matches'))
  await expect(person.page.getByText(say('workspaces:safety.confirmed')).first()).toBeVisible()
}

/** Everything that the partner may not have yet, as one sealed file. */
export const writeFile = (person: Person): Promise<Saved> =>
  save(person, new RegExp(`^${escaped(person.say('workspaces:sync.export'))}`))

/** Brings a file in as data; ends when it is there. */
export async function importFile(
  person: Person,
  file: string | Saved,
  whileRunning: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { page, hand, say } = person
  await visit(person, 'private')
  await hand.press('link', say('common:action.importData'), main(person))
  await hand.give(say('private:import.drop'), file)
  await expect(page.getByRole('button', { name: say('private:import.start'), exact: true })).toBeEnabled({
    timeout: 60_000,
  })
  await hand.press('button', say('private:import.start'))
  await whileRunning()
  await expect(page.getByText(say('private:import.done'), { exact: true })).toBeVisible({ timeout: 60_000 })
}

/** From the dataset to the sealed slice: the proposal, its preview, the yes. Ends with the hash that was sealed. */
export async function disclose(person: Person): Promise<string> {
  const { page, hand, say } = person
  await visit(person, 'disclosures')
  await hand.press('link', say('common:action.newDisclosure'), main(person))
  await hand.press('button', say('disclosures:propose'))
  await expect(page.getByText(say('disclosures:willSeal'))).toBeVisible({ timeout: 60_000 })
  await hand.press('button', say('disclosures:disclose'))
  await hand.press('button', say('disclosures:disclose'), page.getByRole('dialog'))
  await expect(page).toHaveURL(/#\/disclosures\/of\//, { timeout: 60_000 })
  return shownHash(person)
}

/** A slice's hash as the screen shortens it. */
export async function shownHash({ page }: Person): Promise<string> {
  const badge = page
    .getByRole('main')
    .getByText(/^[0-9a-f]{8}…[0-9a-f]{4}$/)
    .first()
  await expect(badge).toBeVisible()
  return (await badge.textContent()) ?? ''
}

/** Commits to everything that is forecast, but in the first cell to one: ends when it is sent. */
export async function commitShort({ page, hand, say }: Person): Promise<void> {
  await hand.press('tab', say('forecast:tab.commitments'))
  await hand.press('button', say.any('forecast:commit.asForecast'))
  const first = page
    .getByRole('grid', { name: say('forecast:tab.commitments') })
    .getByRole('textbox')
    .first()
  await hand.type((await first.getAttribute('aria-label')) ?? '', '1')
  await hand.press('button', say('forecast:commit.send'))
  await expect(page.getByText(say('forecast:commit.sent'))).toBeVisible()
}

/** What waits on Today tells of the shortfall. */
export async function seeShortfall(person: Person): Promise<void> {
  const { page, say } = person
  await visit(person, 'today')
  await expect(page.getByText(say.any('today:need.resolve-shortfall.title')).first()).toBeVisible()
}

/** The two companies of a story and the workspace in which they meet. */
export interface Meeting {
  readonly workspace: string
  readonly companies: readonly [string, string]
  /** Synthetic data and keys of their own, before anything real. */
  readonly dryRun?: boolean
  /** Of workspace; without a word customer and seller. */
  readonly kind?: string
  /** Of both people; without a word operations. */
  readonly roles?: readonly string[]
}

/** From two first screens to one workspace, with the safety code compared: by files alone. */
export async function meet(owner: Person, partner: Person, meeting: Meeting): Promise<void> {
  const { workspace, companies, dryRun, kind, roles = ['coo'] } = meeting
  const [mine, theirs] = companies
  const [huda, omar] = owner.say.locale === 'ar' ? ['هدى', 'عمر'] : ['Huda', 'Omar']
  await createCompany(owner, { company: mine, self: huda ?? '', roles })
  await foundWorkspace(owner, workspace, owner.say.locale === 'ar' ? 'لا نقص' : 'No shortage', dryRun, kind)
  const invitation = await invite(owner)
  await createCompany(partner, { company: theirs, self: omar ?? '', roles })
  await openFile(owner, await accept(partner, invitation))
  await openWorkspace(owner, workspace, 'safety')
  await openFile(partner, await writeFile(owner))
  await openWorkspace(partner, workspace, 'safety')
  expect(await safetyCode(owner)).toEqual(await safetyCode(partner))
  await confirmSafety(owner)
  await confirmSafety(partner)
}

/** Everything that one holds, to the other, as a sealed file: the two are never online together. */
export async function send(from: Person, to: Person, workspace: string): Promise<void> {
  await openWorkspace(from, workspace)
  await openFile(to, await writeFile(from))
  await expect(to.page.getByText(to.say.any('workspaces:openAnything.admitted')).first()).toBeVisible()
}
