import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeskTools } from '#engine/desk.ts'
import type { Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { PartnerKind } from '#shared/projection/workspace-views.ts'
import { download, openFile, startCompany, until, type Company } from './company.ts'
import { HandClock } from './hand-clock.ts'
import { deviceOf, introduce, TwoCompanies } from './two-companies.ts'
import { Wire } from './wire.ts'

const NAMES = [
  { company: { en: 'Najd Trading Company', ar: 'شركة نجد التجارية' }, person: { en: 'Amal Al-Harbi', ar: 'أمل الحربي' } },
  { company: { en: 'Gulf Supply Company', ar: 'شركة الخليج للتوريد' }, person: { en: 'Badr Al-Qahtani', ar: 'بدر القحطاني' } },
  { company: { en: 'Asir Cold Stores', ar: 'مستودعات عسير المبردة' }, person: { en: 'Noura Al-Shehri', ar: 'نورة الشهري' } },
] as const // prettier-ignore

/** Three companies with engines and keys of their own in one channel; wires join whom a story wants joined. */
export class ThreeCompanies {
  readonly all: readonly [Company, Company, Company]
  readonly clock: HandClock
  readonly workspace: string
  readonly channel: string
  readonly #root: string
  readonly #wires = new Map<string, Wire>()

  constructor(
    root: string,
    clock: HandClock,
    all: ThreeCompanies['all'],
    place: { readonly workspace: string; readonly channel: string },
  ) {
    this.#root = root
    this.clock = clock
    this.all = all
    this.workspace = place.workspace
    this.channel = place.channel
  }

  /** Joins every two that are not joined. */
  link(): void {
    this.all.forEach((left, at) =>
      this.all.forEach((right, to) => {
        if (at < to && !this.#wires.get(`${String(at)}${String(to)}`)?.open) this.#join(left, right, `${String(at)}${String(to)}`)
      }),
    ) // prettier-ignore
  }

  /** Cuts one company off from both others. */
  cutOff(who: 0 | 1 | 2): void {
    for (const [name, wire] of this.#wires) if (name.includes(String(who))) wire.cut()
  }

  /** Two of them as a pair: for what is written for two. Ending the three ends it, too. */
  pair(a: 0 | 1 | 2, b: 0 | 1 | 2): TwoCompanies {
    return new TwoCompanies(this.#root, this.clock, this.all[a], this.all[b], this)
  }

  /** Everybody that is joined holds the same and nothing flies. */
  async level(among: readonly Company[] = this.all): Promise<void> {
    await until('all hold the same', () => {
      const quiet = [...this.#wires.values()].every((wire) => !wire.open || wire.quiet)
      return quiet && new Set(among.map((one) => this.#frontier(one))).size === 1
    })
  }

  #frontier = ({ engine }: Company): string => {
    const { log } = engine.desk.session.context.vault
    return JSON.stringify(log.channels().toSorted().map((channel) => [channel, [...log.frontier(channel)].sort()])) // prettier-ignore
  }

  #join(left: Company, right: Company, name: string): void {
    const wire = new Wire()
    this.#wires.set(name, wire)
    left.engine.desk.session.connections.attach(this.workspace as WorkspaceId, wire.a, deviceOf(right))
    right.engine.desk.session.connections.attach(this.workspace as WorkspaceId, wire.b, deviceOf(left))
  }

  /** Locks all and removes the profiles. @throws when an engine logged a bug. */
  end(): void {
    for (const { engine } of this.all) engine.close()
    rmSync(this.#root, { recursive: true, force: true })
    const bugs = this.all.flatMap((one) => one.bugs)
    if (bugs.length > 0) throw new Error('an engine logged a bug', { cause: bugs[0] })
  }
}

/** Makes three companies of one person each, with the same roles, and links them. */
export async function threeCompanies(
  roles: readonly Role[] = ['ceo', 'coo'],
  tools: readonly (Partial<DeskTools> | undefined)[] = [],
  kind: PartnerKind = 'customer-seller',
): Promise<ThreeCompanies> {
  const root = mkdtempSync(join(tmpdir(), 'mithaq-three-'))
  const clock = new HandClock()
  const make = async (name: string, at: number): Promise<Company> => {
    const directory = join(root, name)
    mkdirSync(directory)
    const own = tools[at]
    const company = await startCompany({
      directory, passphrase: `passphrase of company ${name}`, clock, scheduler: clock, ...(own && { tools: own }),
    }) // prettier-ignore
    const names = NAMES[at] as (typeof NAMES)[number]
    await company.client.vault.create({ ...names, roles: [...roles], passphrase: company.passphrase })
    return company
  }
  const [a, b, c] = [await make('a', 0), await make('b', 1), await make('c', 2)]
  const place = await introduce(a, b, { channelRoles: roles, by: 'file', kind })
  const { workspace } = place
  const invitation = await a.client.workspaces.invite({ workspace, days: 7 })
  const looked = await openFile(c, await download(a, invitation))
  if (looked.kind !== 'invitation') throw new Error(`an invitation read as ${looked.kind}`)
  const { answer } = await c.client.workspaces.accept({ token: looked.token })
  await openFile(a, await download(c, answer))
  const code = (await c.client.workspaces.get({ workspace })).safetyCode?.join(' ') ?? ''
  for (const one of [a, c]) await one.client.workspaces.confirmSafety({ workspace, code, matches: true })
  const three = new ThreeCompanies(root, clock, [a, b, c], place)
  three.link()
  await three.level()
  return three
}
