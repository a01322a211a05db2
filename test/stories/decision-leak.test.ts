import { afterEach, describe, expect, it } from 'vitest'
import { factsOf, decisionPlace } from '#engine/decisions/decision.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { join } from 'node:path'
import { auditOf } from '#test/support/company.ts'
import { agreed, drafted, FOR_RIYADH, roundOf, speak } from '#test/support/deciding.ts'
import { listening, type Listening } from '#test/support/listening.ts'
import { found, type Canary } from '#test/support/scan.ts'
import type { ThreeCompanies } from '#test/support/three-companies.ts'

const REASONS = 'Zarqa-reasons: قناة الكناري 秘密 of the chief financial officer'
const EVIDENCE = 'Zarqa-board-paper-7141'
const RATIONALE = 'Zarqa-rationale for the partners'
const PRIVATE: readonly Canary[] = [
  { name: 'reasons of a role', texts: [REASONS] },
  { name: 'evidence of a role', texts: [EVIDENCE] },
]
const SAID: readonly Canary[] = [{ name: 'rationale of the position', texts: [RATIONALE] }]
const SPEECH = { ...FOR_RIYADH, reasons: REASONS, evidence: EVIDENCE, rationale: RATIONALE }

let three: ThreeCompanies | undefined
afterEach(() => {
  three?.end()
  three = undefined
})

async function stage(
  sealed: 'yes' | 'no',
): Promise<{ artifact: string; ears: readonly Listening[]; three: ThreeCompanies }> {
  const ears = [await listening(), await listening(), await listening()]
  const made = await drafted({ sealed }, ears.map(({ tools }) => tools)) // prettier-ignore
  made.live.close()
  three = made.three
  await made.three.all[0].client.decisions.open({ artifact: made.artifact, reason: '' })
  await made.three.level()
  return { artifact: made.artifact, ears, three: made.three }
}

/** What left A, what came out at the others, what lies in B's vault, and what B is shown. */
async function searched(ears: readonly Listening[], { all: [, b] }: ThreeCompanies, artifact: string, canaries: readonly Canary[]) {
  const views = [await b.client.decisions.get({ artifact }), await b.client.today.get(), await auditOf(b)]
  const [a, ...others] = ears
  expect([(a?.sealed.length ?? 0) > 20, others.every(({ opened }) => opened.length > 10)]).toEqual([true, true])
  return {
    sealed: found(a?.sealed ?? [], canaries),
    received: found(others.flatMap(({ opened }) => opened), canaries),
    shown: found(views.map((view) => utf8(JSON.stringify(view))), canaries),
  }
} // prettier-ignore

describe('what leaves a company that decides', () => {
  it('[DEC-25] holds no score, reason or evidence of a role; B keeps none and is shown none', async () => {
    const { artifact, ears, three: all } = await stage('no')
    const [a, b] = all.all
    await speak(a, artifact, SPEECH)
    await agreed(all, artifact)
    expect(await searched(ears, all, artifact, PRIVATE)).toEqual({ sealed: [], received: [], shown: [] })
    expect((await roundOf(a, artifact)).own?.scores).toHaveLength(1)
    // The facts that B holds of A have no place for a role's points: a position names options and nothing beside them.
    const { hub } = b.engine.desk.session
    const given = factsOf(decisionPlace(hub, artifact)).flatMap(({ fact }) => (fact.type === 'position-given' ? [fact.position] : [])) // prettier-ignore
    expect(given).toHaveLength(1)
    expect(Object.keys(given[0] ?? {}).toSorted()).toEqual(['options', 'rationale', 'stance', 'weight'])
    expect(Object.keys(given[0]?.options[0] ?? {}).toSorted()).toEqual(['dissent', 'objection', 'option', 'score', 'uncertainty', 'vote']) // prettier-ignore
    b.engine.close()
    const kept = ears[1]?.vaultContents(join(b.directory, 'company')) ?? []
    expect(kept.length).toBeGreaterThan(50)
    expect(found(kept, PRIVATE)).toEqual([])
  })

  it('[DEC-25] control: the same search turns red when an approver writes a role’s reasons into the position', async () => {
    const { artifact, ears, three: all } = await stage('no')
    await speak(all.all[0], artifact, { ...SPEECH, rationale: `${REASONS} ${EVIDENCE}` })
    await agreed(all, artifact)
    const names = ['evidence of a role', 'reasons of a role']
    expect(await searched(ears, all, artifact, PRIVATE)).toEqual({ sealed: names, received: names, shown: names })
  })

  it('[DEC-15] a sealed position is in no byte that leaves until it is shown, and then it is', async () => {
    const { artifact, ears, three: all } = await stage('yes')
    for (const company of all.all) await speak(company, artifact, company === all.all[0] ? SPEECH : FOR_RIYADH)
    const { hash: round } = await agreed(all, artifact)
    expect(await searched(ears, all, artifact, [...PRIVATE, ...SAID])).toEqual({ sealed: [], received: [], shown: [] })
    await all.all[0].client.decisions.reveal({ artifact, round })
    await agreed(all, artifact)
    const said = ['rationale of the position']
    expect(await searched(ears, all, artifact, [...PRIVATE, ...SAID])).toEqual({ sealed: said, received: said, shown: said }) // prettier-ignore
  })
})
