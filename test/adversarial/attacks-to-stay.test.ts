import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { cellKey } from '#shared/artifacts/cell-key.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import type { Instant, IsoMonth } from '#shared/kernel/time.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { clientId } from '#shared/sync/client-id.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { download, openFile, startCompany, upload, type Company } from '#test/support/company.ts'
import { deviceOf } from '#test/support/two-companies.ts'
import { updateOf } from './hostile-updates.ts'
import {
  agree,
  artifact,
  base,
  begin,
  cells,
  client,
  contextOf,
  event,
  expectHonestWorkGoesOn,
  expectNoEffect,
  JOINT,
  joint,
  modify,
  ownClient,
  refusals,
  standing,
  two,
  yesterday,
  type Cell,
} from './attack-bed.ts'

describe('[story 2] what B can never take back', () => {
  afterEach(() => two.end())

  it('[TR-26] withheld ancestry: an entry waits for the head that it names, whose owner is asked, and counts when it comes', async () => {
    await begin()
    modify()
    const before = await standing()
    // Another life of B's own log, of which A is told nothing.
    const other = (deviceOf(two.b) + toHex(contextOf().crypto.random(16))) as FeedId
    const hidden = client.seal([joint(updateOf(clientId(contextOf().crypto, other, sectionKey(artifact, JOINT), 0), base(), (ydoc) => ydoc.getMap('consensus').set('hidden', { quantity: 2, note: null })))], { feed: other }) // prettier-ignore
    client.keep(hidden)
    const leaning = client.seal([event({ type: 'slice-withdrawn', artifact, reason: '' })])
    await client.tell([leaning])
    client.keep(leaning)
    expect(await standing()).toEqual(before)
    expect(client.heard.some((said) => said.type === 'need' && said.feed === other)).toBe(true)
    expect(two.a.engine.desk.session.hub.runtime(client.channel)?.admission.waiting()).toEqual([{ feed: client.feed, count: 1 }]) // prettier-ignore
    await agree(two.a.client, 55)
    await client.tell([hidden])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'not-authorised' })
    await expectHonestWorkGoesOn()
  })

  it('[TR-26] fork: two entries under one number convict the feed; A keeps the proof, nothing behind it counts, and B goes on as a new life of its log: forked', async () => {
    await begin()
    modify()
    const write = (name: string) => joint(updateOf(ownClient(13), base(), (ydoc) => ydoc.getMap('consensus').set(name, { quantity: 3, note: null })), 13) // prettier-ignore
    const [left, right] = [client.seal([write('left')]), client.seal([write('right')])]
    const before = await standing()
    await client.tell([left])
    expect(JSON.stringify((await standing()).forecast)).toContain('left')
    await client.tell([right])
    expect((await refusals(two.a)).at(-1)).toMatchObject({ code: 'forked' })
    expect(two.a.engine.desk.session.context.vault.records.list('fork-proof')).toHaveLength(1)
    // Neither side counts, whichever came first; the screen shows both entries.
    expect((await standing()).forecast).toEqual(before.forecast)
    expect(JSON.stringify((await standing()).partners)).toContain('"forks":[{')
    // A restart forgets nothing.
    await two.a.client.vault.lock()
    await two.a.client.vault.unlock({ passphrase: two.a.passphrase })
    expect(two.a.engine.desk.session.hub.runtime(client.channel)?.admission.forks.of(client.feed)).toBeDefined()
    // B's vault is put back from before: another incarnation, another feed.
    await two.b.client.vault.lock()
    two.b.engine.desk.tools.files.writeSidecar(two.b.directory + '/company', 'anchor', new Uint8Array())
    await two.b.client.vault.unlock({ passphrase: two.b.passphrase })
    expect(client.feed).not.toBe(left.feed)
    client.close()
    const wire = two.wire()
    await agree(two.b.client, 4321)
    const tip = client.held.length
    while ((two.a.engine.desk.session.hub.runtime(client.channel)?.admission.index.line(client.feed)?.admitted.length ?? 0) < tip) await new Promise((resolve) => setImmediate(resolve)) // prettier-ignore
    wire.cut()
    const seen = await two.a.client.artifacts.open({ artifact })
    expect(JSON.stringify(seen.consensus)).toContain('4321')
  })

  it('[TR-26] [SYN-70] backdating after revocation: what a lost device writes into the past waits for a witness that never comes: beyond-cut', async () => {
    await begin()
    const { a, b } = two
    const saved = await download(b, await b.client.vault.backup())
    const directory = join(two.root, 'new machine')
    const fresh = await startCompany({ directory, passphrase: b.passphrase, clock: two.clock, scheduler: two.clock })
    const backup = await upload(fresh, 'b.mithaq-backup', saved)
    await fresh.client.vault.restore({ upload: backup, unlock: { passphrase: b.passphrase } })
    await fresh.client.company.replaceDevice({ companyWords: [...two.words.b] })
    const bring = async (from: Company, to: Company) =>
      openFile(to, await download(from, await from.client.workspaces.exportSync({ workspace: two.workspace })))
    await bring(fresh, a)
    // The thief has B's old machine, which has heard of nothing, and seals as if it were yesterday.
    modify()
    const before = await standing()
    const at = (two.clock.now() - 86_400_000) as Instant
    const backdated = client.seal([joint(updateOf(ownClient(15), base(), (ydoc) => ydoc.getMap('consensus').set('yesterday', { quantity: 9, note: null })), 15)], { at }) // prettier-ignore
    await client.tell([backdated])
    const { partners, ...after } = await standing()
    expect({ ...after, partners: before.partners }).toEqual(before)
    // What waits is shown beside the device that wrote it.
    expect(JSON.stringify(partners)).toContain('"parked":1')
    const runtime = a.engine.desk.session.hub.runtime(client.channel)
    expect(runtime?.admission.beyondCuts()).toEqual([{ feed: backdated.feed, flagged: 0, parked: 1 }])
    // Nothing moves it in later, neither a restart nor what others write; and B's new machine goes on.
    await a.client.vault.lock()
    await a.client.vault.unlock({ passphrase: a.passphrase })
    await agree(a.client, 70)
    await bring(a, fresh)
    await agree(fresh.client, 71)
    await bring(fresh, a)
    const { consensus } = await a.client.artifacts.open({ artifact })
    expect(consensus?.[cellKey(cells[0] as Cell & { bucket: IsoMonth })]?.quantity).toBe(71)
    expect(JSON.stringify(consensus)).not.toContain('yesterday')
    expect([...a.bugs, ...fresh.bugs]).toEqual([])
    fresh.engine.close()
  })

  it('[TR-26] [SYN-77] backdating after removal: what the removed company writes into the past, with all its keys, waits: beyond-cut', async () => {
    await begin()
    modify()
    const backdated = client.seal([yesterday(16)], { at: (two.clock.now() - 86_400_000) as Instant })
    client.close()
    const company = two.b.engine.desk.session.hub.identity.card.company
    await two.a.client.workspaces.removeCompany({ workspace: two.workspace, company })
    await expectNoEffect(backdated)
  })

  it('[TR-26] [SYN-77] backdating after leaving: what a company that left writes into the past, under a feed of its own making, waits: beyond-cut', async () => {
    await begin()
    modify()
    const { crypto } = contextOf()
    const feed = `${deviceOf(two.b)}${toHex(crypto.random(16))}` as FeedId
    const replica = clientId(crypto, feed, sectionKey(artifact, JOINT), 16)
    const backdated = client.seal([joint(updateOf(replica, base(), (ydoc) => ydoc.getMap('consensus').set('yesterday', { quantity: 9, note: null })), 16)], { feed, nextSeq: 1, previous: null, at: (two.clock.now() - 86_400_000) as Instant }) // prettier-ignore
    client.close()
    await two.b.client.workspaces.leave({ workspace: two.workspace })
    await openFile(two.a, await download(two.b, await two.b.client.workspaces.exportSync({ workspace: two.workspace })))
    await expectNoEffect(backdated)
    // Who left keeps what it had, and can still show it.
    const seen = await two.b.client.artifacts.open({ artifact })
    expect(seen.consensus?.[cellKey(cells[0] as Cell & { bucket: IsoMonth })]?.quantity).toBe(40)
  })
})
