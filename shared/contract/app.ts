import { eventIterator, type } from '@orpc/contract'
import * as z from 'zod'
import { ROLES } from '#shared/kernel/ids.ts'
import type { AppState, DownloadView, JobView, Topic } from '#shared/projection/app-views.ts'
import type { CompanyView, EnrolmentPreview, ProfileWarning } from '#shared/projection/company-views.ts'
import type { AuditRow, AuditVerdict, TodayView } from '#shared/projection/today-views.ts'
import { AUDIT_KINDS } from '#shared/audit/chain.ts'
import { bilingual, hexId, none, procedure } from './refusal.ts'

const passphrase = z.string().min(1).max(1024)
const words = z.array(z.string()).length(24)

export const app = {
  state: procedure.input(none).output(type<AppState>()),
  /** Streams what changed, so that screens refetch; the first event comes at once. */
  changes: procedure.input(none).output(eventIterator(type<{ readonly topics: readonly Topic[] }>())),
  /** Counts as a use of the app: pushes the automatic lock away. */
  touch: procedure.input(none).output(type<void>()),
}

export const vault = {
  /** Makes the company, its first person and this device. The words are shown once: they are the only way back. */
  create: procedure
    .input(z.object({ company: bilingual, person: bilingual, roles: z.array(z.enum(ROLES)).min(1), passphrase }))
    .output(type<{ readonly recoveryWords: readonly string[]; readonly companyWords: readonly string[] }>()),
  unlock: procedure.input(z.object({ passphrase })).output(type<void>()),
  unlockWithWords: procedure.input(z.object({ words, newPassphrase: passphrase })).output(type<void>()),
  unlockWithKeychain: procedure.input(none).output(type<void>()),
  useKeychain: procedure.input(z.object({ on: z.boolean() })).output(type<void>()),
  lock: procedure.input(none).output(type<void>()),
  changePassphrase: procedure.input(z.object({ current: passphrase, next: passphrase })).output(type<void>()),
  newRecoveryWords: procedure.input(z.object({ passphrase })).output(type<{ readonly words: readonly string[] }>()),
  /** Suspected compromise: a new database key and new wraps; ends with fresh recovery words. */
  rekey: procedure.input(z.object({ passphrase })).output(type<{ readonly words: readonly string[] }>()),
  setAutoLock: procedure.input(z.object({ minutes: z.int().min(1).max(480) })).output(type<void>()),
  backup: procedure.input(none).output(type<DownloadView>()),
  /** Restores an uploaded backup into an empty profile; starts a new incarnation. */
  restore: procedure
    .input(
      z.object({
        upload: z.string(),
        unlock: z.union([z.object({ passphrase }), z.object({ words })]),
        newPassphrase: passphrase.optional(),
      }),
    )
    .output(type<void>()),
}

export const sample = {
  /**
   * One click: two sample companies with data, a policy and a first disclosure. Resolves when both are ready. What a person would
   * have written is written in `locale`, English unless said.
   */
  explore: procedure.input(z.object({ locale: z.enum(['en', 'ar']).optional() }).optional()).output(type<void>()),
  /** Deletes the sample companies, so that a real company can be set up. */
  leave: procedure.input(none).output(type<void>()),
}

/** Bytes in and out, in base64 chunks of at most 512 KiB, over the same port as everything else. */
export const files = {
  begin: procedure
    .input(z.object({ name: z.string().max(255), size: z.int().min(0).max(536_870_912) }))
    .output(type<{ readonly upload: string }>()),
  chunk: procedure.input(z.object({ upload: z.string(), base64: z.string().max(1_000_000) })).output(type<void>()),
  /** One chunk of a download; empty when the end is reached. */
  read: procedure
    .input(z.object({ download: z.string(), offset: z.int().min(0) }))
    .output(type<{ readonly base64: string }>()),
}

export const jobs = {
  get: procedure.input(z.object({ id: z.string() })).output(type<JobView>()),
  list: procedure.input(none).output(type<readonly JobView[]>()),
  cancel: procedure.input(z.object({ id: z.string() })).output(type<void>()),
}

/** A vault that is to become a device of a company that exists: a colleague's, or one's own second. */
export const joining = {
  /** Makes this device's keys and its request. The words are shown once. */
  start: procedure
    .input(z.object({ name: bilingual, passphrase }))
    .output(type<{ readonly recoveryWords: readonly string[] }>()),
  /** The request as a sealed file, as often as it is needed. */
  request: procedure.input(none).output(type<DownloadView>()),
  /** Looks at the company's answer; nothing takes effect before the code was compared. */
  look: procedure
    .input(z.object({ upload: z.string() }))
    .output(type<{ readonly preview: EnrolmentPreview; readonly token: string }>()),
  /** The code matched, or it did not: then the answer is forgotten and the vault goes on waiting. */
  confirm: procedure.input(z.object({ token: z.string(), matches: z.boolean() })).output(type<void>()),
}

