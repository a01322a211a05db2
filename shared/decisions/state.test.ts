import { describe, expect, it } from 'vitest'
import { readDecision, writeDecision } from '#shared/artifacts/decision-content.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import {
  ARTIFACT, DEADLINE, DecisionWorld, HOUR, REVEAL_BY, roundText, scored, type Made,
} from '#test/support/decision-world.ts' // prettier-ignore
import { companyOf, sha256, type Who } from '#test/support/fact-world.ts'

const VOTERS = ['a', 'b', 'c'] as const
const YES = scored(8000, 4000)
const NO = scored(2000, 9000)

/** A round that all three have spoken in, each known to the others. */
function spoken(positions = [YES, YES, NO]): { world: DecisionWorld; round: string } {
  const world = new DecisionWorld()
  const round = world.open('a', roundText(), 1 * HOUR)
  VOTERS.forEach((who, at) => world.give(who, round, positions[at] ?? YES, (2 + at) * HOUR))
  for (const who of VOTERS) world.witness(who, round, 6 * HOUR)
  return { world, round }
}
const standing = (world: DecisionWorld): string | undefined => world.state().current?.standing

describe('what counts', () => {
  it('[DEC-12, DEC-13] positions of voters that others had in time', () => {
    const { world, round } = spoken()
    const { now } = world.state().current ?? {}
    expect(now?.votes.complete).toBe(true)
    expect(now?.votes.counted).toHaveLength(3)
    expect(now?.tally).toMatchObject({ outcome: 'decided', option: 'o1' })
    expect(world.refusals().size).toBe(0)
    expect(round).toHaveLength(64)
  })

  it('[DEC-12] not of who is no voter, whose role may not, with another weight, about other options, in another form, or of no round', () => {
    const world = new DecisionWorld()
    const before = world.give('b', 'f'.repeat(64), YES, HOUR)
    const round = world.open('a', roundText(), HOUR)
    const blind = world.give('c', round, YES, 2 * HOUR, { device: '2', knows: [] })
    const cases = {
      'no-such-round': blind,
      'not-a-voter': world.give('d', round, YES, 2 * HOUR),
      'not-authorised': world.give('b', round, YES, 2 * HOUR, { roles: ['cfo'] }),
      'over-weight': world.give('b', round, { ...YES, weight: 5 }, 2 * HOUR),
      'options-differ': world.give('b', round, { ...YES, options: YES.options.slice(1) }, 2 * HOUR),
      'wrong-form': world.seal('b', round, YES, 2 * HOUR),
    }
    const twice = world.give('b', round, { ...YES, options: [...YES.options, ...YES.options] }, 2 * HOUR)
    const veto = world.say('b', { type: 'veto-cast', artifact: ARTIFACT, round, option: 'o1', reason: 'no' }, 2 * HOUR)
    const elsewhere = world.say('b', { type: 'veto-cast', artifact: ARTIFACT, round, option: 'o9', reason: 'no' }, 2 * HOUR, { roles: ['legal'] }) // prettier-ignore
    world.witness('a', round, 3 * HOUR)
    world.witness('b', round, 3 * HOUR)
    for (const [code, fact] of Object.entries(cases)) expect(world.refusalOf(fact), code).toBe(code)
    expect(world.refusalOf(before)).toBe('no-such-round')
    expect([twice, veto, elsewhere].map(world.refusalOf)).toEqual([
      'options-differ',
      'not-authorised',
      'options-differ',
    ])
    expect(world.state().current?.now.votes.counted).toEqual([])
  })

  it('[DEC-13] not what came late, or claims to have been in time while nobody else had it then', () => {
    const world = new DecisionWorld()
    const round = world.open('a', roundText(), HOUR)
    const good = world.give('a', round, YES, DEADLINE)
    const late = world.give('b', round, YES, DEADLINE + 1)
    const backdated = world.give('c', round, NO, DEADLINE - HOUR, { knows: [world.facts[0] as Made] })
    world.witness('b', round, DEADLINE + HOUR)
    // The own company's other device is no witness, and neither is one that claims a later time.
    world.witness('c', round, DEADLINE - HOUR, { device: '2' })
    expect([good, late, backdated].map(world.refusalOf)).toEqual([undefined, 'late', 'not-witnessed'])
    world.witness('d', round, DEADLINE, { knows: [backdated] })
    expect(world.refusalOf(backdated)).toBeUndefined()
  })

  it('[DEC-14] one word per company: a later one is a duplicate, two made apart cancel out until it speaks knowing both', () => {
    const world = new DecisionWorld()
    const round = world.open('a', roundText(), HOUR)
    const [opening] = world.facts
    const first = world.give('b', round, YES, 2 * HOUR)
    const second = world.give('b', round, NO, 3 * HOUR)
    world.witness('a', round, 4 * HOUR)
    expect([first, second].map(world.refusalOf)).toEqual([undefined, 'duplicate'])
    const left = world.give('c', round, YES, 3 * HOUR, { device: '1', knows: [opening as Made] })
    const right = world.give('c', round, NO, 3 * HOUR, { device: '2', knows: [opening as Made] })
    world.witness('a', round, 4 * HOUR)
    expect([left, right].map(world.refusalOf)).toEqual(['contradictory', 'contradictory'])
    const settled = world.give('c', round, NO, 5 * HOUR)
    world.witness('a', round, 6 * HOUR)
    expect(world.refusalOf(settled)).toBeUndefined()
    expect(world.state().current?.now.votes.positions.find(({ company }) => company === companyOf('c'))?.shown).toEqual(
      NO,
    )
    // The same said twice apart is no contradiction.
    const same = [1, 2].map((device) => world.give('a', round, YES, 3 * HOUR, { device: String(device), knows: [opening as Made] })) // prettier-ignore
    world.witness('b', round, 6 * HOUR)
    expect(same.map(world.refusalOf).toSorted()).toEqual(['duplicate', undefined])
  })

  it('[DEC-8] a veto of a role that has one stops its option, and without a reason none can be cast', () => {
    const { world, round } = spoken([YES, YES, YES])
    const reason = 'The lease is not ours to give.'
    world.say('b', { type: 'veto-cast', artifact: ARTIFACT, round, option: 'o1', reason }, 6 * HOUR, { roles: ['legal'] }) // prettier-ignore
    world.witness('a', round, 7 * HOUR)
    expect(world.state().current?.now.tally).toMatchObject({ outcome: 'no-decision', reason: 'veto' })
    expect(world.state().current?.now.votes.counted).toHaveLength(4)
  })
})

