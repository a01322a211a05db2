import { claimsOf } from '#shared/agreement/claims.ts'
import { isDone } from '#shared/agreement/obligations.ts'
import { redLinesOfContent, redLinesOfDraft } from '#shared/agreement/red-lines.ts'
import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { StandardsDoc } from '#shared/artifacts/standards-doc.v1.ts'
import type { ForecastView } from '#shared/commerce/project-forecast.ts'
import { agreementSource, saidIn, saidInDraft, type ReadAgreement } from '#shared/contradictions/agreement-source.ts'
import { claimSources } from '#shared/contradictions/claim-source.ts'
import { forecastSource } from '#shared/contradictions/forecast-source.ts'
import { limitSources } from '#shared/contradictions/limit-source.ts'
import type { Doc } from '#shared/contradictions/place.ts'
import { planSource } from '#shared/contradictions/plan-source.ts'
import type { Source } from '#shared/contradictions/source.ts'
import { standardSource } from '#shared/contradictions/standard-source.ts'
import { readPlan, undisputed } from '#shared/initiatives/read-plan.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { dateOf, monthOf } from '#shared/kernel/time.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import { windowsIn } from '#shared/standards/compose-content.ts'
import { draftOf, placesOf, versionsIn, type Place } from '../agreements/agreement.ts'
import { lifeIn } from '../agreements/life.ts'
import { positionOf } from '../agreements/private-position.ts'
import { listArtifacts, plansFor, runtimeOf, viewOf } from '../artifacts/forecast-screen.ts'
import { readForecast } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { JOINT } from '../live/documents.ts'
import { releasesIn } from '../standards/standing.ts'
import type { Hub } from '../workspaces/hub.ts'
import { docOf } from './doc.ts'
import { outcomeSources } from './outcomes.ts'

/** A forecast that this device may read, as it stands now. */
export interface ReadForecastView {
  readonly artifact: ArtifactId
  readonly view: ForecastView
}

/**
 * What the documents say that this device may read, as the rules read them. What is kept on synthetic data binds nobody and is left
 * out, and so are colleagues' own channels. @param forecasts the forecasts, where the caller has them already
 */
export function sourcesOf(hub: Hub, forecasts: readonly ReadForecastView[] = forecastsIn(hub)): readonly Source[] {
  const runtimes = [...hub.runtimes()].filter(
    ({ members: { genesis } }) => !isInternal(genesis) && !genesis.founding.dryRun,
  )
  const real = new Set(runtimes)
  return [
    ...placesOf(hub)
      .filter(({ runtime }) => real.has(runtime))
      .flatMap((place) => agreementSources(hub, place)),
    ...runtimes.flatMap((runtime) => [...plansOf(runtime), ...standardsOf(runtime), ...outcomeSources(hub, runtime)]),
    ...forecasts.flatMap((one) => forecastOf(hub, real, one)),
  ]
}

/** In force when it is signed, else what is closed for signature, else the draft. What has ended or was replaced says nothing. */
function agreementSources(hub: Hub, place: Place): readonly Source[] {
  const { runtime, id, kind } = place
  const base = { kind, doc: docOf(runtime, id, kind.type), amended: false, version: null } as const
  const position = positionOf(hub, id)
  const versions = versionsIn(hub, place)
  const signed = versions.findLast(({ state }) => state === 'signed')
  const closed = signed ?? versions.findLast(({ state }) => state === 'signing')
  if (!closed) {
    const draft = draftOf(place)
    const given: ReadAgreement = { ...base, said: saidInDraft(kind, draft), standing: 'draft' }
    const source = agreementSource(given)
    return [source, ...limitSources(kind, source, given.said, redLinesOfDraft(kind, position, draft))]
  }
  const { content, hash } = closed
  const life = signed && lifeIn(hub, place, signed)
  if (life && (life.state === 'ended' || life.state === 'superseded')) return []
  const given: ReadAgreement = {
    ...base,
    said: saidIn(content),
    standing: signed ? 'signed' : 'draft',
    version: { number: closed.version, hash },
    amended: versions.filter(({ state }) => state === 'signed').length > 1,
    ...(life && {
      until: life.until,
      settled: new Set(life.obligations.filter((one) => one.ended || isDone(one)).map((one) => one.id)),
    }),
  }
  const source = agreementSource(given)
  return [
    source,
    ...limitSources(kind, source, given.said, redLinesOfContent(kind, position, content)),
    ...(signed ? claimSources(source, claimsOf(kind, content, hash, runtime.facts.eventsAbout(id))) : []),
  ]
}

function plansOf(runtime: ChannelRuntime): readonly Source[] {
  const names = new Map([...runtime.members.companies].map(([company, { card }]) => [company, card.name]))
  return runtime.facts
    .artifacts(JointInitiativePlan.type)
    .map(({ id }) =>
      planSource(
        docOf(runtime, id, JointInitiativePlan.type),
        readPlan(undisputed(runtime.read(id, JOINT).registers())),
        names,
      ),
    )
}

const standardsOf = (runtime: ChannelRuntime): readonly Source[] =>
  runtime.facts
    .artifacts(StandardsDoc.type)
    .map(({ id }) =>
      standardSource(
        docOf(runtime, id, StandardsDoc.type),
        releasesIn({ runtime, id }).frozen,
        windowsIn(runtime.read(id, JOINT).registers()),
      ),
    )

/** Every forecast that may be read now, beside what is committed to it. */
const forecastsIn = (hub: Hub): readonly ReadForecastView[] =>
  listArtifacts(hub)
    .filter(
      ({ type, state }) =>
        type === 'SharedForecast.v1' && !['withdrawn', 'expired', 'sealed', 'suspended', 'ended'].includes(state),
    ) // prettier-ignore
    .flatMap(({ id, revision }) => {
      const { runtime } = runtimeOf(hub, id)
      const forecast = readForecast(runtime, id, revision)
      return forecast ? [{ artifact: id, view: viewOf(hub, runtime, id, forecast) }] : []
    })

function forecastOf(hub: Hub, real: ReadonlySet<ChannelRuntime>, { artifact, view }: ReadForecastView): readonly Source[] {
  const { runtime } = runtimeOf(hub, artifact)
  if (!real.has(runtime)) return []
  const doc: Doc = { artifact, type: 'SharedForecast.v1', title: view.title, workspace: runtime.workspace }
  const plans = new Map(plansFor(runtime, artifact).map(({ id, owner, own }) => [owner, { artifact: id, title: own.title ?? view.title }])) // prettier-ignore
  return [forecastSource(doc, view, plans, monthOf(dateOf(hub.context.clock.now())))]
} // prettier-ignore
