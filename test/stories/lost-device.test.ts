import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { transactionsCsv } from '#demo/transactions.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { auditOf, download, importFile, openFile, refusalOf, startCompany, upload } from '#test/support/company.ts'
import { FORECAST, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
afterEach(() => two.end())

it.each([true, false])(
  'a restored vault replaces the lost device (company words: %s): it reads on, the lost one gets nothing more',
  { timeout: 120_000 },
  async (withWords) => {
    two = await twoCompanies()
    const { a, b, workspace, clock } = two
    const dataset = await importFile(a, 'orders.csv', utf8(transactionsCsv({ rows: 30_000, seed: 5 })))
    const policy = await two.policy(dataset.id)
    const { artifact } = await two.disclose(policy)
    await two.mail(a, b)
    await b.client.artifacts.open({ artifact })

    // B's laptop is lost; B restores a backup on a new machine and replaces the device.
    const saved = await download(b, await b.client.vault.backup())
    const fresh = await startCompany({
      directory: mkdtempSync(join(tmpdir(), 'mithaq-new-')),
      passphrase: b.passphrase,
      clock,
      scheduler: clock,
    })
    const backup = await upload(fresh, 'b.mithaq-backup', saved)
    await fresh.client.vault.restore({ upload: backup, unlock: { passphrase: b.passphrase } })
    const wrong = Array.from({ length: 24 }, () => 'abandon')
    expect(await refusalOf(fresh.client.company.replaceDevice({ companyWords: wrong }))).toMatch(/^vault:/)
    const view = await fresh.client.company.replaceDevice({ companyWords: withWords ? [...two.words.b] : null })
    const certificates = view.people.flatMap((person) => person.certificates)
    expect(certificates.map(({ state }) => state).toSorted()).toEqual(['revoked', 'valid'])
    expect((await fresh.client.artifacts.open({ artifact })).artifact.revision).toBe(1)
    await openFile(a, await download(fresh, await fresh.client.workspaces.exportSync({ workspace })))
    const codes = (await auditOf(a)).map(({ code }) => code)
    expect(codes).toContain('revocation-received')
    expect(codes).toContain('certificate-received')

    // The next revision reaches the new machine and stays shut to the lost one.
    const title = TITLE
    const outcome = await a.client.disclosures.preview({ policy, title, forecast: { ...FORECAST, horizon: 3 } })
    if (outcome.outcome !== 'preview') throw new Error('refused')
    const forecast = { ...FORECAST, horizon: 3 }
    await a.client.disclosures.disclose({
      policy: policy.id,
      title,
      forecast,
      sliceId: outcome.view.sliceId,
      confirmHeld: true,
    })
    const mail = await two.pack(a)
    await openFile(fresh, mail)
    expect((await fresh.client.artifacts.open({ artifact })).artifact.revision).toBe(2)
    await openFile(b, mail)
    expect((await b.client.artifacts.open({ artifact })).content.envelope.revision).toBe(1)

    // What the lost device writes knowing of its revocation counts nowhere; the new one's commitment does.
    const cell = (await fresh.client.artifacts.open({ artifact })).forecast.series
      .flatMap(({ cells }) => cells)
      .find(({ net }) => net !== null)
    if (!cell) throw new Error('no cell')
    const { sku, region, bucket, net } = cell
    await fresh.client.artifacts.commit({
      artifact,
      commitments: [{ sku, region, bucket, committed: net, status: 'committed', reason: null, resource: null }],
    })
    await openFile(a, await download(fresh, await fresh.client.workspaces.exportSync({ workspace })))
    const seen = (await a.client.artifacts.open({ artifact })).forecast.series.flatMap(({ cells }) => cells)
    expect(seen.filter(({ committed }) => committed !== null)).toHaveLength(1)
    expect((await fresh.client.audit.verify()).intact).toBe(true)
    await fresh.client.vault.lock()
    await fresh.client.vault.unlock({ passphrase: b.passphrase })
    expect((await fresh.client.artifacts.open({ artifact })).artifact.revision).toBe(2)
    expect(fresh.bugs).toEqual([])
    fresh.engine.close()
  },
)
