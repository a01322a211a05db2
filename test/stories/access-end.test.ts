import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditOf, refusalOf } from '#test/support/company.ts'
import { decryptable } from '#test/support/decryptable.ts'
import { disclosing, termsFrom, type Disclosing } from '#test/support/disclosing.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import type { Wire } from '#test/support/wire.ts'

let two: TwoCompanies
let wire: Wire
let ours: Disclosing
beforeEach(async () => {
  two = await twoCompanies({ rolesB: ['coo', 'delivery-lead'], channelRoles: ['coo', 'cfo'] })
  wire = two.wire()
  await two.level(wire)
  ours = await disclosing(two, two.a)
})
afterEach(() => two.end())

/** Nothing of the slice is in the memory of B's engine any more. */
const plaintextAt = (artifact: string) => {
  const runtime = two.b.engine.desk.session.hub.runtime(two.channel as never)
  return runtime?.readSlice(artifact as never, 'slice:1' as never)
}

describe('[PV-7] [TR-11] access ends', () => {
  it('[DIS-28] with its last day: closed at the partner, no key, a receipt asked and shown', async () => {
    const expiresOn = '2026-11-30' as never
    const { artifact } = await ours.revise((policy) => ({ ...policy, roles: ['coo'], expiresOn }))
    await two.level(wire)
    await two.b.client.artifacts.openSlice({ artifact })
    expect(plaintextAt(artifact)).toBeDefined()
    expect((await two.a.client.disclosures.list())[0]?.ends).toEqual([])

    wire = await two.sleep(10)
    await two.level(wire)
    expect(await refusalOf(two.b.client.artifacts.openSlice({ artifact }))).toBe('artifacts:expired')
    expect(plaintextAt(artifact)).toBeUndefined()
    const [listed] = await two.a.client.disclosures.list()
    expect(listed?.ends).toMatchObject([{ cause: 'expired', roles: ['coo'], receipts: [{ company: { en: 'Gulf Supply Company' } }] }]) // prettier-ignore
    expect(listed?.ends[0]?.askedAt).not.toBeNull()
    // The policy is over as well: no further revision, so no further key.
    expect(await ours.preview()).toMatchObject({ outcome: 'refused', refusals: [{ code: 'policy-expired' }] })
    expect((await auditOf(two.b)).map(({ code }) => code)).toContain('end-acknowledged')

    // It stays forgotten when the vault is opened again, although log and key are still there: said openly.
    await two.b.client.vault.lock()
    await two.b.client.vault.unlock({ passphrase: two.b.passphrase })
    expect(plaintextAt(artifact)).toBeUndefined()
    expect(decryptable(two.b, two.channel, artifact)).toEqual([1])
  })

  it('[DIS-28] with a narrower scope: the role that is no longer named reads nothing, old revisions included', async () => {
    const { artifact } = await ours.revise((policy) => ({ ...policy, roles: ['coo', 'cfo'] }))
    await two.level(wire)
    await two.b.client.artifacts.openSlice({ artifact })
    await ours.revise((policy) => ({ ...policy, roles: ['cfo'] }))
    await two.level(wire)
    // The new revision's key went to nobody of B, and B's app has closed the old one.
    expect(decryptable(two.b, two.channel, artifact)).toEqual([1])
    expect(await refusalOf(two.b.client.artifacts.openSlice({ artifact }))).toBe('artifacts:scope-changed')
    expect((await two.b.client.artifacts.list({}))[0]).toMatchObject({ state: 'ended', unopened: false })
    expect(plaintextAt(artifact)).toBeUndefined()
    const [listed] = await two.a.client.disclosures.list()
    expect(listed?.ends).toMatchObject([{ cause: 'scope-changed', roles: ['coo'], receipts: [{ person: { en: 'Badr Al-Qahtani' } }] }]) // prettier-ignore
  })

  it('[DIS-28] control: a scope that grows ends nothing, and asks for nothing', async () => {
    const { artifact } = await ours.revise((policy) => ({ ...policy, roles: ['coo'] }))
    await ours.revise((policy) => ({ ...policy, roles: ['coo', 'cfo'] }))
    await two.level(wire)
    expect((await two.b.client.artifacts.openSlice({ artifact })).artifact).toMatchObject({ state: 'current', revision: 2 }) // prettier-ignore
    expect((await two.a.client.disclosures.list())[0]?.ends).toEqual([])
    expect(decryptable(two.b, two.channel, artifact)).toEqual([1, 2])
  })

  it('[DIS-28] a withdrawal is acknowledged; who never had a key acknowledges nothing', async () => {
    const { artifact } = await ours.revise((policy) => ({ ...policy, roles: ['coo'] }))
    await two.level(wire)
    await two.a.client.disclosures.withdraw({ artifact, reason: 'over' })
    await two.level(wire)
    expect((await two.a.client.disclosures.list())[0]?.ends).toMatchObject([{ cause: 'withdrawn', receipts: [{}] }])
    const sealed = await ours.revise((policy) => ({ ...policy, roles: ['coo'], reciprocity: termsFrom(two.b, two.b) }))
    await two.level(wire)
    await two.a.client.disclosures.withdraw({ artifact: sealed.artifact, reason: 'over' })
    await two.level(wire)
    const never = (await two.a.client.disclosures.list()).find((one) => one.artifact === sealed.artifact)
    expect(never?.ends).toMatchObject([{ cause: 'withdrawn', receipts: [] }])
  })
})
