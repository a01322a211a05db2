import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { transactionsCsv } from '#demo/transactions.ts'
import { finished, upload, type EngineClient } from '#headless/company.ts'

const ROWS = 3_000

/** Imports a ledger, and discloses what its proposed policy lets out. Resolves with the artifact's id. */
export async function disclose(client: EngineClient, workspace: string): Promise<string> {
  const source = { upload: await upload(client, 'orders.csv', utf8(transactionsCsv({ rows: ROWS, seed: 7 }))) }
  const probe = await client.datasets.probe({ source, choice: {} })
  const { job } = await client.datasets.import({
    source,
    choice: {},
    name: 'Orders',
    system: 'test',
    columns: probe.columns.map(({ ambiguous: _ambiguous, ...column }) => column),
    cancellations: 'exclude',
    maxDefects: ROWS,
  })
  await finished(client, job)
  const [dataset] = await client.datasets.list()
  const [channel] = (await client.workspaces.get({ workspace })).channels
  if (!dataset || !channel) throw new Error('nothing to disclose, or nobody to disclose it to')
  const proposed = await client.disclosures.propose({ dataset: dataset.id, workspace, channel: channel.id })
  const policy = await client.disclosures.savePolicy(proposed)
  const title = { en: 'Packaging demand', ar: 'طلب التغليف' }
  const forecast: ForecastChoice = {
    method: 'auto',
    horizon: 6,
    unit: 'carton',
    overrides: [],
    zones: [],
    assumptions: [],
    invalidation: [],
    commitDays: 10,
    exceptionDays: 5,
  }
  const preview = await client.disclosures.preview({ policy, title, forecast })
  if (preview.outcome === 'refused') throw new Error(preview.refusals.map(({ code }) => code).join(', '))
  const { sliceId } = preview.view
  await client.disclosures.disclose({ policy: policy.id, title, forecast, sliceId, confirmHeld: false })
  const [artifact] = await client.artifacts.list({ workspace })
  if (!artifact) throw new Error('the disclosure left no artifact')
  return artifact.id
}
