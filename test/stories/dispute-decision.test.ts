import { describe, expect, it } from 'vitest'
import type { RoundDisputeView } from '#shared/projection/decision-views.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'
import { checkedPack } from '#test/support/decided.ts'
import * as deciding from '#test/support/deciding.ts'
import { AGAINST_BOTH, FOR_RIYADH, roundOf, speak } from '#test/support/deciding.ts'
import { disputeOf, openDispute, settle } from '#test/support/disputing.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import type { ThreeCompanies } from '#test/support/three-companies.ts'
import { kept } from '#test/support/window.ts'

const TERMS = 'The hub goes to Riyadh, with a store in Asir by March.\nNajd pays half of the store.'
let three: ThreeCompanies
const { keep } = storyWindows(() => three.end())

type Policy = Parameters<typeof deciding.drafted>[0]
const level = (): Promise<void> => three.level()
const agreed = (artifact: string) => deciding.agreed(three, artifact)
const idOf = ({ engine }: Company): string => engine.desk.session.hub.identity.card.company

/** A decision that must be unanimous and waits to be closed, C being against it. `without`: a company that does not decide. */
async function spoken(policy: Policy = {}, without?: 2) {
  const { three: all, artifact, live } = await deciding.drafted({ kind: 'unanimity', sealed: 'no', ...policy })
  three = all
  keep(live)
  const [a, b, c] = all.all
  const next = async (): Promise<void> => {
    live.set('topic', 'it', 'deadline', '2026-12-15')
    live.set('options', 'o1', 'aboutEn', 'With a store in Asir.')
    await kept(live)
  }
  if (without === 2) {
    live.remove('voters', 'v3')
    await kept(live)
  }
  await a.client.decisions.open({ artifact, reason: '' })
  await level()
  const { hash: round } = await roundOf(a, artifact)
  await speak(a, artifact, FOR_RIYADH)
  await speak(b, artifact, without === 2 ? AGAINST_BOTH : FOR_RIYADH)
  if (without === undefined) await speak(c, artifact, AGAINST_BOTH)
  await level()
  const close = async (): Promise<void> => {
    await a.client.decisions.close({ artifact, round })
    expect((await agreed(artifact)).standing).toBe('no-decision')
  }
  return { a, b, c, artifact, round, next, close }
}

/** Raises a dispute about the decision among some companies; the first of them raises it. */
async function raise(artifact: string, [opener, ...others]: readonly [Company, ...Company[]]): Promise<string> {
  const { companies } = await opener.client.disputes.choices({ channel: three.channel })
  const among = new Set([opener, ...others].map(idOf))
  const parties = companies.flatMap(({ company }) => (among.has(company) ? [company] : []))
  const { id } = await openDispute(opener, three.channel, { kind: 'decision', id: artifact }, { parties, issue: 'No store, no hub.', position: 'A store in Asir.' }) // prettier-ignore
  await level()
  return id
}
const disputeSeen = async (company: Company, artifact: string): Promise<RoundDisputeView | null> =>
  (await roundOf(company, artifact)).dispute
const outcomeOf = async (company: Company, id: string): Promise<string> => (await disputeOf(company, id)).outcome?.hash ?? '' // prettier-ignore
const takeUp = async ({ client }: Company, artifact: string, round: string, outcome: string): Promise<unknown> =>
  client.decisions.mediate({ artifact, round, reason: `As settled: ${TERMS}`, outcome })

