import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { USUAL_PATH } from '#shared/disputes/path.ts'
import { draftedAgreement, signedByBoth } from '#test/support/agreement-desk.ts'
import { meet as meetAtHome } from '#test/support/colleagues.ts'
import { download, openFile, refusalOf, until, type Company } from '#test/support/company.ts'
import { disputeOf, openDispute, ruleOn } from '#test/support/disputing.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

const TITLE = { en: 'Depot', ar: 'مستودع' }

let two: { end(): void } | undefined
let colleague: Company | undefined
afterEach(() => {
  if (colleague) {
    colleague.engine.close()
    rmSync(colleague.directory, { recursive: true, force: true })
    expect(colleague.bugs).toEqual([])
  }
  two?.end()
  two = colleague = undefined
})

/** Everybody's entries to everybody, as files by way of the first. */
async function meet({ workspace, a, b }: TwoCompanies, third: Company): Promise<void> {
  const packed = async (from: Company) => download(from, await from.client.workspaces.exportSync({ workspace }))
  for (const from of [b, third, b, third]) {
    await openFile(a, await packed(from))
    await openFile(from, await packed(a))
  }
}

describe('people and paths of a dispute', () => {
  it('[ESC-13, ESC-12] where the arbitrator of a company steps aside, another holder of the role rules for it', async () => {
    const both = await twoCompanies({ rolesA: ['ceo'], rolesB: ['ceo'], channelRoles: ['ceo'] })
    two = both
    await both.mail(both.a, both.b)
    const { a, b, clock } = both
    const name = { en: 'Dana Al-Dosari', ar: 'دانة الدوسري' }
    const dana = (colleague = await enrolled(b, clock, { name, roles: ['ceo'] }))
    await meetAtHome(b, dana)
    await meet(both, dana)
    const { artifact: plan } = await a.client.documents.create({ channel: both.channel, type: 'JointInitiativePlan.v1', title: TITLE }) // prettier-ignore
    const levels = USUAL_PATH.levels.map((level) => ({ ...level, length: 2 }))
    const { id: artifact, dispute } = await openDispute(a, both.channel, { kind: 'plan', id: plan }, { path: { ...USUAL_PATH, levels } }) // prettier-ignore
    await meet(both, dana)
    await b.client.disputes.answer({ artifact, dispute, position: 'No.', path: 'accepted' })
    await b.client.disputes.recuse({ artifact, dispute, reason: 'My brother works there.' })
    await meet(both, dana)
    clock.pass(3)
    for (const { client, passphrase } of [a, b, dana]) await client.vault.unlock({ passphrase })
    await meet(both, dana)
    for (const one of [a, b, dana]) {
      const { clock: stands, levels: seen } = await disputeOf(one, artifact)
      expect(stands.stage).toBe('arbitration')
      const people = seen[1]?.arbitrators.map((side) =>
        side.people.map((who) => [who.name.en.split(' ')[0], who.recused]),
      )
      expect(people?.map((side) => side.toSorted())).toEqual([[['Amal', false]], [['Badr', true], ['Dana', false]]]) // prettier-ignore
    }
    expect((await b.client.today.get()).needs.map(({ code }) => code)).not.toContain('dispute-rule')
    expect((await dana.client.today.get()).needs.map(({ code }) => code)).toContain('dispute-rule')
    expect(await refusalOf(ruleOn(b, artifact))).toBe('disputes:recused')
    await ruleOn(a, artifact)
    await meet(both, dana)
    await ruleOn(dana, artifact, { rationale: 'So I read it, too.' })
    await meet(both, dana)
    await meet(both, dana)
    for (const one of [a, b, dana]) {
      const { outcome, facts } = await disputeOf(one, artifact)
      expect(outcome).toMatchObject({ kind: 'ruling', finding: 'upheld', level: 1 })
      expect(outcome?.words.map(({ by }) => by.person.name.en.split(' ')[0])).toEqual(['Amal', 'Dana'])
      expect(facts.filter(({ refusal }) => refusal !== null)).toEqual([])
    }
  })

  it('[ESC-19, GV-6] the clause of a signed agreement is the path of a dispute about it, and binds without being accepted', async () => {
    const desk = await draftedAgreement('ContractTerms.v1')
    two = { end: desk.close }
    const { two: both, artifact: agreement, wire } = desk
    const { a, b, channel } = both
    expect((await a.client.disputes.choices({ channel })).paths).toEqual([])
    const hash = await signedByBoth(desk)
    const { paths } = await a.client.disputes.choices({ channel })
    expect(paths.map(({ path: { source, levels, fallback } }) => [source, levels.map(({ kind, roles }) => [kind, roles]), fallback?.kind])).toEqual([
      [{ artifact: agreement, hash }, [['mediation', ['coo']], ['mediation', ['ceo']]], 'arbitration'],
    ]) // prettier-ignore
    const { id: artifact } = await openDispute(a, channel, { kind: 'agreement', id: agreement })
    await both.level(wire)
    await until('B has it', async () => (await disputeOf(a, artifact)).clock.stage === 'mediation')
    for (const one of [a, b]) {
      const { bound, agreedIn, content, subject, levels } = await disputeOf(one, artifact)
      expect([bound, agreedIn?.id, content.path, subject.hash]).toEqual([true, agreement, paths[0]?.path, hash])
      expect(levels.map(({ state }) => state)).toEqual(['running', 'coming'])
    }
  })
})
