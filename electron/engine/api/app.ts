import { GENESIS, type ChainHead } from '#shared/audit/chain.ts'
import { verifyChain } from '#shared/audit/verify.ts'
import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Hash } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import type { AuditRow, AuditVerdict } from '#shared/projection/today-views.ts'
import { ok } from '#shared/kernel/result.ts'
import type { AuditEntry } from '#shared/audit/chain.ts'
import { newId } from '../context.ts'
import { must, Refused } from '../edge.ts'
import type { Front } from './front.ts'
import {
  addPerson,
  certifyPerson,
  companyView,
  endOf,
  revokeCertificate,
  saveProfile,
  warningsOf,
  keepAuthorityDocument,
} from '../identity/company.ts'
import { delegate, revokeDevice } from '../identity/devices.ts'
import { enrol, lookAtRequest, updateFor } from '../identity/enrol.ts'
import { lookAtAnswer, previewOf } from '../identity/join.ts'
import { rotateRoot } from '../identity/rotate-root.ts'
import { replaceDevice } from '../identity/replace-device.ts'
import { exportTable } from '../datasets/export.ts'
import type { Vault } from '../ports.ts'
import { markVisited, today } from '../today/today.ts'
import type { DeviceId, PersonId } from '#shared/kernel/ids.ts'
import type { Enrolment } from '#shared/membership/enrolment.ts'
import { readSealedFile, writeSealedFile } from '#shared/seal/sealed-file.ts'
import { takeSync } from './take-sync.ts'
import type { Api } from './areas.ts'

const DAY = 86_400_000
/** Audit entries read and checked before the engine turns to what else waits. */
const PAGE = 1_000

export function appAreas(api: Api, engine: Front) {
  const { app, vault, sample, files, jobs } = api
  return {
    app: {
      state: app.state.handler(() => engine.desk.state()),
      changes: app.changes.handler(({ signal }) => engine.changes.stream(signal)),
      touch: app.touch.handler(() => engine.desk.touch()),
    },
    vault: {
      create: vault.create.handler(({ input }) =>
        engine.realDesk().create(input.company, input.person, input.roles, input.passphrase),
      ),
      unlock: vault.unlock.handler(({ input }) => engine.desk.unlock(input.passphrase)),
      unlockWithWords: vault.unlockWithWords.handler(({ input }) =>
        engine.desk.unlockWithWords(input.words, input.newPassphrase),
      ),
      unlockWithKeychain: vault.unlockWithKeychain.handler(() => engine.desk.unlockWithKeychain()),
      useKeychain: vault.useKeychain.handler(({ input }) => {
        const { unlocked } = engine.desk.session.context
        if (input.on) must(unlocked.enableKeychain(), 'vault')
        else unlocked.disableKeychain()
        engine.changes.say('app')
      }),
      lock: vault.lock.handler(() => engine.desk.lock()),
      changePassphrase: vault.changePassphrase.handler(({ input }) => {
        must(engine.desk.session.context.unlocked.changePassphrase(input.next, input.current), 'vault')
        engine.changes.say('audit')
      }),
      newRecoveryWords: vault.newRecoveryWords.handler(({ input }) => {
        const { unlocked } = engine.desk.session.context
        must(unlocked.check(input.passphrase), 'vault')
        const kit = unlocked.issueRecoveryKit()
        kit.confirm()
        engine.changes.say('audit')
        return { words: kit.words }
      }),
      rekey: vault.rekey.handler(({ input }) => {
        const { unlocked } = engine.desk.session.context
        must(unlocked.rekey(input.passphrase), 'vault')
        const kit = unlocked.issueRecoveryKit()
        kit.confirm()
        engine.changes.say('audit')
        return { words: kit.words }
      }),
      setAutoLock: vault.setAutoLock.handler(({ input }) => engine.desk.setAutoLock(input.minutes)),
      backup: vault.backup.handler(async (): Promise<DownloadView> => {
        const bytes = await engine.desk.backup()
        const day = new Date(engine.clock.now()).toISOString().slice(0, 10)
        return engine.desk.transfers.offer(`mithaq-${day}.mithaq-backup`, bytes)
      }),
      restore: vault.restore.handler(({ input }) => {
        const secret = 'words' in input.unlock ? { words: input.unlock.words.join(' ') } : input.unlock
        const desk = engine.realDesk()
        desk.restore(input.upload, secret, input.newPassphrase)
      }),
    },
    sample: {
      explore: sample.explore.handler(({ input }) => engine.explore(input?.locale)),
      leave: sample.leave.handler(() => engine.leaveSample()),
    },
    files: {
      begin: files.begin.handler(({ input }) => ({ upload: engine.desk.transfers.begin(input.name, input.size) })),
      chunk: files.chunk.handler(({ input }) => engine.desk.transfers.chunk(input.upload, input.base64)),
      read: files.read.handler(({ input }) => ({ base64: engine.desk.transfers.read(input.download, input.offset) })),
    },
    jobs: {
      get: jobs.get.handler(({ input }) => engine.desk.jobs.get(input.id)),
      list: jobs.list.handler(() => engine.desk.jobs.list()),
      cancel: jobs.cancel.handler(({ input }) => engine.desk.jobs.cancel(input.id)),
    },
    joining: joiningAreas(api, engine),
    ...companyAreas(api, engine),
    ...auditAreas(api, engine),
  }
}

