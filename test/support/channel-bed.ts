import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ChannelId, FeedId, Role } from '#shared/kernel/ids.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import { download, openFile, startCompany, type Company } from './company.ts'
import { enrolled } from './enrolled.ts'
import { deviceOf, TITLE, twoCompanies, type TwoCompanies } from './two-companies.ts'

/** The name of the person whom every further device asks for. */
export const NAME = { en: 'Basma Al-Otaibi', ar: 'بسمة العتيبي' }

interface Place {
  readonly feed: FeedId
  readonly seq: number
}

export const hubOf = ({ engine }: Company) => engine.desk.session.hub

/**
 * Two companies that have met, and the further machines of a story, by files alone. `two` is made anew before each story; all
 * are closed after it, and none may have had a defect.
 */
export class ChannelBed {
  two!: TwoCompanies
  readonly #more: Company[] = []

  async open(): Promise<void> {
    this.two = await twoCompanies()
    await this.two.mail(this.two.a, this.two.b)
  }
  close(): void {
    for (const { engine, directory, bugs } of this.#more.splice(0)) {
      engine.close()
      rmSync(directory, { recursive: true, force: true })
      expect(bugs).toEqual([])
    }
    this.two.end()
  }

  runtimeOf(company: Company) {
    const runtime = hubOf(company).runtime(this.two.channel as ChannelId)
    if (!runtime) throw new Error('the channel is not there')
    return runtime
  }

  /** A machine on which nothing is yet. */
  async machine(passphrase: string): Promise<Company> {
    const { clock } = this.two
    const directory = mkdtempSync(join(tmpdir(), 'mithaq-device-'))
    const machine = await startCompany({ directory, passphrase, clock, scheduler: clock })
    this.#more.push(machine)
    return machine
  }

  /** A further device of `by`'s company, enrolled over files alone. */
  async enrol(by: Company, roles: readonly Role[], person: string | null = null): Promise<Company> {
    const device = await enrolled(by, this.two.clock, { name: NAME, roles, person })
    this.#more.push(device)
    return device
  }

  /** Something that anybody certified may write: the declaration of a plan. */
  declare(company: Company, nonce: number): string {
    const hub = hubOf(company)
    const bytes = new Uint8Array(16).fill(nonce)
    const artifact = artifactIdOf(hub.context.crypto, hub.identity.card.company, bytes)
    const event = { type: 'artifact-created' as const, artifact, artifactType: CapacityPlan.type, nonce: bytes, title: TITLE } // prettier-ignore
    hub.change(() => {
      writeIn(hub, this.two.channel as ChannelId, [{ kind: 'event', payload: writeArtifactEvent(event) }])
      return undefined
    })
    return artifact
  }
  /** Whether a plan that was declared is there. */
  sees(company: Company, artifact: string): boolean {
    return this.runtimeOf(company)
      .facts.artifacts(CapacityPlan.type)
      .some(({ id }) => id === artifact)
  }

  async carry(from: Company, to: Company): Promise<void> {
    const file = await from.client.workspaces.exportSync({ workspace: this.two.workspace })
    await openFile(to, await download(from, file))
  }
  async everybodyMeets(companies: readonly Company[]): Promise<void> {
    for (let round = 0; round < 2; round++)
      for (const from of companies) for (const to of companies) if (from !== to) await this.carry(from, to)
  }

  /** Verdict of every entry that is held. */
  verdicts(company: Company): string {
    return JSON.stringify(
      this.runtimeOf(company)
        .admission.index.lines.map(({ id, admitted, hashes }) => [id, admitted, hashes])
        .toSorted(),
    )
  }

  /** Where the first word of an ending stands. */
  lastRevocation(company: Company): Place {
    const [ending] = this.runtimeOf(company).admission.endings.all
    if (!ending?.carriers[0]) throw new Error('nothing revoked')
    return ending.carriers[0]
  }

  /** The last entry that a company's device wrote. */
  lastFact(company: Company): Place {
    const line = this.runtimeOf(company).admission.index.lines.find(({ id }) => id.startsWith(deviceOf(company)))
    if (!line) throw new Error('nothing written')
    return { feed: line.id, seq: line.admitted.length }
  }

  /** How many entries that `thief` holds any of its keys opens: of those with `after` in their ancestry, and of all others. */
  opened(thief: Company, by: Company, after: Place) {
    const { context } = hubOf(thief)
    const { workspace, admission } = this.runtimeOf(by)
    const keys = this.runtimeOf(thief).epochKeys()
    const count = { after: 0, held: 0, before: 0 }
    for (const { firstSeq, bytes } of context.vault.log.replay(this.two.channel)) {
      const run = parseRun(bytes)
      const line = run.ok ? admission.index.line(run.value.feed) : undefined
      if (!run.ok || run.value.channel === null || !line) continue
      const previousHash = line.hashes.of(firstSeq - 1) ?? null
      const place = { workspace, channel: this.two.channel as ChannelId, nextSeq: firstSeq, previousHash }
      const verified = verifyRun(context.crypto, run.value, place)
      if (!verified.ok) throw new Error(verified.refusal)
      for (const entry of verified.value) {
        if (entry.epoch === null) continue
        const later = admission.index.ancestryOf(line, entry.seq).includes(after)
        if (later) count.held++
        if (keys.some(({ key }) => openEntry(context.crypto, entry, key).ok)) count[later ? 'after' : 'before']++
      }
    }
    return count
  }
}

/** A bed for each story of the file. */
export function channelBed(): ChannelBed {
  const bed = new ChannelBed()
  beforeEach(() => bed.open())
  afterEach(() => bed.close())
  return bed
}