describe('sealed positions', () => {
  const sealedRound = (): { world: DecisionWorld; round: string } => {
    const world = new DecisionWorld()
    return { world, round: world.open('a', roundText({ policy: { sealed: true } }), HOUR) }
  }

  it('[DEC-15] count when what is shown fits what was sealed, after all have sealed', () => {
    const { world, round } = sealedRound()
    world.seal('a', round, YES, 2 * HOUR)
    world.seal('b', round, YES, 3 * HOUR)
    const early = world.show('a', round, YES, 4 * HOUR)
    world.seal('c', round, NO, 5 * HOUR)
    world.witness('a', round, 6 * HOUR)
    world.witness('b', round, 6 * HOUR)
    expect(world.state().current?.now).toMatchObject({ votes: { complete: false }, tally: { reason: 'nobody-voted' } })
    world.show('a', round, YES, 7 * HOUR)
    const other = world.show('b', round, NO, 7 * HOUR)
    world.show('c', round, NO, 7 * HOUR)
    const stranger = world.show('d', round, YES, 7 * HOUR)
    for (const who of VOTERS) world.witness(who, round, 8 * HOUR)
    expect([early, other, stranger].map(world.refusalOf)).toEqual(['too-early', 'seal-broken', 'not-a-voter'])
    world.show('b', round, YES, 9 * HOUR)
    world.witness('a', round, 10 * HOUR)
    expect(world.state().current?.now).toMatchObject({ votes: { complete: true }, tally: { outcome: 'decided', option: 'o1' } }) // prettier-ignore
    expect(world.state().current?.now.votes.counted).toHaveLength(6)
  })

  it('[DEC-15] are bound to voter, decision and round: what one company sealed nobody else can show as theirs', () => {
    const { world, round } = sealedRound()
    const { fact } = world.seal('a', round, YES, 2 * HOUR)
    const copied = world.say('b', { ...fact }, 3 * HOUR)
    world.seal('c', round, YES, 3 * HOUR)
    world.witness('a', round, 4 * HOUR)
    world.witness('b', round, 4 * HOUR)
    expect(world.refusalOf(copied)).toBeUndefined()
    const shown = world.say('b', { type: 'position-revealed', artifact: ARTIFACT, round, position: YES, salt: sha256('a') }, 5 * HOUR) // prettier-ignore
    world.witness('a', round, 6 * HOUR)
    expect(world.refusalOf(shown)).toBe('seal-broken')
  })

  it('[DEC-15] that nobody shows, or shows too late, are abstentions', () => {
    const { world, round } = sealedRound()
    for (const who of ['a', 'b', 'c'] as const) world.seal(who, round, YES, 2 * HOUR)
    for (const who of VOTERS) world.witness(who, round, 3 * HOUR)
    world.show('a', round, YES, 4 * HOUR)
    world.witness('b', round, 5 * HOUR)
    const late = world.show('b', round, YES, REVEAL_BY + 1)
    world.witness('a', round, REVEAL_BY + 2)
    expect(world.refusalOf(late)).toBe('late')
    const positions = world.state().current?.now.votes.positions ?? []
    expect(positions.map(({ position: { stance } }) => stance)).toEqual(['vote', 'abstain', 'abstain'])
    expect(() => world.close('a', round, REVEAL_BY - 1)).not.toThrow()
    expect(standing(world)).toBe('voting')
    world.close('b', round, REVEAL_BY + 3)
    expect(standing(world)).toBe('no-decision')
  })
})

