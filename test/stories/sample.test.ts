import { afterEach, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clientOf } from '#headless/company.ts'
import { startEngine } from '#engine/start.ts'
import { until } from '#test/support/company.ts'

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

it('[DP-7] the sample companies negotiate: the supplier answered inside our range, and it is our step on Today', async () => {
  const { client, partner } = await explored('en')
  const [document] = await client.documents.list({})
  const artifact = document?.id ?? ''
  await until('the answer is here', async () => (await client.convergence.get({ artifact })).request?.offers.length === 2) // prettier-ignore
  const { request } = await client.convergence.get({ artifact })
  expect(request?.offers.at(-1)).toMatchObject({ round: 2, stands: true, standing: { c1: 'inside', c2: 'inside' } })
  expect(request?.own?.asks).toEqual(['answer'])
  expect((await client.today.get()).needs.map(({ code }) => code)).toContain('negotiation-answer')
  // Neither side's range reaches the other, in the sample either.
  const theirs = await partner.convergence.get({ artifact })
  expect(theirs.request?.own?.ranges['c1']).toMatchObject({ least: 9_400, note: '' })
  expect(JSON.stringify(theirs)).not.toContain('second supplier')
}, 180_000)
