import type { ChannelId } from '#shared/kernel/ids.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import { VaultFault } from '../ports.ts'
import type { Hub } from '../workspaces/hub.ts'
import { foundInternal, hasColleagues, internalChannel } from './internal.ts'
import { handOver, renewShares, tellApprovals } from './keep.ts'
import { certifySigners, offerSigningKey } from './signers.ts'
import { ownRoles, takeShares } from './take.ts'
import { sendWords, takeWord } from './word.ts'

/**
 * Keeps a company's devices informed of each other while the vault is open: hands keys over, sends and takes revisions, tells the
 * register. It looks again whenever the internal channel grew or somebody says that data changed; one round at a time.
 */
export class Colleagues {
  readonly #hub: Hub
  readonly #told: () => void
  readonly #stopListening: () => void
  #due = false
  #running = false
  #closed = false

  /** `told`: the company's word brought workspaces or roles that connections have to follow. */
  constructor(hub: Hub, told: () => void) {
    this.#hub = hub
    this.#told = told
    this.#stopListening = hub.onGrown((channel: ChannelId) => {
      const genesis = hub.runtime(channel)?.members.genesis
      if (genesis && isInternal(genesis)) this.wake()
    })
  }

  /** Looks whether something is to be sent or taken, soon. */
  wake(): void {
    this.#due = true
    if (!this.#running && !this.#closed) void this.#run()
  }

  /** Whether something is being sent or taken, or is about to be. */
  get isBusy(): boolean {
    return this.#due || this.#running
  }

  close(): void {
    this.#closed = true
    this.#stopListening()
  }

  async #run(): Promise<void> {
    this.#running = true
    this.#hub.context.changes.say('colleagues')
    try {
      while (this.#due && !this.#closed) {
        this.#due = false
        await this.#hub.context.scheduler.breathe()
        if (!this.#closed) await this.#round()
      }
    } catch (problem) {
      // A full disk or a mistake here must not keep anybody out of the vault; the next wake tries again.
      if (!this.#closed && !(problem instanceof VaultFault)) this.#hub.context.log(problem)
    } finally {
      this.#running = false
      if (!this.#closed) this.#hub.context.changes.say('colleagues')
    }
  }

  async #round(): Promise<void> {
    const hub = this.#hub
    const isOver = (): boolean => this.#closed
    if (hasColleagues(hub)) foundInternal(hub)
    const runtime = internalChannel(hub)
    if (!runtime) return
    const told = takeWord(hub, runtime)
    if (told) this.#told()
    // A device that was revoked, or whose certificate ran out, says nothing any more.
    const speaks = ownRoles(hub, runtime).length > 0
    const changed = [
      told,
      speaks && (await certifySigners(hub, runtime, isOver)),
      speaks && !isOver() && sendWords(hub, runtime),
      speaks && !isOver() && handOver(hub, runtime),
      speaks && !isOver() && (await offerSigningKey(hub, runtime, isOver)),
      speaks && !isOver() && tellApprovals(hub, runtime),
      speaks && !isOver() && (await renewShares(hub, runtime, isOver)),
      !isOver() && (await takeShares(hub, runtime, isOver)),
    ]
    if (changed.includes(true) && !isOver())
      hub.context.changes.say('colleagues', 'datasets', 'disclosures', 'company', 'approvals', 'today', 'audit')
  }
}