describe('closing and signing', () => {
  it('[DEC-16] a closing lists exactly what its author had, when everybody has spoken or the time is over', () => {
    const { world, round } = spoken()
    const left = world.facts.find(({ author, fact }) => author.who === 'c' && fact.type === 'position-given')
    world.close('a', round, 7 * HOUR, { without: left as Made })
    expect(world.refusals().get(world.facts.at(-1)?.id ?? '')).toBe('list-differs')
    world.close('a', round, 7 * HOUR, { roles: ['cfo'] })
    expect(world.refusals().get(world.facts.at(-1)?.id ?? '')).toBe('not-authorised')
    expect(standing(world)).toBe('voting')
    world.close('a', round, 7 * HOUR)
    expect(standing(world)).toBe('signing')
    world.close('b', round, 8 * HOUR)
    expect(world.refusals().get(world.facts.at(-1)?.id ?? '')).toBe('duplicate')
    const after = world.give('b', round, NO, 9 * HOUR)
    world.witness('a', round, 10 * HOUR)
    expect(world.refusalOf(after)).toBe('after-close')
  })

  it('[DEC-16] a round with a voter missing is not closed before its time', () => {
    const world = new DecisionWorld()
    const round = world.open('a', roundText(), HOUR)
    world.give('a', round, YES, 2 * HOUR)
    world.give('b', round, YES, 3 * HOUR)
    world.witness('a', round, 4 * HOUR)
    world.close('a', round, DEADLINE)
    expect(world.refusals().get(world.facts.at(-1)?.id ?? '')).toBe('too-early')
    world.close('b', round, DEADLINE + 1)
    expect(standing(world)).toBe('signing')
    expect(world.state().current?.closing?.statement.tally).toMatchObject({
      outcome: 'decided',
      voting: 2,
      eligible: 3,
    })
  })

  it('[DEC-17] two lists made apart wait for a third that knows both', () => {
    const { world, round } = spoken()
    // D is no voter, and its word makes what A knows another list than what B knows: A has a veto that B never saw.
    const known = world.facts.slice()
    const veto = world.say('c', { type: 'veto-cast', artifact: ARTIFACT, round, option: 'o2', reason: 'no' }, 6 * HOUR, { roles: ['legal'], knows: known }) // prettier-ignore
    const seen = world.witness('a', round, 7 * HOUR, { knows: [...known, veto] })
    world.close('a', round, 8 * HOUR, { knows: [seen] })
    world.close('b', round, 8 * HOUR, { knows: known })
    expect(standing(world)).toBe('lists-differ')
    const hash = world.close('c', round, 9 * HOUR)
    expect(standing(world)).toBe('signing')
    expect(world.state().current?.closing?.fact.fact.hash).toBe(hash)
    expect(world.state().current?.closing?.statement.votes.counted).toContain(veto.id)
  })

  it('[DEC-18] it is final when all have signed one list; other signatures are without effect', () => {
    const { world, round } = spoken()
    const early = world.sign('a', round, world.list(round).hash, 7 * HOUR)
    const list = world.close('a', round, 7 * HOUR)
    const cases = {
      'no-such-list': world.sign('b', round, 'e'.repeat(64), 8 * HOUR),
      'not-a-voter': world.sign('d', round, list, 8 * HOUR),
      'not-authorised': world.sign('b', round, list, 8 * HOUR, { roles: ['cto'] }),
    }
    expect(world.refusalOf(early)).toBe('no-such-list')
    for (const [code, fact] of Object.entries(cases)) expect(world.refusalOf(fact), code).toBe(code)
    world.sign('a', round, list, 9 * HOUR)
    world.sign('b', round, list, 9 * HOUR)
    expect(standing(world)).toBe('signing')
    world.sign('c', round, list, 10 * HOUR)
    expect(standing(world)).toBe('final')
    world.open('b', roundText({ round: 2, previous: round }), 11 * HOUR, { reason: 'again' })
    expect(world.refusals().get(world.facts.at(-1)?.id ?? '')).toBe('round-not-over')
    expect(standing(world)).toBe('final')
  })

  /** Two lists that A has both of. */
  function twoLists() {
    const { world, round } = spoken()
    const known = world.facts.slice()
    const veto = world.say('c', { type: 'veto-cast', artifact: ARTIFACT, round, option: 'o2', reason: 'no' }, 6 * HOUR, { roles: ['legal'], knows: known }) // prettier-ignore
    const seen = world.witness('b', round, 7 * HOUR, { knows: [...known, veto] })
    const long = world.close('b', round, 8 * HOUR, { knows: [seen] })
    const closedLong = world.facts.at(-1) as Made
    const short = world.close('a', round, 8 * HOUR, { device: '2', knows: known })
    const closedShort = world.facts.at(-1) as Made
    return { world, round, long, short, closedLong, closedShort }
  }

  it('[DEC-19] who signs two lists voids the round, and both signatures stay visible', () => {
    const { world, round, long, short } = twoLists()
    world.sign('a', round, short, 9 * HOUR)
    const second = world.sign('a', round, long, 10 * HOUR)
    expect(standing(world)).toBe('void')
    expect(world.refusalOf(second)).toBe('two-lists')
    expect(world.state().current?.signatures.twice[0]?.by).toHaveLength(2)
    world.witness('b', round, 11 * HOUR)
    for (const who of ['b', 'c'] as const) world.sign(who, round, short, 12 * HOUR)
    expect(standing(world)).toBe('void')
  })

  it('[DEC-19] nobody takes a whole set back alone by a second signature that claims not to know of it', () => {
    const { world, round, long, closedLong, closedShort, short } = twoLists()
    world.close('c', round, 9 * HOUR)
    const whole = world.facts.at(-1)?.fact
    const list = whole?.type === 'round-closed' ? whole.hash : ''
    for (const who of VOTERS) world.sign(who, round, list, 10 * HOUR)
    expect(standing(world)).toBe('final')
    const back = world.sign('a', round, list === long ? short : long, 9 * HOUR, { device: '3', knows: [closedLong, closedShort] }) // prettier-ignore
    expect(world.refusalOf(back)).toBe('two-lists')
    expect(standing(world)).toBe('final')
    world.witness('b', round, 11 * HOUR)
    expect(standing(world)).toBe('final')
  })

  it('[DEC-20] signatures on different lists end the round', () => {
    const { world, round, long, short, closedLong, closedShort } = twoLists()
    world.sign('a', round, short, 9 * HOUR, { device: '2', knows: [closedShort] })
    world.sign('b', round, long, 9 * HOUR, { knows: [closedLong] })
    expect(standing(world)).toBe('split')
    const next = world.open('c', roundText({ round: 2, previous: round }), 10 * HOUR, { reason: 'signed apart' })
    expect(world.state().current).toMatchObject({ hash: next, standing: 'voting' })
  })
})

