import { ContextSlice, type ContextSliceContent } from '#shared/artifacts/context-slice.v1.ts'
import { readSealed } from '#shared/artifacts/define.ts'
import { SharedForecast, type ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import { MOST_SLICE_BYTES, sliceIdOf } from '#shared/disclosure/encode-slice.ts'
import { decode } from '#shared/kernel/canonical.ts'
import type { ArtifactId, SectionName, SliceId } from '#shared/kernel/ids.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'

export const sliceSection = (revision: number): SectionName => `slice:${revision}` as SectionName

export interface ReadSlice {
  readonly id: SliceId
  readonly content: ForecastContent | ContextSliceContent
}

/**
 * A revision's content as this device can open it. What a partner sent is read strictly: bytes that are not canonical, not of
 * the artifact's schema, or not of the artifact and revision that their place says, read as nothing.
 */
export function readComposed(runtime: ChannelRuntime, artifact: ArtifactId, revision: number): ReadSlice | undefined {
  const type = runtime.facts.declared(artifact)?.type
  return runtime.interpretSlice(artifact, sliceSection(revision), (bytes) => {
    if (bytes.length > MOST_SLICE_BYTES) return undefined
    const decoded = decode(bytes)
    if (!decoded.ok) return undefined
    const read =
      type === SharedForecast.type
        ? readSealed(SharedForecast, 'slice', decoded.value)
        : readSealed(ContextSlice, 'slice', decoded.value)
    const owner = runtime.facts.declared(artifact)?.owner
    if (!read.ok || owner === undefined) return undefined
    const { envelope, slice } = read.value
    const inPlace = envelope.id === artifact && envelope.revision === revision && slice.revision === revision
    const byOwner = envelope.owner.company === owner && slice.owner === owner
    return inPlace && byOwner ? { id: sliceIdOf(runtime.crypto, bytes), content: read.value } : undefined
  })
}

/** The same, where a forecast is wanted and nothing else will do. */
export function readForecast(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  revision: number,
): ForecastContent | undefined {
  const content = readComposed(runtime, artifact, revision)?.content
  return content && isForecast(content) ? content : undefined
}

export const isForecast = (content: ForecastContent | ContextSliceContent): content is ForecastContent =>
  'horizon' in content