const profile = z.object({
  name: bilingual,
  country: z.string().max(60),
  crNumber: z.string().max(40),
  unifiedNumber: z.string().max(40),
  vatNumber: z.string().max(40),
  tin: z.string().max(40),
  address: z.object({
    building: z.string().max(20),
    street: z.string().max(120),
    district: z.string().max(120),
    city: z.string().max(120),
    postalCode: z.string().max(20),
  }),
  languages: z.array(z.enum(['ar', 'en'])),
})

export const company = {
  get: procedure.input(none).output(type<CompanyView>()),
  /** Warnings for a profile as typed, without saving it. */
  check: procedure.input(profile).output(type<readonly ProfileWarning[]>()),
  save: procedure.input(profile).output(type<CompanyView>()),
  addPerson: procedure.input(z.object({ name: bilingual })).output(type<CompanyView>()),
  /** Issues this device's certificate anew with these roles and dates; the old one is superseded. */
  certify: procedure
    .input(
      z.object({
        person: hexId,
        roles: z.array(z.enum(ROLES)).min(1),
        validTo: z.iso.date(),
        signingAuthority: z
          .object({
            matters: z.array(z.string().max(100)).max(32),
            /** In halalas; null: no limit. */
            amountLimitMinor: z.int().min(0).nullable(),
            joint: z.boolean(),
            /** The resolution or power of attorney: an upload, or the SHA-256 of what a certificate names already. */
            document: z
              .union([z.object({ upload: z.string() }), z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })])
              .optional(),
          })
          .optional(),
      }),
    )
    .output(type<CompanyView>()),
  /**
   * After a loss: new device keys for this machine, the lost device revoked, new channel keys. With the company words the
   * issuer whose key lay in the lost vault is replaced, too.
   */
  replaceDevice: procedure.input(z.object({ companyWords: words.nullable() })).output(type<CompanyView>()),
  /** A new root key that the old one names; the new words are shown once, and the old ones open nothing any more. */
  rotateRoot: procedure.input(z.object({ companyWords: words })).output(type<{ readonly words: readonly string[] }>()),
  /** A device of the company ends in every channel: lost, or its person left. What it has read stays read. */
  revokeDevice: procedure
    .input(z.object({ device: hexId, reason: z.enum(['left', 'lost', 'compromised', 'replaced']) }))
    .output(type<CompanyView>()),
  /** One person acts for another in some of that person's roles, from a day to a day. */
  delegate: procedure
    .input(
      z.object({
        from: hexId,
        to: hexId,
        roles: z.array(z.enum(ROLES)).min(1),
        validFrom: z.iso.date(),
        validTo: z.iso.date(),
        /** Whether the substitute may also sign agreements in this person's place. */
        signing: z.boolean().default(false),
      }),
    )
    .output(type<CompanyView>()),
  /** The register, workspaces and keys that a device's present roles are given, as a sealed file for that device alone. */
  updateFile: procedure.input(z.object({ device: hexId })).output(type<DownloadView>()),
  /** Certifies a device whose request was opened and whose code was compared; gives the file to send back, and its code. */
  enrol: procedure
    .input(
      z.object({
        token: z.string(),
        code: z.string().max(100),
        person: hexId.nullable(),
        name: bilingual,
        roles: z.array(z.enum(ROLES)).min(1),
        validTo: z.iso.date(),
      }),
    )
    .output(type<{ readonly code: readonly string[]; readonly answer: DownloadView }>()),
  revoke: procedure.input(z.object({ serial: z.string(), reason: z.string().max(500) })).output(type<CompanyView>()),
}

export const today = {
  get: procedure.input(none).output(type<TodayView>()),
  /** Marks everything up to now as seen. */
  visited: procedure.input(none).output(type<void>()),
}

export const audit = {
  search: procedure
    .input(
      z.object({
        text: z.string().max(200).optional(),
        kinds: z.array(z.enum(AUDIT_KINDS)).optional(),
        from: z.iso.date().optional(),
        to: z.iso.date().optional(),
        offset: z.int().min(0),
        limit: z.int().min(1).max(500),
      }),
    )
    .output(type<{ readonly rows: readonly AuditRow[]; readonly total: number }>()),
  verify: procedure.input(none).output(type<AuditVerdict>()),
  export: procedure.input(z.object({ locale: z.enum(['en', 'ar']) })).output(type<DownloadView>()),
}
