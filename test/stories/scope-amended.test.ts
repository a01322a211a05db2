import { afterEach, describe, expect, it } from 'vitest'
import { between } from '#shared/living/between.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { draftedAgreement, signedByBoth, type AgreementDesk } from '#test/support/agreement-desk.ts'
import { changeOf, decide, draftChange } from '#test/support/changing.ts'
import { until } from '#test/support/company.ts'
import { contradicted } from '#test/support/contradicting.ts'
import { kept, openWindow, rows } from '#test/support/window.ts'

let desk: AgreementDesk
const windows: LiveDocument[] = []
afterEach(() => {
  for (const live of windows.splice(0)) live.close()
  desk.close()
})
const opened = async (artifact: string): Promise<LiveDocument> => {
  const live = await openWindow(desk.two.a, artifact)
  windows.push(live)
  return live
}

/** Takes a change of a signed scope from its log to the draft that amends it. Answers that draft. */
async function amended(scope: string): Promise<string> {
  const { two, wire } = desk
  const { a, b } = two
  const title = { en: 'Night shift', ar: 'وردية ليلية' }
  const { artifact } = await a.client.documents.create({ channel: two.channel, type: 'ChangeRequest.v1', title })
  await draftChange(a, artifact, scope)
  await a.client.changes.log({ artifact, revises: null })
  await two.level(wire)
  await decide(a, artifact, 'scope')
  await decide(b, artifact, 'feasibility')
  await two.level(wire)
  const ready = await until('both verdicts are proven', async () => {
    const change = await changeOf(b, artifact)
    return change.outcome === null ? undefined : change
  })
  const { hash: change, outcome } = ready
  for (const { client } of [a, b]) {
    await client.changes.sign({ artifact, change, hash: outcome ?? '' })
    await two.level(wire)
  }
  await until('both signatures are proven', async () => (await changeOf(a, artifact)).stage === 'approved')
  await a.client.changes.finalise({ artifact, change })
  await two.level(wire)
  return (await changeOf(b, artifact)).became[0]?.scope ?? ''
}

describe('a signed scope of services', () => {
  it('[DP-3, AR-13, DEC-70] is amended by one change after another, and the draft keeps what each of them changed', async () => {
    desk = await draftedAgreement('ServiceScope.v1', { kind: 'client-provider' })
    await signedByBoth(desk)
    const first = await amended(desk.artifact)
    expect(first).not.toBe(desk.artifact)
    const draft = await opened(first)
    expect(rows(draft, 'agreement')[0]?.values['replaces']).toMatchObject({ artifact: desk.artifact })
    expect(rows(draft, 'signatories')).toHaveLength(2)
    // [CON-12] The change is signed, and the scope in force does not carry it until its amendment is signed.
    const { a, b } = desk.two
    for (const company of [a, b])
      expect(await contradicted(company, 'CON-12')).toEqual([['CON-12', 'CR-1', 'no change']])
    draft.set('agreement', 'it', 'effectiveOn', '2026-12-20')
    await kept(draft)
    await desk.two.level(desk.wire)
    await signedByBoth({ ...desk, artifact: first })
    expect(await contradicted(a)).toEqual([])
    const second = await opened(await amended(first))
    const changes = rows(second, 'clauses').filter(({ values }) => String(values['headingEn']).startsWith('Change '))
    expect(changes.map(({ values }) => values['headingEn'])).toEqual(expect.arrayContaining(['Change CR-1', 'Change CR-2'])) // prettier-ignore
    // Whoever adds a line by hand finds places to go on from.
    const orders = rows(second, 'changes').map(({ values }) => values['order'] as string)
    expect(between(orders.at(-1), undefined) > (orders.at(-1) ?? '')).toBe(true)
    expect(rows(second, 'changes').map(({ values }) => values['code'])).toEqual(['CR-1', 'CR-2'])
  })
})
