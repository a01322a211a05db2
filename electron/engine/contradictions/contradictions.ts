import { findContradictions } from '#shared/contradictions/find.ts'
import type { Finding } from '#shared/contradictions/finding.ts'
import type { Place } from '#shared/contradictions/place.ts'
import type { Source } from '#shared/contradictions/source.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { ContradictionPlace, ContradictionsView, ContradictionView } from '#shared/projection/contradiction-views.ts' // prettier-ignore
import { plansFor } from '../artifacts/forecast-screen.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { sourcesOf, type ReadForecastView } from './sources.ts'

/*
 * Contradictions are worked out anew at each look, out of what this device may read. Only that somebody set one aside is kept, in the
 * vault under a kind of its own that nothing composes, seals or exports: which of two values troubles us is our own business.
 */
const KIND = 'contradiction-aside'
const LEAST_REASON = 3

interface Aside {
  readonly seen: string
  readonly reason: string
  readonly by: Bilingual
  readonly at: NonNullable<ContradictionView['aside']>['at']
}

const nameOf = ({ context }: Hub, text: string): string => context.paper.sha256(utf8(text))
/** What somebody said of exactly these two values; another value is another contradiction. */
function asideOf(hub: Hub, finding: Finding): Aside | null {
  const kept = hub.context.vault.records.get<Aside>(KIND, nameOf(hub, finding.id))
  return kept?.seen === nameOf(hub, finding.values) ? kept : null
}

export function contradictionsView(hub: Hub): ContradictionsView {
  const sources = sourcesOf(hub)
  const place = placeView(hub, sources)
  const views = findContradictions(sources).map((finding): ContradictionView => {
    const { rule, severity, sentence, places, more, private: own, draft } = finding
    const aside = asideOf(hub, finding)
    return {
      id: nameOf(hub, finding.id),
      seen: nameOf(hub, finding.values),
      rule,
      severity,
      sentence,
      places: [place(places[0]), place(places[1])],
      more,
      private: own,
      draft,
      aside: aside && { reason: aside.reason, by: aside.by, at: aside.at },
    }
  })
  return {
    findings: [...views.filter(({ aside }) => aside === null), ...views.filter(({ aside }) => aside !== null)],
    compared: new Set(sources.flatMap((one) => ('doc' in one ? [one.doc.artifact] : []))).size,
  }
}

/** How many are open and not between drafts alone; a shortfall has a line of its own on Today. */
export const openContradictions = (hub: Hub, forecasts: readonly ReadForecastView[]): number =>
  findContradictions(sourcesOf(hub, forecasts)).filter(
    (finding) =>
      finding.rule !== 'CON-6' &&
      finding.places.some(({ standing }) => standing !== 'draft') &&
      asideOf(hub, finding) === null,
  ).length

function placeView(hub: Hub, sources: readonly Source[]): (place: Place) => ContradictionPlace {
  const names = new Map<string, Bilingual>()
  const forecasts = new Map<ArtifactId, ArtifactId>()
  for (const runtime of hub.runtimes()) {
    names.set(runtime.workspace, runtime.members.genesis.founding.name)
    for (const source of sources)
      if (source.of === 'forecast' && source.doc.workspace === runtime.workspace)
        for (const { id } of plansFor(runtime, source.doc.artifact)) forecasts.set(id, source.doc.artifact)
  }
  return ({ artifact, type, title, workspace, anchor, label, text, version, standing, audience }) => {
    const forecast = type === 'SharedForecast.v1' ? artifact : forecasts.get(artifact)
    return {
      artifact, type, title, anchor, label, text, version, standing, audience,
      workspaceName: names.get(workspace) ?? { en: '', ar: '' },
      opens: forecast === undefined ? { area: 'document', id: artifact } : { area: 'artifact', id: forecast },
    } // prettier-ignore
  }
}

const find = (hub: Hub, id: string): Finding | undefined =>
  findContradictions(sourcesOf(hub)).find((finding) => nameOf(hub, finding.id) === id)

/** Keeps why somebody leaves two values as they are, until either changes. @throws Refused */
export function setAside(hub: Hub, order: { readonly id: string; readonly seen: string; readonly reason: string }): void {
  const reason = order.reason.trim()
  if (reason.length < LEAST_REASON) throw new Refused('contradictions', 'reason-missing')
  const found = find(hub, order.id)
  if (!found) throw new Refused('contradictions', 'no-such-contradiction')
  if (nameOf(hub, found.values) !== order.seen) throw new Refused('contradictions', 'changed-meanwhile')
  const { name } = certificateIn(hub.identity.certified)
  hub.change(() => {
    const kept: Aside = { seen: order.seen, reason, by: name, at: hub.context.clock.now() }
    hub.context.vault.records.put(KIND, order.id, kept)
    note(hub, 'contradiction-set-aside', found.rule)
    return undefined
  })
} // prettier-ignore

/** @throws Refused when it was not set aside. */
export function takeBack(hub: Hub, id: string): void {
  if (!hub.context.vault.records.get(KIND, id)) throw new Refused('contradictions', 'not-set-aside')
  hub.change(() => {
    hub.context.vault.records.remove(KIND, id)
    note(hub, 'contradiction-taken-back', find(hub, id)?.rule ?? '')
    return undefined
  })
}

/** The audit names the rule and neither value. */
function note(hub: Hub, code: 'contradiction-set-aside' | 'contradiction-taken-back', rule: string): void {
  const actor = certificateIn(hub.identity.certified).name.en
  record(hub.context, { kind: 'update', code, actor, subject: { id: rule, name: rule }, detail: {} })
}
