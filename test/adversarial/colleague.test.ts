import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { internalChannel } from '#engine/colleagues/internal.ts'
import { control } from '#engine/workspaces/membership-steps.ts'
import {
  artifactIdOf,
  colleagueShareIdOf,
  writeArtifactEvent,
  type ArtifactEvent,
} from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { ColleagueShare } from '#shared/artifacts/colleague-share.v1.ts'
import { sliceIdOf } from '#shared/disclosure/encode-slice.ts'
import { page } from '#shared/intake/shared-table.ts'
import { concat } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { signStatement } from '#shared/membership/statement.ts'
import { createInvitation } from '#shared/membership/invitation.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { boxSliceKey, sliceKeyCommitment } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { copyIn, handed, hubOf, internalOf, meet, sealedBy, settled, share } from '#test/support/colleagues.ts'
import {
  auditOf,
  download,
  importFile,
  openFile,
  refusalOf,
  startCompany,
  type Company,
} from '#test/support/company.ts'
import { decryptable } from '#test/support/decryptable.ts'
import { enrolled } from '#test/support/enrolled.ts'
import { HandClock } from '#test/support/hand-clock.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { deviceOf } from '#test/support/two-companies.ts'

const TIME = { timeout: 120_000 }
const TITLE = { en: '', ar: '' }
const SLICE = 'slice:1' as SectionName
let clock: HandClock
let owner: Company
/** A colleague of a role that nothing here is shared with, and whose client somebody changed. */
let clerk: Company
let finance: Company
let artifact: ArtifactId
const all: Company[] = []

async function company(name: string): Promise<Company> {
  const directory = mkdtempSync(join(tmpdir(), `mithaq-${name}-`))
  const made = await startCompany({ directory, passphrase: 'passphrase of the company', clock, scheduler: clock })
  const words = { company: { en: name, ar: name }, person: { en: `${name} owner`, ar: name }, roles: ['coo' as const] }
  await made.client.vault.create({ ...words, passphrase: made.passphrase })
  all.push(made)
  return made
}
beforeEach(async () => {
  clock = new HandClock()
  owner = await company('Najd')
  finance = await enrolled(owner, clock, { name: { en: 'Omar', ar: 'عمر' }, roles: ['cfo'] })
  clerk = await enrolled(owner, clock, { name: { en: 'Talal', ar: 'طلال' }, roles: ['account-lead'] })
  all.push(finance, clerk)
  const dataset = await importFile(owner, 'orders.csv', ledger(regularOrders()))
  artifact = await share(owner, dataset.id, ['cfo'], 'private')
  await meet(owner, finance, clerk)
}, 60_000)
afterEach(() => {
  for (const { engine, directory, bugs } of all.splice(0)) {
    engine.close()
    rmSync(directory, { recursive: true, force: true })
    expect(bugs).toEqual([])
  }
})

