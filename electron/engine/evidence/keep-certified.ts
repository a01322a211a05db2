import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { equal } from '#shared/kernel/bytes.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, versionOf, type Place, type Version } from '../agreements/agreement.ts'
import { mustEdit, note } from '../agreements/freeze.ts'
import { fileSayings, keptFile, MOST_FILE } from '../agreements/kept-files.ts'
import { checkFile } from './check-here.ts'

/**
 * Keeps a file that came back from a provider beside the one that the parties signed: only what was added is stored, and goes to all
 * parties. It must begin with all of the signed file, and end with a signature that holds over all of it. @throws Refused
 */
export async function keepCertified(hub: Hub, artifact: string, hash: string, bytes: Uint8Array): Promise<void> {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const version = versionOf(hub, place, hash)
  if (version.state !== 'signed') throw new Refused('agreements', 'not-signed-yet')
  const { paper } = hub.context
  const signed = keptFile(place.runtime, place.id, version.file, (file) => paper.sha256(file))
  if (!signed) throw new Refused('agreements', 'file-not-here')
  if (equal(bytes, signed)) throw new Refused('agreements', 'nothing-added')
  if (!equal(bytes.subarray(0, signed.length), signed)) throw new Refused('agreements', 'certified-rewritten')
  if (bytes.length - signed.length > MOST_FILE) throw new Refused('agreements', 'certified-too-large')
  const { answer } = await checkFile(hub, bytes)
  if (answer !== 'added') throw new Refused('agreements', 'certified-not-signed')
  const to = paper.sha256(bytes)
  if (versionOf(hub, place, hash).certified.some((one) => one.to === to))
    throw new Refused('agreements', 'nothing-added')
  hub.change(() => {
    hub.touch(place.runtime.id)
    const base = { sha256: version.file, length: signed.length }
    const sayings = fileSayings(place.runtime, place.id, { sha256: to, bytes, base })
    const certified = { type: 'agreement-certified' as const, artifact: place.id, hash, from: version.file, to }
    writeIn(hub, place.runtime.id, [...sayings, { kind: 'event', payload: writeArtifactEvent(certified) }])
    note(hub, place, 'agreement-certified', { version: version.version, hash })
    return undefined
  })
}

/** The latest such file of a version; undefined when there is none, or parts of it are on their way. */
export function certifiedFile(hub: Hub, { runtime, id }: Place, { certified }: Version): Uint8Array | undefined {
  const last = certified.at(-1)
  return last && keptFile(runtime, id, last.to, (bytes) => hub.context.paper.sha256(bytes))
}
