import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { namedEndpoints } from '#headless/endpoints.ts'
import { NO_AGREEMENT } from '#shared/scoring/scored.ts'
import { askModel, setUpModel, type ModelSetting } from '#test/support/asking.ts'
import { auditOf, refusalOf } from '#test/support/company.ts'
import { listening, whatLeft } from '#test/support/listening.ts'
import { completion, judged, ModelServer, optionsIn } from '#test/support/model-server.ts'
import { negotiating, offer, ranges, requestOf } from '#test/support/negotiating.ts'
import type { TwoCompanies } from '#test/support/two-companies.ts'

const SECRET = 'Merlin-worth-44'
const LENSES = ['vision', 'purpose', 'partnership', 'legend'] as const
const scoresOf = (partnership: number) => ({ vision: 60, purpose: 60, partnership, legend: 40 })
const line = (partnership: number, rationale = '') => ({ scores: scoresOf(partnership), rationale, evidence: [] })

let two: TwoCompanies | undefined
let server: ModelServer
let base: string
beforeEach(async () => {
  server = new ModelServer()
  base = await server.listen()
})
afterEach(() => {
  server.end()
  two?.end()
  two = undefined
})

/** B has offered, and A, the buyer, judges it. */
async function offered(setting: ModelSetting = {}) {
  const ears = [await listening(), await listening()] as const
  const made = await negotiating({ toolsA: { ...ears[0].tools, endpoints: namedEndpoints() }, toolsB: ears[1].tools })
  two = made.two
  const { wire, artifact } = made
  const { a, b } = two
  for (const { client } of [a, b])
    await client.convergence.saveRanges({ artifact, ranges: ranges([1, 1e9], [1, 9000]) })
  await offer(b, artifact, 9500, 1500)
  await two.level(wire)
  await setUpModel(a.client, base, setting, SECRET)
  const scoring = async () => (await requestOf(a, artifact)).own?.scoring
  const text = (await scoring())?.text ?? ''
  return { a, b, wire, ears, two, artifact, text, scoring }
}

