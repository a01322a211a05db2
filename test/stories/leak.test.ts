import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import { encode } from '#shared/kernel/canonical.ts'
import type { DisclosurePolicy, FieldRule } from '#shared/policy/disclosure-policy.ts'
import type { FieldTransform } from '#shared/policy/transform.ts'
import { auditOf, importFile, refusalOf } from '#test/support/company.ts'
import { listening, type Listening } from '#test/support/listening.ts'
import { MONTHS, regularOrders, SKUS } from '#test/support/orders.ts'
import { found, type Canary } from '#test/support/scan.ts'
import { companyIdOf } from '#test/support/disclosing.ts'
import { FORECAST, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

const CUSTOMERS = 8
const each = <T>(value: (at: number) => T): readonly T[] => Array.from({ length: CUSTOMERS }, (_, at) => value(at))
const pair = <T>(value: (at: number) => T): readonly T[] => SKUS.map((_, at) => value(at))
const day = (at: number): string => `1987-03-1${at + 4}`

/** One canary per private field, in several scripts. Some differ by customer, some by product: those fit into groups. */
const PERSONAL = {
  'Zarqa-Heading Customer': each((at) => `شركة كناري الزرقاء ${at}${at}٧`),
  'Contact person': each((at) => `Zarqa Al-Kanari ${at}${at}`),
  'Contact e-mail': each((at) => `zarqa.kanari${at}@canary-cage.example`),
  Phone: each((at) => `+96650987${at}421`),
  IBAN: each((at) => `SA038000000060801${at}167519`),
  'National ID': each((at) => `109876${at}432`),
} as const
const SHARED_BY_PRODUCT = {
  City: pair((at) => `وادي الكناري ${at}٩`),
  'Unit price (SAR)': pair((at) => `7654321${at}.87`),
  Margin: pair((at) => `98765432${at}`),
  'Contract date': pair(day),
  Notes: pair((at) => `Canary ملاحظة סוד 秘密 🐤 ${at}`),
} as const
const PRIVATE = { ...PERSONAL, ...SHARED_BY_PRODUCT }
type Private = keyof typeof PRIVATE

const numbersOf: Partial<Record<Private, readonly number[]>> = {
  'Unit price (SAR)': pair((at) => [Number(`7654321${at}.87`), Number(`7654321${at}87`)]).flat(),
  Margin: pair((at) => Number(`98765432${at}`)),
  'Contract date': pair((at) => Date.parse(day(at))),
}
const extraOf: Partial<Record<Private, readonly string[]>> = {
  'Contract date': pair((at) => [`1${at + 4}/03/1987`, `1987031${at + 4}`, `1987/03/1${at + 4}`]).flat(),
  Phone: each((at) => [`96650987${at}421`, `050987${at}421`]).flat(),
}
const FILE = 'Zarqa-file-kanari.csv'
const SET = 'Zarqa set of the canary'
const FIELDS: readonly Canary[] = (Object.keys(PRIVATE) as Private[]).map((name) => ({
  name,
  texts: [...PRIVATE[name], ...(extraOf[name] ?? [])],
  numbers: numbersOf[name] ?? [],
}))
const CANARIES: readonly Canary[] = [
  ...FIELDS,
  { name: 'column heading', texts: ['Zarqa-Heading'] },
  { name: 'file', texts: ['Zarqa-file-kanari'] },
  { name: 'dataset', texts: [SET] },
  { name: 'policy', texts: ['Zarqa policy of the canary'] },
  { name: 'filter', texts: ['Zarqa-filter-canary'] },
]

const HEADERS = ['Order date', 'SKU', 'Region', 'Quantity', ...Object.keys(PRIVATE)]
function ledger(): Uint8Array {
  const lines = [HEADERS.join(',')]
  for (const { month, sku, region, customer, quantity } of regularOrders(CUSTOMERS, MONTHS.slice(0, 12))) {
    const product = SKUS.indexOf(sku as (typeof SKUS)[number])
    const personal = Object.values(PERSONAL).map((values) => values[customer])
    const others = Object.values(SHARED_BY_PRODUCT).map((values) => values[product])
    lines.push([`${month}-05`, sku, region, quantity, ...personal, ...others].join(','))
  }
  return utf8(lines.join('\n'))
}

let two: TwoCompanies | undefined
afterEach(() => {
  two?.end()
  two = undefined
})

interface Stage {
  readonly two: TwoCompanies
  readonly dataset: string
  readonly ears: { readonly a: Listening; readonly b: Listening }
}

/** Both companies with the ledger imported at A; the named private columns are declared shareable, for the control runs. */
async function stage(open: readonly Private[] = []): Promise<Stage> {
  const ears = { a: await listening(), b: await listening() }
  const made = await twoCompanies({ toolsA: ears.a.tools, toolsB: ears.b.tools })
  two = made
  const dataset = await importFile(made.a, FILE, ledger(), (plan) => ({
    ...plan,
    name: SET,
    columns: plan.columns.map((column) => ({
      ...column,
      dataClass: column.name in PRIVATE && !open.includes(column.name as Private) ? 'private' : 'shared-confidential',
      meaning: column.header.endsWith('Customer') ? 'customer' : column.meaning,
      dateOrder: 'ymd',
    })),
  }))
  expect(dataset.rows).toBe(12 * 2 * 2 * CUSTOMERS)
  expect(dataset.columns.map(({ name }) => name).toSorted()).toEqual(HEADERS.toSorted())
  return { two: made, dataset: dataset.id, ears }
}

/** The default policy with further group columns, each through its transform. */
const withGroups =
  (groups: Partial<Record<Private, FieldTransform>>) =>
  (policy: DisclosurePolicy): DisclosurePolicy => ({
    ...policy,
    name: { en: 'Zarqa policy of the canary', ar: 'Zarqa policy of the canary' },
    fields: [
      ...policy.fields.filter(({ column }) => !(column in groups)),
      ...Object.entries(groups).map(([column, transform]): FieldRule => ({ column, transform, clause: null })),
    ],
    rows: [{ kind: 'not-in', column: 'Notes', values: ['Zarqa-filter-canary'] }],
    entity: 'Zarqa-Heading Customer',
  })

async function discloseWith({ two: { a }, two: both, dataset }: Stage, groups: Partial<Record<Private, FieldTransform>>, forecast = false) {
  const policy = await both.policy(dataset, withGroups(groups))
  const choice = forecast ? FORECAST : undefined
  const outcome = await a.client.disclosures.preview({ policy, title: TITLE, forecast: choice })
  if (outcome.outcome !== 'preview') throw new Error(JSON.stringify(outcome))
  expect(outcome.view.slice.rows.length).toBeGreaterThan(0)
  return a.client.disclosures.disclose({ policy: policy.id, title: TITLE, forecast: choice, sliceId: outcome.view.sliceId, confirmHeld: true }) // prettier-ignore
} // prettier-ignore

/** B opens all that it was given and looks at every screen; then everything that either side let out or got in is searched. */
async function searched({ two: both, ears }: Stage): Promise<{ readonly sealed: readonly string[]; readonly received: readonly string[]; readonly shown: readonly string[] }> {
  const { a, b, workspace } = both
  const wire = both.wire()
  await both.level(wire)
  const views: unknown[] = []
  for (const { id, type } of await b.client.artifacts.list({})) {
    const open = type === 'SharedForecast.v1' ? b.client.artifacts.open : b.client.artifacts.openSlice
    views.push(await open({ artifact: id }))
  }
  await both.level(wire)
  const file = await both.pack(a)
  views.push(await b.client.artifacts.list({}), await b.client.workspaces.get({ workspace }), await b.client.today.get(), await auditOf(b)) // prettier-ignore
  const messages = wire.sent.map(({ message }) => message)
  wire.cut()
  b.engine.close()
  const kept = ears.b.vaultContents(join(b.directory, 'company'))
  // The ears hear: as much plaintext came out at B as slices went in at A, and B's vault has rows.
  expect([ears.a.sealed.length > 20, ears.b.opened.length > 10, kept.length > 50]).toEqual([true, true, true])
  return {
    sealed: found([...ears.a.sealed, ...messages, file], CANARIES),
    received: found([...ears.b.opened, ...kept], CANARIES),
    shown: found(views.map((view) => utf8(JSON.stringify(view))), CANARIES),
  }
} // prettier-ignore

const NOTHING = { sealed: [], received: [], shown: [] }
const HIDING: readonly Partial<Record<Private, FieldTransform>>[] = [
  { City: { kind: 'replace', prefix: 'C-' } },
  { City: { kind: 'hash' }, Notes: { kind: 'suppress' } },
  { Notes: { kind: 'mask', shape: true, start: 2, end: 0 } },
  { City: { kind: 'generalise-place', map: { [SHARED_BY_PRODUCT.City[0] ?? '']: 'West' }, other: 'Elsewhere' } },
  {
    'Contract date': { kind: 'generalise-date', to: 'year' },
    Margin: { kind: 'generalise-number', edges: [1000, 2e9] },
  },
  { 'Unit price (SAR)': { kind: 'round', step: 1_000_000 }, Margin: { kind: 'bucket', size: 100_000_000 } },
  { 'Contract date': { kind: 'date-shift', most: 400 } },
]

describe('[story 2] what leaves a company', () => {
  it('[PV-2] [DIS-2] holds no private value, whatever the policy makes of the field', async () => {
    const set = await stage()
    await discloseWith(set, {}, true)
    for (const groups of HIDING) await discloseWith(set, groups)
    expect(await searched(set)).toEqual(NOTHING)
  }, 60_000)

  it('[PV-2] [PV-4] row detail with a recorded reason holds none either', async () => {
    const set = await stage()
    await set.two.a.client.consents.setCountry({ company: companyIdOf(set.two.b), country: 'SA' })
    const policy = await set.two.policy(set.dataset, (proposed) => ({
      ...withGroups({ City: { kind: 'replace', prefix: 'C-' }, 'Contact person': { kind: 'hash' } })(proposed),
      mode: 'detail',
      necessity: 'Recall of a batch: every single delivery counts.',
      k: 1,
      measures: [],
      roles: ['coo'],
      // The ground is private, too: what is written in it leaves no more than a cell does.
      ground: {
        basis: 'legitimate-interest',
        consents: [],
        approval: 'Zarqa-filter-canary: approved by Legal',
        transfer: null,
      },
    }))
    const outcome = await set.two.a.client.disclosures.preview({ policy, title: TITLE })
    if (outcome.outcome !== 'preview') throw new Error(JSON.stringify(outcome))
    expect(outcome.view.slice.rows).toHaveLength(12 * 2 * 2 * CUSTOMERS)
    await set.two.a.client.disclosures.disclose({ policy: policy.id, title: TITLE, sliceId: outcome.view.sliceId, confirmHeld: true }) // prettier-ignore
    expect(await searched(set)).toEqual(NOTHING)
  }, 60_000)

  it('[PV-2] a policy that keeps a private field is refused, and nothing is written for the partner', async () => {
    const set = await stage()
    const before = set.two.frontier(set.two.a)
    for (const name of ['City', 'Margin', 'Contact person'] as const)
      expect(await refusalOf(set.two.policy(set.dataset, withGroups({ [name]: { kind: 'keep' } })))).toBe('policy:private-field') // prettier-ignore
    expect(set.two.frontier(set.two.a)).toBe(before)
  })

  it.each(['City', 'Unit price (SAR)', 'Contract date', 'Notes'] as const)(
    'control: the same search turns red when the policy keeps %s',
    async (name) => {
      const set = await stage([name])
      await discloseWith(set, { [name]: { kind: 'keep' } })
      expect(await searched(set)).toEqual({ sealed: [name], received: [name], shown: [name] })
    },
    60_000,
  )

  it('control: the search sees every canary in every wrapping', () => {
    const wrap: Readonly<Record<string, (raw: Buffer) => Uint8Array>> = {
      plain: (raw) => raw,
      hex: (raw) => utf8(raw.toString('hex')),
      HEX: (raw) => utf8(raw.toString('hex').toUpperCase()),
      base64: (raw) => utf8(raw.toString('base64')),
      base64url: (raw) => utf8(raw.toString('base64url')),
      gzip: (raw) => gzipSync(raw),
      deflate: (raw) => deflateSync(raw),
      brotli: (raw) => brotliCompressSync(raw),
      'gzip in the middle': (raw) => Buffer.concat([Buffer.from('before'), gzipSync(raw), Buffer.from('after')]),
      'gzip in CBOR in deflate': (raw) => deflateSync(encode({ list: [1, new Uint8Array(gzipSync(raw))] })),
    }
    for (const canary of CANARIES)
      for (const text of canary.texts.slice(0, 1))
        for (const encoding of ['utf8', 'utf16le'] as const)
          for (const lead of ['', 'x', 'xy'])
            for (const [name, wrapped] of Object.entries(wrap)) {
              const raw = Buffer.from(`${lead}${text}tail`, encoding)
              expect(found([wrapped(raw)], [canary]), `${text} as ${name} of ${encoding}`).toEqual([canary.name])
            }
    for (const canary of CANARIES)
      for (const number of canary.numbers ?? [])
        expect(found([encode({ value: number })], [{ ...canary, texts: [] }]), `${number} in CBOR`).toEqual([
          canary.name,
        ])
  })
})