function joiningAreas({ joining }: Api, engine: Front) {
  const looked = new Map<string, { readonly enrolment: Enrolment; readonly runs: readonly Uint8Array[] }>()
  return {
    start: joining.start.handler(({ input }) => engine.realDesk().join(input.name, input.passphrase)),
    request: joining.request.handler(() => {
      const frames = [engine.desk.joining.pending.request]
      return engine.desk.transfers.offer('mithaq-device-request.mithaq', writeSealedFile(engine.crypto, { kind: 'device-request', frames })) // prettier-ignore
    }),
    look: joining.look.handler(({ input }) => {
      const { context, pending } = engine.desk.joining
      const { kind, frames } = must(
        readSealedFile(engine.crypto, engine.desk.transfers.uploaded(input.upload).bytes),
        'seal',
      )
      const [first, ...runs] = frames
      if (kind !== 'enrolment' || !first) throw new Refused('company', 'not-an-enrolment')
      const enrolment = lookAtAnswer(context, pending, first)
      const token = newId<string>(engine.crypto)
      looked.clear()
      looked.set(token, { enrolment, runs })
      return { token, preview: previewOf(context, enrolment) }
    }),
    confirm: joining.confirm.handler(({ input }) => {
      const found = looked.get(input.token)
      looked.clear()
      if (!input.matches) throw new Refused('workspaces', 'safety-code-differed')
      if (!found) throw new Refused('company', 'request-forgotten')
      engine.desk.joined(found.enrolment)
      if (found.runs.length > 0) takeSync(engine.desk.session, found.runs)
      engine.changes.say('app', 'company', 'workspaces', 'artifacts', 'today', 'audit')
    }),
  }
}

function companyAreas(api: Api, engine: Front) {
  const { company, today: day } = api
  const hub = () => engine.desk.session.hub
  const changed = <T>(view: T): T => {
    // Every device of the company hears of it through its own workspace.
    engine.desk.session.colleagues.wake()
    engine.changes.say('company', 'workspaces', 'audit', 'today', 'app')
    return view
  }
  /** The hash that a certificate names; what was uploaded keeps its name in the vault. */
  const documentOf = (given: { upload: string } | { sha256: string } | undefined): Hash | null => {
    if (!given) return null
    if ('sha256' in given) return fromHex(given.sha256) as Hash
    const { name, bytes } = engine.desk.transfers.uploaded(given.upload)
    return keepAuthorityDocument(hub(), name, bytes)
  }
  return {
    company: {
      get: company.get.handler(() => companyView(hub())),
      check: company.check.handler(({ input }) => warningsOf(input)),
      save: company.save.handler(({ input }) => changed(saveProfile(hub(), input))),
      addPerson: company.addPerson.handler(({ input }) => changed(addPerson(hub(), input.name))),
      certify: company.certify.handler(({ input }) => {
        const { signingAuthority: given, ...terms } = input
        const authority = given
          ? {
              matters: given.matters,
              limit: given.amountLimitMinor === null ? null : { currency: 'SAR', amount: given.amountLimitMinor },
              joint: given.joint,
              document: documentOf(given.document),
            }
          : null
        return changed(certifyPerson(hub(), { ...terms, authority }))
      }),
      replaceDevice: company.replaceDevice.handler(({ input }) => {
        replaceDevice(hub(), input.companyWords)
        engine.desk.session.connections.refreshAll()
        return changed(companyView(hub()))
      }),
      rotateRoot: company.rotateRoot.handler(({ input }) => changed({ words: rotateRoot(hub(), input.companyWords) })),
      revokeDevice: company.revokeDevice.handler(({ input }) => {
        revokeDevice(hub(), input.device as DeviceId, input.reason)
        return changed(companyView(hub()))
      }),
      delegate: company.delegate.handler(({ input }) => {
        const { from, to, roles } = input
        const validFrom = Date.parse(`${input.validFrom}T00:00:00Z`) as Instant
        delegate(hub(), {
          from: from as PersonId,
          to: to as PersonId,
          roles,
          validFrom,
          validTo: endOf(input.validTo),
          signing: input.signing,
        })
        return changed(companyView(hub()))
      }),
      updateFile: company.updateFile.handler(({ input }) => {
        const file = updateFor(hub(), input.device as DeviceId)
        engine.changes.say('audit')
        return engine.desk.transfers.offer('mithaq-company-update.mithaq', file)
      }),
      enrol: company.enrol.handler(({ input }) => {
        const bytes = engine.desk.requests.get(input.token)
        if (!bytes) throw new Refused('company', 'request-forgotten')
        const asking = lookAtRequest(hub(), bytes)
        if (asking.code !== input.code) throw new Refused('workspaces', 'nothing-to-confirm')
        const { person, name, roles } = input
        const made = enrol(hub(), asking, {
          person: person as PersonId | null,
          name,
          roles,
          validTo: endOf(input.validTo),
        })
        engine.desk.requests.delete(input.token)
        const answer = engine.desk.transfers.offer('mithaq-device-answer.mithaq', made.file)
        return changed({ code: made.code.split(' '), answer })
      }),
      revoke: company.revoke.handler(({ input }) => changed(revokeCertificate(hub(), input.serial, input.reason))),
    },
    today: {
      get: day.get.handler(() => today(hub(), engine.desk.session.connections)),
      visited: day.visited.handler(() => {
        markVisited(hub())
        engine.changes.say('today')
      }),
    },
  }
}

