import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Worth } from '#shared/artifacts/reciprocity-terms.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import type { Wire } from '#test/support/wire.ts'
import { auditOf, refusalOf, type Company } from '#test/support/company.ts'
import { decryptable } from '#test/support/decryptable.ts'
import { disclosing, termsFrom, type Disclosing } from '#test/support/disclosing.ts'
import { MONTHS, regularOrders } from '#test/support/orders.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
let wire: Wire
let ours: Disclosing
let theirs: Disclosing

beforeEach(async () => {
  two = await twoCompanies()
  wire = two.wire()
  await two.level(wire)
  ours = await disclosing(two, two.a)
  theirs = await disclosing(two, two.b)
})
afterEach(() => two.end())

/** What B could decrypt of A's slice, with all it holds. */
const readable = (artifact: string) => decryptable(two.b, two.channel, artifact)
const viewOf = async (who: Company, artifact: string) => {
  const [view] = await who.client.artifacts.reciprocity({ artifact })
  if (!view) throw new Error('no condition')
  return view
}
/** The same on both screens, but for whose it is. */
async function both(artifact: string) {
  const [own, seen] = [await viewOf(two.a, artifact), await viewOf(two.b, artifact)]
  expect({ ...seen, mine: true }).toEqual(own)
  return own
}
const inflated = (payload: Canonical): Canonical => {
  const event = payload as { readonly type?: unknown; readonly worth?: Worth }
  if (event.type !== 'slice-disclosed' || !event.worth) return payload
  return { ...event, worth: { ...event.worth, sharedCells: event.worth.sharedCells * 1000 } } as Canonical
}
const codesOf = async (who: Company) => (await auditOf(who)).map(({ code }) => code)

