import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { clientOf } from '#headless/company.ts'
import { startDemo } from '#headless/demo.ts'

const profile = mkdtempSync(join(tmpdir(), 'mithaq-demo-'))
afterAll(() => rmSync(profile, { recursive: true, force: true }))

const start = async () => {
  const said: string[] = []
  const root = join(import.meta.dirname, '..', '..')
  const { MITHAQ_BROWSER: _browser, ...environment } = process.env
  const demo = await startDemo({
    root,
    profile,
    port: 0,
    window: false,
    environment,
    say: (line) => void said.push(line),
  })
  const [owner, supplier] = [clientOf(demo.apps[0].router), clientOf(demo.apps[1].router)]
  return { demo, said, owner, supplier }
}

it('seeds two companies that know each other, once, and opens the same ones again', { timeout: 90_000 }, async () => {
  const first = await start()
  const [workspace] = await first.owner.workspaces.list()
  const [theirs] = await first.supplier.workspaces.list()
  expect([workspace?.stage, theirs?.stage, theirs?.id]).toEqual(['active', 'active', workspace?.id])
  expect(workspace?.partners.map(({ name }) => name.en)).toEqual(['Gulf Packaging'])
  expect(theirs?.partners.map(({ name }) => name.en)).toEqual(['Najd Distribution'])
  const [disclosed] = await first.owner.disclosures.list()
  expect(disclosed).toMatchObject({ revision: 1, state: 'current' })
  expect((await first.owner.datasets.list()).map(({ rows }) => rows > 10_000)).toEqual([true])
  expect(await first.supplier.datasets.list()).toEqual([])
  await first.demo.close()

  const second = await start()
  expect(second.said).toEqual([])
  expect((await second.owner.disclosures.list()).map(({ sliceId }) => sliceId)).toEqual([disclosed?.sliceId])
  const { connection } = await second.supplier.workspaces.get({ workspace: workspace?.id ?? '' })
  expect(connection.enabled).toBe(true)
  expect(connection.signalling[0]).toMatch(/^ws:\/\/127\.0\.0\.1:\d+/)
  await second.demo.close()
})

it('refuses to start beside itself', async () => {
  const first = await start()
  await expect(start()).rejects.toThrow('already running')
  await first.demo.close()
})
