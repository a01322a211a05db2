import { DECISION_RULES } from '#shared/evidence/decision-rules.ts'
import { checkDecisionPack } from '#shared/evidence/check-decision.ts'
import { namedIn } from '#shared/evidence/judge-decision.ts'
import type { PackProofs } from '#shared/evidence/pack-content.ts'
import { decisionPackOf, writeDecisionPack } from '#shared/evidence/write-decision.ts'
import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import { record } from '../context.ts'
import type { Place } from '../decisions/places.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { signedResult } from './decided-here.ts'
import type { Gathering } from './gather.ts'
import { gatherPasts } from './gather-pasts.ts'
import { papersOf } from './papers.ts'
import { scanLog } from './scan-log.ts'

/** How much of the whole is reading the log; the rest is proving and writing. */
const READING = 0.8

/**
 * Makes the evidence pack of a decision that all have signed: of peers, negotiated, or a change of a service. Undefined when it was
 * stopped. @throws Refused while nothing is decided, and where a pack would not say the same as this engine.
 */
export async function makeDecisionPack(
  hub: Hub,
  artifact: string,
  control: Gathering,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined> {
  const { runtime, id, type } = runtimeOf(hub, artifact)
  const kind = DECISION_RULES.get(type)?.kind
  const signed = kind === undefined ? null : signedResult(hub, kind, { runtime, id })
  if (signed === null) throw new Refused('decisions', 'not-decided-yet')
  const { crypto, paper, scheduler } = hub.context
  const proofs = await gatherDecision(hub, { runtime, id }, type, {
    signal: control.signal,
    report: (progress) => control.report(progress * READING),
  })
  await scheduler.breathe()
  if (!proofs || control.signal.aborted) return undefined
  const sha256 = (bytes: Uint8Array) => paper.sha256(bytes)
  const pack = decisionPackOf(crypto, proofs, sha256)
  if (pack?.claim.result !== signed) throw new Refused('decisions', 'evidence-incomplete')
  const files = writeDecisionPack(crypto, pack, { secret: hub.identity.device.secret, sha256 })
  control.report((1 + READING) / 2)
  await scheduler.breathe()
  if (control.signal.aborted) return undefined
  const checked = checkDecisionPack(new Map(files.map(({ name, bytes }) => [name, bytes])), { crypto, sha256 })
  if (checked.answer !== 'holds') throw new Refused('decisions', 'evidence-incomplete')
  const bytes = paper.archives.write(files)
  hub.change(() => {
    const actor = certificateIn(hub.identity.certified).name.en
    const subject = { id, name: titleOf(runtime, id).en }
    record(hub.context, { kind: 'export', code: 'decision-evidence-saved', actor, subject, detail: { round: pack.claim.round, hash: pack.claim.result } }) // prettier-ignore
    return undefined
  })
  return { name: `evidence-${id.slice(0, 8)}-r${String(pack.claim.round)}.zip`, bytes }
}

async function gatherDecision(
  hub: Hub,
  { runtime, id }: Place,
  type: string,
  control: Gathering,
): Promise<PackProofs | undefined> {
  const rules = DECISION_RULES.get(type)
  const isAbout = (fact: ArtifactEvent): boolean => fact.artifact === id && rules?.facts.has(fact.type) === true
  const facts = runtime.facts.eventsAbout(id).flatMap(({ fact }) => (isAbout(fact) ? [fact] : []))
  const named = namedIn(facts)
  const isCreation = (fact: ArtifactEvent): boolean =>
    fact.type === 'artifact-created' && (fact.artifact === id || named.has(fact.artifact))
  const log = await scanLog(hub, runtime, (fact) => isAbout(fact) || isCreation(fact), control)
  if (!log) return undefined
  const entries = gatherPasts(hub, runtime, log)
  if (!entries) throw new Refused('decisions', 'evidence-too-long')
  const madeBy = hub.identity.device.id
  return {
    madeAt: hub.context.clock.now(),
    madeBy,
    workspace: runtime.workspace,
    channel: runtime.id,
    artifact: id,
    type,
    title: titleOf(runtime, id),
    ...papersOf(runtime, log.controls, [madeBy, ...log.events.map(({ device }) => device)]),
    log: entries,
  }
}
