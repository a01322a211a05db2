import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { auditOf, download, openFile, refusalOf, startCompany, type Company } from '#test/support/company.ts'
import { HandClock } from '#test/support/hand-clock.ts'

let root: string
let clock: HandClock
let [a, b, c]: [Company, Company, Company] = [] as never

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'mithaq-invited-'))
  clock = new HandClock()
  const made = async (name: string): Promise<Company> => {
    const company = await startCompany({ directory: join(root, name), passphrase: `passphrase of ${name}`, clock, scheduler: clock }) // prettier-ignore
    await company.client.vault.create({
      company: { en: `Company ${name}`, ar: `شركة ${name}` },
      person: { en: `Person ${name}`, ar: `شخص ${name}` },
      roles: ['coo'],
      passphrase: company.passphrase,
    })
    return company
  }
  ;[a, b, c] = [await made('a'), await made('b'), await made('c')]
})
afterEach(() => {
  for (const { engine } of [a, b, c]) engine.close()
  rmSync(root, { recursive: true, force: true })
  expect([a, b, c].flatMap(({ bugs }) => bugs)).toEqual([])
})

async function found(): Promise<string> {
  const { id } = await a.client.workspaces.create({
    kind: 'peer',
    name: { en: 'Together', ar: 'معًا' },
    outcome: { en: 'x', ar: 'س' },
    charter: { addCompany: 'any-member', roles: ['coo'] },
    channel: { name: { en: 'Main', ar: 'الرئيسية' }, roles: ['coo'] },
  })
  return id
}
async function invitationTo(workspace: string): Promise<{ readonly file: Uint8Array; readonly link: string }> {
  const file = await download(a, await a.client.workspaces.invite({ workspace, days: 7 }))
  const { invitation } = await a.client.workspaces.get({ workspace })
  return { file, link: invitation?.link ?? '' }
}
async function answerOf(company: Company, file: Uint8Array): Promise<Uint8Array> {
  const looked = await openFile(company, file)
  if (looked.kind !== 'invitation') throw new Error(looked.kind)
  return download(company, (await company.client.workspaces.accept({ token: looked.token })).answer)
}
const refusals = async (company: Company): Promise<readonly string[]> =>
  (await auditOf(company, ['refusal'])).map(({ code }) => code)
const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 4 : byte)) // prettier-ignore
const confirm = async (company: Company, workspace: string, matches: boolean) => {
  const { safetyCode = [] } = await company.client.workspaces.get({ workspace })
  return company.client.workspaces.confirmSafety({ workspace, code: safetyCode.join(' '), matches })
}