describe('[PV-1] [TR-12] access for an equivalent contribution', () => {
  it('[DIS-24] a slice travels sealed and opens by itself when the other side has given what was asked', async () => {
    const terms = termsFrom(two.b, two.b)
    const preview = await ours.preview((policy) => ({ ...policy, reciprocity: terms }))
    expect(preview).toMatchObject({ view: { reciprocity: [{ standing: 'waiting', missing: [{ lack: 'nothing-received' }, { lack: 'ratio', ratio: 0, limit: 80 }] }] } }) // prettier-ignore
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: terms }))
    await two.level(wire)

    // B has every byte of it and can open none.
    expect(readable(artifact)).toEqual([])
    expect(await refusalOf(two.b.client.artifacts.openSlice({ artifact }))).toBe('artifacts:sealed-until-answered')
    const [listed] = await two.b.client.artifacts.list({})
    expect(listed).toMatchObject({ id: artifact, state: 'sealed', unopened: false })
    const sealed = await both(artifact)
    expect(sealed).toMatchObject({ standing: 'waiting', sealed: [1], ownerFirst: false, graceUntil: null })
    expect(sealed.ledger.given).toBeGreaterThan(0)
    expect(sealed.ledger.received).toBe(0)

    await theirs.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([1])
    const opened = await both(artifact)
    expect(opened).toMatchObject({ standing: 'met', missing: [], sealed: [] })
    expect(opened.ledger.ratio).toBe(100)
    expect(opened.ledger.lines.map(({ fromOwner }) => fromOwner).toSorted()).toEqual([false, true])
    const screen = await two.b.client.artifacts.openSlice({ artifact })
    expect(screen.slice.rows.length).toBe(MONTHS.length * 4)
    expect(await codesOf(two.a)).toEqual(expect.arrayContaining(['reciprocity-waiting', 'reciprocity-met', 'slice-key-handed-over'])) // prettier-ignore
  })

  it('[DIS-24] control: without a condition the key goes over at once', async () => {
    const { artifact } = await ours.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([1])
    expect(await two.b.client.artifacts.reciprocity({ artifact })).toEqual([])
  })

  it('[DIS-23] a slice that lacks a column or months does not open ours, and both screens name what is missing', async () => {
    const terms = termsFrom(two.b, two.b, { columns: ['Quantity', 'Price'], months: 30, ratio: 0 })
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: terms }))
    await theirs.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([])
    const { missing } = await both(artifact)
    expect(missing).toEqual([
      { lack: 'columns', columns: ['Price'] },
      { lack: 'months', shown: MONTHS.length, needed: 30 },
    ])
    // The owner asks for less: the same slice answers it now, and the new revision's key brings the sealed one along.
    const eased = await ours.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.b, two.b) }))
    await two.level(wire)
    expect(eased.reciprocity).toMatchObject([{ standing: 'met' }])
    expect(readable(artifact)).toEqual([1, 2])
  })

  it('[DIS-25] who is named to move first hands over at once; without an answer reads are suspended after the grace', async () => {
    const terms = termsFrom(two.b, two.a)
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: terms }))
    await two.level(wire)
    expect(readable(artifact)).toEqual([1])
    const grace = await both(artifact)
    expect(grace).toMatchObject({ standing: 'grace', ownerFirst: true })
    await two.b.client.artifacts.openSlice({ artifact })

    wire = await two.sleep(11)
    const { standing, missing } = await both(artifact)
    expect(standing).toBe('suspended')
    expect(missing).toMatchObject([{ lack: 'nothing-received' }, { lack: 'ratio', ratio: 0 }])
    expect(await refusalOf(two.b.client.artifacts.openSlice({ artifact }))).toBe('artifacts:reads-suspended')
    // A further revision travels sealed; what was handed over before stays readable, and the threat model says so.
    const preview = await ours.preview()
    expect(preview).toMatchObject({ view: { reciprocity: [{ standing: 'suspended' }] } })
    await ours.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([1])
    expect((await both(artifact)).sealed).toEqual([2])
    expect(await codesOf(two.a)).toContain('reads-suspended')

    await theirs.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([1, 2])
    expect((await both(artifact)).standing).toBe('met')
    expect((await two.b.client.artifacts.openSlice({ artifact })).artifact.revision).toBe(2)
  })

  it('[DIS-25] an answer that expires or is withdrawn starts the grace, then suspends', async () => {
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.b, two.b) }))
    const given = await theirs.revise()
    await two.level(wire)
    expect((await both(artifact)).standing).toBe('met')
    await two.b.client.disclosures.withdraw({ artifact: given.artifact, reason: '' })
    await two.level(wire)
    const owed = await both(artifact)
    expect(owed).toMatchObject({ standing: 'grace', graceUntil: '2026-12-01' })
    expect(owed.missing).toMatchObject([{ lack: 'no-longer-current' }, { lack: 'ratio', ratio: 0 }])
    await ours.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([1, 2])
    wire = await two.sleep(11)
    await ours.revise()
    await two.level(wire)
    expect((await both(artifact)).standing).toBe('suspended')
    expect(readable(artifact)).toEqual([1, 2])
  })

  it('[DIS-26] the ratio of value points suspends, too: a thin answer is not an equivalent one', async () => {
    const thin = await disclosing(two, two.b, regularOrders(8, MONTHS.slice(-6)))
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.b, two.b) }))
    await thin.revise()
    await two.level(wire)
    const view = await both(artifact)
    expect(view.standing).toBe('waiting')
    expect(view.missing).toMatchObject([{ lack: 'ratio', limit: 80 }])
    expect(view.ledger.ratio).toBeLessThan(40)
    expect(readable(artifact)).toEqual([])
  })

  it('[DIS-25] two policies that each wait for the other say so', async () => {
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.b, two.b) }))
    await theirs.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.a, two.a) }))
    await two.level(wire)
    expect(await both(artifact)).toMatchObject({ standing: 'waiting', bothWait: true })
    // B's policy names B: it moves, and ours follows by itself.
    await theirs.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.a, two.b) }))
    await two.level(wire)
    expect((await both(artifact)).standing).toBe('met')
    expect(readable(artifact)).toEqual([1])
  })

  it('[DIS-27] a company that announces more than its slice holds is found out when the slice is opened', async () => {
    const { artifact } = await ours.revise((policy) => ({ ...policy, reciprocity: termsFrom(two.b, two.b) }))
    const runtime = two.b.engine.desk.session.hub.runtime(two.channel as ChannelId)
    if (!runtime) throw new Error('no channel')
    // B's client, modified: it says that its slice holds a thousand times what it does.
    const write = runtime.write.bind(runtime)
    runtime.write = (sayings) => write(sayings.map((saying) => ({ ...saying, payload: inflated(saying.payload) })))
    await theirs.revise()
    await two.level(wire)
    expect(readable(artifact)).toEqual([])
    const view = await both(artifact)
    expect(view.missing).toContainEqual({ lack: 'worth-differs' })
    expect(view.ledger.received).toBe(0)
  })

  it('a condition on a company outside the channel is refused', async () => {
    const terms = termsFrom(two.b, two.b, { companies: ['ab'.repeat(32) as never] })
    const outcome = await ours.preview((policy) => ({ ...policy, reciprocity: terms }))
    expect(outcome).toMatchObject({ outcome: 'refused', refusals: [{ module: 'disclosures', code: 'reciprocity-party-unknown' }] }) // prettier-ignore
  })
})
