import { seededCrypto } from '#test/vectors/author.ts'
import { Company, NOW } from '#test/vectors/company.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId, ChannelId, EntryHash, EpochId, FeedId, SectionName, SliceId } from '#shared/kernel/ids.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readControl, writeControl } from './control.ts'
import { createEpoch } from './epoch.ts'
import type { Control } from './types.ts'

const crypto = await seededCrypto('control')
const company = new Company(crypto, 'Najd Foods')
const device = company.device('noura', ['coo'])
const genesis = company.found(device)
const hash = crypto.hash('h')
const hex = (bytes: number): string =>
  toHex(crypto.hash('x'))
    .repeat(2)
    .slice(0, bytes * 2)
const channel = hex(32) as ChannelId
const section = 'own' as SectionName
const epoch = createEpoch(crypto, {
  channel,
  parents: [hex(32) as EpochId],
  recipients: [{ device: device.id, boxKey: device.box.publicKey }],
  earlier: [{ epoch: hex(32) as EpochId, key: hash as Uint8Array as never }],
}).payload

const controls: readonly Control[] = [
  { kind: 'channel-created', definition: hash },
  epoch,
  {
    kind: 'channel-defined',
    definition: {
      name: { en: 'a', ar: 'ب' },
      companies: 'all',
      roles: ['coo', 'cfo'],
      expiresOn: null,
      nonce: new Uint8Array(16),
    },
  },
  {
    kind: 'company-added',
    joining: company.join(device, genesis),
    consents: [{ device: device.id, consent: company.join(device, genesis) as never }],
  },
  { kind: 'company-left', company: company.card.company, consents: [] },
  {
    kind: 'company-departed',
    company: company.card.company,
    consents: [],
    heads: [{ feed: hex(48) as FeedId, seq: 7, hash: hex(32) as EntryHash }],
  },
  { kind: 'root-rotated', rotation: company.join(device, genesis) as never },
  { kind: 'certificate', device: device.certified },
  { kind: 'roles-narrowed', device: device.certified, narrowing: company.join(device, genesis) as never },
  company.revoke({ kind: 'device', device: device.id }),
  company.revoke({ kind: 'issuer', issuer: company.issuer.publicKey }, 'root'),
  { kind: 'ack', heads: [{ feed: hex(48) as FeedId, seq: 7, hash: hex(32) as EntryHash }] },
  { kind: 'receipt', artifact: hex(16) as ArtifactId, section, slice: hex(32) as SliceId, openedAt: NOW },
  { kind: 'slice-key', artifact: hex(16) as ArtifactId, section, commitment: hash, boxes: epoch.boxes },
]

describe('control payloads', () => {
  it.each(controls.map((control) => [control.kind, control] as const))(
    '[MEM-13] %s comes back as written',
    (_, control) => {
      const carried = decode(encode(writeControl(control)))
      if (!carried.ok) expect.fail()
      expect(readControl(carried.value)).toEqual({ ok: true, value: control })
    },
  )

  it('[MEM-13] with a field more, fewer or of another size are refused', () => {
    for (const control of controls) {
      const fields = writeControl(control) as { readonly [key: string]: Canonical }
      expect(readControl({ ...fields, more: 1 }).ok, control.kind).toBe(false)
      for (const key of Object.keys(fields)) {
        const { [key]: _, ...fewer } = fields
        expect(readControl(fewer).ok, `${control.kind} without ${key}`).toBe(false)
        expect(readControl({ ...fields, [key]: 3.5 }).ok, `${control.kind} with another ${key}`).toBe(false)
      }
    }
  })

  it('[MEM-13] announcements carry hashes, keys and boxes, and no text but their kind', () => {
    const texts = (value: Canonical): readonly string[] =>
      typeof value === 'string'
        ? [value]
        : Array.isArray(value)
          ? (value as readonly Canonical[]).flatMap(texts)
          : typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
            ? Object.values(value as { readonly [key: string]: Canonical }).flatMap(texts)
            : []
    expect(controls.slice(0, 2).map((control) => texts(writeControl(control)))).toEqual([
      ['channel-created'],
      ['epoch-created'],
    ])
  })

  it('[MEM-13] hostile ones never throw', () => {
    const value: fc.Arbitrary<Canonical> = fc.letrec<{ value: Canonical }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constant(null), fc.integer(), fc.string({ maxLength: 8 }), fc.uint8Array({ maxLength: 80 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('kind', 'boxes', 'device', 'box', 'heads', 'definition', '__proto__'), tie('value'), { noNullPrototype: true }),
      ),
    })).value // prettier-ignore
    const near = fc.tuple(fc.constantFrom(...controls), value).map(([control, other]) => {
      const fields = writeControl(control) as { readonly [key: string]: Canonical }
      const [, second] = Object.keys(fields)
      return { ...fields, [second ?? 'kind']: other }
    })
    fc.assert(
      fc.property(fc.oneof(value, near), (payload) => {
        const read = readControl(payload)
        if (read.ok) expect(encode(writeControl(read.value))).toEqual(encode(payload))
      }),
      { seed: 51, numRuns: 2000 },
    )
    expect(readControl({ kind: 'constructor' }).ok).toBe(false)
    expect(readControl(null).ok).toBe(false)
  })

  it('[MEM-13] the bytes of a carried run of a forked feed are frozen', () => {
    const control = { kind: 'fork-run' as const, run: 'ab'.repeat(32) as EntryHash, at: 0, total: 3, bytes: Uint8Array.of(1, 2, 3) } // prettier-ignore
    const bytes = encode(writeControl(control))
    expect(toHex(bytes)).toBe(
      'a5626174006372756e5820abababababababababababababababababababababababababababababababab646b696e6468666f726b2d72756e6562797465734301020365746f74616c03',
    )
    expect(readControl(writeControl(control))).toEqual({ ok: true, value: control })
  })
})
