import { afterEach, describe, expect, it } from 'vitest'
import { feedOf } from '#engine/identity/identity.ts'
import { control } from '#engine/workspaces/membership-steps.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import type { CheckpointParts, FeedHead } from '#shared/membership/types.ts'
import { frontier } from '#shared/sync/cut.ts'
import { auditOf, refusalOf, until, type Company } from '#test/support/company.ts'
import { ModifiedClient, type Odd } from '#test/support/modified-client.ts'
import { storyWindows } from '#test/support/story-windows.ts'
import { ThreeCompanies, threeCompanies } from '#test/support/three-companies.ts'
import { kept, rows } from '#test/support/window.ts'

let three: ThreeCompanies
let client: ModifiedClient | undefined
const { open, closeAll } = storyWindows(() => three.end())
afterEach(() => {
  client?.close()
  client = undefined
})

const runtimeOf = ({ engine }: Company) => {
  const runtime = engine.desk.session.hub.runtime(three.channel as ChannelId)
  if (!runtime) throw new Error('the company has no such channel')
  return runtime
}
const latestAt = async (company: Company) => {
  const { channels } = await company.client.workspaces.get({ workspace: three.workspace })
  return channels.find(({ id }) => id === three.channel)
}
const make = (company: Company) =>
  company.client.workspaces.makeCheckpoint({ workspace: three.workspace, channel: three.channel })
const forksAt = async (company: Company) =>
  (await company.client.workspaces.get({ workspace: three.workspace })).members.flatMap(({ devices }) =>
    devices.flatMap(({ forks }) => forks),
  )

/** Everybody holds the same and every company attested what `maker` made. */
async function attested(maker: Company): Promise<void> {
  await three.level()
  await make(maker)
  await until('every company attested', async () => {
    const seen = await Promise.all(three.all.map(latestAt))
    return seen.every((channel) => channel?.checkpoint?.stands)
  })
  await three.level()
}

/** A plan with one milestone of B's, on all three machines; answers where B's log stood before and behind it. */
async function plan(): Promise<{ readonly artifact: string; readonly from: number; readonly to: number }> {
  three = await threeCompanies()
  const [a, b] = three.all
  const { artifact } = await a.client.documents.create({
    channel: three.channel,
    type: 'JointInitiativePlan.v1',
    title: { en: 'Cold-chain pilot', ar: 'تجربة سلسلة التبريد' },
  })
  await three.level()
  const { hub, context } = b.engine.desk.session
  const feed = feedOf(hub.identity, context.unlocked.incarnation())
  const length = () => runtimeOf(b).admission.index.line(feed)?.hashes.length ?? 0
  const from = length()
  const window = await open(b, artifact)
  window.add('milestones', { titleEn: 'Pilot', titleAr: 'تجربة', due: '2027-05-03', order: 'a0' })
  await kept(window)
  await three.level()
  return { artifact, from, to: length() }
}

const milestones = async (company: Company, artifact: string) => {
  const window = await open(company, artifact)
  const titles = rows(window, 'milestones').map(({ values }) => values['titleEn'])
  window.close()
  return titles
}

const reopened = async (company: Company): Promise<void> => {
  await company.client.vault.lock()
  await company.client.vault.unlock({ passphrase: company.passphrase })
}
const codes = async (company: Company, kinds: NonNullable<Parameters<typeof auditOf>[1]>) =>
  (await auditOf(company, kinds)).map(({ code, detail }) => (detail['code'] as string | undefined) ?? code)