function auditAreas(api: Api, engine: Front) {
  const vault = (): Vault => engine.desk.session.context.vault
  /**
   * The chain up to an entry, page by page: a long one must not hold up the window. Asks for the vault anew each time,
   * since it may be locked meanwhile.
   */
  async function verifyTo(seq: number): Promise<ReturnType<typeof verifyChain>> {
    let head: ChainHead = GENESIS
    while (head.seq < seq) {
      const entries = vault().audit.range(head.seq + 1, Math.min(PAGE, seq - head.seq))
      const verified = verifyChain(engine.crypto, entries, head)
      if (!verified.ok || entries.length === 0) return verified
      head = verified.value
      await engine.desk.session.context.scheduler.breathe()
    }
    return ok(head)
  }
  return {
    audit: {
      search: api.audit.search.handler(({ input }) => {
        const { text, kinds, from, to, offset, limit } = input
        const found = vault().audit.search({
          offset,
          limit,
          ...(text !== undefined && { text }),
          ...(kinds !== undefined && { kinds }),
          ...(from !== undefined && { from: Date.parse(`${from}T00:00:00Z`) as Instant }),
          ...(to !== undefined && { to: (Date.parse(`${to}T00:00:00Z`) + DAY - 1) as Instant }),
        })
        return { rows: found.entries.map(rowOf), total: found.total }
      }),
      verify: api.audit.verify.handler(async (): Promise<AuditVerdict> => {
        const { seq, hash } = vault().audit.head()
        const verified = await verifyTo(seq)
        const intact = verified.ok && verified.value.seq === seq
        return {
          entries: seq,
          intact,
          firstBroken: verified.ok ? (intact ? null : verified.value.seq + 1) : verified.refusal.seq,
          head: toHex(hash),
        }
      }),
      export: api.audit.export.handler(async ({ input }) => {
        const { tables, scheduler } = engine.desk.session.context
        const headers = ['seq', 'at', 'kind', 'code', 'actor', 'subject', 'detail', 'hash']
        const columns = headers.map((name) => ({ name, type: 'text' as const, meaning: 'other' as const }))
        const rows: string[][] = []
        const last = vault().audit.head().seq
        for (let from = 1; from <= last; from += PAGE) {
          for (const row of vault()
            .audit.range(from, Math.min(PAGE, last - from + 1))
            .map(rowOf)) {
            rows.push([
              String(row.seq), new Date(row.at).toISOString(), row.kind, row.code, row.actor, row.subject, JSON.stringify(row.detail), row.hash,
            ]) // prettier-ignore
          }
          await scheduler.breathe()
        }
        const table = {
          name: 'Audit',
          columns,
          rows,
          provenance: [['head', toHex(vault().audit.head().hash)]] as const,
          moneyDecimals: 0,
        }
        const bytes = await exportTable(tables, scheduler, table, input.locale)
        return engine.desk.transfers.offer('mithaq-audit.xlsx', bytes)
      }),
    },
  }
}

const rowOf = ({ seq, at, event, hash }: AuditEntry): AuditRow => ({
  seq,
  at,
  kind: event.kind,
  code: event.code,
  actor: event.actor,
  subject: event.subject.name,
  detail: event.detail,
  hash: toHex(hash),
})
