import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeskTools } from '#engine/desk.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import type { Pipe } from '#engine/ports.ts'
import type { Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import type { DisclosureSummary, PreviewView } from '#shared/projection/disclosure-views.ts'
import type { FileOutcome, PartnerKind } from '#shared/projection/workspace-views.ts'
import { download, openFile, startCompany, until, type Company } from './company.ts'
import { HandClock } from './hand-clock.ts'
import { Wire } from './wire.ts'

export const TITLE = { en: 'Demand by product and region', ar: 'الطلب حسب المنتج والمنطقة' }
export const FORECAST: ForecastChoice = {
  method: 'auto',
  horizon: 6,
  unit: 'cartons',
  overrides: [],
  zones: [{ zone: 'flex', fromMonth: 1, toMonth: null, upPercent: 30, downPercent: 30 }],
  assumptions: ['No new branches before the end of the horizon.'],
  invalidation: [
    { rule: 'change-over', percent: 20, reference: null },
    { rule: 'sku-discontinued', percent: null, reference: null },
  ],
  commitDays: 5,
  exceptionDays: 3,
}

export interface Setting {
  readonly rolesA?: readonly Role[]
  readonly rolesB?: readonly Role[]
  readonly channelRoles?: readonly Role[]
  /** How the invitation and its answer travel. */
  readonly by?: 'file' | 'link'
  /** A workspace on synthetic data. */
  readonly dryRun?: boolean
  readonly kind?: PartnerKind
  readonly toolsA?: Partial<DeskTools>
  readonly toolsB?: Partial<DeskTools>
  readonly root?: string
}

/**
 * Two companies with engines, profiles and keys of their own, in one workspace: invited, answered, safety code compared by
 * both. Nothing links them until a story opens a wire or carries a file.
 */
export class TwoCompanies {
  readonly root: string
  readonly clock: HandClock
  readonly a: Company
  readonly b: Company
  readonly workspace: string
  readonly channel: string
  /** The company kits: 24 words each. */
  readonly words: { readonly a: readonly string[]; readonly b: readonly string[] }

  constructor(
    root: string,
    clock: HandClock,
    a: Company,
    b: Company,
    place: { workspace: string; channel: string; words?: TwoCompanies['words'] },
  ) {
    this.words = place.words ?? { a: [], b: [] }
    this.root = root
    this.clock = clock
    this.a = a
    this.b = b
    this.workspace = place.workspace
    this.channel = place.channel
  }

  /** A wire between the two, as after a handshake: cut it, or put somebody in its middle. */
  wire(wire = new Wire()): Wire {
    const { a, b, workspace } = this
    const attach = ({ engine }: Company, end: Pipe, other: Company): void =>
      engine.desk.session.connections.attach(workspace as WorkspaceId, end, deviceOf(other))
    attach(a, wire.a, b)
    attach(b, wire.b, a)
    return wire
  }

  /** Days pass with both machines asleep: both vaults lock by themselves, and their people come back and open them. */
  async sleep(days: number): Promise<Wire> {
    this.clock.pass(days)
    for (const { client, passphrase } of [this.a, this.b]) {
      const { stage } = await client.app.state()
      if (stage !== 'locked') throw new Error(`${stage} after ${days} days without a touch`)
      await client.vault.unlock({ passphrase })
    }
    return this.wire()
  }

  /** One sealed file from one company, as bytes in the mail. */
  async pack(from: Company): Promise<Uint8Array> {
    return download(from, await from.client.workspaces.exportSync({ workspace: this.workspace }))
  }
  async mail(from: Company, to: Company): Promise<Extract<FileOutcome, { kind: 'sync' }>> {
    const outcome = await openFile(to, await this.pack(from))
    if (outcome.kind !== 'sync') throw new Error(`a sync file read as ${outcome.kind}`)
    return outcome
  }

  /** What each company holds: channel, feed and last number. */
  frontier({ engine }: Company): string {
    const { log } = engine.desk.session.context.vault
    return JSON.stringify(log.channels().toSorted().map((channel) => [channel, [...log.frontier(channel)].sort()])) // prettier-ignore
  }
  /** Both hold the same and nothing flies. */
  async level(wire?: Wire): Promise<void> {
    await until('both hold the same', () => {
      if (wire && !wire.open) throw new Error('the wire was cut')
      return (wire?.quiet ?? true) && this.frontier(this.a) === this.frontier(this.b)
    })
  }

  /** A's careful default policy for a dataset, changed as the person would. */
  async policy(dataset: string, change: (policy: DisclosurePolicy) => DisclosurePolicy = (policy) => policy) {
    const { workspace, channel } = this
    const proposed = await this.a.client.disclosures.propose({ dataset, workspace, channel })
    return this.a.client.disclosures.savePolicy(change(proposed))
  }

  async preview(policy: DisclosurePolicy, forecast: ForecastChoice | undefined = FORECAST): Promise<PreviewView> {
    const outcome = await this.a.client.disclosures.preview({ policy, title: TITLE, forecast })
    if (outcome.outcome !== 'preview') throw new Error(`refused: ${JSON.stringify(outcome)}`)
    return outcome.view
  }

  /** Previews, then discloses what was previewed. */
  async disclose(
    policy: DisclosurePolicy,
    forecast: ForecastChoice | undefined = FORECAST,
    confirmHeld = false,
  ): Promise<DisclosureSummary> {
    const { sliceId } = await this.preview(policy, forecast)
    return this.a.client.disclosures.disclose({ policy: policy.id, title: TITLE, forecast, sliceId, confirmHeld })
  }

  /** Locks both and leaves the profiles. @throws when an engine logged a bug. */
  lock(): void {
    this.a.engine.close()
    this.b.engine.close()
    const bugs = [...this.a.bugs, ...this.b.bugs]
    if (bugs.length > 0) throw new Error('an engine logged a bug', { cause: bugs[0] })
  }

  /** Locks both and removes the profiles. @throws when an engine logged a bug. */
  end(): void {
    const bugs = [...this.a.bugs, ...this.b.bugs]
    this.a.engine.close()
    this.b.engine.close()
    rmSync(this.root, { recursive: true, force: true })
    if (bugs.length > 0) throw new Error('an engine logged a bug', { cause: bugs[0] })
  }
}

/** The device that a company acts with. */
export const deviceOf = ({ engine }: Company): string => engine.desk.session.hub.identity.device.id

/** Makes the two companies. Each has one person; both may read the one channel. */
export async function twoCompanies(setting: Setting = {}): Promise<TwoCompanies> {
  const {
    rolesA = ['coo', 'admin'],
    rolesB = ['coo', 'delivery-lead'],
    channelRoles = ['coo'],
    by = 'file',
    dryRun = false,
    kind = 'customer-seller',
  } = setting
  const root = setting.root ?? mkdtempSync(join(tmpdir(), 'mithaq-story-'))
  const clock = new HandClock()
  const [a, b] = await Promise.all([make(root, 'a', clock, setting.toolsA), make(root, 'b', clock, setting.toolsB)])
  const kitA = await a.client.vault.create({
    company: { en: 'Najd Trading Company', ar: 'شركة نجد التجارية' },
    person: { en: 'Amal Al-Harbi', ar: 'أمل الحربي' },
    roles: [...rolesA],
    passphrase: a.passphrase,
  })
  const kitB = await b.client.vault.create({
    company: { en: 'Gulf Supply Company', ar: 'شركة الخليج للتوريد' },
    person: { en: 'Badr Al-Qahtani', ar: 'بدر القحطاني' },
    roles: [...rolesB],
    passphrase: b.passphrase,
  })
  const place = await introduce(a, b, { channelRoles, by, dryRun, kind })
  return new TwoCompanies(root, clock, a, b, { ...place, words: { a: kitA.companyWords, b: kitB.companyWords } })
}

/** The two companies of an earlier run on the same profiles, unlocked again. */
export async function reopened(
  root: string,
  place: { readonly workspace: string; readonly channel: string },
  setting: Pick<Setting, 'toolsA' | 'toolsB'> = {},
  clock = new HandClock(),
): Promise<TwoCompanies> {
  const a = await make(root, 'a', clock, setting.toolsA)
  const b = await make(root, 'b', clock, setting.toolsB)
  for (const { client, passphrase } of [a, b]) await client.vault.unlock({ passphrase })
  return new TwoCompanies(root, clock, a, b, place)
}

function make(root: string, name: string, clock: HandClock, tools: Partial<DeskTools> | undefined): Promise<Company> {
  const directory = join(root, name)
  mkdirSync(directory, { recursive: true })
  return startCompany({
    directory,
    passphrase: `passphrase of company ${name}`,
    clock,
    scheduler: clock,
    ...(tools && { tools }),
  })
}

/** Founds a workspace at A and brings B in: invitation, answer, safety code on both sides. */
export async function introduce(
  a: Company,
  b: Company,
  {
    channelRoles,
    by,
    dryRun = false,
    kind = 'customer-seller',
  }: {
    readonly channelRoles: readonly Role[]
    readonly by: 'file' | 'link'
    readonly dryRun?: boolean
    readonly kind?: PartnerKind
  },
): Promise<{ workspace: string; channel: string }> {
  const founded = await a.client.workspaces.create({
    kind,
    name: { en: 'Demand and capacity 2027', ar: 'الطلب والطاقة 2027' },
    outcome: { en: 'No shelf is empty.', ar: 'لا رف فارغ.' },
    charter: { addCompany: 'any-member', roles: [...new Set<Role>(['coo', 'cfo', 'cmo', 'ceo', 'admin', 'delivery-lead', ...channelRoles])] }, // prettier-ignore
    channel: { name: { en: 'Operations', ar: 'العمليات' }, roles: [...channelRoles] },
    dryRun,
  })
  const workspace = founded.id
  const invitation = await a.client.workspaces.invite({ workspace, days: 7 })
  const { invitation: made } = await a.client.workspaces.get({ workspace })
  const looked =
    by === 'file'
      ? await openFile(b, await download(a, invitation))
      : await b.client.workspaces.openLink({ link: made?.link ?? '' })
  if (looked.kind !== 'invitation') throw new Error(`an invitation read as ${looked.kind}`)
  const { answer } = await b.client.workspaces.accept({ token: looked.token })
  await openFile(a, await download(b, answer))
  const [left, right] = [await a.client.workspaces.get({ workspace }), await b.client.workspaces.get({ workspace })]
  if (!left.safetyCode || left.safetyCode.join() !== right.safetyCode?.join()) throw new Error('the safety codes differ') // prettier-ignore
  const said = { workspace, code: left.safetyCode.join(' '), matches: true }
  await a.client.workspaces.confirmSafety(said)
  await b.client.workspaces.confirmSafety(said)
  return { workspace, channel: founded.channels[0]?.id ?? '' }
}
