import { afterEach, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientOf } from '#headless/company.ts'
import { startEngine } from '#engine/start.ts'

let close: () => void = () => {}
afterEach(() => close())

async function explored(locale: 'en' | 'ar') {
  const profileDirectory = mkdtempSync(join(tmpdir(), 'mithaq-sample-'))
  const engine = await startEngine({ profileDirectory })
  close = () => {
    engine.close()
    rmSync(profileDirectory, { recursive: true, force: true })
  }
  if (!engine.partner) throw new Error('no partner')
  const [client, partner] = [clientOf(engine.router), clientOf(engine.partner.router)]
  await client.sample.explore({ locale })
  return { client, partner }
}

it.each(['ar', 'en'] as const)(
  '[AR-7] the sample companies write in the language of who explores them (%s), and their forecast lies inside its band',
  async (locale) => {
    const { client, partner } = await explored(locale)
    const [dataset] = await client.datasets.list()
    const [policy] = await client.disclosures.policies()
    const [listed] = await partner.artifacts.list({})
    const { content, forecast } = await partner.artifacts.open({ artifact: listed?.id ?? '' })
    const written = [
      dataset?.name,
      policy?.purpose,
      forecast.unit,
      content.envelope.provenance.sourceSystem,
      ...content.assumptions.map(({ statement }) => statement),
    ]
    for (const { expected, p10, p90 } of forecast.totals) {
      expect(expected).toBeGreaterThanOrEqual(p10 ?? Number.NaN)
      expect(expected).toBeLessThanOrEqual(p90 ?? Number.NaN)
    }
    for (const text of written) expect(text).toMatch(locale === 'ar' ? /^[^A-Za-z]+$/ : /^[^\u0600-\u06ff]+$/)
  },
  180_000,
)
