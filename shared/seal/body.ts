import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { ANNOUNCED, type Body, type BodyKind } from './entry.ts'
import { MAX_BODY, MAX_DEPTH } from './layout.ts'

/** The place of a kind is its number on the wire: append, never reorder. */
const KINDS: readonly BodyKind[] = ['doc', 'event', 'control', 'blob']

/** `[at, kind, payload]` in canonical CBOR. @throws when the payload cannot be carried: a bug of the caller. */
export const encodeBody = (body: Body): Uint8Array => encode([body.at, KINDS.indexOf(body.kind), body.payload])

/** 'newer-version' for a kind that a later Mithaq has. */
export function decodeBody(bytes: Uint8Array): Result<Body, 'bad-body' | 'newer-version'> {
  if (bytes.length > MAX_BODY) return refuse('bad-body')
  const decoded = decode(bytes)
  if (!decoded.ok || !isList(decoded.value) || decoded.value.length !== 3) return refuse('bad-body')
  const [at, code, payload] = decoded.value
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) return refuse('bad-body')
  if (typeof code !== 'number' || !Number.isSafeInteger(code) || code < 0 || payload === undefined)
    return refuse('bad-body')
  if (!shallow(payload, MAX_DEPTH)) return refuse('bad-body')
  const kind = KINDS[code]
  return kind === undefined ? refuse('newer-version') : ok({ at: at as Instant, kind, payload })
}

/** Only the two control kinds that carry no names may travel in clear. */
export function mayAnnounce(body: Body): boolean {
  if (body.kind !== 'control' || !isMap(body.payload)) return false
  const kind = body.payload['kind']
  return ANNOUNCED.some((announced) => announced === kind)
}

export const isShallow = (body: Body): boolean => shallow(body.payload, MAX_DEPTH)

function shallow(value: Canonical, depth: number): boolean {
  if (isList(value)) return depth > 0 && value.every((item) => shallow(item, depth - 1))
  if (isMap(value)) return depth > 0 && Object.values(value).every((item) => shallow(item, depth - 1))
  return true
}

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value)
const isMap = (value: Canonical): value is { readonly [key: string]: Canonical } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
