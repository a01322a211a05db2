import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { DryRun } from '#shared/artifacts/dry-run.v1.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'

/** Puts the checklist into the first channel of a dry run. Call inside the transaction that founds it. */
export function declareDryRun(hub: Hub, channel: ChannelId): void {
  const { crypto } = hub.context
  const nonce = crypto.random(16)
  const artifact = artifactIdOf(crypto, hub.identity.card.company, nonce)
  const { en, ar } = DryRun.label
  writeIn(hub, channel, [
    { kind: 'event', payload: writeArtifactEvent({ type: 'artifact-created', artifact, artifactType: DryRun.type, nonce, title: { en, ar } }) },
  ]) // prettier-ignore
}
