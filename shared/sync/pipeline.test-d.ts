import { admit, authenticate, authorise, certify, open, place, type AdmittedEntry, type AuthorisedEntry, type CertifiedEntry, type Knowledge, type PlacedEntry, type ReadableEntry } from './admit.ts' // prettier-ignore
import type { FeedLine } from './channel-index.ts'
import type { OpenedEntry, Run, VerifiedEntry } from '#shared/seal/entry.ts'
import type { CheckedUpdate } from './update.ts'

/** Compiled, never run: each line marked as an error is a stage skipped, and the compiler must say so. */
declare function it(title: string, check: () => void): void
declare const knowledge: Knowledge
declare const line: FeedLine
declare const bytes: Uint8Array
declare const run: Run
declare const verified: VerifiedEntry
declare const opened: OpenedEntry
declare const placed: PlacedEntry
declare const certified: CertifiedEntry
declare const readable: ReadableEntry
declare const authorised: AuthorisedEntry
declare function apply(entry: AdmittedEntry): void
declare function applyUpdate(update: CheckedUpdate): void

it('[SYN-61] no stage of admission takes what the stage before it has not made', () => {
  // @ts-expect-error bytes are not a run
  authenticate(bytes, line, knowledge)
  // @ts-expect-error a run is not verified
  place(run, line, knowledge)
  // @ts-expect-error a verified entry has no place yet
  certify(verified, knowledge)
  // @ts-expect-error a placed entry is not certified
  open(placed, knowledge)
  // @ts-expect-error a certified entry is not opened
  authorise(certified, knowledge)
  // @ts-expect-error opened by other ways than through the certificate
  authorise(opened, knowledge)
  // @ts-expect-error a readable entry is not authorised
  admit(readable, knowledge)
  // @ts-expect-error a stage may refuse
  apply(admit(authorised, knowledge))
  // @ts-expect-error an authorised entry is not admitted
  apply(authorised)
  // @ts-expect-error bytes of an update are not checked
  applyUpdate(bytes)
  admit(authorised, knowledge)
})
