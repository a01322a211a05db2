import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#shared/contract/contract.ts'
import type { Company } from '#test/support/company.ts'
import { auditOf, importFile } from '#test/support/company.ts'
import { leastInput } from '#test/support/least-input.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { FORECAST, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

type Call = (input?: unknown) => Promise<unknown>
/** Every procedure of the contract by its path. */
const PROCEDURES = Object.entries(contract).flatMap(([area, procedures]) => Object.keys(procedures).map((name) => [area, name] as const)) // prettier-ignore

/** The schema of a procedure's input; undefined when it takes none. */
const schemaOf = ([area, name]: readonly [string, string]): z.ZodType | undefined =>
  (contract as unknown as Record<string, Record<string, { readonly '~orpc': { readonly inputSchema?: z.ZodType } }>>)[area]?.[name]?.['~orpc'].inputSchema // prettier-ignore
/** A good input where one is written below, else the least that the schema takes. */
const inputFor = (path: readonly [string, string]): unknown => {
  const schema = schemaOf(path)
  return good[path.join('.')] ?? (schema && leastInput(schema))
}

let two: TwoCompanies
/** One good input of every procedure that takes one, to be spoilt leaf by leaf. */
let good: Readonly<Record<string, unknown>>
beforeAll(async () => {
  two = await twoCompanies({ root: mkdtempSync(join(tmpdir(), 'mithaq-fuzz-')) })
  const { a, workspace, channel } = two
  const { id: dataset } = await importFile(a, 'orders.csv', ledger(regularOrders()))
  const policy = await two.policy(dataset)
  const { artifact, sliceId } = await two.disclose(policy)
  const person = (await a.client.company.get()).people[0]?.id
  const place = { sku: 'DT-0101', region: 'Riyadh', bucket: '2026-12' }
  const source = { pasted: 'SKU\tQuantity\nA\t1\n' }
  const column = { header: 'SKU', name: 'SKU', type: 'text', meaning: 'sku', dataClass: 'public' }
  const plan = { source, choice: {}, name: 'x', system: 'y', columns: [column], cancellations: 'keep', maxDefects: 1 }
  const both = { en: 'x', ar: 'س' }
  const channelOf = { name: both, roles: ['coo'] }
  const passphrase = 'another long passphrase'
  const version = `${'ab'.repeat(48)}/1`
  const draft = `${version}/milestones/m1`
  good = {
    'consents.add': {
      subject: 'contact persons', purpose: 'joint planning', recipients: ['ab'.repeat(32)], channel: 'form', textVersion: '1', text: both,
      givenOn: '2026-01-01', expiresOn: null, evidence: 'form 7',
    },
    'consents.setCountry': { company: 'ab'.repeat(32), country: 'SA' },
    'vault.create': { company: both, person: both, roles: ['coo'], passphrase },
    'vault.unlock': { passphrase }, 'vault.unlockWithWords': { words: Array(24).fill('abandon'), newPassphrase: passphrase },
    'vault.useKeychain': { on: true }, 'vault.changePassphrase': { current: passphrase, next: passphrase },
    'vault.newRecoveryWords': { passphrase }, 'vault.rekey': { passphrase }, 'vault.setAutoLock': { minutes: 15 },
    'vault.restore': { upload: 'x', unlock: { passphrase }, newPassphrase: passphrase },
    'files.begin': { name: 'x', size: 4 }, 'files.chunk': { upload: 'x', base64: 'AAAA' }, 'files.read': { download: 'x', offset: 0 },
    'jobs.get': { id: 'x' }, 'jobs.cancel': { id: 'x' },
    'company.check': (await a.client.company.get()).profile, 'company.save': (await a.client.company.get()).profile,
    'company.addPerson': { name: both }, 'company.revoke': { serial: 'x', reason: 'y' },
    'company.certify': { person, roles: ['coo', 'admin'], validTo: '2027-06-01', signingAuthority: { matters: ['x'], amountLimitMinor: 1, joint: false } },
    'workspaces.get': { workspace }, 'workspaces.addChannel': { workspace, ...channelOf, expiresOn: '2027-01-01' },
    'workspaces.create': { kind: 'peer', name: both, outcome: both, charter: { addCompany: 'any-member', roles: ['coo'] }, channel: channelOf },
    'workspaces.invite': { workspace, days: 3 }, 'workspaces.openLink': { link: 'mithaq:AAAA' }, 'workspaces.openFile': { upload: 'x' },
    'workspaces.accept': { token: 'x' }, 'workspaces.confirmSafety': { workspace, code: '', matches: true }, 'workspaces.exportSync': { workspace },
    'workspaces.setConnection': { workspace, enabled: true, signalling: ['wss://signal.example'], iceServers: [{ urls: 'stun:x.example' }] },
    'artifacts.list': { workspace }, 'artifacts.open': { artifact, compareWith: 1 }, 'artifacts.openSlice': { artifact },
    'artifacts.declare': { artifact, fact: 'sku-discontinued', reference: 'x' },
    'artifacts.commit': { artifact, terms: { leadTimeDays: 1 }, slots: [{ resource: 'x', skuGroup: null, bucket: '2026-12', capacity: 1, upside: null, downside: null }], commitments: [{ ...place, committed: 1, status: 'committed', reason: null, resource: null }] },
    'artifacts.answer': { artifact, answers: [{ ...place, answer: 'accepted', note: null }] },
    'artifacts.agree': { artifact, cells: [{ ...place, quantity: 1, note: null }] }, 'artifacts.export': { artifact, locale: 'en' },
    'datasets.probe': { source, choice: { delimiter: '\t', headerRow: 0 } }, 'datasets.import': plan,
    'datasets.page': { dataset, offset: 0, limit: 5, sort: { column: 'SKU', descending: true }, filter: 'x' },
    'datasets.defects': { dataset }, 'datasets.update': { dataset, name: 'x', columns: [{ name: 'SKU', dataClass: 'private', meaning: 'sku' }] },
    'datasets.remove': { dataset: 'ab'.repeat(16) }, 'datasets.export': { dataset, locale: 'ar' }, 'datasets.exportDefects': { dataset, locale: 'en' },
    'datasets.reimport': { dataset, plan, key: ['SKU'] }, 'datasets.reimportDiff': { job: 'x' }, 'datasets.confirmReimport': { token: 'x' }, 'datasets.dropReimport': { token: 'x' },
    'disclosures.propose': { dataset, workspace, channel }, 'disclosures.savePolicy': policy, 'disclosures.removePolicy': { policy: 'ab'.repeat(16) },
    'disclosures.preview': { policy, title: TITLE, forecast: FORECAST },
    'disclosures.disclose': { policy: policy.id, title: TITLE, forecast: FORECAST, sliceId, confirmHeld: false },
    'disclosures.get': { artifact, compareWith: 1 }, 'disclosures.withdraw': { artifact: 'ab'.repeat(16), reason: 'x' },
    'disclosures.seeAs': { workspace, role: 'coo' }, 'disclosures.export': { artifact, locale: 'ar' },
    'colleagues.preview': { dataset, roles: ['cfo'], ceiling: 'public' }, 'colleagues.share': { dataset, roles: ['cfo'], ceiling: 'private', columns: ['SKU'] },
    'colleagues.sharePolicy': { policy: policy.id, roles: ['cfo'] }, 'colleagues.end': { artifact }, 'colleagues.removeCopy': { artifact },
    'company.replaceDevice': { companyWords: Array.from({ length: 24 }, () => 'abandon') },
    'documents.changes': { artifact, version }, 'documents.versionAt': { artifact, version }, 'documents.restore': { artifact, version },
    'documents.takeIn': { artifact, draft }, 'documents.dismiss': { artifact, draft },
    'audit.search': { text: 'x', kinds: ['import'], from: '2026-01-01', to: '2026-12-31', offset: 0, limit: 10 }, 'audit.export': { locale: 'ar' },
  } // prettier-ignore
}, 60_000)
afterAll(() => {
  two.a.engine.close()
  two.b.engine.close()
  rmSync(two.root, { recursive: true, force: true })
})

