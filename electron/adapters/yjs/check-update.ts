import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import {
  UPDATE_LIMITS,
  type CheckedUpdate,
  type CheckUpdate,
  type NestedRange,
  type UpdateContext,
  type UpdateRefusal,
} from '#shared/sync/update.ts'
import * as Y from 'yjs'
import { shallow } from './shallow.ts'

type Limits = { readonly [Name in keyof typeof UPDATE_LIMITS]: number }
type Decoded = ReturnType<typeof Y.decodeUpdate>

/**
 * The update rules (design, "Documents"): decoded before anything is applied, because an update applied cannot be taken
 * back. An update that passes leaves nothing pending, touches no other writer's clocks and nests no deeper than allowed.
 */
export const checkUpdate: CheckUpdate = (update, context) => checkWithin(update, context, UPDATE_LIMITS)

/** `checkUpdate` with limits handed in, so that tests reach them with small updates. */
export function checkWithin(
  update: Uint8Array,
  context: UpdateContext,
  limits: Limits,
): Result<CheckedUpdate, UpdateRefusal> {
  if (update.length > limits.bytes) return refuse('update-too-large')
  const decoded = decode(update)
  if (decoded === undefined) return refuse('update-malformed')
  const { structs, ds } = decoded
  if (structs.length === 0 && ds.clients.size === 0) return refuse('update-malformed')
  if (structs.length > limits.structs) return refuse('update-too-large')

  let clock = context.nextClock
  let nested: NestedRange[] | undefined
  for (const struct of structs) {
    if (struct.id.client !== context.client) return refuse('update-foreign-client')
    // A skip is how Yjs writes "a hole here": what follows it would wait for ever.
    if (struct.id.clock !== clock || struct instanceof Y.Skip) return refuse('update-clock-gap')
    if (struct.length < 1 || clock + struct.length - context.nextClock > limits.advance)
      return refuse('update-too-large')
    if (struct instanceof Y.Item) {
      const depth = itemDepth(struct, context, nested)
      if (typeof depth === 'string') return refuse(depth)
      const refusal = contentRefusal(struct, depth, limits)
      if (refusal !== undefined) return refuse(refusal)
      if (depth > 0) nested = withRange(nested, clock, struct.length, depth)
    }
    // Else a collected struct: what its author wrote and deleted within one transaction. It names nothing and shows nothing.
    clock += struct.length
  }

  let ranges = 0
  for (const [client, deletes] of ds.clients) {
    const end = client === context.client ? clock : context.clockOf(client)
    for (const range of deletes) {
      // Deleting ahead would erase what the victim has not written yet.
      if (range.len < 1 || range.clock + range.len > end) return refuse('update-outside-ancestry')
    }
    ranges += deletes.length
  }
  if (ranges > limits.deleteRanges) return refuse('update-too-large')
  if (structs.length === 0 && ranges === 0) return refuse('update-malformed')
  return ok({ client: context.client, endClock: clock, nested: nested ?? NONE, bytes: update } as CheckedUpdate)
}

const NONE: readonly NestedRange[] = []

function decode(update: Uint8Array): Decoded | undefined {
  try {
    return Y.decodeUpdate(update)
  } catch {
    // Out of bytes, bad UTF-8, an unknown type reference, or a plain value so deep that the decoder ran out of stack.
    return undefined
  }
}

/** Shared types around the item; a refusal when one of its ids lies outside the ancestry and the update's earlier structs. */
function itemDepth(
  item: Y.Item,
  context: UpdateContext,
  nested: readonly NestedRange[] | undefined,
): number | UpdateRefusal {
  const { origin, rightOrigin, parent } = item
  if (origin !== null && !known(origin, item, context)) return 'update-outside-ancestry'
  if (rightOrigin !== null && !known(rightOrigin, item, context)) return 'update-outside-ancestry'
  // An item beside another carries no parent: it lies where its neighbour lies.
  const beside = origin ?? rightOrigin
  if (beside !== null) return depthAt(beside, context, nested)
  if (parent instanceof Y.ID) {
    return known(parent, item, context) ? depthAt(parent, context, nested) + 1 : 'update-outside-ancestry'
  }
  return typeof parent === 'string' ? 0 : 'update-malformed'
}

const known = (id: Y.ID, item: Y.Item, context: UpdateContext): boolean =>
  id.clock < (id.client === context.client ? item.id.clock : context.clockOf(id.client))

function depthAt(id: Y.ID, context: UpdateContext, nested: readonly NestedRange[] | undefined): number {
  if (id.client !== context.client || id.clock < context.nextClock) return context.depthOf(id.client, id.clock)
  if (nested === undefined) return 0
  let low = 0
  let high = nested.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = nested[middle] as NestedRange
    if (id.clock < range.clock) high = middle - 1
    else if (id.clock >= range.clock + range.length) low = middle + 1
    else return range.depth
  }
  return 0
}

function withRange(nested: NestedRange[] | undefined, clock: number, length: number, depth: number): NestedRange[] {
  if (nested === undefined) return [{ clock, length, depth }]
  const last = nested[nested.length - 1]
  if (last !== undefined && last.depth === depth && last.clock + last.length === clock) {
    nested[nested.length - 1] = { clock: last.clock, length: last.length + length, depth }
  } else nested.push({ clock, length, depth })
  return nested
}

function contentRefusal(item: Y.Item, depth: number, limits: Limits): UpdateRefusal | undefined {
  const { content, parentSub } = item
  // Decoded but not applied, an item under a root holds the root's name, which Yjs's own type leaves out.
  const parent: unknown = item.parent
  if (typeof parent === 'string' && parent.length > limits.nameLength) return 'update-too-large'
  if (parentSub !== null && parentSub.length > limits.nameLength) return 'update-too-large'
  if (content instanceof Y.ContentString || content instanceof Y.ContentDeleted || content instanceof Y.ContentBinary) {
    return undefined
  }
  if (content instanceof Y.ContentType) return depth >= limits.depth ? 'update-too-deep' : undefined
  const plain =
    content instanceof Y.ContentAny || content instanceof Y.ContentJSON
      ? content.arr
      : content instanceof Y.ContentEmbed
        ? content.embed
        : content instanceof Y.ContentFormat
          ? content.value
          : UNKNOWN
  if (plain === UNKNOWN) return 'update-unknown-content'
  return shallow(plain, limits.jsonDepth) ? undefined : 'update-too-deep'
}

const UNKNOWN = Symbol('unknown content')