describe('a decision that came to nothing and was disputed', () => {
  it('[DEC-76, DEC-77, DP-1, GV-3] what the dispute came to is shown to all, taken up as the mediation by one of them, and the next round is decided, signed and proven', async () => {
    const { a, b, c, artifact, round, next, close } = await spoken()
    await close()
    await next()
    const id = await raise(artifact, [c, a, b])
    expect(await disputeSeen(b, artifact)).toMatchObject({ state: 'going-on', id })
    await settle([c, a, b], id, { finding: 'varied', terms: TERMS }, level)
    for (const one of three.all)
      expect(await disputeSeen(one, artifact)).toMatchObject({
        state: 'ended', id, kind: 'settlement', finding: 'varied', terms: TERMS, bearing: 'basis', outside: [], opener: { en: 'Asir Cold Stores' },
      }) // prettier-ignore
    // It opens nothing by itself.
    expect((await agreed(artifact)).standing).toBe('no-decision')
    expect(await refusalOf(a.client.decisions.open({ artifact, reason: 'A store' }))).toBe('decisions:mediation-first')
    expect((await roundOf(b, artifact)).own?.asks).toEqual(['mediate'])
    const outcome = await outcomeOf(b, id)
    expect(await refusalOf(takeUp(b, artifact, round, round))).toBe('decisions:outcome-differs')
    await takeUp(b, artifact, round, outcome)
    expect((await agreed(artifact)).mediations).toMatchObject([{ reason: `As settled: ${TERMS}`, by: { company: { name: { en: 'Gulf Supply Company' } } } }]) // prettier-ignore
    expect((await auditOf(b)).findLast(({ code }) => code === 'mediation-opened')?.detail).toEqual({ hash: outcome })
    await a.client.decisions.open({ artifact, reason: 'With a store in Asir, as settled.' })
    const second = await agreed(artifact)
    expect(second).toMatchObject({ standing: 'voting', content: { round: 2, previous: round }, dispute: null })
    for (const one of three.all) await speak(one, artifact, FOR_RIYADH)
    await agreed(artifact)
    await c.client.decisions.close({ artifact, round: second.hash })
    const { closing } = await agreed(artifact)
    for (const { client } of three.all) await client.decisions.sign({ artifact, round: second.hash, list: closing?.hash ?? '' }) // prettier-ignore
    expect((await agreed(artifact)).standing).toBe('final')
    // Whoever checks the pack needs nothing of the dispute.
    expect(await checkedPack(b, artifact)).toMatchObject({ answer: 'holds', problems: [], decision: { kind: 'decision', round: 2, refused: [] } }) // prettier-ignore
  })

  it('[DEC-77] dismissed, it stays at what the round came to: that is no basis of another, for which a talk of its own is called', async () => {
    const { a, b, c, artifact, round, next, close } = await spoken()
    await close()
    await next()
    const id = await raise(artifact, [c, a, b])
    await settle([a, b, c], id, { finding: 'dismissed', terms: '' }, level)
    expect(await disputeSeen(b, artifact)).toMatchObject({ finding: 'dismissed', bearing: 'stands' })
    expect(await refusalOf(takeUp(b, artifact, round, await outcomeOf(b, id)))).toBe('decisions:outcome-differs')
    expect((await agreed(artifact)).mediations).toEqual([])
    await b.client.decisions.mediate({ artifact, round, reason: 'Once more, with other figures.', outcome: null })
    await level()
    await a.client.decisions.open({ artifact, reason: 'Other figures' })
    expect((await agreed(artifact)).standing).toBe('voting')
  })

  it('[DEC-77] two of three settle it: the third is named as no party, and may take it up all the same', async () => {
    const { a, b, c, artifact, round, close } = await spoken()
    await close()
    const id = await raise(artifact, [a, b])
    await settle([b, a], id, { finding: 'upheld', terms: '' }, level)
    expect(await disputeSeen(c, artifact)).toMatchObject({ bearing: 'basis', outside: [{ en: 'Asir Cold Stores' }] })
    await takeUp(c, artifact, round, await outcomeOf(c, id))
    expect((await agreed(artifact)).mediations).toHaveLength(1)
  })
})

