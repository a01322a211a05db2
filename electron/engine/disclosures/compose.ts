import { cellKey } from '#shared/artifacts/cell-key.ts'
import { ContextSlice, type ContextSliceContent } from '#shared/artifacts/context-slice.v1.ts'
import { readSealed, schemaVersionOf } from '#shared/artifacts/define.ts'
import { SharedForecast, type ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { DisclosedSlice } from '#shared/artifacts/slice-content.ts'
import { columnsFor, composeForecast, type ForecastTerms } from '#shared/commerce/compose-forecast.ts'
import type { Override } from '#shared/commerce/forecast-methods.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import { sliceIdOf } from '#shared/disclosure/encode-slice.ts'
import type { HeldSlice, Slice, SliceContent } from '#shared/disclosure/slice.ts'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ArtifactId, SliceId, WorkspaceId } from '#shared/kernel/ids.ts'
import { dateOf, type Instant, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import type { Permit } from '#shared/policy/permit.ts'
import { isForecast } from '../artifacts/read-slice.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn, type Identity } from '../identity/identity.ts'
import type { DisclosedRevision } from './disclosure-record.ts'

export interface Composition {
  readonly identity: Identity
  readonly workspace: WorkspaceId
  readonly artifact: ArtifactId
  readonly now: Instant
  readonly prior: DisclosedRevision | null
}
/** What a section will hold: the slice with its envelope, and the forecast computed from it. */
export type Composed = ForecastContent | ContextSliceContent

/** Lays a slice out as an artifact. Everything beside the slice is words and numbers computed from the slice itself. */
export function compose(
  slice: Slice | HeldSlice,
  permit: Permit,
  choice: ForecastChoice | undefined,
  about: Composition,
): Composed {
  const content: SliceContent = slice
  const envelope = envelopeOf(content, about, dateOf(about.now), choice !== undefined)
  const disclosed = content as unknown as DisclosedSlice
  if (!choice) return { envelope, slice: disclosed }
  const meanings = new Map(permit.fields.map(({ column, meaning }) => [column, meaning]))
  const isMonth = permit.fields.some(
    ({ transform }) => transform.kind === 'generalise-date' && transform.to === 'month',
  )
  const columns = columnsFor(disclosed, (name) => meanings.get(name) ?? 'quantity')
  if (!columns.ok || !isMonth) throw new Refused('disclosures', 'no-forecast-columns')
  const overrides: Record<string, Override> = {}
  for (const { quantity, reason, ...place } of choice.overrides) {
    overrides[cellKey({ ...place, bucket: place.bucket as IsoMonth })] = { quantity, reason }
  }
  const { method, horizon, unit, zones, assumptions, invalidation, commitDays, exceptionDays } = choice
  const terms: ForecastTerms = {
    envelope,
    unitOfMeasure: unit,
    lead: about.identity.card.company,
    zones,
    assumptions: assumptions.map((statement) => ({ statement })),
    invalidation,
    commitDays,
    exceptionDays,
    prior: about.prior && { revision: about.prior.revision, slice: about.prior.sliceId },
  }
  return must(
    composeForecast(disclosed, columns.value, terms, { method, count: horizon, decimals: 0, overrides }),
    'commerce',
  )
}

/** Whether the artifact's own schema takes the document. */
export const isReadable = (composed: Composed): boolean =>
  (isForecast(composed) ? readSealed(SharedForecast, 'slice', composed) : readSealed(ContextSlice, 'slice', composed))
    .ok

/** The bytes that are sealed. They can be made of a `Slice` alone: what is held has no bytes until a person lets it go. */
export function encodeComposed(
  crypto: Crypto,
  slice: Slice,
  composed: Composed,
): { readonly bytes: Uint8Array; readonly id: SliceId } {
  if ((composed.slice as unknown) !== slice) throw new Error('composed of another slice')
  const bytes = encode(composed as unknown as Canonical)
  return { bytes, id: sliceIdOf(crypto, bytes) }
}

/** The id that the content would have: for the preview of what is held. */
export const composedId = (crypto: Crypto, composed: Composed): SliceId =>
  sliceIdOf(crypto, encode(composed as unknown as Canonical))

function envelopeOf(
  slice: SliceContent,
  about: Composition,
  today: IsoDate,
  isForecast: boolean,
): ForecastContent['envelope'] {
  const artifact = isForecast ? SharedForecast : ContextSlice
  const certificate = certificateIn(about.identity.certified)
  return {
    id: about.artifact,
    type: artifact.type,
    schemaVersion: schemaVersionOf(artifact),
    workspace: about.workspace,
    revision: slice.revision,
    status: 'active',
    title: slice.title,
    owner: { company: slice.owner, role: certificate.roles[0] ?? 'admin', person: certificate.person },
    purpose: slice.purpose,
    validFrom: today,
    validTo: slice.expiresOn,
    asOf: slice.asOf,
    currencyDays: slice.currencyDays,
    provenance: slice.provenance,
    links: [],
  }
}
