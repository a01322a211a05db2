import { afterEach, describe, expect, it } from 'vitest'
import type { LiveDocument } from '#ui/app/live-document.ts'
import type { CompanyPosition } from '#shared/artifacts/decision-content.ts'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { stateIn, decisionPlace } from '#engine/decisions/decision.ts'
import { refusalOf, until, type Company } from '#test/support/company.ts'
import { threeCompanies, type ThreeCompanies } from '#test/support/three-companies.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'

const TITLE = { en: 'Where the shared hub goes', ar: 'موقع المركز المشترك' }

let three: ThreeCompanies
const windows: LiveDocument[] = []
afterEach(() => {
  for (const live of windows.splice(0)) live.close()
  three.end()
})

/** A draft with two options, open for everybody; `policy` changes the usual rule. */
async function drafted(policy: Readonly<Record<string, string | number>>): Promise<{ artifact: string; live: LiveDocument }> {
  three = await threeCompanies()
  const [a] = three.all
  const { artifact } = await a.client.documents.create({ channel: three.channel, type: 'JointGovernanceDecision.v1', title: TITLE }) // prettier-ignore
  const live = await openWindow(a, artifact)
  windows.push(live)
  live.set('topic', 'it', 'questionEn', 'Where do we build the cold-chain hub?')
  live.set('topic', 'it', 'questionAr', 'أين نبني مركز سلسلة التبريد؟')
  live.set('topic', 'it', 'benefitsEn', 'Shorter routes for all three.')
  live.set('topic', 'it', 'deadline', '2026-11-30')
  live.set('options', 'o1', 'title', { en: 'Riyadh', ar: 'الرياض' })
  live.set('options', 'o2', 'title', { en: 'Dammam', ar: 'الدمام' })
  for (const [field, value] of Object.entries(policy)) live.set('policy', 'it', field, value)
  await kept(live)
  await three.level()
  return { artifact, live }
} // prettier-ignore

const viewOf = async ({ client }: Company, artifact: string) => client.decisions.get({ artifact })
async function roundOf(company: Company, artifact: string): Promise<RoundView> {
  const { rounds, current } = await viewOf(company, artifact)
  const found = rounds.find(({ hash }) => hash === current)
  if (!found) throw new Error('no round')
  return found
}

/** What every engine makes of the decision: the same, to the hash. */
async function agreed(artifact: string): Promise<RoundView> {
  await three.level()
  const seen = three.all.map((company) => {
    const { hub } = company.engine.desk.session
    const { rounds, current, refusals } = stateIn(hub, decisionPlace(hub, artifact))
    return JSON.stringify([
      current?.hash, [...refusals].toSorted(),
      rounds.map(({ hash, standing, now, closing, signatures }) =>
        [hash, standing, now.hash, closing?.statement.hash, signatures.final, [...signatures.signed.keys()]]),
    ]) // prettier-ignore
  })
  expect(new Set(seen).size, seen.join('\n')).toBe(1)
  return roundOf(three.all[0], artifact)
}

const RIYADH = { vision: 80, purpose: 70, fit: 90, legend: 60 }
const DAMMAM = { vision: 40, purpose: 50, fit: 30, legend: 60 }

/** Scores both options with one role and approves the position that follows. */
async function speak(
  company: Company,
  artifact: string,
  scores: { readonly o1: typeof RIYADH; readonly o2: typeof RIYADH },
  votes: { readonly o1: 'yes' | 'no'; readonly o2: 'yes' | 'no' },
  objection = '',
): Promise<void> {
  const { hash: round } = await roundOf(company, artifact)
  const sheet = (one: typeof RIYADH) => ({ scores: one, rationale: 'Our own reasons', evidence: ['board paper 7'] })
  const { rounds } = await company.client.decisions.saveScores({
    artifact, round, role: 'ceo', weight: 1, options: { o1: sheet(scores.o1), o2: sheet(scores.o2) },
  }) // prettier-ignore
  const computed = rounds.find(({ hash }) => hash === round)?.own?.computed ?? {}
  const option = (id: 'o1' | 'o2'): Pick<CompanyPosition['options'][number], 'option' | 'score' | 'vote' | 'objection'> =>
    ({ option: id, score: computed[id]?.score ?? 0, vote: votes[id], objection: votes[id] === 'no' ? objection : '' }) // prettier-ignore
  await company.client.decisions.approve({ artifact, round, stance: 'vote', options: [option('o1'), option('o2')], rationale: 'For the record' }) // prettier-ignore
}

