import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { JobView } from '#shared/projection/app-views.ts'
import type { Changes } from './changes.ts'
import { Refused } from './edge.ts'

const KEPT = 50

/** What a job's work is handed: it reports how far it is and looks whether it should stop. */
export interface JobControl {
  readonly signal: { readonly aborted: boolean }
  /** Called once when the person stops the job while it waits for somebody else. */
  onCancel(stop: () => void): void
  report(progress: number, rows?: number): void
}

/** Long work with progress and cancel. A job that was cancelled has left nothing behind: that is its work's promise. */
export class Jobs {
  readonly #crypto: Crypto
  readonly #changes: Changes
  readonly #log: (error: unknown) => void
  readonly #jobs = new Map<string, { view: JobView; signal: { aborted: boolean }; stop?: () => void }>()

  constructor(crypto: Crypto, changes: Changes, log: (error: unknown) => void) {
    this.#crypto = crypto
    this.#changes = changes
    this.#log = log
  }

  /** Starts `work`; its resolved string becomes the job's result. */
  start(kind: JobView['kind'], work: (control: JobControl) => Promise<string>): string {
    const id = toHex(this.#crypto.random(16))
    const signal = { aborted: false }
    const view: JobView = { id, kind, state: 'running', progress: 0, rows: 0 }
    const job: { view: JobView; signal: { aborted: boolean }; stop?: () => void } = { view, signal }
    this.#jobs.set(id, job)
    for (const old of this.#jobs.keys()) if (this.#jobs.size > KEPT) this.#jobs.delete(old)
    const update = (patch: Partial<JobView>): void => {
      job.view = { ...job.view, ...patch }
      this.#changes.say('jobs')
    }
    const control: JobControl = {
      signal,
      onCancel: (stop) => void (job.stop = stop),
      report: (progress, rows) => update(rows === undefined ? { progress } : { progress, rows }),
    }
    work(control).then(
      (result) => update({ state: 'done', progress: 1, result }),
      (error: unknown) => {
        if (signal.aborted) return update({ state: 'cancelled' })
        if (!(error instanceof Refused)) this.#log(error)
        const refusal = error instanceof Refused ? error : new Refused('shell', 'unexpected')
        const { module, code, params } = refusal
        update({ state: 'failed', refusal: params ? { module, code, params } : { module, code } })
      },
    )
    return id
  }

  get(id: string): JobView {
    const job = this.#jobs.get(id)
    if (!job) throw new Refused('shell', 'job-unknown')
    return job.view
  }

  list(): readonly JobView[] {
    return [...this.#jobs.values()].map((job) => job.view)
  }

  cancel(id: string): void {
    const job = this.#jobs.get(id)
    if (job?.view.state !== 'running') return
    job.signal.aborted = true
    job.stop?.()
  }

  cancelAll(): void {
    for (const id of this.#jobs.keys()) this.cancel(id)
  }
}
