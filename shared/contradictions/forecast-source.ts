import { words, type Words } from '#shared/artifacts/words.ts'
import type { CommitCell } from '#shared/commerce/capacity.ts'
import type { ForecastView } from '#shared/commerce/project-forecast.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import { placesOf, type Doc, type Place } from './place.ts'
import { joined, monthText, quantityText } from './text.ts'

/** A forecast beside what is committed to it, as the rules read it: months that are not over, and commitments that count. */
export interface ForecastSource {
  readonly of: 'forecast'
  readonly doc: Doc
  /** By product and region: every month in which less is committed than forecast, and nobody has answered that. */
  readonly short: readonly {
    readonly name: Words
    readonly cells: readonly { readonly gap: number; readonly forecast: Place; readonly committed: Place }[]
  }[]
  /** Lines of a capacity plan that carry more commitments than they have capacity. */
  readonly full: readonly { readonly name: Words; readonly capacity: Place; readonly committed: Place }[]
}

/** An answer with which the buyer has settled a shortfall. */
const SETTLED: ReadonlySet<string> = new Set(['accepted', 'elsewhere', 'moved'])

/** Reads a forecast for the rules. `plans`: the capacity plans that answer it, by company. @param now the month that runs */
export function forecastSource(
  doc: Doc,
  view: ForecastView,
  plans: ReadonlyMap<CompanyId, { readonly artifact: ArtifactId; readonly title: Words }>,
  now: IsoMonth,
): ForecastSource {
  const { unit } = view
  const at = placesOf(doc, 'current')
  const planAt = (company: CompanyId) => {
    const plan = plans.get(company)
    return plan ? placesOf({ ...doc, type: 'CapacityPlan.v1', artifact: plan.artifact, title: plan.title }, 'current') : undefined // prettier-ignore
  }
  const shortOf = (name: Words, cell: CommitCell) => {
    const { key, bucket, net, committed, shortfall, state, answer, promises } = cell
    if (state !== 'short' || bucket < now || net === null || committed === null || !shortfall) return []
    if (answer !== null && SETTLED.has(answer)) return []
    const label = joined(' · ', name, monthText(bucket))
    const said = promises.filter(({ counts }) => counts)
    // Several suppliers promise one sum: it stands beside the forecast, not in the plan of one of them.
    const place = (said.length === 1 && said[0] ? planAt(said[0].company) : undefined) ?? at
    return [
      {
        gap: shortfall,
        forecast: at(`rows/${key}`, label, net, quantityText(net, unit)),
        committed: place(`commitments/${key}`, label, committed, quantityText(committed, unit)),
      },
    ]
  }
  return {
    of: 'forecast',
    doc,
    short: view.series.map(({ sku, region, cells }) => {
      const name = joined(' · ', words(sku, sku), words(region, region))
      return { name, cells: cells.flatMap((cell) => shortOf(name, cell)) }
    }),
    full: view.slots.flatMap(({ company, key, resource, bucket, capacity, committed, available }) => {
      const place = planAt(company)
      if (!place || capacity === null || available === null || available >= 0 || bucket < now) return []
      const name = joined(' · ', words(resource, resource), monthText(bucket))
      return [
        {
          name,
          capacity: place(`slots/${key}/capacity`, joined(' · ', name, words('capacity', 'الطاقة')), capacity, quantityText(capacity, unit)), // prettier-ignore
          committed: place(`slots/${key}/committed`, joined(' · ', name, words('commitments', 'الالتزامات')), committed, quantityText(committed, unit)), // prettier-ignore
        },
      ]
    }),
  }
}
