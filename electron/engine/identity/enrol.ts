import { rolesStated } from '#shared/disclosure/audience.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { DeviceId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { sealCompanyUpdate } from '#shared/membership/company-update.ts'
import { enrolDevice, readRequest, type AskingDevice } from '#shared/membership/enrolment.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { backlog } from '#shared/sync/backlog.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { foundInternal } from '../colleagues/internal.ts'
import { newId, record } from '../context.ts'
import { must, Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { listWorkspaces } from '../workspaces/workspace-record.ts'
import { issue, standing, tell } from './devices.ts'
import { certificateIn, type IssuedRecord, type PersonRecord } from './identity.ts'

/** A record of the vault that a new device starts from: kind, id, value. */
export type StartRecord = readonly [kind: string, id: string, value: Canonical]
export const START_KINDS: readonly string[] = [
  'workspace',
  'person',
  'certificate',
  'company',
  'slice-key',
  'pdf-issued',
]

export interface EnrolTerms {
  /** Whose device it is; null for somebody who is not in the register yet. */
  readonly person: PersonId | null
  readonly name: Bilingual
  readonly roles: readonly Role[]
  readonly validTo: Instant
}

/** Looks at a request. @throws Refused for one of a device that is or was in the register: an ended device stays ended. */
export function lookAtRequest(hub: Hub, bytes: Uint8Array): AskingDevice {
  if (hub.identity.issuer.secret === null) throw new Refused('company', 'not-issuer')
  const asking = must(readRequest(hub.context.crypto, bytes), 'membership')
  const known = hub.context.vault.records
    .list<IssuedRecord>('certificate')
    .some(({ value }) => certificateIn(value.certified).device === asking.request.device)
  if (known) throw new Refused('company', 'device-known')
  return asking
}

/**
 * Certifies a device whose code was compared, tells every channel of its roles and gives it new keys, and seals for it what it
 * starts from: certificate, company, register, workspaces with their history, and the slice keys that its roles are given.
 */
export function enrol(
  hub: Hub,
  asking: AskingDevice,
  terms: EnrolTerms,
): { readonly file: Uint8Array; readonly code: string } {
  const { crypto, clock, vault } = hub.context
  const { device, boxKey } = asking.request
  return hub.change(() => {
    const person = terms.person ?? newId<PersonId>(crypto)
    const named = vault.records.get<PersonRecord>('person', person)
    if (terms.person !== null && !named) throw new Refused('company', 'no-such-person')
    const name = named?.name ?? terms.name
    if (!named) vault.records.put<PersonRecord>('person', person, { name })
    const { roles, validTo } = terms
    // Before the device is certified, so that it is told there, too.
    foundInternal(hub)
    const certified = issue(hub, { person, name, device, boxKey }, { roles, validTo, validFrom: clock.now(), authority: null }) // prettier-ignore
    tell(hub, [certified])
    const { runtimes, start } = startOf(hub, device, roles)
    const { bytes, code } = enrolDevice(crypto, asking, { card: hub.identity.card, device: certified, start })
    const runs = runsOf(hub, runtimes)
    record(hub.context, {
      kind: 'certificate',
      code: 'device-enrolled',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: device, name: name.en },
      detail: { roles: roles.join(' '), channels: runtimes.length },
    })
    return { file: writeSealedFile(crypto, { kind: 'enrolment', frames: [bytes, ...runs] }), code }
  })
}

/** What a device of the company starts from, or goes on from: the register, and what its roles are given. */
function startOf(
  hub: Hub,
  device: DeviceId,
  roles: readonly Role[],
): { readonly runtimes: readonly ChannelRuntime[]; readonly start: readonly StartRecord[] } {
  const { runtimes, register } = registerOf(hub, device)
  return { runtimes, start: [...register, ...runtimes.flatMap((runtime) => sliceKeysOf(runtime, roles))] }
}

/** The same without keys: what a device is told of people, certificates, company and the workspaces that it reads. */
function registerOf(
  hub: Hub,
  device: DeviceId,
): { readonly runtimes: readonly ChannelRuntime[]; readonly register: readonly StartRecord[] } {
  const now = hub.context.clock.now()
  const runtimes = [...hub.runtimes()].filter(({ members }) => certificateOf(members, device, now) !== undefined)
  const register = [
    ...recordsOf(hub, 'person'),
    ...recordsOf(hub, 'certificate'),
    ...recordsOf(hub, 'company'),
    ...workspacesOf(hub, runtimes),
    ...recordsOf(hub, 'pdf-issued').filter(([, id]) => id === device),
  ]
  return { runtimes, register }
}

