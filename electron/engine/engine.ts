import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Clock } from '#shared/kernel/time.ts'
import { createRouterClient, ORPCError } from '@orpc/server'
import { appAreas } from './api/app.ts'
import { approvalAreas } from './api/approvals.ts'
import { api } from './api/areas.ts'
import type { Front } from './api/front.ts'
import { colleagueAreas } from './api/colleagues.ts'
import { consentAreas } from './api/consents.ts'
import { dryRunAreas } from './api/dry-runs.ts'
import { disputeAreas } from './api/disputes.ts'
import { agreementAreas } from './api/agreements.ts'
import { changeAreas } from './api/changes.ts'
import { contradictionAreas } from './api/contradictions.ts'
import { convergenceAreas } from './api/convergence.ts'
import { decisionAreas } from './api/decisions.ts'
import { negotiationAreas } from './api/negotiation.ts'
import { documentAreas } from './api/documents.ts'
import { planAreas } from './api/plans.ts'
import { scoringAreas } from './api/scoring.ts'
import { standardAreas } from './api/standards.ts'
import { datasetAreas, disclosureAreas } from './api/data.ts'
import { workspaceAreas } from './api/workspaces.ts'
import type { Changes } from './changes.ts'
import type { Desk } from './desk.ts'
import { Refused } from './edge.ts'
import type { Pipe } from './ports.ts'
import { openSample, type SampleOrders } from './sample.ts'

/** Where an engine's vaults are: the person's own, and the sample companies' two. */
export interface Desks {
  readonly own: Desk
  readonly sample: { readonly main: Desk; readonly partner: Desk } | undefined
}

/**
 * One engine: the answers to the contract for the vault that is in front. The sample companies stand in front while nobody
 * has made a company of their own; their partner is an engine of its own behind `partner`.
 */
export class Engine implements Front {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly changes: Changes
  readonly partner: Engine | undefined
  readonly router
  readonly #desks: Desks
  readonly #orders: SampleOrders
  #front: Desk
  #opening: Promise<void> | undefined

  constructor(desks: Desks, partner: Engine | undefined, orders: SampleOrders) {
    const { crypto, clock, changes, log } = desks.own.tools
    this.crypto = crypto
    this.clock = clock
    this.changes = changes
    this.partner = partner
    this.#desks = desks
    this.#orders = orders
    this.#front = desks.own
    const os = api(
      (problem) => log(problem),
      (needed, path, input) => {
        const { session } = this.desk
        return session.refusals.hold(session.hub, needed, { path: [...path], input: JSON.stringify(input) })
      },
    )
    this.router = os.router({
      ...appAreas(os, this),
      ...workspaceAreas(os, this),
      ...datasetAreas(os, this),
      ...disclosureAreas(os, this),
      ...dryRunAreas(os, this),
      ...consentAreas(os, this),
      ...colleagueAreas(os, this),
      ...approvalAreas(os, this),
      ...contradictionAreas(os, this),
      ...documentAreas(os, this),
      ...planAreas(os, this),
      ...standardAreas(os, this),
      ...agreementAreas(os, this),
      ...decisionAreas(os, this),
      ...convergenceAreas(os, this),
      ...changeAreas(os, this),
      ...disputeAreas(os, this),
      ...negotiationAreas(os, this),
      ...scoringAreas(os, this),
    })
  }

  /** The vault in front. */
  get desk(): Desk {
    return this.#front
  }

  /** The vault of the person's own company; it comes to the front. @throws Refused while the sample companies are open. */
  realDesk(): Desk {
    if (this.#front !== this.#desks.own) throw new Refused('shell', 'sample-open')
    return this.#desks.own
  }

  async perform(path: readonly string[], input: unknown): Promise<void> {
    let at: unknown = createRouterClient(this.router as never, { context: {} as never })
    for (const part of path) at = (at as Readonly<Record<string, unknown>>)[part]
    try {
      await (at as (order: unknown) => Promise<unknown>)(input)
    } catch (problem) {
      const refused = problem instanceof ORPCError ? (problem.data as { module?: string; code?: string } | undefined) : undefined
      if (!refused?.module || !refused.code) throw problem
      // Had it still been what was approved, it would not lack an approval now.
      const changed = refused.module === 'approvals' && refused.code !== 'person-needed'
      throw changed ? new Refused('approvals', 'changed-since-approval') : new Refused(refused.module, refused.code)
    }
  } // prettier-ignore

  /** At start: a company of one's own comes first; without one, sample companies that were left open are opened again. */
  async resume(): Promise<void> {
    const { own, sample } = this.#desks
    if (!own.exists && sample?.main.exists) await this.explore()
  }

  /** One click, no passphrase: both sample companies, with data, a policy and a first disclosure. */
  async explore(locale: 'en' | 'ar' = 'en'): Promise<void> {
    const { own, sample } = this.#desks
    if (own.exists || !sample) throw new Refused('shell', 'company-exists')
    this.#opening ??= openSample(sample.main, sample.partner, this.#orders, locale).finally(
      () => (this.#opening = undefined),
    )
    await this.#opening
    this.#front = sample.main
    this.changes.say('app')
  }

  leaveSample(): void {
    const { own, sample } = this.#desks
    if (!sample || this.#front !== sample.main) throw new Refused('shell', 'no-sample')
    sample.partner.destroy()
    sample.main.destroy()
    this.#front = own
    this.changes.say('app')
  }

  /** The network's end: the carrier page, newest first. */
  attachCarrier(pipe: Pipe): void {
    this.#desks.own.links.attach(pipe)
  }

  /** A window's port for a document that it was given a token for. */
  attachLive(token: string, pipe: Pipe): void {
    if (this.#front.isOpen) this.#front.session.live.attach(token, pipe)
    else pipe.close()
  }

  close(): void {
    const { own, sample } = this.#desks
    for (const desk of [own, sample?.main, sample?.partner]) if (desk?.isOpen) desk.lock()
  }
}