describe('three companies and what they attested', () => {
  it('[SYN-100] [SYN-102] one makes a checkpoint, the others come to the same by themselves, and it stands after a restart', async () => {
    await plan()
    const [a, b, c] = three.all
    await attested(a)
    expect((await latestAt(b))?.checkpoint).toMatchObject({ missing: [], differing: [], attested: [{}, {}, {}] })
    expect(await refusalOf(make(b))).toBe('workspaces:checkpoint-no-news')
    expect(await codes(a, ['workspace'])).toContain('checkpoint-made')
    for (const one of [b, c]) expect(await codes(one, ['workspace'])).toContain('checkpoint-attested')
    closeAll()
    const before = await latestAt(a)
    for (const one of three.all) {
      await reopened(one)
      expect(await latestAt(one)).toEqual(before)
    }
  })

  it('[SYN-104] [TR-26] a later fork before the cut takes nothing away that was attested, on any machine, and everybody goes on', async () => {
    const { artifact, from, to } = await plan()
    const [a, b, c] = three.all
    await attested(a)
    // B writes once more, and nobody attests that.
    const window = await open(b, artifact)
    window.add('milestones', { titleEn: 'Not attested', due: '2027-06-01', order: 'a1' })
    await kept(window)
    await three.level()
    expect(await milestones(a, artifact)).toEqual(['Pilot', 'Not attested'])
    closeAll()
    three.cutOff(1)
    // B's keys sign another past: in place of the milestone it says that it wrote nothing.
    client = new ModifiedClient(three.pair(0, 1))
    const line = runtimeOf(b).admission.index.line(client.feed)
    expect(to).toBeGreaterThan(from)
    const odd: Odd = { nextSeq: from + 1, previous: line?.hashes.of(from) ?? null, heads: [] }
    await client.tell([client.seal([control({ kind: 'ack', heads: [] })], odd)])
    await until('C knows of the fork, too', async () => (await forksAt(c)).length > 0)
    for (const one of [a, c]) {
      await until('what nobody attested is gone', async () => (await milestones(one, artifact)).length === 1)
      expect(await milestones(one, artifact)).toEqual(['Pilot'])
      expect(await forksAt(one)).toEqual([expect.objectContaining({ number: from + 1 })])
      expect((await forksAt(one))[0]?.kept).toBeGreaterThanOrEqual(to - from)
      await reopened(one)
      expect(await milestones(one, artifact)).toEqual(['Pilot'])
      // B's own word lay behind the fork; what the two others said is enough to keep what they attested.
      expect((await latestAt(one))?.checkpoint).toMatchObject({
        stands: false,
        missing: [{ en: 'Gulf Supply Company' }],
      })
    }
    // B comes back, goes on under another log, and all come to the same bytes again: that is what they attest.
    client.close()
    three.link()
    await until('B knows', async () => (await milestones(b, artifact)).length === 1)
    const again = await open(b, artifact)
    again.add('milestones', { titleEn: 'Scale', due: '2027-08-01', order: 'a2' })
    await kept(again)
    await until('A and C have it', async () => (await milestones(a, artifact)).length === 2 && (await milestones(c, artifact)).length === 2) // prettier-ignore
    closeAll()
    await make(c)
    await until('every company attested', async () => (await Promise.all(three.all.map(latestAt))).every((channel) => channel?.checkpoint?.stands)) // prettier-ignore
  })
})

describe('a checkpoint from a modified client', () => {
  it('[SYN-101] [SYN-103] with wrong heads, or from a device of no member, is refused; with another result or without a company it does not stand', async () => {
    await plan()
    const [a, b, c] = three.all
    const [heads, parts] = await wordOf(b)
    three.cutOff(1)
    three.cutOff(2)
    client = new ModifiedClient(three.pair(0, 1))
    const { crypto } = b.engine.desk.session.context
    const word = (named: readonly FeedHead[], result: CheckpointParts = parts) => [control({ kind: 'checkpoint', heads: named, parts: result })] // prettier-ignore
    const tell = async (said: ReturnType<typeof word>, odd?: Odd): Promise<void> => {
      const run = client!.seal(said, odd)
      await client!.tell([run])
      if (odd?.secret === undefined) client!.keep(run)
    }
    const [first, ...rest] = heads as [FeedHead, ...FeedHead[]]
    const odd = crypto.hash('test')
    for (const named of [
      [{ ...first, hash: Buffer.from(odd).toString('hex') as FeedHead['hash'] }, ...rest],
      [{ ...first, seq: first.seq + 50 }, ...rest],
    ]) {
      await tell(word(named))
      expect((await codes(a, ['refusal'])).at(-1)).toBe('checkpoint-unseen')
    }
    await tell(word([...rest, first]))
    expect((await codes(a, ['refusal'])).at(-1)).toBe('payload-malformed')
    const stranger = crypto.signingPair()
    const feed = `${Buffer.from(stranger.publicKey).toString('hex')}${'ab'.repeat(16)}` as FeedHead['feed']
    await tell(word(heads), { feed, secret: stranger.secretKey, heads: [{ ...first }] })
    expect((await codes(a, ['refusal'])).at(-1)).toBe('no-certificate')
    expect((await latestAt(a))?.checkpoint).toBeUndefined()

    // A past that leaves out what its own heads had seen is no state that ever was: nobody answers.
    await tell(word(heads.slice(0, -1)))
    expect((await latestAt(a))?.checkpoint).toMatchObject({ stands: false, attested: [{}] })
    // Another hash for the documents: A says what it comes to itself, and both see in what they differ.
    await tell(word(heads, { ...parts, documents: odd }))
    const shown = (await latestAt(a))?.checkpoint
    expect(shown).toMatchObject({ stands: false, attested: [{}], differing: [{ parts: ['documents'] }] })
    expect(await codes(a, ['workspace'])).toContain('checkpoint-differs')

    // C was away: without it the honest one does not stand either; with it, two of three came to the same and B to something else.
    client.close()
    expect((await latestAt(a))?.attestedAt).toBeUndefined()
    three.link()
    await until('C answered', async () => (await latestAt(a))?.checkpoint?.attested.length === 2)
    expect((await latestAt(c))?.checkpoint).toMatchObject({ stands: false, differing: [{ company: { en: 'Gulf Supply Company' } }] }) // prettier-ignore
  })
})

/** What a company's own reading comes to here and now. */
async function wordOf(company: Company): Promise<readonly [readonly FeedHead[], CheckpointParts]> {
  await three.level()
  const said = runtimeOf(company).checkpoint(frontier(runtimeOf(company).admission.index))
  if (!said) throw new Error('no cut of its own reading')
  return [said.heads, said.parts]
}