const runsOf = (hub: Hub, runtimes: readonly ChannelRuntime[]): readonly Uint8Array[] =>
  runtimes.flatMap(({ id }) => [...backlog(hub.shelf, id)].map((run) => run.bytes))

/** What the company has to say to one of its devices now. */
export interface CompanyWord {
  readonly name: Bilingual
  readonly roles: readonly Role[]
  readonly runtimes: readonly ChannelRuntime[]
  /** Of what it says: the same, nothing to tell. */
  readonly digest: string
  /** Signed by the issuer and sealed to the device. */
  seal(): Uint8Array
}

/** The register as it stands, and what a device's present roles are given; undefined where it cannot be told anything. */
export function wordFor(hub: Hub, device: DeviceId): CompanyWord | undefined {
  const { crypto, clock, vault } = hub.context
  const { certificate, secret } = hub.identity.issuer
  const now = clock.now()
  const held = standing(hub).filter((one) => one.device === device && one.validFrom <= now && one.validTo >= now)
  const [newest] = held
  if (secret === null || !newest || device === hub.identity.device.id) return undefined
  const roles = [...new Set(held.flatMap((one) => one.roles))]
  const { runtimes, register } = registerOf(hub, device)
  const certified = vault.records.get<IssuedRecord>('certificate', newest.serial)?.certified
  const own = ['certified', 'newest', certified as unknown as Canonical] as const
  return {
    name: newest.name,
    roles,
    runtimes,
    // Keys follow from roles and workspaces; opening each of them to compare would take long, and is asked at every entry.
    digest: toHex(crypto.hash('mithaq/company-word-digest/v1', encode([...register, own]))),
    seal() {
      const { start } = startOf(hub, device, roles)
      return sealCompanyUpdate(crypto, { issuer: certificate, secret }, newest, now, [...start, own])
    },
  }
}

/** The same as a file, with the runs that go with it: for after roles changed or were lent. */
export function updateFor(hub: Hub, device: DeviceId): Uint8Array {
  const { crypto } = hub.context
  if (hub.identity.issuer.secret === null) throw new Refused('company', 'not-issuer')
  const word = wordFor(hub, device)
  if (!word) throw new Refused('company', 'no-such-certificate')
  const { name, roles, runtimes } = word
  return hub.change(() => {
    const bytes = word.seal()
    record(hub.context, {
      kind: 'certificate',
      code: 'company-update-made',
      actor: certificateIn(hub.identity.certified).name.en,
      subject: { id: device, name: name.en },
      detail: { roles: roles.join(' '), channels: runtimes.length },
    })
    return writeSealedFile(crypto, { kind: 'company-update', frames: [bytes, ...runsOf(hub, runtimes)] })
  })
}

const recordsOf = ({ context }: Hub, kind: string): readonly StartRecord[] =>
  context.vault.records.list<Canonical>(kind).map(({ id, value }) => [kind, id, value])

/** Workspaces in which the device reads a channel; invitations stay with the device that made them. */
function workspacesOf(hub: Hub, runtimes: readonly ChannelRuntime[]): readonly StartRecord[] {
  return listWorkspaces(hub.context).flatMap((workspace): readonly StartRecord[] => {
    const channels = runtimes.filter((runtime) => runtime.workspace === workspace.id).map(({ id }) => id)
    if (channels.length === 0) return []
    // When this device last synced says nothing to another.
    const told = { ...workspace, channels, invitation: null, lastSync: null }
    return [['workspace', workspace.id, told as unknown as Canonical]]
  })
}

/** Keys of slices that are for one of the roles: own ones, and those that partners handed to this device. */
function sliceKeysOf(runtime: ChannelRuntime, roles: readonly Role[]): readonly StartRecord[] {
  const disclosed = runtime.facts.events.flatMap(({ fact }) => (fact.type === 'slice-disclosed' ? [fact] : []))
  const bySection = Map.groupBy(disclosed, (fact) => sealedSectionKey(fact.artifact, sliceSection(fact.revision)))
  return [...bySection].flatMap(([section, stated]): readonly StartRecord[] => {
    if (!rolesStated(stated.map((fact) => fact.roles)).some((role) => roles.includes(role))) return []
    const key = runtime.sliceKey(section)
    return key === undefined ? [] : [['slice-key', `${runtime.id}/${section}`, key]]
  })
}
