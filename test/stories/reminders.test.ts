import { afterEach, describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { ArtifactId, ChannelId } from '#shared/kernel/ids.ts'
import { draftedAgreement, latestVersion, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'

let desk: AgreementDesk
afterEach(() => desk.close())

const needs = async ({ client }: Company) => (await client.today.get()).needs.map(({ code }) => code)
const signatures = async (company: Company) => (await latestVersion(company, desk.artifact))?.signatures ?? []
/** The signatory of a company, by the first letters of the name. */
const named = async (company: Company, name: 'Amal' | 'Badr') => {
  const found = (await signatures(company)).find((one) => one.name.en.startsWith(name))
  if (!found) throw new Error(`no ${name}`)
  return found
}
async function closed(signDays: number | null = 20): Promise<string> {
  desk = await draftedAgreement('PeerAgreement.v1')
  const { two, artifact, wire } = desk
  const { hash = '' } = (await two.a.client.agreements.freeze({ artifact, signDays })).versions[0] ?? {}
  await two.level(wire)
  return hash
}
const remind = async ({ client }: Company, name: 'Amal' | 'Badr', hash: string) =>
  client.agreements.remind({ artifact: desk.artifact, hash, signatory: (await named(desk.two.a, name)).signatory })

describe('reminding a signatory', () => {
  it('[AGR-23] whoever closed the text reminds, once a day; it stands on Today, beside the name on both sides, and in both audits', async () => {
    const hash = await closed()
    const { two, wire, artifact } = desk
    expect(await needs(two.b)).toContain('sign-agreement')
    expect((await named(two.a, 'Badr')).mayRemind).toBe(true)
    expect((await named(two.b, 'Amal')).mayRemind).toBe(false)
    expect(await refusalOf(remind(two.b, 'Amal', hash))).toBe('agreements:not-yours-to-remind')
    await remind(two.a, 'Badr', hash)
    expect(await named(two.a, 'Badr')).toMatchObject({ mayRemind: false, reminded: { count: 1 } })
    expect(await refusalOf(remind(two.a, 'Badr', hash))).toBe('agreements:reminded-today')
    await until('B sees it', async () => (await named(two.b, 'Badr')).reminded?.count === 1)
    expect((await named(two.b, 'Badr')).reminded?.by.en).toMatch(/^Amal/)
    expect((await named(two.b, 'Amal')).reminded).toBeNull()
    const need = (await two.b.client.today.get()).needs.find(({ code }) => code === 'sign-reminded')
    expect(need).toMatchObject({ count: 1, dueOn: '2026-12-11', target: { area: 'document', id: artifact } })
    expect((await two.b.client.today.get()).changes.map(({ code }) => code)).toContain('agreement-reminded')
    for (const company of [two.a, two.b])
      expect((await auditOf(company)).map(({ code }) => code)).toContain('agreement-reminded')

    wire.cut()
    const again = await two.sleep(1)
    await remind(two.a, 'Badr', hash)
    await two.level(again)
    await until('the second is seen', async () => (await named(two.b, 'Badr')).reminded?.count === 2)
    await two.b.client.agreements.sign({ artifact, hash })
    expect(await needs(two.b)).not.toContain('sign-reminded')
    await until('A has it', async () => (await named(two.a, 'Badr')).state === 'signed')
    expect(await refusalOf(remind(two.a, 'Badr', hash))).toBe('agreements:signatory-answered')
  })

  it('[AGR-23] as the last day nears, Today reminds both sides by itself, and after it nobody', async () => {
    const hash = await closed(20)
    const { two, wire } = desk
    expect(await needs(two.a)).not.toContain('signatures-missing')
    wire.cut()
    await two.sleep(13)
    expect(await needs(two.b)).toContain('sign-soon')
    expect(await needs(two.a)).toContain('signatures-missing')
    await two.sleep(8)
    expect(await needs(two.b)).not.toContain('sign-soon')
    expect(await refusalOf(remind(two.a, 'Badr', hash))).toBe('agreements:lapsed')
  })

  it('[AGR-23] what a changed client says beyond the rule counts on no engine: of the other company, twice a day, of an earlier day, after the answer', async () => {
    const hash = await closed(null)
    const { two, wire } = desk
    const [amal, badr] = [(await named(two.a, 'Amal')).signatory, (await named(two.a, 'Badr')).signatory]
    const say = (company: Company, signatory: string): void => {
      const { hub } = company.engine.desk.session
      hub.change(() => {
        const fact = { type: 'agreement-reminded' as const, artifact: desk.artifact as ArtifactId, hash, signatory }
        writeIn(hub, two.channel as ChannelId, [{ kind: 'event', payload: writeArtifactEvent(fact) }])
        return undefined
      })
    }
    say(two.b, amal)
    say(two.b, badr)
    say(two.a, 'nobody')
    await two.level(wire)
    for (const company of [two.a, two.b]) expect((await named(company, 'Badr')).reminded).toBeNull()
    wire.cut()
    const again = await two.sleep(1)
    // The control: one that keeps to the rule counts, and those behind it do not.
    for (let times = 0; times < 4; times++) say(two.a, badr)
    two.clock.passMinutes(-1440)
    say(two.a, badr)
    two.clock.passMinutes(1440)
    await two.level(again)
    for (const company of [two.a, two.b])
      await until('one counts', async () => (await named(company, 'Badr')).reminded?.count === 1)
    await two.b.client.agreements.sign({ artifact: desk.artifact, hash })
    await two.level(again)
    again.cut()
    const last = await two.sleep(1)
    say(two.a, badr)
    await two.level(last)
    for (const company of [two.a, two.b]) expect((await named(company, 'Badr')).reminded?.count).toBe(1)
  })
})
