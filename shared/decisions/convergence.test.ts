import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConvergence, writeConvergence } from '#shared/artifacts/convergence-content.ts'
import { ANSWER_BY, AGREEMENT, ConvergenceWorld, HOUR, priced, SETTLE_BY, topicText, type Said } from '#test/support/convergence-world.ts' // prettier-ignore
import { companyOf, sha256 } from '#test/support/fact-world.ts'

const opened = (): ConvergenceWorld => {
  const world = new ConvergenceWorld()
  world.request('a', topicText(), HOUR)
  return world
}
/** Two rounds, and b's second offer accepted by a. */
const accepted = (): { world: ConvergenceWorld; offer: Said; acceptance: Said } => {
  const world = opened()
  world.offer('a', priced(9000), 2 * HOUR)
  const offer = world.offer('b', priced(9500), 3 * HOUR, { tradeOffs: [{ given: 'Fewer steps', received: 'Volume', clause: 'c2' }] }) // prettier-ignore
  return { world, offer, acceptance: world.accept('a', offer.id, 4 * HOUR) }
}

describe('a negotiation', () => {
  it('[DEC-40, DP-7] goes from requested through offers, acceptance and two signatures to drafts', () => {
    const world = opened()
    expect(world.stage).toBe('requested')
    const first = world.offer('a', priced(9000), 2 * HOUR)
    expect(world.stage).toBe('offered')
    const second = world.offer('b', priced(9500), 3 * HOUR)
    expect(world.state().current).toMatchObject({ standing: [{ id: second.id }], offers: [{ id: first.id }, { fact: { round: 2 } }] }) // prettier-ignore
    world.accept('a', second.id, 4 * HOUR)
    expect(world.stage).toBe('accepted')
    world.confirm('b', 5 * HOUR)
    expect(world.stage).toBe('agreed')
    world.verify('a', 6 * HOUR)
    expect(world.stage).toBe('agreed')
    world.witness('b', 7 * HOUR)
    expect(world.stage).toBe('verified')
    world.finalise('a', 8 * HOUR)
    expect(world.stage).toBe('finalized')
    expect([...world.state().refusals]).toEqual([])
  })

  it('[DEC-50] a text that leaves out the company that began the document contests nothing', () => {
    const world = new ConvergenceWorld()
    const standing = world.request('a', topicText(), HOUR)
    const parties = topicText().parties.map((party, at) => at === 0 ? { ...party, company: companyOf('c') } : party) as never // prettier-ignore
    expect(world.refusalOf(world.request('c', topicText({ parties }), HOUR, { knows: [] }))).toBe('owner-left-out')
    expect(world.state()).toMatchObject({ current: { request: { id: standing.id } }, contested: [] })
  })

  it('[DEC-40] text that is not the canonical one of this document, or of strangers, is no request', () => {
    const world = new ConvergenceWorld()
    const spaced = ` ${writeConvergence(topicText())}`
    const bad = world.say('a', { type: 'negotiation-requested', artifact: topicText().artifact, hash: sha256(spaced), text: spaced }, HOUR) // prettier-ignore
    expect(world.refusalOf(bad)).toBe('text-unreadable')
    expect(world.refusalOf(world.request('d', topicText(), HOUR))).toBe('not-a-party')
    const same = topicText({ parties: [topicText().parties[0], topicText().parties[0]] as never })
    expect(readConvergence(writeConvergence(same))).toBeUndefined()
    expect(world.stage).toBeUndefined()
  })

  it('[DEC-41] an offer answers the other company’s standing one in the next round, or replaces the own in the same', () => {
    const world = opened()
    const first = world.offer('a', priced(9000), 2 * HOUR)
    const again = world.offer('a', priced(9100), 2 * HOUR)
    expect([first, again].map(({ fact }) => 'round' in fact && fact.round)).toEqual([1, 1])
    expect(world.state().current?.standing.map(({ id }) => id)).toEqual([again.id])
    const refusals = [
      world.offer('b', priced(9500), 3 * HOUR, { answers: first.id }),
      world.offer('b', priced(9500), 3 * HOUR, { answers: null }),
      world.offer('b', priced(9500), 3 * HOUR, { round: 4 }),
      world.offer('b', { c1: 9500 }, 3 * HOUR),
      world.offer('b', { c1: 9500, c2: 'many' }, 3 * HOUR),
      world.offer('b', priced(9500), ANSWER_BY + 1),
      world.offer('b', priced(9500), 3 * HOUR, { roles: ['cto'] }),
      world.offer('d', priced(9500), 3 * HOUR),
    ].map((one) => world.refusalOf(one))
    expect(refusals).toEqual(['not-its-turn', 'not-its-turn', 'round-differs', 'clauses-differ', 'clauses-differ', 'late', 'not-authorised', 'not-a-party']) // prettier-ignore
    for (const who of ['b', 'a', 'b', 'a', 'b'] as const) world.offer(who, priced(9200), 5 * HOUR)
    expect(world.state().current?.standing[0]?.fact.round).toBe(6)
    expect(world.refusalOf(world.offer('a', priced(9300), 5 * HOUR))).toBe('rounds-over')
  })

  it('[DEC-42] only the other company accepts, and only what stands by what it had seen', () => {
    const world = opened()
    const first = world.offer('a', priced(9000), 2 * HOUR)
    const second = world.offer('b', priced(9500), 3 * HOUR)
    expect(world.refusalOf(world.accept('b', second.id, 4 * HOUR))).toBe('own-offer')
    expect(world.refusalOf(world.accept('b', first.id, 4 * HOUR))).toBe('superseded')
    expect(world.refusalOf(world.accept('a', 'e'.repeat(64), 4 * HOUR))).toBe('no-such-offer')
    expect(world.refusalOf(world.accept('a', second.id, 4 * HOUR, { roles: ['account-lead'] }))).toBe('not-authorised')
    expect(world.refusalOf(world.accept('a', second.id, SETTLE_BY + 1))).toBe('late')
    expect(world.stage).toBe('offered')
    // In the mediation window what stands may still be accepted.
    world.accept('a', second.id, ANSWER_BY + HOUR)
    expect(world.stage).toBe('accepted')
    expect(world.refusalOf(world.offer('b', priced(9900), 5 * HOUR))).toBe('accepted-already')
  })

  it('[DEC-42] an acceptance sets aside offers made apart from it, whoever made them', () => {
    const { world, offer, acceptance } = accepted()
    const before = world.facts.filter((one) => one !== acceptance)
    const better = world.offer('b', priced(9900), 4 * HOUR, { knows: before, device: '2' })
    const regret = world.offer('a', priced(8000), 4 * HOUR, { knows: before, device: '2' })
    expect(world.state().current).toMatchObject({ stage: 'accepted', standing: [{ id: offer.id }] })
    expect([better, regret].map((one) => world.refusalOf(one))).toEqual(['set-aside', 'set-aside'])
  })

  it('[DEC-43] of offers made apart both stand; acceptances that cross count only when somebody accepts knowing both', () => {
    const world = opened()
    const start = [...world.facts]
    const mine = world.offer('a', priced(9000), 2 * HOUR, { knows: start })
    const theirs = world.offer('b', priced(9000), 2 * HOUR, { knows: start })
    expect(world.state().current?.standing).toHaveLength(2)
    const both = [...world.facts]
    const one = world.accept('a', theirs.id, 3 * HOUR, { knows: both })
    const other = world.accept('b', mine.id, 3 * HOUR, { knows: both })
    expect(world.state().current).toMatchObject({ stage: 'offered', crossed: true, accepted: null })
    expect([one, other].map((fact) => world.refusalOf(fact))).toEqual(['crossed', 'crossed'])
    world.accept('a', theirs.id, 4 * HOUR)
    expect(world.state().current).toMatchObject({ stage: 'accepted', crossed: false, standing: [{ id: theirs.id }] })
  })

  it('[DEC-44, AR-35] the outcome holds values, chain and trade-offs; with other values, or by the wrong company, it is not signed', () => {
    const { world, offer } = accepted()
    const { text = '' } = world.state().current?.outcome ?? {}
    expect(JSON.parse(text)).toMatchObject({
      offer: offer.id,
      values: [{ clause: 'c1', value: 9500 }, { clause: 'c2', value: 1000 }],
      chain: [{ round: 1 }, { round: 2 }],
      tradeOffs: [{ given: 'Fewer steps', received: 'Volume', clause: 'c2' }],
    }) // prettier-ignore
    expect(world.refusalOf(world.confirm('b', 5 * HOUR, { text: text.replace('9500', '9400') }))).toBe(
      'outcome-differs',
    )
    expect(world.refusalOf(world.confirm('a', 5 * HOUR))).toBe('not-the-offerer')
    expect(world.refusalOf(world.verify('a', 5 * HOUR))).toBe('not-confirmed')
    expect(world.refusalOf(world.confirm('b', SETTLE_BY + 1))).toBe('late')
    world.confirm('b', 5 * HOUR)
    expect(world.refusalOf(world.verify('a', 5 * HOUR, { hash: 'e'.repeat(64) }))).toBe('outcome-differs')
    expect(world.refusalOf(world.verify('b', 5 * HOUR))).toBe('own-offer')
    expect(world.refusalOf(world.confirm('b', 5 * HOUR))).toBe('duplicate')
    expect(world.stage).toBe('agreed')
  })

  it('[DEC-45] the last signature counts when the other company had it in time: backdated it gains nothing', () => {
    const { world } = accepted()
    world.confirm('b', 5 * HOUR)
    world.verify('a', 6 * HOUR)
    world.witness('b', SETTLE_BY + 1)
    expect(world.stage).toBe('agreed')
    const proven = accepted().world
    proven.confirm('b', 5 * HOUR)
    proven.verify('a', 6 * HOUR)
    proven.witness('d', 7 * HOUR)
    proven.witness('a', 7 * HOUR)
    expect(proven.stage).toBe('agreed')
    proven.witness('b', SETTLE_BY)
    expect(proven.stage).toBe('verified')
  })

  it('[DEC-46] who has signed cannot end it, not even as if it had not known; who has not signed can', () => {
    const { world, acceptance } = accepted()
    expect(world.refusalOf(world.end('a', 5 * HOUR))).toBe('bound')
    const ignorant = world.end('a', 5 * HOUR, { device: '2', knows: world.facts.filter((one) => one !== acceptance && one.author.who !== 'a') }) // prettier-ignore
    expect(world.refusalOf(ignorant)).toBe('bound')
    expect(world.stage).toBe('accepted')
    const before = [...world.facts]
    const confirmed = accepted().world
    confirmed.confirm('b', 5 * HOUR)
    expect(confirmed.refusalOf(confirmed.end('b', SETTLE_BY + 1))).toBe('bound')
    expect(confirmed.stage).toBe('agreed')
    world.end('b', 5 * HOUR)
    expect(world.state().current).toMatchObject({ stage: 'terminated', cause: 'ended' })
    expect(world.refusalOf(world.confirm('b', 6 * HOUR))).toBe('over')
    // The offerer's own signature, made apart from its ending, is what counts.
    world.confirm('b', 6 * HOUR, { device: '2', knows: before })
    expect(world.stage).toBe('agreed')
  })

  it('[DEC-47] two texts requested apart contest each other until one is requested knowing both', () => {
    const world = new ConvergenceWorld()
    const other = topicText({ agreement: 'PartnershipAgreement.v1' })
    const mine = world.request('a', topicText(), HOUR, { knows: [] })
    world.request('b', other, HOUR, { knows: [] })
    expect(world.state()).toMatchObject({ current: null, contested: [{}, {}] })
    world.request('b', other, 2 * HOUR)
    expect(world.state().current?.content.agreement).toBe('PartnershipAgreement.v1')
    expect(world.refusalOf(world.request('a', topicText(), 3 * HOUR))).toBe('already-requested')
    expect(world.refusalOf(mine)).toBeUndefined()
  })

  it('[DEC-47] who has spoken about a text cannot contest it with another', () => {
    const { world } = accepted()
    const { hash } = world
    const late = world.request('a', topicText({ agreement: 'PartnershipAgreement.v1' }), 5 * HOUR, { device: '2', knows: [] }) // prettier-ignore
    expect(world.refusalOf(late)).toBe('spoken-already')
    expect(world.state().current).toMatchObject({ hash, stage: 'accepted' })
  })

  it('[DEC-48] two outcomes that both have signed apart end it without one', () => {
    const world = opened()
    const start = [...world.facts]
    const mine = world.offer('a', priced(9000), 2 * HOUR, { knows: start })
    const theirs = world.offer('b', priced(9500), 2 * HOUR, { knows: start })
    const both = [...world.facts]
    const one = world.accept('a', theirs.id, 3 * HOUR, { knows: both })
    const other = world.accept('b', mine.id, 3 * HOUR, { knows: both, device: '2' })
    world.confirm('b', 4 * HOUR, { knows: [...both, one] })
    expect(world.stage).toBe('agreed')
    world.confirm('a', 4 * HOUR, { knows: [...both, other], device: '2' })
    expect(world.state().current).toMatchObject({ stage: 'terminated', cause: 'two-outcomes' })
  })

  it('[DEC-49] it is final with drafts of the kinds that the text names, and not before both have signed', () => {
    const { world } = accepted()
    world.confirm('b', 5 * HOUR)
    expect(world.refusalOf(world.finalise('b', 5 * HOUR))).toBe('not-verified')
    world.verify('a', 6 * HOUR)
    world.witness('b', 7 * HOUR)
    expect(world.refusalOf(world.finalise('b', 8 * HOUR, { agreement: 'cc'.repeat(16) as never }))).toBe('no-drafts')
    world.finalise('b', 8 * HOUR)
    expect(world.state().current?.became.map(({ fact }) => fact.agreement)).toEqual([AGREEMENT])
    expect(world.refusalOf(world.finalise('a', 9 * HOUR))).toBe('duplicate')
  })

  it('[DEC-44] golden vector: this request and chain of offers give this text and hash', () => {
    const { world } = accepted()
    const vector = JSON.parse(
      readFileSync(new URL('../../test/vectors/convergence-v1.json', import.meta.url), 'utf8'),
    ) as unknown
    const request = { hash: world.hash, text: writeConvergence(topicText()) }
    expect({ request, outcome: world.state().current?.outcome }).toEqual(vector)
  })
})
