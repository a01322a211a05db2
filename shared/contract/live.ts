import { concat, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { RefusalView } from '#shared/projection/app-views.ts'
import type { AuthorView } from '#shared/projection/document-views.ts'

/**
 * What a window with an open document and the engine say to each other, over a binary port of its own: the engine's state
 * first, then updates both ways. One byte of kind, then the rest. Nothing here reaches a partner as it is: the engine checks,
 * seals and commits what a window wrote.
 */
export type FromEngine =
  /** The whole section; the replica begins with it. */
  | { readonly kind: 'state'; readonly bytes: Uint8Array }
  | { readonly kind: 'update'; readonly bytes: Uint8Array }
  /** So many further updates of this window are committed. */
  | { readonly kind: 'kept'; readonly count: number }
  /** An update of this window was not taken: the replica ends here, and what it held unkept is a draft. */
  | { readonly kind: 'refused'; readonly refusal: RefusalView }
  /** Where somebody is: an awareness update, and who it is in the engine's own word. Null: another window of this device. */
  | {
      readonly kind: 'present'
      readonly who: Pick<AuthorView, 'company' | 'person'> | null
      readonly bytes: Uint8Array
    }

export type FromWindow =
  | { readonly kind: 'update'; readonly bytes: Uint8Array }
  | { readonly kind: 'present'; readonly bytes: Uint8Array }
  /** Everything is kept and the window closes: its replica's number may be used again. */
  | { readonly kind: 'leave' }

/** An awareness update larger than this is not passed on. */
export const MOST_PRESENCE = 4096

const ENGINE = ['state', 'update', 'kept', 'refused', 'present'] as const
const WINDOW = ['update', 'present', 'leave'] as const
const NOTHING = new Uint8Array(0)

export function encodeFromEngine(frame: FromEngine): Uint8Array {
  const kind = Uint8Array.of(ENGINE.indexOf(frame.kind))
  switch (frame.kind) {
    case 'state':
    case 'update':
      return concat(kind, frame.bytes)
    case 'kept':
      return concat(kind, json(frame.count))
    case 'refused':
      return concat(kind, json(frame.refusal))
    case 'present': {
      const who = json(frame.who)
      return concat(kind, Uint8Array.of(who.length >> 8, who.length & 0xff), who, frame.bytes)
    }
  }
}

/** Undefined for what no engine of this version says. */
export function decodeFromEngine(bytes: Uint8Array): FromEngine | undefined {
  const kind = ENGINE[bytes[0] ?? -1]
  const rest = bytes.subarray(1)
  switch (kind) {
    case undefined:
      return undefined
    case 'state':
    case 'update':
      return { kind, bytes: rest }
    case 'kept':
      return { kind, count: parsed(rest) as number }
    case 'refused':
      return { kind, refusal: parsed(rest) as RefusalView }
    case 'present': {
      const length = ((rest[0] ?? 0) << 8) | (rest[1] ?? 0)
      const who = parsed(rest.subarray(2, 2 + length)) as Extract<FromEngine, { kind: 'present' }>['who']
      return { kind, who, bytes: rest.subarray(2 + length) }
    }
  }
}

export const encodeFromWindow = (frame: FromWindow): Uint8Array =>
  concat(Uint8Array.of(WINDOW.indexOf(frame.kind)), frame.kind === 'leave' ? NOTHING : frame.bytes)

/** Undefined for nonsense: windows are not trusted more than any other caller. */
export function decodeFromWindow(bytes: Uint8Array): FromWindow | undefined {
  const kind = WINDOW[bytes[0] ?? -1]
  if (kind === undefined) return undefined
  return kind === 'leave' ? { kind } : { kind, bytes: bytes.slice(1) }
}

const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value))
const parsed = (bytes: Uint8Array): unknown => JSON.parse(fromUtf8(bytes))
