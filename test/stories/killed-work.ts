import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { ended, importFile, planFor, type Company } from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { TITLE, type TwoCompanies } from '#test/support/two-companies.ts'
import { FORECAST } from '#test/support/two-companies.ts'
import { seeded } from '../adversarial/killed-child.ts'

export const KINDS = ['import', 'commit', 'agree', 'shortfall', 'disclose', 'sync'] as const
/** What the n-th turn does follows from n alone, so that whoever looks later knows what must be there. */
export interface Turn {
  readonly number: number
  readonly kind: (typeof KINDS)[number]
  readonly value: number
}
export function turnOf(number: number): Turn {
  const draw = seeded(number * 104_729 + 3)
  return { number, kind: KINDS[number < KINDS.length ? number : draw(KINDS.length)] ?? 'sync', value: draw(90) + 1 }
}
/** The marks that a turn leaves: in a data set's name, a reason, a note, a title. */
export const mark = ({ kind, number, value }: Turn): string => `${kind} ${number} of ${value}`

/** The forecast's cells that have a number, in an order that is the same everywhere. */
export const cellsOf = ({ forecast }: ForecastScreen) =>
  forecast.series.flatMap(({ cells }) => cells).filter(({ net }) => net !== null)

const placeOf = (screen: ForecastScreen, at: number) => {
  const cells = cellsOf(screen)
  const cell = cells[at % cells.length]
  if (!cell) throw new Error('the forecast has no cell')
  return { sku: cell.sku, region: cell.region, bucket: cell.bucket, net: cell.net ?? 0 }
}

/** Carries one turn out through the contract; resolves when the engine has acknowledged it. */
export async function carryOut(two: TwoCompanies, artifact: string, turn: Turn): Promise<void> {
  const { a, b } = two
  const { number, kind, value } = turn
  const open = (company: Company) => company.client.artifacts.open({ artifact })
  switch (kind) {
    case 'import':
      await importFile(a, `${number}.csv`, ledger(regularOrders(2, ['2026-01', '2026-02'])), (plan) => ({ ...plan, name: mark(turn) })) // prettier-ignore
      return
    case 'commit': {
      const { net, ...place } = placeOf(await open(b), value)
      const commitments = [{ ...place, committed: net, status: 'committed' as const, reason: mark(turn), resource: null }] // prettier-ignore
      await b.client.artifacts.commit({ artifact, commitments })
      return
    }
    case 'agree': {
      const who = value % 2 === 0 ? a : b
      const { net, ...place } = placeOf(await open(who), value)
      await who.client.artifacts.agree({ artifact, cells: [{ ...place, quantity: net, note: mark(turn) }] })
      return
    }
    case 'shortfall': {
      const { net: _net, ...place } = placeOf(await open(b), value)
      const commitments = [{ ...place, committed: 1, status: 'shortfall' as const, reason: mark(turn), resource: null }]
      await b.client.artifacts.commit({ artifact, commitments })
      return
    }
    case 'disclose':
      return discloseAgain(two, turn)
    case 'sync': {
      const wire = two.wire()
      await two.level(wire)
      wire.cut()
      return
    }
  }
}

/** A newer file and the next revision: every order of every month a little larger. */
async function discloseAgain({ a }: TwoCompanies, { number }: Turn): Promise<void> {
  const [disclosed] = await a.client.disclosures.list()
  const policy = (await a.client.disclosures.policies()).find(({ id }) => id === disclosed?.policy)
  if (!policy) throw new Error('no policy')
  const more = [...regularOrders()].map((order) => ({ ...order, quantity: order.quantity + number }))
  const plan = await planFor(a, `orders-${number}.csv`, ledger(more))
  const { job } = await a.client.datasets.reimport({ dataset: policy.datasetId, plan, key: ['Order no'] })
  const view = await ended(a, job)
  if (view.state !== 'done') throw new Error(view.refusal?.code ?? view.state)
  const { token } = await a.client.datasets.reimportDiff({ job })
  await a.client.datasets.confirmReimport({ token })
  const outcome = await a.client.disclosures.preview({ policy, title: TITLE, forecast: FORECAST })
  if (outcome.outcome !== 'preview') throw new Error('refused')
  await a.client.disclosures.disclose({ policy: policy.id, title: TITLE, forecast: FORECAST, sliceId: outcome.view.sliceId, confirmHeld: true }) // prettier-ignore
}
