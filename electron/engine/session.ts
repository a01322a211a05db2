import type { SecretKey } from '#shared/kernel/crypto.ts'
import type { Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import { placesOf } from './agreements/agreement.ts'
import { catchUp } from './agreements/sign.ts'
import { allowNamed } from './named-addresses.ts'
import { HeldRefusals } from './approvals/requests.ts'
import { Colleagues } from './colleagues/colleagues.ts'
import type { Context } from './context.ts'
import { VaultFault } from './ports.ts'
import { record } from './context.ts'
import { DatasetIntents } from './datasets/intents.ts'
import { emptyProfile } from './identity/company.ts'
import {
  certificateIn,
  loadIdentity,
  makeIdentity,
  saveIdentity,
  type IssuedRecord,
  type PersonRecord,
} from './identity/identity.ts'
import type { Jobs } from './jobs.ts'
import { LiveDocuments } from './live/live-documents.ts'
import type { Links } from './links/links.ts'
import type { Transfers } from './transfers.ts'
import { answerCheckpoints } from './workspaces/checkpoints.ts'
import { Connections } from './workspaces/connections.ts'
import { journal, snapshot } from './today/journal.ts'
import { handKeysOn } from './workspaces/hand-keys-on.ts'
import { Hub } from './workspaces/hub.ts'
import { witnessChanges } from './service-changes/witness.ts'
import { noticeStages } from './disputes/notice.ts'
import { witnessDisputes } from './disputes/witness.ts'
import { witnessOutcomes } from './convergence/witness.ts'
import { endExpiredConsents } from './disclosures/consents.ts'
import { endAccess } from './disclosures/end-access.ts'
import { witnessWords } from './decisions/witness.ts'
import { reciprocate } from './disclosures/reciprocate.ts'

const HOUR = 3_600_000

/** An open vault and everything that lives while it is open. */
export class Session {
  readonly context: Context
  readonly hub: Hub
  readonly connections: Connections
  readonly datasets: DatasetIntents
  readonly live: LiveDocuments
  readonly colleagues: Colleagues
  /** What was refused for want of an approval, until somebody asks for it. */
  readonly refusals = new HeldRefusals()
  #news = 0
  #closed = false
  #timer: { cancel(): void } | undefined

  constructor(context: Context, links: Links, jobs: Jobs, transfers: Transfers) {
    this.context = context
    this.datasets = new DatasetIntents(context, jobs, transfers, () => this.#actor)
    context.vault.datasets.sweepStaging()
    this.hub = new Hub(context, loadIdentity(context), (runtime) => {
      const before = snapshot(runtime)
      return (admitted) => journal(context, runtime, admitted, before)
    })
    this.connections = new Connections(this.hub, links)
    allowNamed(context)
    this.hub.onReceived(() => void this.#signWhatIsOwed())
    this.live = new LiveDocuments(this.hub, (workspace, channel, bytes) =>
      this.connections.present(workspace, channel, bytes),
    )
    this.hub.onReceived((workspace) => this.#keepPromises(workspace))
    this.colleagues = new Colleagues(this.hub, () => {
      this.connections.refreshAll()
      context.changes.say('app', 'workspaces', 'artifacts')
    })
    this.#watchTime()
  }

  /** Conditions of disclosures are looked at when news came, and as time passes: a grace ends without anybody writing. */
  #keepPromises(workspace?: WorkspaceId): void {
    try {
      const { hub } = this
      if (hub.byItself(() => handKeysOn(hub, workspace))) this.context.changes.say('workspaces', 'audit')
      const ended = hub.byItself(() => [endExpiredConsents(hub), endAccess(hub, workspace)].includes(true))
      if (
        hub.byItself(() =>
          [witnessWords, witnessOutcomes, witnessChanges, witnessDisputes, noticeStages]
            .map((look) => look(hub, workspace))
            .includes(true),
        )
      )
        this.context.changes.say('documents', 'audit', 'today')
      if (hub.byItself(() => answerCheckpoints(hub))) this.context.changes.say('workspaces', 'audit')
      if (hub.byItself(() => reciprocate(hub, workspace)) || ended)
        this.context.changes.say('disclosures', 'artifacts', 'audit', 'today', 'workspaces')
    } catch (problem) {
      // A mistake here must not keep anybody out of the vault.
      this.context.log(problem)
    }
  }
  #watchTime(): void {
    this.#keepPromises()
    this.colleagues.wake()
    this.#timer = this.context.scheduler.after(HOUR, () => {
      // A day that turned closes and opens screens although nothing was written.
      this.context.changes.say('disclosures', 'artifacts', 'documents', 'today')
      this.#watchTime()
    })
  }

  get #actor(): string {
    return certificateIn(this.hub.identity.certified).name.en
  }

  /** A signature that somebody else's pushed out of a file is put in again, one round at a time. */
  async #signWhatIsOwed(): Promise<void> {
    this.#news++
    if (this.#news > 1) return
    try {
      for (let seen = 0; seen < this.#news && !this.#closed;) {
        seen = this.#news
        if (await catchUp(this.hub, placesOf(this.hub))) this.context.changes.say('documents', 'audit')
      }
    } catch (problem) {
      if (!this.#closed) this.context.log(problem)
    } finally {
      this.#news = 0
    }
  }

  close(): void {
    this.#closed = true
    this.colleagues.close()
    this.live.closeAll()
    this.#timer?.cancel()
    this.connections.closeAll()
    this.context.endpoints.allow([])
    try {
      this.hub.store()
    } catch (problem) {
      // A full disk: the next opening reads the log.
      if (!(problem instanceof VaultFault)) this.context.log(problem)
    }
    this.context.unlocked.lock()
  }
}

/** Fills a new vault with its company, first person and device. Returns the root secret, which stays nowhere else. */
export function foundCompany(
  context: Context,
  company: Bilingual,
  person: Bilingual,
  roles: readonly Role[],
): SecretKey {
  const { identity, root, people } = makeIdentity(context, company, person, roles)
  const { vault } = context
  vault.transaction(() => {
    saveIdentity(context, identity)
    vault.records.put('company', 'profile', emptyProfile(company))
    for (const [id, value] of people) vault.records.put<PersonRecord>('person', id, value)
    const { serial } = certificateIn(identity.certified)
    vault.records.put<IssuedRecord>('certificate', serial, { certified: identity.certified, revokedAt: null })
    const subject = { id: identity.card.company, name: company.en }
    record(context, { kind: 'company', code: 'company-founded', actor: person.en, subject, detail: {} })
    record(context, {
      kind: 'certificate',
      code: 'certificate-issued',
      actor: person.en,
      subject: { id: serial, name: person.en },
      detail: { roles: roles.join(' ') },
    })
    return undefined
  })
  return root
}