describe('rounds', () => {
  it('[DEC-50] a text that leaves out the company that began the document contests nothing', () => {
    const world = new DecisionWorld()
    const hash = world.open('a', roundText(), HOUR)
    const voters = roundText().voters.filter(({ company }) => company !== companyOf('a'))
    world.open('b', roundText({ voters }), HOUR, { knows: [] })
    expect(world.refusals().get(world.facts.at(-1)?.id ?? '')).toBe('owner-left-out')
    expect(world.state()).toMatchObject({ current: { hash, standing: 'voting' }, rounds: [{ hash }] })
  })

  it('[DEC-21] after no decision mediation comes first, then a text with its reason and the hash of the round before', () => {
    const { world, round } = spoken([NO, YES, scored(0, 0)])
    const text = (part: object = {}) => roundText({ round: 2, previous: round, ...part })
    const refused = (who: Who, content: ReturnType<typeof roundText>, reason: string): string | undefined => {
      world.open(who, content, 20 * HOUR, { reason })
      return world.refusals().get(world.facts.at(-1)?.id ?? '')
    }
    expect(refused('a', text(), 'too soon')).toBe('round-not-over')
    const soon = world.say('a', { type: 'mediation-opened', artifact: ARTIFACT, round, reason: 'now' }, 6 * HOUR)
    expect(world.refusalOf(soon)).toBe('nothing-to-mediate')
    world.close('a', round, 7 * HOUR)
    expect(standing(world)).toBe('no-decision')
    expect(refused('a', text(), 'without talking')).toBe('mediation-first')
    world.say('c', { type: 'mediation-opened', artifact: ARTIFACT, round, reason: 'the rent' }, 8 * HOUR)
    expect(world.state().current?.mediations[0]?.until).toBe(8 * HOUR + 14 * 24 * HOUR)
    expect(refused('a', text(), ' ')).toBe('reason-missing')
    expect(refused('a', text({ previous: 'e'.repeat(64) }), 'of another')).toBe('round-not-over')
    expect(refused('a', text({ round: 3 }), 'one skipped')).toBe('round-not-over')
    expect(refused('d', text(), 'no voter')).toBe('not-a-voter')
    expect(refused('b', text(), 'less rent')).toBeUndefined()
    expect(refused('c', text({ closesAt: DEADLINE + 1, revealBy: REVEAL_BY }), 'mine')).toBe('round-exists')
    expect(world.state().current?.content.round).toBe(2)
    const old = world.sign('a', round, world.state().rounds[0]?.closing?.fact.fact.hash ?? '', 21 * HOUR)
    expect(world.refusalOf(old)).toBe('round-over')
  })

  it('[DEC-22] two texts made apart contest each other until a new round, and one that all sign overtakes the other', () => {
    const world = new DecisionWorld()
    const left = world.open('a', roundText(), HOUR)
    const right = world.open('b', roundText({ closesAt: (DEADLINE + 1) as never, revealBy: REVEAL_BY as never }), HOUR, { knows: [] }) // prettier-ignore
    expect(world.state()).toMatchObject({
      current: null,
      rounds: [{ standing: 'contested' }, { standing: 'contested' }],
    })
    const without = world.facts.slice(0, 1)
    for (const who of VOTERS) world.give(who, left, YES, 2 * HOUR, { knows: without })
    for (const who of VOTERS) world.witness(who, left, 3 * HOUR, { knows: world.facts.slice(2) })
    const list = world.close('a', left, 4 * HOUR, { knows: world.facts.slice(2) })
    for (const who of VOTERS) world.sign(who, left, list, 5 * HOUR)
    expect(world.state().current).toMatchObject({ hash: left, standing: 'final' })
    expect(world.state().rounds.find(({ hash }) => hash === right)?.standing).toBe('overtaken')
  })

  it('[DEC-22] the same text put to the vote twice is one round', () => {
    const world = new DecisionWorld()
    const left = world.open('a', roundText(), HOUR)
    const right = world.open('b', roundText(), HOUR, { knows: [] })
    expect(right).toBe(left)
    expect(world.state().current).toMatchObject({ hash: left, standing: 'voting' })
  })

  it('[DEC-23] who opened a round takes it back, nobody else, and not after the close', () => {
    const { world, round } = spoken()
    const take = (who: Who): Made =>
      world.say(who, { type: 'decision-withdrawn', artifact: ARTIFACT, round, reason: 'Too soon.' }, 7 * HOUR)
    expect(world.refusalOf(take('b'))).toBe('not-the-opener')
    const own = take('a')
    expect(world.refusalOf(own)).toBeUndefined()
    expect(standing(world)).toBe('withdrawn')
    const { world: closed, round: other } = spoken()
    closed.close('a', other, 7 * HOUR)
    const late = closed.say(
      'a',
      { type: 'decision-withdrawn', artifact: ARTIFACT, round: other, reason: 'No.' },
      8 * HOUR,
    )
    expect(closed.refusalOf(late)).toBe('after-close')
  })

  it('[DEC-10] about a standard nothing but unanimity is put to the vote, whatever the text calls the document', () => {
    const affected = [
      { artifact: '5'.repeat(32) as ArtifactId, type: 'JointInitiativePlan.v1', title: { en: 'X', ar: 'س' } },
    ]
    const topic = { ...roundText().topic, affected }
    const world = new DecisionWorld()
    world.open('a', roundText({ topic }), HOUR)
    expect(world.refusals().get(world.facts[0]?.id ?? '')).toBe('standards-need-unanimity')
    const round = world.open('a', roundText({ topic, policy: { kind: 'unanimity' } }), HOUR)
    expect(world.state().current?.hash).toBe(round)
  })

  it('[DEC-24] a text that is not canonical, not of its hash, or names one thing twice is none', () => {
    const content = roundText()
    const text = writeDecision(content)
    expect(readDecision(text)).toEqual(content)
    const voter = content.voters[0] as (typeof content.voters)[number]
    const bent = [
      ` ${text}`, text.replace('"round":1', '"round":1.0'), text.slice(1), '{}',
      writeDecision({ ...content, voters: [voter, voter] }),
      writeDecision({ ...content, policy: { ...content.policy, dimensions: { vision: 25, purpose: 25, fit: 25, legend: 26 } } }),
      writeDecision({ ...content, revealBy: (content.closesAt - 1) as never }),
      writeDecision({ ...content, extra: 1 } as never),
    ] // prettier-ignore
    expect(bent.map((one) => readDecision(one))).toEqual(bent.map(() => undefined))
    const world = new DecisionWorld()
    const wrong = world.say(
      'a',
      { type: 'decision-opened', artifact: ARTIFACT, hash: 'e'.repeat(64), text, reason: '' },
      HOUR,
    )
    expect(world.refusalOf(wrong)).toBe('text-unreadable')
  })
})
