import { concat } from '../kernel/bytes.ts'
import type { Crypto } from '../kernel/crypto.ts'
import type { CompanyId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import { contentHash, readContent, testHash, type StandardContent } from './content.ts'
import type { Released } from './facts.ts'
import { compareVersions } from './semantic-version.ts'

/** One part of a frozen version, as a company stated it: an entry has a limit, a standard may be longer. */
export interface ReleasedPart {
  readonly version: string
  readonly hash: string
  readonly part: number
  readonly parts: number
  readonly content: Uint8Array
  readonly by: CompanyId
  readonly at: Instant
}

/** How many bytes one part may carry, and how many parts a version. */
export const PART_BYTES = 256 * 1024
export const MOST_PARTS = 32

/** Cuts a version into what `releasesOf` puts together again; undefined when it is too long. */
export function partsOf(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const count = Math.max(1, Math.ceil(bytes.length / PART_BYTES))
  if (count > MOST_PARTS) return undefined
  return Array.from({ length: count }, (_, at) => bytes.slice(at * PART_BYTES, (at + 1) * PART_BYTES))
}

export interface FrozenVersion extends Released<StandardContent> {
  readonly hash: string
  readonly by: CompanyId
  readonly at: Instant
  readonly bytes: Uint8Array
}
export interface Releases {
  /** Earlier versions first. */
  readonly frozen: readonly FrozenVersion[]
  /** Numbers under which two companies, apart from each other, released different texts: neither counts. */
  readonly contested: readonly { readonly version: string; readonly by: readonly CompanyId[] }[]
}

/**
 * What was released. A version counts when all its parts are there, they add up to its hash, and its content reads. Two texts under
 * one number are nobody's: no order of arrival may decide which one is the standard.
 */
export function releasesOf(crypto: Crypto, stated: readonly ReleasedPart[]): Releases {
  const whole = new Map<string, FrozenVersion[]>()
  for (const group of Map.groupBy(
    stated,
    ({ version, hash, by, parts }) => `${version} ${hash} ${by} ${String(parts)}`,
  ).values()) {
    const frozen = frozenOf(crypto, group)
    if (frozen === undefined) continue
    const others = whole.get(frozen.version) ?? []
    // The same text, released by both at once, is no contradiction.
    if (!others.some(({ hash }) => hash === frozen.hash)) whole.set(frozen.version, [...others, frozen])
  }
  const all = [...whole.values()]
  return {
    frozen: all
      .flatMap((texts) => (texts.length === 1 ? texts : []))
      .toSorted((a, b) => compareVersions(a.version, b.version)),
    contested: all.flatMap((texts) =>
      texts.length > 1 ? [{ version: texts[0]?.version ?? '', by: texts.map(({ by }) => by).toSorted() }] : [],
    ),
  }
}

function frozenOf(crypto: Crypto, group: readonly ReleasedPart[]): FrozenVersion | undefined {
  const [first] = group
  if (first === undefined || first.parts > MOST_PARTS) return undefined
  const parts = Array.from({ length: first.parts }, (_, at) => group.find(({ part }) => part === at)?.content)
  if (!parts.every((part) => part !== undefined)) return undefined
  const bytes = concat(...parts)
  if (contentHash(crypto, bytes) !== first.hash) return undefined
  const content = readContent(bytes)
  if (!content.ok) return undefined
  const definitions = new Map(content.value.tests.map((test) => [test.id, testHash(crypto, test)]))
  return {
    version: first.version,
    hash: first.hash,
    by: first.by,
    at: first.at,
    bytes,
    content: content.value,
    definitions,
  }
}