const WILD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, undefined, true, '', ' ', '\0', '../../etc/passwd', '__proto__', 'constructor', '\u202e\ufeff\ud800', "'; DROP TABLE records; --", '%', '%%_', 'a'.repeat(5000),
    0, -1, 1.5, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER, 1e308, -0, [], {}, [[]], { __proto__: null }, 'ab'.repeat(16), 'ab'.repeat(32), '0000-00-00', '9999-12-31',
  ), // prettier-ignore
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer(),
  fc.double(),
)

/** Wild, and still of the type that is asked for: what a validator lets through. */
const KIN = fc.record({
  string: fc.oneof(
    fc.constantFrom(
      '', ' ', '\0', '\u202e\ufeff', '\ud800', '\udfff\ud83d', '__proto__', "'; DROP TABLE records; --", '%_%', 'é'.normalize('NFD'), '٣', '2026-02-30', '0000-01-01', '2026-12',
      'ab'.repeat(16), 'ab'.repeat(32), 'ffff'.repeat(8), 'x'.repeat(200), '|', 'a|b|c', '=1+1', '\r\n', '{{x}}', 'constructor',
    ), // prettier-ignore
    fc.string({ unit: 'binary', maxLength: 30 }),
  ),
  number: fc.oneof(fc.constantFrom(0, -0, -1, 1, 2, 24, 36, 500, 0.1, 1e12, 1e21, 2 ** 31, 2 ** 53 - 1), fc.integer(), fc.double({ noNaN: true })), // prettier-ignore
})

