import type { Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId, DatasetId, PolicyId } from '#shared/kernel/ids.ts'
import { disclosurePolicySchema, type DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'

/** A policy as colleagues are given it, over the dataset as they hold it. */
export const encodePolicy = (dataset: ArtifactId, policy: DisclosurePolicy): Canonical =>
  ({ dataset, policy: JSON.parse(JSON.stringify(policy)) as Canonical }) satisfies Canonical

/**
 * Reads it strictly. It is kept under the share's id and over the colleague's copy, so that what it says of ids cannot touch a
 * policy or a dataset of this vault.
 */
export function decodePolicy(
  value: Canonical,
  artifact: ArtifactId,
): { readonly dataset: ArtifactId; readonly policy: DisclosurePolicy } | undefined {
  if (typeof value !== 'object' || value === null || !('dataset' in value) || !('policy' in value)) return undefined
  const { dataset } = value
  if (typeof dataset !== 'string' || !/^[0-9a-f]{32}$/.test(dataset)) return undefined
  const parsed = disclosurePolicySchema.safeParse(value.policy)
  if (!parsed.success) return undefined
  const id = artifact as string as PolicyId
  return {
    dataset: dataset as ArtifactId,
    policy: { ...parsed.data, id, datasetId: dataset as string as DatasetId },
  }
}
