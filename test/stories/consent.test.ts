import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DisclosurePolicy, FieldRule } from '#shared/policy/disclosure-policy.ts'
import type { ConsentTerms } from '#shared/policy/privacy/consent.ts'
import type { PrivacyGround } from '#shared/policy/privacy/ground.ts'
import { auditOf, refusalOf } from '#test/support/company.ts'
import { decryptable } from '#test/support/decryptable.ts'
import { companyIdOf, disclosing, type Disclosing } from '#test/support/disclosing.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import type { Wire } from '#test/support/wire.ts'

const PURPOSE = 'Calling the contact before a delivery'
const CLAUSE = 'Delivery agreement, clause 7.2'
let two: TwoCompanies
let wire: Wire
let ours: Disclosing
beforeEach(async () => {
  two = await twoCompanies()
  wire = two.wire()
  await two.level(wire)
  ours = await disclosing(two, two.a)
})
afterEach(() => two.end())

/** Row detail that shows each order's contact through `transform`. */
const withContacts =
  (transform: FieldRule['transform'], clause: string | null, ground: PrivacyGround | null) =>
  (policy: DisclosurePolicy): DisclosurePolicy => ({
    ...policy,
    purpose: PURPOSE,
    mode: 'detail',
    necessity: 'The driver calls the contact of each order.',
    measures: [],
    totals: [],
    k: 1,
    entity: null,
    fields: [
      { column: 'SKU', transform: { kind: 'keep' }, clause: null },
      { column: 'Contact e-mail', transform, clause },
    ],
    ground,
  })
const terms = (change: Partial<ConsentTerms> = {}): ConsentTerms => ({
  subject: 'Contact persons of wholesale customers',
  purpose: PURPOSE,
  recipients: [companyIdOf(two.b)],
  channel: 'form',
  textVersion: '2026-1',
  text: { en: 'Your contact details may be given to the supplier.', ar: 'يجوز إعطاء بيانات الاتصال بك للمورد.' },
  givenOn: '2026-01-10' as ConsentTerms['givenOn'],
  expiresOn: null,
  evidence: 'Form 17, folder 3',
  ...change,
})
async function consent(change: Partial<ConsentTerms> = {}): Promise<PrivacyGround> {
  const { client } = two.a
  await client.consents.setCountry({ company: companyIdOf(two.b), country: 'SA' })
  const before = new Set((await client.consents.register()).consents.map(({ id }) => id))
  const { consents } = await client.consents.add(terms(change))
  const made = consents.find(({ id }) => !before.has(id))
  if (!made) throw new Error('no consent was made')
  return { basis: 'consent', consents: [made.id], approval: null, transfer: null }
}
/** A pseudonym: no clause is needed, and it still points at a person. */
const PSEUDONYM = { kind: 'replace', prefix: 'P-' } as const
const refusals = async (change: (policy: DisclosurePolicy) => DisclosurePolicy) => {
  const outcome = await ours.preview(change)
  return outcome.outcome === 'refused' ? outcome.refusals.map(({ module, code }) => `${module}:${code}`) : []
}

