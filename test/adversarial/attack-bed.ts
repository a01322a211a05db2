/** What the attacks of a modified client share: two companies that work, what of A an attack could have changed, and what B's client can say. */
import { expect } from 'vitest'
import { certify } from '#engine/identity/identity.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { cellKey } from '#shared/artifacts/cell-key.ts'
import type { ArtifactId, DeviceId, FeedId, SectionName } from '#shared/kernel/ids.ts'
import type { Instant, IsoMonth } from '#shared/kernel/time.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { writeControl } from '#shared/membership/control.ts'
import type { Control } from '#shared/membership/types.ts'
import type { Body } from '#shared/seal/entry.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { clientId } from '#shared/sync/client-id.ts'
import { writeDoc, type SectionWrite } from '#shared/sync/doc-body.ts'
import type { CarriedRun } from '#shared/sync/message.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { auditOf, importFile, openFile, type Company } from '#test/support/company.ts'
import { ModifiedClient } from '#test/support/modified-client.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { twoCompanies, deviceOf, type TwoCompanies } from '#test/support/two-companies.ts'
import { DocumentWatch } from '#test/support/watched-docs.ts'
import { updateOf } from './hostile-updates.ts'

export const JOINT = 'joint' as SectionName
export type Saying = Omit<Body, 'at'>
export type Cell = { readonly sku: string; readonly region: string; readonly bucket: string }

export const watch = new DocumentWatch()
export let two: TwoCompanies
export let artifact: ArtifactId
export let cells: readonly Cell[]
export let client: ModifiedClient

/** From here on B's client is another than ours. */
export function modify(): void {
  client = new ModifiedClient(two)
}

/** B is a full member of a channel, and both have written. */
export async function begin(): Promise<void> {
  two = await twoCompanies({ toolsA: { newDocuments: watch.make } })
  const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  artifact = (await two.disclose(await two.policy(dataset.id))).artifact as ArtifactId
  await two.level(two.wire())
  const seen = await two.b.client.artifacts.open({ artifact })
  cells = seen.forecast.series.flatMap((series) => series.cells).filter(({ net }) => net !== null)
  // Both have written the joint section, so that there is something to forge, to delete and to lean on.
  for (const { client: honest } of [two.a, two.b]) await agree(honest, 40)
  await two.level(two.wire())
}
export const agree = (honest: Company['client'], quantity: number, note: string | null = null) =>
  honest.artifacts.agree({ artifact, cells: [{ ...placeOf(cells[0] as Cell), quantity, note }] })
export const placeOf = ({ sku, region, bucket }: Cell): Cell => ({ sku, region, bucket })

/** Everything of A's that an attack could have changed: bytes, members, and what every screen of the channel shows. */
export async function standing() {
  const { client: screens, engine } = two.a
  const runtime = engine.desk.session.hub.runtime(client.channel)
  return {
    states: watch.states(),
    members: [...(runtime?.members.certificates.keys() ?? [])].sort(),
    left: [...(runtime?.members.companies.values() ?? [])].filter(({ left }) => left).length,
    revoked: [...(runtime?.members.revocations.keys() ?? [])],
    artifacts: await screens.artifacts.list({}),
    forecast: await screens.artifacts.open({ artifact }),
    partners: (await screens.workspaces.get({ workspace: two.workspace })).members,
  }
}
export const refusals = async (company: Company) => (await auditOf(company, ['refusal'])).map(({ code, detail }) => ({ code, detail })) // prettier-ignore

export const yesterday = (replica: number): Saying =>
  joint(updateOf(ownClient(replica), base(), (ydoc) => ydoc.getMap('consensus').set('yesterday', { quantity: 9, note: null })), replica) // prettier-ignore