describe('what is no talk about how a round ended', () => {
  it('[DEC-77] a dispute that those who settled it ended before the round was closed', async () => {
    const { a, b, c, artifact, round, close } = await spoken()
    const id = await raise(artifact, [c, a, b])
    await settle([c, a, b], id, { finding: 'varied', terms: TERMS }, level)
    expect(await disputeSeen(a, artifact)).toMatchObject({ bearing: 'open' })
    await close()
    for (const one of three.all) expect(await disputeSeen(one, artifact)).toMatchObject({ bearing: 'before-close' })
    const outcome = await outcomeOf(b, id)
    expect(await refusalOf(takeUp(b, artifact, round, outcome))).toBe('decisions:outcome-differs')
    // A further one, raised afterwards, is: first it goes on, then it is what stands.
    three.clock.passMinutes(1)
    const again = await raise(artifact, [c, a, b])
    expect(await disputeSeen(b, artifact)).toMatchObject({ state: 'going-on', id: again })
    await settle([c, a, b], again, { finding: 'varied', terms: TERMS }, level)
    expect(await disputeSeen(b, artifact)).toMatchObject({ id: again, bearing: 'basis' })
    expect(await refusalOf(takeUp(b, artifact, round, outcome))).toBe('decisions:outcome-differs')
    await takeUp(b, artifact, round, await outcomeOf(b, again))
  })

  it('[DEC-77] one of a company that decides with one that does not: it neither follows nor stands against that of those who do', async () => {
    const { a, b, c, artifact, round, close } = await spoken({}, 2)
    await close()
    const strange = await raise(artifact, [a, c])
    await settle([c, a], strange, { finding: 'varied', terms: 'It is ours.' }, level)
    expect(await disputeSeen(b, artifact)).toBeNull()
    expect(await refusalOf(takeUp(a, artifact, round, await outcomeOf(a, strange)))).toBe('decisions:outcome-differs')
    const id = await raise(artifact, [b, a])
    await settle([b, a], id, { finding: 'upheld', terms: TERMS }, level)
    expect(await disputeSeen(a, artifact)).toMatchObject({ id, bearing: 'basis', outside: [] })
    expect(await refusalOf(takeUp(c, artifact, round, await outcomeOf(c, id)))).toBe('decisions:not-a-voter')
  })

  it('[DEC-77] one about another decision, and rulings that came when their window was over', async () => {
    const { a, b, c, artifact, round, close } = await spoken()
    await close()
    const title = { en: 'Pallets', ar: 'المنصات' }
    const { artifact: other } = await a.client.documents.create({ channel: three.channel, type: 'JointGovernanceDecision.v1', title }) // prettier-ignore
    await level()
    const elsewhere = await raise(other, [c, a, b])
    await settle([c, a, b], elsewhere, { finding: 'varied', terms: TERMS }, level)
    expect(await disputeSeen(a, artifact)).toBeNull()
    expect(await refusalOf(takeUp(a, artifact, round, await outcomeOf(a, elsewhere)))).toBe('decisions:outcome-differs')
    const id = await raise(artifact, [c, a, b])
    await until('the clock runs', async () => (await disputeOf(a, id)).clock.stage === 'mediation')
    const { dispute } = await disputeOf(a, id)
    for (const { client } of [a, b]) await client.disputes.answer({ artifact: id, dispute, position: 'No.', path: 'accepted' }) // prettier-ignore
    await level()
    await until('it binds', async () => (await disputeOf(c, id)).bound)
    await level()
    for (const who of [0, 1, 2] as const) three.cutOff(who)
    three.clock.pass(40)
    for (const { client, passphrase } of three.all) if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase }) // prettier-ignore
    three.link()
    await level()
    // Changed clients of all three write past every intent.
    for (const { engine } of three.all) {
      const { hub } = engine.desk.session
      const ruled = { type: 'dispute-ruled', artifact: id, dispute, level: 1, finding: 'varied', terms: TERMS, rationale: 'So be it.' } as const // prettier-ignore
      hub.change(() => {
        const runtime = hub.runtime(three.channel as never)
        hub.touch(three.channel as never)
        runtime?.write([{ kind: 'event', payload: writeArtifactEvent(ruled as never) }])
        return undefined
      })
    }
    await level()
    expect((await disputeOf(a, id)).facts.filter(({ type }) => type === 'dispute-ruled').map(({ refusal }) => refusal)).toEqual(['late', 'late', 'late']) // prettier-ignore
    for (const one of three.all) expect(await disputeSeen(one, artifact)).toMatchObject({ state: 'going-on', id })
    expect(await refusalOf(takeUp(a, artifact, round, dispute))).toBe('decisions:outcome-differs')
  })
})
