import { describe, expect, it } from 'vitest'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { decisionPlace, say } from '#engine/decisions/decision.ts'
import type { DecisionEvent } from '#shared/artifacts/decision-event.ts'
import { refusalOf, until } from '#test/support/company.ts'
import * as deciding from '#test/support/deciding.ts'
import { AGAINST_BOTH, FOR_DAMMAM, FOR_RIYADH, roundOf, speak } from '#test/support/deciding.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import type { ThreeCompanies } from '#test/support/three-companies.ts'
import { kept, rows } from '#test/support/window.ts'

let three: ThreeCompanies
const { keep } = storyWindows(() => three.end())

async function drafted(
  policy: Parameters<typeof deciding.drafted>[0],
): Promise<{ artifact: string; live: LiveDocument }> {
  const made = await deciding.drafted(policy)
  three = made.three
  keep(made.live)
  return made
}
const agreed = (artifact: string) => deciding.agreed(three, artifact)

describe('three companies decide', () => {
  it('[DP-1, DP-4, DP-8, DP-10] by weighted majority with sealed positions that are shown together, and all three sign', async () => {
    const { artifact } = await drafted({})
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    expect((await agreed(artifact)).standing).toBe('voting')
    await speak(a, artifact, FOR_RIYADH)
    await speak(b, artifact, FOR_RIYADH)
    await agreed(artifact)
    const seenByC = (await roundOf(c, artifact)).companies
    expect(seenByC.map(({ state }) => state)).toEqual(['sealed', 'sealed', 'waiting'])
    expect(seenByC.every(({ position }) => position === null)).toBe(true)
    const { hash: round } = await roundOf(a, artifact)
    expect(await refusalOf(a.client.decisions.reveal({ artifact, round }))).toBe('decisions:too-early')
    expect(await refusalOf(a.client.decisions.close({ artifact, round }))).toBe('decisions:too-early')
    await speak(c, artifact, FOR_DAMMAM)
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
    await speak(a, artifact, FOR_RIYADH)
    await speak(b, artifact, FOR_RIYADH)
    await speak(c, artifact, AGAINST_BOTH)
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
    await c.client.decisions.mediate({ artifact, round, reason: 'Our routes get longer.', outcome: null })
    const mediated = await agreed(artifact)
    expect(mediated.mediations).toMatchObject([{ reason: 'Our routes get longer.' }])
    await a.client.decisions.open({ artifact, reason: 'A second store in Asir, as agreed in mediation.' })
    const second = await agreed(artifact)
    expect(second).toMatchObject({ standing: 'voting', content: { round: 2, previous: round } })
    for (const company of three.all) await speak(company, artifact, FOR_RIYADH)
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
    await speak(a, artifact, FOR_RIYADH)
    await speak(b, artifact, FOR_RIYADH)
    await agreed(artifact)
    // C speaks in time by its own clock, and nobody hears of it before the deadline.
    three.cutOff(2)
    await speak(c, artifact, FOR_DAMMAM)
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

describe('consent, vetoes and hostile words', () => {
  it('[DP-8] a reasoned objection stops consent, a recusal leaves the count, and a veto stops an option', async () => {
    const { artifact } = await drafted({ kind: 'consent', sealed: 'no', quorum: 0, vetoRoles: ['ceo'] })
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    const { hash: round } = await agreed(artifact)
    await speak(a, artifact, { ...FOR_RIYADH, votes: { o1: 'yes', o2: 'yes' } })
    expect(await refusalOf(speak(b, artifact, FOR_RIYADH))).toBe('decisions:objection-missing')
    await speak(b, artifact, { ...FOR_RIYADH, objection: 'No berth before March.' })
    await c.client.decisions.approve({ artifact, round, stance: 'recuse', options: [], rationale: 'The land is ours.' })
    const said = await agreed(artifact)
    expect(said.tally).toMatchObject({ outcome: 'decided', option: 'o1', eligible: 2, options: [{ obstacles: [] }, { obstacles: ['objection'] }] }) // prettier-ignore
    await c.client.decisions.veto({ artifact, round, option: 'o1', reason: 'The lease forbids it.' })
    const stopped = await agreed(artifact)
    expect(stopped.tally).toMatchObject({ outcome: 'no-decision', reason: 'veto' })
    expect(stopped.vetoes).toMatchObject([{ option: 'o1', reason: 'The lease forbids it.' }])
  })

  it('[DP-5] a standard is decided unanimously or not at all', async () => {
    const { artifact, live } = await drafted({})
    const [a] = three.all
    const type = 'StandardsDoc.v1'
    const standard = await a.client.documents.create({
      channel: three.channel,
      type,
      title: { en: 'Pallets', ar: 'المنصات' },
    })
    live.add('affected', { artifact: standard.artifact, order: 'a0' })
    await kept(live)
    expect(await refusalOf(a.client.decisions.open({ artifact, reason: '' }))).toBe(
      'decisions:standards-need-unanimity',
    )
    live.set('policy', 'it', 'kind', 'unanimity')
    await kept(live)
    await a.client.decisions.open({ artifact, reason: '' })
    const { content } = await agreed(artifact)
    expect(content.topic.affected).toMatchObject([{ artifact: standard.artifact, type }])
  })

  it('[DP-8] words that a modified client writes past its engine are told apart by every other', async () => {
    const { artifact } = await drafted({ sealed: 'no', quorum: 50, threshold: 50 })
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    const { hash: round } = await agreed(artifact)
    await speak(a, artifact, FOR_RIYADH)
    await speak(b, artifact, FOR_RIYADH)
    await agreed(artifact)
    const position = (weight: number) => ({
      stance: 'vote' as const, weight, rationale: '',
      options: ['o1', 'o2'].map((option) => ({ option, score: 0, vote: 'no' as const, objection: '', uncertainty: 0, dissent: 0 })),
    }) // prettier-ignore
    const { hub } = c.engine.desk.session
    const place = decisionPlace(hub, artifact)
    const write = (event: DecisionEvent): void => say(hub, place, event, 'position-approved')
    write({ type: 'position-given', artifact: place.id, round, position: position(100) })
    write({ type: 'position-sealed', artifact: place.id, round, commitment: 'e'.repeat(64) })
    write({ type: 'round-closed', artifact: place.id, round, hash: 'e'.repeat(64), text: '{}' })
    write({ type: 'decision-signed', artifact: place.id, round, hash: 'e'.repeat(64) })
    write({ type: 'decision-withdrawn', artifact: place.id, round, reason: 'mine now' })
    write({ type: 'position-given', artifact: place.id, round, position: position(1) })
    write({ type: 'position-given', artifact: place.id, round, position: { ...position(1), rationale: 'again' } })
    const after = await agreed(artifact)
    const codes = after.facts.flatMap(({ by, refusal }) => (by.company.name.en === 'Asir Cold Stores' && refusal ? [refusal] : [])) // prettier-ignore
    expect(codes).toEqual(['over-weight', 'wrong-form', 'list-differs', 'no-such-list', 'not-the-opener', 'duplicate'])
    expect(after).toMatchObject({ standing: 'voting', tally: { outcome: 'decided', option: 'o1', voting: 3 } })
    await a.client.decisions.close({ artifact, round })
    const closed = await agreed(artifact)
    const list = closed.closing?.hash ?? ''
    await c.client.decisions.sign({ artifact, round, list })
    await agreed(artifact)
    write({ type: 'position-given', artifact: place.id, round, position: position(1) })
    expect((await agreed(artifact)).facts.findLast(({ type }) => type === 'position-given')?.refusal).toBe(
      'after-close',
    )
    await a.client.decisions.sign({ artifact, round, list })
    await b.client.decisions.sign({ artifact, round, list })
    expect((await agreed(artifact)).standing).toBe('final')
  })

  it('[DP-8] who signs two lists that were made apart voids the round on every engine', async () => {
    const { artifact } = await drafted({ sealed: 'no', quorum: 50, vetoRoles: ['ceo'] })
    const [a, b, c] = three.all
    await a.client.decisions.open({ artifact, reason: '' })
    const { hash: round } = await agreed(artifact)
    for (const company of three.all) await speak(company, artifact, FOR_RIYADH)
    await agreed(artifact)
    // C goes off, vetoes where only B hears of it, and so A's list and B's differ.
    three.cutOff(0)
    await c.client.decisions.veto({ artifact, round, option: 'o2', reason: 'No berth.' })
    await until('B has it', async () => (await roundOf(b, artifact)).vetoes.length === 1)
    await three.level([b, c])
    await b.client.decisions.close({ artifact, round })
    await a.client.decisions.close({ artifact, round })
    const short = (await roundOf(a, artifact)).closing?.hash ?? ''
    await a.client.decisions.sign({ artifact, round, list: short })
    three.link()
    expect((await agreed(artifact)).standing).toBe('lists-differ')
    await b.client.decisions.close({ artifact, round })
    const apart = await agreed(artifact)
    expect(apart).toMatchObject({ standing: 'split', closing: { counted: 4 } })
    const long = apart.closing?.hash ?? ''
    expect(await refusalOf(a.client.decisions.sign({ artifact, round, list: long }))).toBe('decisions:already-signed')
    // A modified client signs it all the same.
    const { hub } = a.engine.desk.session
    const place = decisionPlace(hub, artifact)
    say(hub, place, { type: 'decision-signed', artifact: place.id, round, hash: long }, 'decision-signed')
    const voided = await agreed(artifact)
    expect(voided.standing).toBe('void')
    expect(voided.signatures.map(({ state }) => state)).toEqual(['twice', 'waiting', 'waiting'])
    expect(voided.own?.asks).toEqual(['revise'])
  })
})