describe('[PV-10] [TR-22] personal data leave on a named ground', () => {
  it('[PRI-2] default deny: by tag and by scan, preview and disclosure alike', async () => {
    expect(await refusals(withContacts(PSEUDONYM, null, null))).toEqual(['privacy:ground-missing'])
    expect(await refusals(withContacts({ kind: 'mask', shape: false, start: 0, end: 0 }, null, null))).toEqual([])
    const ground = await consent()
    expect(await refusals(withContacts(PSEUDONYM, null, ground))).toEqual([])
    expect(await refusals((policy) => ({ ...withContacts(PSEUDONYM, null, ground)(policy), purpose: 'Marketing' }))).toEqual(['privacy:consent-other-purpose']) // prettier-ignore
    const { artifact } = await ours.revise(withContacts(PSEUDONYM, null, ground))
    const detail = await two.a.client.disclosures.get({ artifact })
    expect(detail.privacy).toEqual({ personal: true, tagged: ['Contact e-mail'], scanned: 0, basis: 'consent', consents: 1 }) // prettier-ignore
    const row = (await auditOf(two.a, ['disclosure'])).find(({ code }) => code === 'slice-disclosed')
    expect(row?.detail).toMatchObject({ personal: true, basis: 'consent', personalColumns: 'Contact e-mail' })
  })

  it('[PRI-1] where there is none, the disclosure records that with the result of the scan', async () => {
    const { artifact } = await ours.revise()
    expect((await two.a.client.disclosures.get({ artifact })).privacy).toEqual({ personal: false, tagged: [], scanned: 0, basis: null, consents: 0 }) // prettier-ignore
  })

  it('[PRI-3] a withdrawal destroys the keys, closes both screens, blocks revisions, and is in the audit', async () => {
    const ground = await consent()
    const { artifact } = await ours.revise(withContacts(PSEUDONYM, null, ground))
    await two.level(wire)
    expect((await two.b.client.artifacts.openSlice({ artifact })).slice.rows.length).toBeGreaterThan(0)
    const [listed] = (await two.a.client.consents.register()).consents
    expect(listed?.disclosures.map((one) => one.artifact)).toEqual([artifact])

    const [id = ''] = ground.consents
    await two.a.client.consents.withdraw({ consent: id, reason: 'Letter of 3 March' })
    await two.level(wire)
    const { records } = two.a.engine.desk.session.context.vault
    expect(records.list('slice-key')).toEqual([])
    for (const { client } of [two.a, two.b]) {
      expect(await refusalOf(client.artifacts.openSlice({ artifact }))).toBe('artifacts:withdrawn')
      expect((await client.artifacts.list({})).find((one) => one.id === artifact)?.state).toBe('withdrawn')
    }
    expect(await refusals(withContacts(PSEUDONYM, null, ground))).toEqual(['privacy:consent-withdrawn'])
    const { policy } = ours
    expect(await refusalOf(two.a.client.disclosures.disclose({ policy: policy.id, title: policy.name, sliceId: '00'.repeat(32), confirmHeld: true }))).toBe('privacy:consent-withdrawn') // prettier-ignore
    const codes = (await auditOf(two.a)).map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['consent-recorded', 'slice-withdrawn', 'consent-withdrawn']))
    // Said openly: what was handed over before can still be decrypted by whoever kept the key.
    expect(decryptable(two.b, two.channel, artifact)).toEqual([1])
    expect((await two.a.client.consents.register()).consents[0]).toMatchObject({ state: 'withdrawn', disclosures: [] })
  })

  it('[PRI-3] a consent that runs out ends what rests on it, when the vault is next open', async () => {
    const ground = await consent({ expiresOn: '2026-11-25' as ConsentTerms['givenOn'] })
    const { artifact } = await ours.revise(withContacts(PSEUDONYM, null, ground))
    await two.level(wire)
    wire = await two.sleep(6)
    await two.level(wire)
    expect(await refusalOf(two.b.client.artifacts.openSlice({ artifact }))).toBe('artifacts:withdrawn')
  })

  it('[PRI-4] across a border it needs ground, safeguard and minimisation, and a country that somebody named', async () => {
    const ground = await consent()
    await two.a.client.consents.setCountry({ company: companyIdOf(two.b), country: 'AE' })
    expect(await refusals(withContacts(PSEUDONYM, null, ground))).toEqual(['privacy:transfer-ground-missing'])
    const transfer = { ground: 'obligation-to-the-person', safeguard: 'standard-clauses', document: 'SCC of 3 March', minimised: true } as const // prettier-ignore
    expect(await refusals(withContacts(PSEUDONYM, null, { ...ground, transfer: { ...transfer, minimised: false } }))).toEqual(['privacy:transfer-not-minimised']) // prettier-ignore
    await ours.revise(withContacts(PSEUDONYM, null, { ...ground, transfer }))
    const row = (await auditOf(two.a, ['disclosure'])).find(({ code }) => code === 'slice-disclosed')
    expect(row?.detail).toMatchObject({ transfer: 'obligation-to-the-person', safeguard: 'standard-clauses', document: 'SCC of 3 March' }) // prettier-ignore
  })

  it('[PV-8] [POL-13] unmasked only with a clause, which the policy and the audit keep', async () => {
    const ground = await consent()
    const { client } = two.a
    const [dataset] = await client.datasets.list()
    if (!dataset) throw new Error('no data')
    await client.datasets.update({ dataset: dataset.id, name: dataset.name, columns: dataset.columns.map(({ name, meaning, dataClass }) => ({ name, meaning, dataClass: name === 'Contact e-mail' ? 'shared-confidential' : dataClass })) }) // prettier-ignore
    const keep = { kind: 'keep' } as const
    expect(await refusals(withContacts(keep, null, ground))).toEqual(['policy:clause-missing'])
    // A clause alone is no ground, nor a ground a clause.
    expect(await refusals(withContacts(keep, CLAUSE, null))).toEqual(['privacy:ground-missing'])
    await ours.revise(withContacts(keep, CLAUSE, ground))
    const audit = await auditOf(two.a, ['policy', 'disclosure'])
    const said = audit.filter(({ detail }) => detail['clauses'] === `Contact e-mail: ${CLAUSE}`).map(({ code }) => code)
    expect(said).toEqual(['policy-made', 'slice-disclosed'])
  })
})
