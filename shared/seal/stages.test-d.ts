import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { OpenedEntry, Run, SealedRun, VerifiedEntry } from './entry.ts'
import { openEntry } from './open.ts'
import { parseRun } from './parse.ts'
import { signRun, type RunDraft } from './seal.ts'
import { verifyRun } from './verify.ts'

/** Compiled, never run: each line marked as an error is a step skipped, and the compiler must say so. */
declare function it(title: string, check: () => void): void
declare const crypto: Crypto
declare const key: SymmetricKey
declare const bytes: Uint8Array
declare const run: Run
declare const verified: VerifiedEntry
declare const opened: OpenedEntry
declare const expected: Parameters<typeof verifyRun>[2]
declare function store(sealed: SealedRun): void

it('[SEAL-19] inbound: no stage takes what the stage before it has not made', () => {
  // @ts-expect-error bytes are not parsed
  verifyRun(crypto, bytes, expected)
  // @ts-expect-error a run is not verified
  openEntry(crypto, run, key)
  // @ts-expect-error a parsed entry is not verified
  openEntry(crypto, run.entries[0], key)
  // @ts-expect-error a parse may be a refusal
  verifyRun(crypto, parseRun(bytes), expected)
  verifyRun(crypto, run, expected)
  openEntry(crypto, verified, key)
})

it('[SEAL-19] no stage can be made by writing its fields', () => {
  // @ts-expect-error only parseRun makes a Run
  const forgedRun: Run = { ...plain(run) }
  // @ts-expect-error only verifyRun makes a VerifiedEntry
  const forgedEntry: VerifiedEntry = { ...plain(verified) }
  // @ts-expect-error only openEntry makes an OpenedEntry
  const forgedOpened: OpenedEntry = { entry: verified, body: opened.body }
  return [forgedRun, forgedEntry, forgedOpened]
})

it('[SEAL-19] outbound: only signed runs leave', () => {
  // @ts-expect-error bytes are not a sealed run
  store(bytes)
  // @ts-expect-error a run that came in is not one of ours
  store(run)
  // @ts-expect-error a draft is made by startRun alone
  const draft: RunDraft = { position: expected }
  store(signRun(crypto, draft, key as Uint8Array as Parameters<typeof signRun>[2]))
})

/** The same fields without the brand. */
declare function plain<T extends object>(value: T): { [K in keyof T as K extends string ? K : never]: T[K] }
