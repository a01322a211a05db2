import type { SealRefusal } from '#shared/seal/entry.ts'
import { UPDATE_REFUSALS } from './update.ts'

/**
 * Why an authentic entry stays in its chain without effect. Final: a function of the entry's bytes and its ancestry; only `role-narrowed`
 * follows from who else had seen it, and the log is read again when that changes.
 */
export const ENTRY_REFUSALS = [
  'no-certificate', // no certificate for the device in the ancestry
  'certificate-not-valid', // expired, revoked, or not for this channel at the time that the entry claims
  'epoch-not-in-ancestry', // written under a key that its author cannot have seen made
  'epoch-unsafe', // written under a key that somebody outside the channel holds
  'cannot-open', // the ciphertext does not fit the key
  'bad-body', // opens, but is not a body
  'not-an-announcement', // in clear, though only announcements may be
  'payload-malformed', // not the shape of its kind
  'not-authorised', // the author's roles do not allow it
  'role-narrowed', // beyond the cut of a narrowing, which it does not name, and the new roles do not allow it
  'control-refused', // membership does not follow from it
  'checkpoint-unseen', // attests entries that are not in its past
  'client-taken', // its client id belongs to another replica
  ...UPDATE_REFUSALS,
] as const
export type EntryRefusal = (typeof ENTRY_REFUSALS)[number]

/** Why an entry waits. It is judged as soon as what it waits for is there; nothing here is a judgement. */
export const WAITS = [
  'missing-ancestry',
  'no-key',
  'newer-version',
  'beyond-cut', // its author was revoked, and nobody had seen it before they knew that
  'ack-due', // a revocation: what was seen before it is said first
] as const
export type Wait = (typeof WAITS)[number]

/** Why a whole run is not taken. */
export const RUN_REFUSALS = [
  'too-large',
  'newer-version',
  'malformed',
  'too-many-entries',
  'too-many-heads',
  'wrong-workspace',
  'wrong-channel',
  'bad-signature',
  'broken-chain', // leaves a gap in its feed: what lies between is asked for
  'replayed', // held already
  'forked', // its feed says two things under one number
  'over-quota', // too much of the feed, or too many feeds, wait already: delayed, not judged
] as const
export type RunRefusal = (typeof RUN_REFUSALS)[number]

export type SyncRefusal = EntryRefusal | RunRefusal
/** All that the other side is told. */
export const PUBLIC_CODES = ['unreadable', 'not-genuine', 'not-permitted', 'not-yet', 'known', 'full'] as const
export type PublicCode = (typeof PUBLIC_CODES)[number]

const PUBLIC: Readonly<Record<SyncRefusal | Wait, PublicCode>> = {
  'too-large': 'unreadable',
  malformed: 'unreadable',
  'too-many-entries': 'unreadable',
  'too-many-heads': 'unreadable',
  'cannot-open': 'unreadable',
  'bad-body': 'unreadable',
  'payload-malformed': 'unreadable',
  'update-malformed': 'unreadable',
  'update-too-large': 'unreadable',
  'update-too-deep': 'unreadable',
  'update-unknown-content': 'unreadable',
  'bad-signature': 'not-genuine',
  'wrong-workspace': 'not-genuine',
  'wrong-channel': 'not-genuine',
  forked: 'not-genuine',
  'update-foreign-client': 'not-genuine',
  'update-clock-gap': 'not-genuine',
  'update-outside-ancestry': 'not-genuine',
  'client-taken': 'not-genuine',
  'checkpoint-unseen': 'not-genuine',
  'no-certificate': 'not-permitted',
  'certificate-not-valid': 'not-permitted',
  'epoch-not-in-ancestry': 'not-permitted',
  'epoch-unsafe': 'not-permitted',
  'not-an-announcement': 'not-permitted',
  'not-authorised': 'not-permitted',
  'role-narrowed': 'not-permitted',
  'control-refused': 'not-permitted',
  'broken-chain': 'not-yet',
  'over-quota': 'not-yet',
  'newer-version': 'not-yet',
  'missing-ancestry': 'not-yet',
  'no-key': 'not-yet',
  'beyond-cut': 'not-permitted',
  'ack-due': 'not-yet',
  replayed: 'known',
}

export const publicCode = (code: SyncRefusal | Wait): PublicCode => PUBLIC[code]

/** The run's refusal in the words of this module. `no-key` and what concerns one entry never come from a run. */
export function runRefusal(refusal: SealRefusal): RunRefusal {
  switch (refusal) {
    case 'seq-gap':
      return 'broken-chain'
    case 'already-held':
      return 'replayed'
    case 'too-large':
    case 'newer-version':
    case 'malformed':
    case 'too-many-entries':
    case 'too-many-heads':
    case 'wrong-workspace':
    case 'wrong-channel':
    case 'bad-signature':
    case 'forked':
      return refusal
    case 'no-key':
    case 'cannot-open':
    case 'bad-body':
    case 'not-an-announcement':
      return 'malformed'
  }
}