/** A run of B's reaches A by a file, when B has gone: it waits, is shown so, and neither a restart nor A's own work moves it in. */
export async function expectNoEffect(backdated: CarriedRun): Promise<void> {
  const { a } = two
  const before = await standing()
  const { crypto } = contextOf()
  const outcome = await openFile(a, writeSealedFile(crypto, { kind: 'sync', frames: [backdated.bytes] }))
  expect(outcome).toMatchObject({ kind: 'sync', admitted: 0, parked: 1 })
  const { partners, ...after } = await standing()
  expect({ ...after, partners: before.partners }).toEqual(before)
  expect(partners.find(({ own }) => !own)).toMatchObject({ left: true, devices: [{ state: 'gone', parked: 1 }] })
  const beyond = () => a.engine.desk.session.hub.runtime(client.channel)?.admission.beyondCuts()
  expect(beyond()).toEqual([{ feed: backdated.feed, flagged: 0, parked: 1 }])
  await a.client.vault.lock()
  await a.client.vault.unlock({ passphrase: a.passphrase })
  await agree(a.client, 70)
  expect(beyond()).toEqual([{ feed: backdated.feed, flagged: 0, parked: 1 }])
  expect(JSON.stringify((await a.client.artifacts.open({ artifact })).consensus)).not.toContain('yesterday')
  // Written under a key that B was never given.
  const written = a.engine.desk.session.hub.runtime(client.channel)?.epochKeys() ?? []
  const held = two.b.engine.desk.session.hub.runtime(client.channel)?.epochKeys() ?? []
  expect(written.length).toBeGreaterThan(held.length)
  expect(a.bugs).toEqual([])
}

/** B is honest again, and what it writes counts at A; what A writes counts at B. */
export async function expectHonestWorkGoesOn(): Promise<void> {
  client.close()
  const wire = two.wire()
  await two.level(wire)
  const quantity = 1000 + Math.floor(Number(`0x${toHex(two.a.engine.desk.session.context.crypto.random(2))}`))
  await agree(two.b.client, quantity, 'B')
  await two.level(wire)
  const agreed = async (company: Company) =>
    (await company.client.artifacts.open({ artifact })).consensus?.[cellKey(cells[0] as Cell & { bucket: IsoMonth })]?.quantity // prettier-ignore
  expect(await agreed(two.a)).toBe(quantity)
  await agree(two.a.client, quantity + 1, 'A')
  await two.level(wire)
  expect(await agreed(two.b)).toBe(quantity + 1)
  wire.cut()
  expect([...two.a.bugs, ...two.b.bugs]).toEqual([])
  for (const { client: honest } of [two.a, two.b]) expect(await honest.audit.verify()).toMatchObject({ intact: true })
}

export const contextOf = () => two.b.engine.desk.session.context
export const identity = () => two.b.engine.desk.session.hub.identity
export const doc = (...writes: SectionWrite[]): Saying => ({ kind: 'doc', payload: writeDoc(writes) })
export const joint = (update: Uint8Array, replica = 0): Saying => doc({ artifact, section: JOINT, replica, update })
export const control = (payload: Control): Saying => ({ kind: 'control', payload: writeControl(payload) })
export const event = (payload: Parameters<typeof writeArtifactEvent>[0]): Saying => ({ kind: 'event', payload: writeArtifactEvent(payload) }) // prettier-ignore
export const base = () => watch.state(sectionKey(artifact, JOINT))
export const ownClient = (replica = 0): number => clientId(contextOf().crypto, client.feed, sectionKey(artifact, JOINT), replica) // prettier-ignore
export function feedOfA(): FeedId {
  const tip = client.runtime.admission.index.held().find(({ feed }) => feed.startsWith(deviceOf(two.a)))
  if (!tip) throw new Error('A has written nothing')
  return tip.feed
}
export const victim = (): number => clientId(contextOf().crypto, feedOfA(), sectionKey(artifact, JOINT), 0)

/** What B's certificate for one thing may be made to say: signed by B's own issuer, so it reads. */
export function certificateFor(device: DeviceId, company = identity().card.company): Control {
  const { issuer, device: own, person, card } = identity()
  const certified = certify(
    contextOf().crypto,
    { card: { ...card, company }, issuer, device: { ...own, id: device }, person },
    { name: { en: 'Nobody', ar: 'لا أحد' }, roles: ['coo'], validFrom: contextOf().clock.now(), validTo: (contextOf().clock.now() + 1000) as Instant, authority: null }, // prettier-ignore
  )
  return { kind: 'certificate', device: certified }
}