describe('three companies decide', () => {
  it('[DP-1, DP-4, DP-8, DP-10] by weighted majority with sealed positions that are shown together, and all three sign', async () => {
    const { artifact } = await drafted({})
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    expect((await agreed(artifact)).standing).toBe('voting')
    await speak(a, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await speak(b, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await agreed(artifact)
    const seenByC = (await roundOf(c, artifact)).companies
    expect(seenByC.map(({ state }) => state)).toEqual(['sealed', 'sealed', 'waiting'])
    expect(seenByC.every(({ position }) => position === null)).toBe(true)
    const { hash: round } = await roundOf(a, artifact)
    expect(await refusalOf(a.client.decisions.reveal({ artifact, round }))).toBe('decisions:too-early')
    expect(await refusalOf(a.client.decisions.close({ artifact, round }))).toBe('decisions:too-early')
    await speak(c, artifact, { o1: DAMMAM, o2: RIYADH }, { o1: 'no', o2: 'yes' })
    await agreed(artifact)
    expect((await a.client.today.get()).needs.map(({ code }) => code)).toContain('decision-reveal')
    for (const { client } of three.all) await client.decisions.reveal({ artifact, round })
    const ready = await agreed(artifact)
    expect(ready.companies.map(({ state }) => state)).toEqual(['shown', 'shown', 'shown'])
    // (75.00 + 75.00 + 45.00) / 3
    expect(ready.tally).toMatchObject({ outcome: 'decided', option: 'o1', options: [{ score: 6500 }, { score: 5500 }] })
    await b.client.decisions.close({ artifact, round })
    const closed = await agreed(artifact)
    expect(closed).toMatchObject({ standing: 'signing', closing: { counted: 6, outside: 0 } })
    for (const { client } of three.all)
      await client.decisions.sign({ artifact, round, list: closed.closing?.hash ?? '' })
    const final = await agreed(artifact)
    expect(final.standing).toBe('final')
    expect(final.signatures.map(({ state }) => state)).toEqual(['signed', 'signed', 'signed'])
    expect(await refusalOf(a.client.decisions.open({ artifact, reason: 'again' }))).toBe('decisions:final')
    const { rows: audit } = await c.client.audit.search({ text: '', kinds: ['commitment'], offset: 0, limit: 50 })
    expect(audit.map(({ code }) => code)).toEqual(expect.arrayContaining(['position-approved', 'position-revealed', 'decision-signed'])) // prettier-ignore
  })

  it('[DP-5, GV-3, TR-10] unanimity with one dissent goes to mediation, a revised text to a second round, and all sign', async () => {
    const { artifact, live } = await drafted({ kind: 'unanimity', sealed: 'no' })
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    await three.level()
    await speak(a, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await speak(b, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await speak(c, artifact, { o1: DAMMAM, o2: DAMMAM }, { o1: 'no', o2: 'no' })
    const { hash: round } = await agreed(artifact)
    await a.client.decisions.close({ artifact, round })
    expect(await agreed(artifact)).toMatchObject({
      standing: 'no-decision',
      closing: { tally: { outcome: 'no-decision', reason: 'threshold' } },
    })
    live.set('topic', 'it', 'deadline', '2026-12-15')
    live.set('options', 'o1', 'aboutEn', 'With a second store in Asir.')
    await kept(live)
    expect(await refusalOf(a.client.decisions.open({ artifact, reason: 'A store in Asir' }))).toBe('decisions:mediation-first') // prettier-ignore
    expect((await c.client.today.get()).needs.map(({ code }) => code)).toContain('decision-mediate')
    await c.client.decisions.mediate({ artifact, round, reason: 'Our routes get longer.' })
    const mediated = await agreed(artifact)
    expect(mediated.mediations).toMatchObject([{ reason: 'Our routes get longer.' }])
    await a.client.decisions.open({ artifact, reason: 'A second store in Asir, as agreed in mediation.' })
    const second = await agreed(artifact)
    expect(second).toMatchObject({ standing: 'voting', content: { round: 2, previous: round } })
    for (const company of three.all) await speak(company, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await agreed(artifact)
    await c.client.decisions.close({ artifact, round: second.hash })
    const closed = await agreed(artifact)
    expect(closed.closing?.tally).toMatchObject({ outcome: 'decided', option: 'o1' })
    for (const { client } of three.all)
      await client.decisions.sign({ artifact, round: second.hash, list: closed.closing?.hash ?? '' })
    expect((await agreed(artifact)).standing).toBe('final')
    expect(rows(live, 'options').length).toBe(2)
  })
})

describe('what does not count', () => {
  it('[DP-8] a vote that nobody else had before the deadline, one after the close, and a second one', async () => {
    const { artifact } = await drafted({ sealed: 'no', quorum: 50 })
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    await three.level()
    await speak(a, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await speak(b, artifact, { o1: RIYADH, o2: DAMMAM }, { o1: 'yes', o2: 'no' })
    await agreed(artifact)
    // C speaks in time by its own clock, and nobody hears of it before the deadline.
    three.cutOff(2)
    await speak(c, artifact, { o1: DAMMAM, o2: RIYADH }, { o1: 'no', o2: 'yes' })
    expect((await roundOf(c, artifact)).companies[2]?.state).toBe('unproven')
    const { hash: round } = await roundOf(a, artifact)
    expect(await refusalOf(c.client.decisions.approve({ artifact, round, stance: 'abstain', options: [], rationale: '' }))).toBe('decisions:already-given') // prettier-ignore
    three.clock.pass(12)
    for (const { client, passphrase } of three.all)
      if ((await client.app.state()).stage === 'locked') await client.vault.unlock({ passphrase })
    three.link()
    const late = await agreed(artifact)
    expect(late.companies.map(({ state }) => state)).toEqual(['shown', 'shown', 'unproven'])
    expect(late.facts.filter(({ refusal }) => refusal === 'not-witnessed')).toHaveLength(1)
    await a.client.decisions.close({ artifact, round })
    const closed = await agreed(artifact)
    expect(closed.closing).toMatchObject({ counted: 2, tally: { outcome: 'decided', option: 'o1', voting: 2, eligible: 3 } }) // prettier-ignore
    expect(await refusalOf(c.client.decisions.approve({ artifact, round, stance: 'abstain', options: [], rationale: '' }))).toBe('decisions:after-close') // prettier-ignore
    await until('all closed', async () => (await roundOf(c, artifact)).standing === 'signing')
  })
})