const HEAD = {
  name: 'Stock', version: 1, withheld: 0, rows: 1, moneyDecimals: 2, cancellation: 'keep', excluded: 0, defectiveRows: 0, synthetic: false,
  columns: [{ name: 'SKU', type: 'text', meaning: 'sku', dataClass: 'public' }, { name: 'Cartons', type: 'integer', meaning: 'quantity', dataClass: 'public' }],
  source: { file: 'stock.csv', sha256: '00', system: 'WMS', importedAt: 0 },
} as const // prettier-ignore
const POLICY = {
  format: 'mithaq.policy.v1', id: 'ab'.repeat(16), version: 1, name: { en: 'P', ar: 'س' }, datasetId: 'ab'.repeat(16), workspaceId: 'ab'.repeat(32),
  channelId: null, roles: ['coo'], purpose: 'joint planning', rows: [], mode: 'aggregate', necessity: null, fields: [], k: 3, entity: null,
  measures: [], totals: [], currencyDays: 30, expiresOn: '2027-01-01', reciprocity: null, ground: null,
} as const // prettier-ignore
const event = (fact: ArtifactEvent) => ({ kind: 'event' as const, payload: writeArtifactEvent(fact) })
const shared = (of: ArtifactId, revision: number): ArtifactEvent => ({
  type: 'colleague-shared',
  artifact: of,
  revision,
  slice: 'ab'.repeat(32) as never,
  roles: ['account-lead', 'cfo'],
})
const nonceOf = (of: ArtifactId): Uint8Array => {
  const [created] = internalOf(clerk).facts.eventsOf(of, 'artifact-created')
  if (!created) throw new Error('not declared')
  return created.fact.nonce
}
/** A slice of the clerk's making, under a key of its own choice. */
const slice = (of: ArtifactId, section: SectionName, secret: SymmetricKey, content: Uint8Array) => ({
  kind: 'doc' as const,
  payload: writeDoc(internalOf(clerk).writeSlice(of, section, secret, content).writes),
})
function key(of: ArtifactId, section: SectionName, secret: SymmetricKey) {
  const runtime = internalOf(clerk)
  const readers = [owner, finance, clerk].map((one) => ({
    device: deviceOf(one) as never,
    boxKey: hubOf(one).identity.device.box.publicKey,
  }))
  const commitment = sliceKeyCommitment(runtime.crypto, { channel: runtime.id, section: sealedSectionKey(of, section) }, secret) // prettier-ignore
  return control({ kind: 'slice-key', artifact: of, section, commitment, boxes: boxSliceKey(runtime.crypto, secret, readers) }) // prettier-ignore
}