describe('what the roles of one side think of an offer', () => {
  it('[DP-2, SCO-12] is kept beside having no agreement, and another offer is judged anew', async () => {
    const { a, b, two: both, wire, artifact, text, scoring } = await offered()
    const name = (await requestOf(a, artifact)).content.parties.find(({ side }) => side === 'seller')?.name.en ?? ''
    expect((await scoring())?.subjects).toMatchObject([
      { id: text, title: { en: `Offer of ${name}, round 1` } },
      { id: NO_AGREEMENT, title: { en: 'No agreement', ar: 'لا اتفاق' } },
    ])
    const order = { artifact, text, role: 'cfo', weight: 1 } as const
    const save = (options: Parameters<typeof a.client.convergence.saveScores>[0]['options'], of = order) =>
      a.client.convergence.saveScores({ ...of, options })
    await save({ [text]: line(80), [NO_AGREEMENT]: line(20) })
    await a.client.convergence.saveScores({ ...order, role: 'coo', weight: 3, options: { [text]: line(40) } })
    // (60 + 60 + 80 + 40) / 4 = 60 counts once, (60 + 60 + 40 + 40) / 4 = 50 three times: 52.5.
    expect((await scoring())?.computed).toMatchObject({ [text]: { score: 5250, roles: 2 }, [NO_AGREEMENT]: { score: 4500, roles: 1 } }) // prettier-ignore
    expect(await refusalOf(save({ ['ab'.repeat(32)]: line(80) }))).toBe('convergence:superseded')
    await a.client.convergence.removeScores({ artifact, text, role: 'coo' })
    expect((await scoring())?.computed[text]).toMatchObject({ score: 6000, roles: 1 })
    // The other side sees its own sheet of the same offers, and that is empty.
    expect((await requestOf(b, artifact)).own?.scoring).toMatchObject({ text, scores: [], computed: {} })
    await offer(a, artifact, 9000, 1000)
    await both.level(wire)
    expect((await scoring())?.text).not.toBe(text)
    expect(await scoring()).toMatchObject({ scores: [], computed: {}, open: true })
    expect(await refusalOf(save({ [text]: line(80) }))).toBe('convergence:superseded')
    const last = (await scoring())?.text ?? ''
    await b.client.convergence.accept({ artifact, negotiation: (await requestOf(b, artifact)).hash, offer: last })
    await both.level(wire)
    expect(await refusalOf(save({ [last]: line(80) }, { ...order, text: last } as never))).toBe(
      'convergence:accepted-already',
    )
    expect((await scoring())?.open).toBe(false)
    expect((await auditOf(a)).filter(({ code }) => code === 'scores-kept').map(({ detail }) => detail)).toEqual([{ role: 'cfo' }, { role: 'coo' }]) // prettier-ignore
  }, 60_000)

  it('[DP-2, DP-9, SCO-4, SCO-7, SCO-12] is proposed by a model about partnership value, from the buyer’s side, and counts where a person takes it over', async () => {
    const { a, artifact, text, scoring } = await offered({ own: true })
    server.answering = (received, response) =>
      completion(response, JSON.stringify(judged(received, (title) => ({ level: title === 'No agreement' ? 1 : 3 }))))
    const { preview, proposal } = await askModel(a.client, { artifact, text })
    expect(server.received.map(({ system, user }) => ({ system, user }))).toEqual(preview.runs)
    expect(new Set(server.received.map((one) => JSON.stringify(optionsIn(one)))).size).toBe(2)
    const { user } = server.received[0] ?? { user: '' }
    expect(user).toContain('# Role\ncfo of the buyer\n')
    expect(user).toContain('## partnership (counts 25 %)')
    expect(user).toMatch(/\| Unit price: SAR 95\.00/)
    expect(proposal).toMatchObject({ state: 'proposed', prompt: 'mithaq.score-offer.v1', runs: 3 })
    expect(Object.keys(proposal?.options[text] ?? {}).toSorted()).toEqual([...LENSES].toSorted())
    expect(await scoring()).toMatchObject({ scores: [], computed: {} })
    const taken = { proposal: proposal?.id ?? '', lenses: [...LENSES] }
    const scores = { vision: 75, purpose: 75, partnership: 75, legend: 75 }
    await a.client.convergence.saveScores({ artifact, text, role: 'cfo', weight: 1, options: { [text]: { scores, rationale: '', evidence: [], taken } } }) // prettier-ignore
    expect(await scoring()).toMatchObject({ computed: { [text]: { score: 7500 } }, scores: [{ options: { [text]: { taken: { model: 'small-model' } } } }] }) // prettier-ignore
  }, 60_000)

  /** A writes what an offer is worth to it, then answers with `leak` in its reason. */
  async function answered(leak: string) {
    const { a, b, two: both, wire, ears, artifact, text } = await offered()
    wire.cut()
    await a.client.convergence.saveScores({ artifact, text, role: 'cfo', weight: 1, options: { [text]: line(80, `${SECRET} is what it is worth`) } }) // prettier-ignore
    const { hash: negotiation } = await requestOf(a, artifact)
    await a.client.convergence.offer({ artifact, negotiation, answers: text, values: { c1: 9000, c2: 1000 }, rationale: leak || 'For the season', tradeOffs: [] }) // prettier-ignore
    expect(await both.mail(a, b)).toMatchObject({ kind: 'sync' })
    const views = [await b.client.convergence.get({ artifact }), await b.client.today.get(), await auditOf(b), await auditOf(a)] // prettier-ignore
    return whatLeft(ears, b, views, [{ name: 'worth', texts: [SECRET] }])
  }

  it('[DP-2] never leaves the company: not sealed, received, shown or kept elsewhere', async () => {
    expect(await answered('')).toEqual({ sealed: [], received: [], shown: [], kept: [] })
  }, 60_000)

  it('[DP-2] control: the same search turns red when somebody writes it into the reason of an offer', async () => {
    const all = ['worth']
    expect(await answered(SECRET)).toMatchObject({ sealed: all, received: all, shown: all })
  }, 60_000)
})