describe('[story 5] an invitation', () => {
  it('[PV-3] that expired is refused, at the guest and at the founder, with its code in the audit', async () => {
    const workspace = await found()
    const { file, link } = await invitationTo(workspace)
    const answer = await answerOf(b, file)
    clock.pass(8)
    for (const { client, passphrase } of [a, b, c]) await client.vault.unlock({ passphrase })
    expect(await refusalOf(openFile(c, file))).toBe('membership:invitation-expired')
    expect(await refusalOf(c.client.workspaces.openLink({ link }))).toBe('membership:invitation-expired')
    expect(await refusals(c)).toEqual(['invitation-expired', 'invitation-expired'])
    expect(await refusalOf(openFile(a, answer))).toBe('membership:invitation-expired')
    expect(await refusals(a)).toEqual(['invitation-expired'])
    expect((await a.client.workspaces.get({ workspace })).stage).toBe('inviting')
  })

  it('[PV-3] that was used, or belongs to another invitation, lets no second company in', async () => {
    const workspace = await found()
    const first = await invitationTo(workspace)
    const answers = [await answerOf(b, first.file), await answerOf(c, first.file)] as const
    expect(await openFile(a, answers[0])).toMatchObject({ kind: 'answer', company: { en: 'Company b' } })
    expect(await refusalOf(openFile(a, answers[1]))).toBe('membership:invitation-used')
    expect(await refusalOf(openFile(a, answers[0]))).toBe('membership:invitation-used')
    await invitationTo(workspace)
    expect(await refusalOf(openFile(a, answers[1]))).toBe('membership:wrong-invitation')
    expect(await refusals(a)).toEqual(['invitation-used', 'invitation-used', 'wrong-invitation'])
    const { members } = await a.client.workspaces.get({ workspace })
    expect(members.map(({ name }) => name.en).toSorted()).toEqual(['Company a', 'Company b'])
  })

  it('[PV-3] that was changed is refused wherever it was changed; so is a changed answer', async () => {
    const workspace = await found()
    const { link, file } = await invitationTo(workspace)
    const codes = new Set<string>()
    for (let at = 10; at < link.length; at += Math.ceil(link.length / 40)) {
      const letter = link[at] === 'A' ? 'B' : 'A'
      codes.add(
        await refusalOf(b.client.workspaces.openLink({ link: link.slice(0, at) + letter + link.slice(at + 1) })),
      )
    }
    for (const code of codes) expect(['membership:invitation-tampered', 'membership:invitation-malformed', 'membership:newer-invitation']).toContain(code) // prettier-ignore
    expect(codes).toContain('membership:invitation-tampered')
    expect(await refusalOf(openFile(b, flipped(file, 60)))).toBe('seal:file-damaged')
    expect(await b.client.workspaces.list()).toEqual([])
    const answer = await answerOf(b, file)
    expect(await refusalOf(openFile(a, flipped(answer, 90)))).toBe('seal:file-damaged')
    // The honest one still counts.
    expect(await openFile(a, answer)).toMatchObject({ kind: 'answer' })
  })

  it('[PV-3] of another workspace, one\u2019s own, or one that was accepted already is told apart', async () => {
    const [one, two] = [await found(), await found()]
    const [first, second] = [await invitationTo(one), await invitationTo(two)]
    expect(await refusalOf(openFile(a, first.file))).toBe('workspaces:own-invitation')
    const answer = await answerOf(b, first.file)
    expect(await refusalOf(openFile(b, first.file))).toBe('workspaces:already-in')
    // An answer opens in the workspace that it answers and in no other.
    expect(await openFile(a, answer)).toMatchObject({ workspace: one })
    expect((await a.client.workspaces.get({ workspace: two })).stage).toBe('inviting')
    expect(await refusalOf(openFile(c, answer))).toBe('membership:wrong-invitation')
    expect(await openFile(c, second.file)).toMatchObject({ kind: 'invitation' })
  })

  it('[PV-3] whose safety codes differ lets nobody in and leaves nothing; a new one works', async () => {
    const workspace = await found()
    await openFile(a, await answerOf(b, (await invitationTo(workspace)).file))
    expect(await refusalOf(confirm(a, workspace, false))).toBe('workspaces:safety-code-differed')
    expect((await a.client.workspaces.get({ workspace })).stage).toBe('inviting')
    expect(await refusalOf(confirm(b, workspace, false))).toBe('workspaces:safety-code-differed')
    expect(await b.client.workspaces.list()).toEqual([])
    expect((await auditOf(a, ['key'])).map(({ code }) => code)).toContain('safety-code-differed')
    expect((await a.client.workspaces.get({ workspace })).members).toHaveLength(1)
    await openFile(a, await answerOf(b, (await invitationTo(workspace)).file))
    const [left, right] = await Promise.all([a, b].map(({ client }) => client.workspaces.get({ workspace })))
    expect(left?.safetyCode).toEqual(right?.safetyCode)
    expect((await confirm(a, workspace, true)).stage).toBe('active')
    expect(await refusalOf(confirm(a, workspace, true))).toBe('workspaces:nothing-to-confirm')
  })

  it('[story 2] [PV-3] stolen invitation: who answers first with a stolen one is told apart by the safety code, joins nothing and reads nothing', async () => {
    const workspace = await found()
    const { file } = await invitationTo(workspace)
    const thief = await answerOf(c, file)
    const honest = await answerOf(b, file)
    expect(await openFile(a, thief)).toMatchObject({ kind: 'answer', company: { en: 'Company c' } })
    expect(await refusalOf(openFile(a, honest))).toBe('membership:invitation-used')
    expect(await refusals(a)).toEqual(['invitation-used'])
    // By voice: what A's screen shows is what the thief sees, and not what B, who was invited, reads out.
    const [atA, atB] = [await a.client.workspaces.get({ workspace }), await b.client.workspaces.get({ workspace })]
    expect(atA.safetyCode).not.toEqual(atB.safetyCode)
    expect(await refusalOf(confirm(a, workspace, false))).toBe('workspaces:safety-code-differed')
    expect((await a.client.workspaces.get({ workspace })).members.map(({ name }) => name.en)).toEqual(['Company a'])
    // The thief has the whole log and no key; what it answers again is of an invitation that has ended.
    const log = await download(a, await a.client.workspaces.exportSync({ workspace }))
    await openFile(c, log)
    expect((await c.client.workspaces.get({ workspace })).members.find(({ own }) => own)?.people).toEqual([])
    const runtimes = c.engine.desk.session.hub.runtimesOf(workspace as WorkspaceId)
    expect(runtimes.map((runtime) => runtime.epochKeys().length)).toEqual([0])
    expect(await refusalOf(openFile(a, thief))).toBe('membership:wrong-invitation')
    // B denies its own exchange, too, and is invited again.
    await refusalOf(confirm(b, workspace, false))
    await openFile(a, await answerOf(b, (await invitationTo(workspace)).file))
    expect((await confirm(a, workspace, true)).stage).toBe('active')
    expect((await confirm(b, workspace, true)).members.map(({ name }) => name.en).toSorted()).toEqual(['Company a', 'Company b']) // prettier-ignore
  })

  it('[PV-3] a code that is not the one on the screen confirms nobody', async () => {
    const workspace = await found()
    await openFile(a, await answerOf(b, (await invitationTo(workspace)).file))
    const said = { workspace, code: '00000 00000 00000 00000 00000 00000', matches: true }
    expect(await refusalOf(a.client.workspaces.confirmSafety(said))).toBe('workspaces:nothing-to-confirm')
    expect(await refusalOf(b.client.workspaces.confirmSafety(said))).toBe('workspaces:nothing-to-confirm')
    expect((await a.client.workspaces.get({ workspace })).members).toHaveLength(2)
    expect((await a.client.workspaces.get({ workspace })).stage).toBe('confirming')
  })

  it('[PV-2] before both have confirmed, nothing is disclosed and nothing but membership is in a file', async () => {
    const workspace = await found()
    await openFile(a, await answerOf(b, (await invitationTo(workspace)).file))
    const early = await download(a, await a.client.workspaces.exportSync({ workspace }))
    // B is no member yet: what A has written so far is under keys that B was never given.
    await openFile(b, early)
    expect((await b.client.workspaces.get({ workspace })).members.find(({ own }) => own)?.people).toEqual([])
    expect(await b.client.artifacts.list({})).toEqual([])
  })
})
