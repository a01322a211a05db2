import { writePack } from '#shared/evidence/write-pack.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreementPlace, versionOf } from '../agreements/agreement.ts'
import { gather, type Gathering } from './gather.ts'

/** How much of the whole is reading the log; the rest is proving and writing. */
const READING = 0.8

/** Makes the evidence pack of a version that all have signed. Undefined when it was stopped. @throws Refused */
export async function makePack(
  hub: Hub,
  artifact: string,
  hash: string,
  control: Gathering & { readonly approvals: boolean },
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined> {
  const place = agreementPlace(hub, artifact)
  const version = versionOf(hub, place, hash)
  if (version.state !== 'signed') throw new Refused('agreements', 'not-signed-yet')
  const { crypto, paper, scheduler } = hub.context
  const content = await gather(hub, place, version, {
    signal: control.signal,
    approvals: control.approvals,
    report: (progress) => control.report(progress * READING),
  })
  await scheduler.breathe()
  if (!content || control.signal.aborted) return undefined
  const files = writePack(crypto, content, version, {
    secret: hub.identity.device.secret,
    sha256: (bytes) => paper.sha256(bytes),
  })
  control.report((1 + READING) / 2)
  await scheduler.breathe()
  if (control.signal.aborted) return undefined
  const bytes = paper.archives.write(files)
  hub.change(() => {
    const actor = certificateIn(hub.identity.certified).name.en
    const subject = { id: place.id, name: titleOf(place.runtime, place.id).en }
    record(hub.context, { kind: 'export', code: 'evidence-saved', actor, subject, detail: { version: version.version, hash, ...(content.approvals.length > 0 && { approvals: content.approvals.length }) } }) // prettier-ignore
    return undefined
  })
  return { name: `evidence-${place.id.slice(0, 8)}-v${String(version.version)}.zip`, bytes }
}