/** The same value with the leaf or branch that `at` counts to in place of another; with `kin`, of the same type. */
function spoilt(
  value: unknown,
  at: number,
  wild: unknown,
  kin: { readonly string: string; readonly number: number } | undefined,
): unknown {
  let left = at
  const walk = (node: unknown): unknown => {
    if (left-- === 0) {
      if (kin && typeof node === 'string') return kin.string
      if (kin && typeof node === 'number') return kin.number
      if (kin && typeof node === 'boolean') return !node
      return wild
    }
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]))
    return node
  }
  return walk(value)
}
const size = (node: unknown): number =>
  1 + (typeof node === 'object' && node !== null ? Object.values(node).reduce((sum: number, inner) => sum + size(inner), 0) : 0) // prettier-ignore

/** @returns how it ended: an answer, a refusal, or input that was not valid. @throws for anything else. */
async function settle(company: Company, path: readonly [string, string], input: unknown): Promise<string> {
  const call = (company.client as unknown as Record<string, Record<string, Call>>)[path[0]]?.[path[1]] as Call
  try {
    const answer = await call(input)
    if (path.join('.') === 'app.changes') await (answer as AsyncIterator<unknown>).return?.()
    return 'answered'
  } catch (problem) {
    const { code } = problem as { code?: string }
    if (code === 'REFUSED' || code === 'BAD_REQUEST') return code
    throw new Error(`${path.join('.')} broke`, { cause: problem })
  }
}

/** Stretching a passphrase is slow by design; these are tried less often. */
const SLOW = new Set(['vault.unlock', 'vault.unlockWithWords', 'vault.changePassphrase', 'vault.newRecoveryWords', 'vault.rekey', 'vault.create', 'disclosures.preview', 'disclosures.disclose', 'vault.backup']) // prettier-ignore

describe('the contract met by a hostile caller', () => {
  it('[PV-7] every procedure answers wild input with an answer, a refusal or a word about the input, and the engine lives', async () => {
    const outcomes = new Map<string, number>()
    for (const path of PROCEDURES) {
      const name = path.join('.')
      const base = inputFor(path)
      const input = fc.oneof(
        { weight: 1, arbitrary: WILD },
        ...(base === undefined ? [] : [{ weight: 9, arbitrary: fc.tuple(fc.nat(size(base) - 1), WILD, fc.option(KIN, { nil: undefined })).map(([at, wild, kin]) => spoilt(base, at, wild, kin)) }]), // prettier-ignore
      )
      const inputs = fc.sample(input, { seed: 20_261_121, numRuns: SLOW.has(name) ? 16 : 80 })
      for (const each of base === undefined ? inputs : [base, ...inputs]) {
        const outcome = await settle(two.a, path, each)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        const { stage } = await two.a.client.app.state()
        if (stage === 'locked') await two.a.client.vault.unlock({ passphrase: two.a.passphrase })
        expect(two.a.bugs, `${name} with ${JSON.stringify(each)?.slice(0, 500)}`).toEqual([])
      }
    }
    expect(outcomes.get('answered')).toBeGreaterThan(200)
    expect(outcomes.get('REFUSED')).toBeGreaterThan(200)
    expect(outcomes.get('BAD_REQUEST')).toBeGreaterThan(1000)
    expect(await two.a.client.audit.verify()).toMatchObject({ intact: true })
    expect((await auditOf(two.a, ['restore'])).length).toBe(0)
    // The partner's side never noticed.
    await two.mail(two.a, two.b)
    expect(await two.b.client.audit.verify()).toMatchObject({ intact: true })
    expect(two.b.bugs).toEqual([])
  }, 180_000)

  it('[PV-7] a locked vault answers nothing but how to open it', async () => {
    await two.b.client.vault.lock()
    const answered: unknown[] = []
    const free = new Set([
      'app.state',
      'app.changes',
      'app.touch',
      'vault.lock',
      'files.begin',
      'jobs.list',
      'jobs.cancel',
      'jobs.get',
      'company.check',
    ])
    for (const path of PROCEDURES) {
      const name = path.join('.')
      if (free.has(name) || ['vault', 'sample', 'files'].includes(path[0])) continue
      const outcome = await settle(two.b, path, inputFor(path))
      if (outcome !== 'REFUSED') answered.push([name, outcome])
    }
    expect(answered).toEqual([])
    expect(two.b.bugs).toEqual([])
  })
})