describe("a colleague's changed client", () => {
  it(
    '[ART-12] [ART-13] cannot write, hand over, withdraw or rename what another person shares, nor declare anything else',
    TIME,
    async () => {
      const secret = hubOf(clerk).context.crypto.random(32) as SymmetricKey
      const forged = page(['table', {}])
      const attacks = {
      'a next revision for its own role': [event(shared(artifact, 2))],
      'an end': [event({ type: 'colleague-share-ended', artifact })],
      'a slice in its name': [slice(artifact, 'slice:2' as SectionName, secret, forged)],
      'over the slice that is there': [slice(artifact, SLICE, secret, forged)],
      'another key for it': [key(artifact, SLICE, secret)],
      'a wider audience, as for a partner': [event({ type: 'slice-disclosed', artifact, revision: 1, slice: 'ab'.repeat(32) as never, title: TITLE, roles: ['account-lead'], expiresOn: '2027-01-01' as never })], // prettier-ignore
      'a version name': [event({ type: 'version-named', artifact, section: 'slice:1', name: 'mine' })],
      'the same id, declared again': [event({ type: 'artifact-created', artifact, artifactType: ColleagueShare.type, nonce: nonceOf(artifact), title: TITLE })], // prettier-ignore
      'a word in the place of the issuer': [event({ type: 'company-word', artifact, device: deviceOf(finance) as never, word: new Uint8Array(9) })], // prettier-ignore
      'a document of companies': [event({ type: 'artifact-created', artifact: artifactIdOf(hubOf(clerk).context.crypto, hubOf(clerk).identity.card.company, new Uint8Array(16)), artifactType: CapacityPlan.type, nonce: new Uint8Array(16), title: TITLE })], // prettier-ignore
    } // prettier-ignore
      for (const [what, bodies] of Object.entries(attacks)) {
        const run = sealedBy(clerk, bodies)
        for (const victim of [owner, finance]) {
          const { admitted, refused } = handed(victim, run)
          expect([what, admitted, refused]).toEqual([what, 0, bodies.length])
          await settled(victim)
        }
        // Its own engine judges the same, and its feed goes on after it.
        expect(handed(clerk, run).admitted).toBe(0)
      }
      expect(await copyIn(finance, artifact)).toMatchObject({ state: 'current', revision: 1 })
      expect((await owner.client.colleagues.get()).shares).toMatchObject([{ standing: 'current', revision: 1 }])
      // Nor does the company's word hand it the key.
      await openFile(clerk, await download(owner, await owner.client.company.updateFile({ device: deviceOf(clerk) })))
      expect(decryptable(clerk, internalOf(owner).id, artifact)).toEqual([])
      expect(hubOf(clerk).context.vault.records.list('slice-key')).toEqual([])
      expect((await auditOf(finance, ['refusal'])).filter(({ code }) => code === 'not-authorised')).toHaveLength(Object.keys(attacks).length) // prettier-ignore
      await meet(owner, finance, clerk)
    },
  )

  it(
    'what it shares itself is kept beside the data of others and never over it; what does not read is refused once',
    TIME,
    async () => {
      const { crypto } = hubOf(clerk).context
      const { person, card } = hubOf(clerk).identity
      const held = await finance.client.datasets.list()
      const table = (cell: Canonical) =>
        concat(page(['table', HEAD as unknown as Canonical]), page(['rows', [['DT-1', cell]]]))
      const contents = {
        "a policy over another's table": [page(['policy', { dataset: artifact, policy: POLICY }]), 'share-unreadable'],
        'a cell that is not of its column': [table('seven'), 'share-unreadable'],
        'fewer rows than it says': [page(['table', HEAD as unknown as Canonical]), 'share-unreadable'],
        'a table': [table(7), 'dataset-received-from-colleague'],
      } as const
      let number = 1
      for (const [what, [content, code]] of Object.entries(contents)) {
        const nonce = new Uint8Array(16).fill(number++)
        const mine = colleagueShareIdOf(crypto, card.company, person, nonce)
        const secret = crypto.random(32) as SymmetricKey
        const declared = event({ type: 'artifact-created', artifact: mine, artifactType: ColleagueShare.type, nonce, title: TITLE }) // prettier-ignore
        const said = event({ ...shared(mine, 1), slice: sliceIdOf(crypto, content) } as ArtifactEvent)
        for (const bodies of [[declared, said, key(mine, SLICE, secret)], [slice(mine, SLICE, secret, content)]]) {
          const run = sealedBy(clerk, bodies)
          for (const one of [finance, owner, clerk]) expect([what, handed(one, run).refused]).toEqual([what, 0])
        }
        await settled(finance)
        const rows = (await auditOf(finance)).filter(({ subject, code: one }) => one === code && (code === 'share-unreadable' || subject === HEAD.name)) // prettier-ignore
        expect([what, rows.length]).toEqual([what, code === 'share-unreadable' ? number - 1 : 1])
      }
      finance.engine.desk.session.colleagues.wake()
      await settled(finance)
      const after = await finance.client.datasets.list()
      for (const one of held) expect(after).toContainEqual(one)
      expect(after.filter(({ from }) => from?.by.en === 'Talal')).toMatchObject([{ name: HEAD.name, rows: 1 }])
      expect(after).toHaveLength(held.length + 1)
      expect(await finance.client.disclosures.policies()).toEqual([])
      expect((await auditOf(finance)).filter(({ code }) => code === 'share-unreadable')).toHaveLength(3)
    },
  )

  it('[MEM-28] cannot let a second company in, nor end the workspace with the company’s word', TIME, async () => {
    const stranger = await company('Gulf')
    const { identity, context } = hubOf(stranger)
    const runtime = internalOf(clerk)
    const joining = signStatement(context.crypto, 'joining', identity.device.secret, {
      workspace: runtime.workspace,
      invitation: new Uint8Array(32) as never,
      card: identity.card,
      device: identity.certified,
      at: clock.now(),
      nonce: new Uint8Array(16),
    })
    const mine = hubOf(clerk).identity
    const terms = { workspace: runtime.workspace, company: mine.card.company, to: 'add', subject: identity.card.company, at: clock.now() } as const // prettier-ignore
    const consent = { device: mine.device.id, consent: signStatement(context.crypto, 'consent', mine.device.secret, terms) } // prettier-ignore
    const attacks = [
      control({ kind: 'company-added', joining, consents: [consent] }),
      control({ kind: 'company-left', company: mine.card.company, consents: [] }),
      control({ kind: 'certificate', device: identity.certified }),
    ]
    for (const attack of attacks) {
      const run = sealedBy(clerk, [attack])
      for (const one of [owner, finance, clerk]) expect(handed(one, run)).toMatchObject({ admitted: 0, refused: 1 })
    }
    for (const one of [owner, finance]) {
      const { companies, certificates } = internalOf(one).members
      expect([...companies.values()].map(({ left }) => left)).toEqual([false])
      expect(certificates.has(identity.device.id)).toBe(false)
    }
  })

  it('[MEM-28] an invitation into it is made by no screen and taken by no engine', TIME, async () => {
    const stranger = await company('Gulf')
    const { workspace, members } = internalOf(owner)
    const place = { workspace }
    for (const asked of [
      owner.client.workspaces.invite({ ...place, days: 3 }),
      owner.client.workspaces.leave(place),
      owner.client.workspaces.addChannel({ ...place, name: TITLE, roles: ['cfo'] }),
      clerk.client.workspaces.invite({ ...place, days: 3 }),
    ])
      expect(await refusalOf(asked)).toBe('workspaces:internal-workspace')
    const { identity, context } = hubOf(owner)
    const from = { card: identity.card, device: identity.certified, key: identity.device.secret }
    const addresses = { signalling: [], ice: [], mailbox: null }
    const until = (clock.now() + 86_400_000) as Instant
    const { link } = createInvitation(context.crypto, members.genesis, from, addresses, until)
    expect(await refusalOf(stranger.client.workspaces.openLink({ link }))).toBe('workspaces:internal-workspace')
    expect(internalChannel(hubOf(stranger))).toBeUndefined()
  })

  it(
    'a device that was revoked is not certified again by anybody, even where the workspace was founded after its end',
    TIME,
    async () => {
      const lost = await enrolled(owner, clock, { name: { en: 'Lost', ar: 'ضائع' }, roles: ['cfo'] })
      all.push(lost)
      const again = control({ kind: 'certificate', device: hubOf(lost).identity.certified })
      await owner.client.company.revokeDevice({ device: deviceOf(lost), reason: 'lost' })
      await meet(owner, finance, clerk)
      const run = sealedBy(clerk, [again])
      for (const one of [owner, finance, clerk]) expect(handed(one, run)).toMatchObject({ admitted: 0, refused: 1 })

      // As a company is that had its devices before there were such workspaces: the register knows all, the channel nothing.
      const { workspace: before } = internalOf(owner)
      hubOf(owner).context.vault.records.remove('workspace', before)
      await owner.client.vault.lock()
      await owner.client.vault.unlock({ passphrase: owner.passphrase })
      await settled(owner)
      const { workspace, members, id } = internalOf(owner)
      expect(workspace).not.toBe(before)
      expect([...members.certificates.keys()].toSorted()).toEqual([owner, finance, clerk].map(deviceOf).toSorted())
      expect(members.revocations.has(deviceOf(lost) as never)).toBe(true)
      const hub = hubOf(owner)
      expect(() => hub.change(() => hub.touch(id).write([again]))).toThrow('own entry refused')
      // The company's word brings the others over, and what was shared with them comes along.
      const word = await owner.client.company.updateFile({ device: deviceOf(finance) })
      await openFile(finance, await download(owner, word))
      await settled(finance)
      expect(internalOf(finance).id).toBe(id)
      await meet(owner, finance)
      expect(await copyIn(finance, artifact)).toMatchObject({ state: 'current', revision: 2 })
    },
  )
})
