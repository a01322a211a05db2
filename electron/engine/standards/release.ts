import type { ReleasePreview, StandardView } from '#shared/projection/standard-views.ts'
import { compareContents } from '#shared/standards/compare.ts'
import { composeContent, openQuestions, rowsOf } from '#shared/standards/compose-content.ts'
import { contentBytes, contentHash, readContent } from '#shared/standards/content.ts'
import { partsOf, type FrozenVersion } from '#shared/standards/releases.ts'
import {
  bumpOf,
  checkVersion,
  compareVersions,
  isPrerelease,
  proposeVersion,
} from '#shared/standards/semantic-version.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { draftOf, mustWrite, releasesIn, standardOf, standardView, type StandardPlace } from './standing.ts'
import { state } from './state.ts'

/**
 * The version that a number follows: the highest below it that is no trial, so that a correction of an older line is measured by
 * that line; below all of them, the lowest, which refuses it.
 */
function predecessor(number: string, frozen: readonly FrozenVersion[]): FrozenVersion | null {
  const firm = frozen.filter(({ version }) => !isPrerelease(version))
  return firm.findLast(({ version }) => compareVersions(version, number) < 0) ?? firm[0] ?? null
}

interface Prepared extends ReleasePreview {
  readonly bytes: Uint8Array
}

function prepare(place: StandardPlace, version: string): Prepared {
  const draft = draftOf(place)
  const planned = rowsOf(draft.registers, 'versions').find(({ id }) => id === version)
  if (!planned) throw new Refused('standards', 'no-such-version')
  const number = planned.values.number ?? ''
  const { frozen, contested } = releasesIn(place)
  const content = composeContent(draft, version)
  const bytes = contentBytes(content)
  const before = predecessor(number, frozen)
  const changes = before && compareContents(before.content, content)
  const taken = [...frozen, ...contested].map((each) => each.version)
  const checked = checkVersion(number, taken, before?.version ?? null, changes)
  const refusal =
    content.clauses.length === 0
      ? 'no-clauses'
      : partsOf(bytes) === undefined || !readContent(bytes).ok
        ? 'too-long'
        : checked.ok
          ? null
          : checked.refusal
  const newest = frozen.findLast((each) => !isPrerelease(each.version)) ?? null
  return {
    hash: contentHash(place.runtime.crypto, bytes),
    number,
    previous: before?.version ?? null,
    needed: changes && bumpOf(changes),
    proposed: proposeVersion(newest?.version ?? null, newest && compareContents(newest.content, content)),
    open: openQuestions(draft),
    refusal,
    content,
    bytes,
  }
}

export function previewRelease(hub: Hub, artifact: string, version: string): ReleasePreview {
  const { bytes: _bytes, ...preview } = prepare(standardOf(hub, artifact), version)
  return preview
}

/**
 * Freezes the draft as a version. Refused while somebody still has to decide something, when the number does not say what the
 * changes do, and when the draft is no longer what the person was shown.
 */
export function releaseVersion(hub: Hub, order: { artifact: string; version: string; hash: string }): StandardView {
  const place = standardOf(hub, order.artifact)
  mustWrite(hub, place)
  const { hash, number, refusal, needed, previous, open, bytes } = prepare(place, order.version)
  if (refusal) throw new Refused('standards', refusal, { number, needed: needed ?? '', previous: previous ?? '' })
  if (open.conflicts > 0) throw new Refused('standards', 'conflicts-open', { count: open.conflicts })
  if (open.suggestions > 0) throw new Refused('standards', 'suggestions-open', { count: open.suggestions })
  if (hash !== order.hash) throw new Refused('standards', 'changed-meanwhile')
  const parts = partsOf(bytes) ?? []
  state(
    hub,
    place,
    'standard-released',
    parts.map((content, part) => ({
      type: 'standard-released' as const,
      artifact: place.id,
      version: number,
      hash,
      part,
      parts: parts.length,
      content,
    })),
    { version: number, hash },
  )
  return standardView(hub, order.artifact)
}
