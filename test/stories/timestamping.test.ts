import { afterAll, describe, expect, it } from 'vitest'
import { namedEndpoints } from '#headless/endpoints.ts'
import { Authority } from '#test/agreements/authority.ts'
import { signedByBoth, type SignedByBoth } from '#test/agreements/signed-by-both.ts'
import { upload } from '#test/support/company.ts'
import { Forger } from '#test/agreements/forged-pack.ts'
import { isEndpoint } from '#shared/kernel/endpoint.ts'
import { refuse } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'

const authority = new Authority()
let story: SignedByBoth | undefined
afterAll(() => {
  story?.end()
  authority.end()
})
const refusedWith = (code: string) => ({ data: { module: 'agreements', code } })

describe('signing with a timestamp', () => {
  it('[SIG-3, SIG-8, VER-10] asks the authority that the company named; silence is told, and stops nothing that the person wants', async () => {
    const { server, url } = await authority.listen()
    const tools = { endpoints: namedEndpoints() }
    try {
      story = await signedByBoth({ toolsA: tools, toolsB: { endpoints: namedEndpoints() } }, async (two, place) => {
        const { client } = two.a
        await expect(client.agreements.tryTimestamping({})).rejects.toMatchObject(refusedWith('no-authority-chosen'))
        for (const address of ['ftp://tsa.example', 'https://user:secret@tsa.example/', 'tsa.example', 'http://a b/'])
          await expect(client.agreements.saveTimestamping({ url: address, roots: [], upload: null })).rejects.toMatchObject(refusedWith('not-an-address')) // prettier-ignore

        // Nobody listens there: nothing is said, and the person is told.
        const silent = `${url.replace(/:\d+/, ':1')}`
        await client.agreements.saveTimestamping({ url: silent, roots: [], upload: null })
        await expect(client.agreements.sign(place)).rejects.toMatchObject(refusedWith('timestamp-unavailable'))
        const [version] = (await client.agreements.get(place)).versions
        expect(version?.signatures.map(({ state }) => state)).toEqual(['waiting', 'waiting'])

        const saved = await client.agreements.saveTimestamping({ url, roots: [], upload: null })
        expect(saved).toEqual({ url, roots: [] })
        const trial = await client.agreements.tryTimestamping({})
        expect(trial).toMatchObject({ believed: false })
        const root = await upload(two.a, 'root.der', authority.root)
        const believing = await client.agreements.saveTimestamping({ url, roots: [], upload: root })
        expect(believing.roots).toHaveLength(1)
        expect(await client.agreements.tryTimestamping({})).toMatchObject({ believed: true })
        expect((await client.agreements.get(place)).timestampHost).toBe(new URL(url).host)
      })
      const { two, pdf, artifact } = story
      expect(artifact).toMatch(/^[0-9a-f]{32}$/)
      const report = await two.a.client.agreements.check({ upload: await upload(two.a, 'a.pdf', pdf) })
      const stamped = report.signatures.map(({ timestampedAt }) => timestampedAt !== null)
      // The authority's clock is the machine's, the story's another: a time that lies ahead is told as such.
      expect(stamped).toEqual([true, false])

      const forger = await Forger.of(story.pack, two.a.engine.desk.session.hub.identity.device.secret)
      const now = (Date.now() + 60_000) as Instant
      const believed = await forger.check(story.pack, { now, timestampRoots: [authority.root] })
      expect(believed.signatures.map(({ timestampedAt }) => timestampedAt !== null)).toEqual([true, false])
      const nobody = await forger.check(story.pack, { now })
      expect(nobody.signatures.map(({ timestampedAt }) => timestampedAt)).toEqual([null, null])
    } finally {
      server.close()
    }
  }, 180_000)

  it('[SIG-8] who goes on without a timestamp signs, although the authority is silent', async () => {
    const silence = { answer: Promise.resolve(refuse('endpoint-unreachable' as const)), cancel: () => undefined }
    const endpoints = { allow: () => undefined, ask: () => silence }
    const both = await signedByBoth(
      { toolsA: { endpoints } },
      async (two, place) => {
        await two.a.client.agreements.saveTimestamping({ url: 'https://tsa.example/', roots: [], upload: null })
        await expect(two.a.client.agreements.sign(place)).rejects.toMatchObject(refusedWith('timestamp-unavailable'))
        await two.a.client.agreements.sign({ ...place, withoutTimestamp: true })
        const [version] = (await two.a.client.agreements.get(place)).versions
        expect(version?.signatures.filter(({ state }) => state === 'signed')).toHaveLength(1)
      },
      true,
    )
    both.end()
  }, 120_000)
})

describe('an address', () => {
  it('[SIG-8] is one that can be asked, and holds no secret', () => {
    for (const [text, is] of [
      ['https://tsa.example/tsr', true],
      ['http://127.0.0.1:8080/', true],
      ['http://[::1]:80/x', true],
      ['https://a@b/', false],
      ['file:///etc', false],
      ['https://a/#x', false],
      ['https://a/ b', false],
    ] as const)
      expect([text, isEndpoint(text)]).toEqual([text, is])
  })
})
