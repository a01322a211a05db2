import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type { ArtifactId, CompanyId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { listDisclosures } from './disclosure-record.ts'
import { mayWriteIn } from './reciprocate.ts'
import { handedAt, SLICE_TYPES, statedRevisions } from './reciprocity-facts.ts'

export type EndCause = 'expired' | 'scope-changed' | 'withdrawn'
export interface AccessEnd {
  readonly cause: EndCause
  readonly revision: number
  readonly roles: readonly Role[]
}

/**
 * What of a slice is over, by its own facts and the day: the same on both engines. A narrower scope ends the access of the roles
 * that the newest revision no longer names; a date or a withdrawal ends everybody's.
 */
export function accessEnds(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId): readonly AccessEnd[] {
  const stated = statedRevisions(runtime, artifact)
  const last = stated.at(-1)?.fact
  if (!last) return []
  const ends: AccessEnd[] = []
  const had = new Set(stated.flatMap(({ fact }) => fact.roles))
  const lost = [...had].filter((role) => !last.roles.includes(role))
  if (lost.length > 0) ends.push({ cause: 'scope-changed', revision: last.revision, roles: lost })
  if (runtime.facts.eventsOf(artifact, 'slice-withdrawn').length > 0)
    ends.push({ cause: 'withdrawn', revision: last.revision, roles: [...had] })
  else if (last.expiresOn < dateOf(hub.context.clock.now()))
    ends.push({ cause: 'expired', revision: last.revision, roles: [...last.roles] })
  return ends
}

/** The end that this person's roles meet; undefined while they have access, or never had it. */
export function endFor(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId): AccessEnd | undefined {
  const { roles } = certificateIn(hub.identity.certified)
  return accessEnds(hub, runtime, artifact).find(
    (end) => end.cause !== 'scope-changed' || (roles.some((role) => end.roles.includes(role)) && !isNamed(runtime, artifact, roles)),
  ) // prettier-ignore
}

const isNamed = (runtime: ChannelRuntime, artifact: ArtifactId, roles: readonly Role[]): boolean =>
  statedRevisions(runtime, artifact)
    .at(-1)
    ?.fact.roles.some((role) => roles.includes(role)) ?? false

/**
 * Says of our own disclosures that access ended and asks for a receipt; answers what others ended, after this app has closed the
 * slice and forgotten its plaintext for good. True when something was written. What a partner kept elsewhere no receipt can tell.
 */
export function endAccess(hub: Hub, workspace?: WorkspaceId): boolean {
  let wrote = false
  for (const disclosure of listDisclosures(hub)) {
    const runtime = hub.runtime(disclosure.channel)
    if (workspace !== undefined && disclosure.workspace !== workspace) continue
    if (!runtime || !mayWriteIn(hub, runtime)) continue
    for (const end of accessEnds(hub, runtime, disclosure.artifact)) if (say(hub, runtime, disclosure.artifact, end)) wrote = true
  } // prettier-ignore
  const own = hub.identity.card.company
  for (const runtime of workspace === undefined ? hub.runtimes() : hub.runtimesOf(workspace)) {
    if (!mayWriteIn(hub, runtime)) continue
    for (const type of SLICE_TYPES) {
      for (const { id, owner } of runtime.facts.artifacts(type)) {
        const end = owner === own ? undefined : endFor(hub, runtime, id)
        if (end && acknowledgeEnd(hub, runtime, id, end, own)) wrote = true
      }
    }
  }
  return wrote
}

/** A withdrawal is a fact already: it asks by itself. */
function say(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId, { cause, revision, roles }: AccessEnd): boolean {
  if (cause === 'withdrawn') return false
  const said = runtime.facts.eventsOf(artifact, 'access-ended')
  if (said.some(({ fact }) => fact.cause === cause && fact.revision === revision)) return false
  write(hub, runtime, artifact, 'access-ended', { revision, cause }, {
    kind: 'event',
    payload: writeArtifactEvent({ type: 'access-ended', artifact, revision, cause, roles: [...roles] }),
  }) // prettier-ignore
  return true
}

function acknowledgeEnd(
  hub: Hub,
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  { cause, revision }: AccessEnd,
  own: CompanyId,
): boolean {
  const stated = statedRevisions(runtime, artifact)
  const held = stated.filter(({ fact }) => handedAt(runtime, artifact, fact.revision, own) !== undefined)
  // Who never had a key has nothing to give up.
  if (held.length === 0) return false
  const said = runtime.facts.eventsOf(artifact, 'end-acknowledged')
  const known = said.some(
    ({ fact, author }) => author.company === own && fact.cause === cause && fact.revision === revision,
  )
  const { records } = hub.context.vault
  const left = held.filter(({ fact }) => records.get('forgotten-slice', placeOf(runtime, artifact, fact.revision)) === undefined) // prettier-ignore
  if (known && left.length === 0) return false
  hub.change(() => {
    for (const { fact } of left) {
      records.put('forgotten-slice', placeOf(runtime, artifact, fact.revision), true)
      hub.touch(runtime.id).dropSlice(artifact, sliceSection(fact.revision))
    }
    if (!known) {
      write(hub, runtime, artifact, 'end-acknowledged', { revision, cause }, {
        kind: 'event',
        payload: writeArtifactEvent({ type: 'end-acknowledged', artifact, revision, cause }),
      }) // prettier-ignore
    }
    return undefined
  })
  return true
}

const placeOf = (runtime: ChannelRuntime, artifact: ArtifactId, revision: number): string =>
  `${runtime.id}/${sealedSectionKey(artifact, sliceSection(revision))}`

function write(
  hub: Hub,
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  code: string,
  detail: Readonly<Record<string, string | number>>,
  saying: Saying,
): void {
  hub.change(() => {
    writeIn(hub, runtime.id, [saying])
    const title = statedRevisions(runtime, artifact).at(-1)?.fact.title.en ?? ''
    // By the engine itself: nobody pressed a button.
    record(hub.context, { kind: 'disclosure', code, actor: '', subject: { id: artifact, name: title }, detail })
    return undefined
  })
}
