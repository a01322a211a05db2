import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { startRelay, type Relay } from '#relay/start.ts'
import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EpochId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import { MAILBOX_PROTOCOL, newChallenge, writeChallenge, writeVerdict } from '#shared/mailbox/greeting.ts'
import type { MailboxView, WorkspaceView } from '#shared/projection/workspace-views.ts'
import { decodeBody } from '#shared/seal/body.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { channelOf, verifyRun } from '#shared/seal/verify.ts'
import { encodeMessage, PROTOCOL } from '#shared/sync/message.ts'
import { download, importFile, openFile, startCompany, until, upload, type Company } from '#test/support/company.ts'
import { NodeCarrier } from '#test/support/node-carrier.ts'
import { ledger, REGIONS, regularOrders, SKUS } from '#test/support/orders.ts'
import { found, type Canary } from '#test/support/scan.ts'
import { TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

const crypto = await createCrypto()
let directory: string
let data: string
let relay: Relay
let address: string
let two: TwoCompanies
const carriers = new Map<Company, NodeCarrier>()

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'mithaq-mailbox-story-'))
  data = join(directory, 'mailbox.db')
  relay = await startRelay({ host: '127.0.0.1', port: 0, behindProxy: false, data })
  address = `ws://127.0.0.1:${relay.port}`
  two = await twoCompanies()
})
afterEach(async () => {
  for (const carrier of carriers.values()) carrier.close()
  carriers.clear()
  two.end()
  await relay.close()
  rmSync(directory, { recursive: true, force: true })
})

const view = ({ client }: Company): Promise<WorkspaceView> => client.workspaces.get({ workspace: two.workspace })
const box = async (company: Company): Promise<MailboxView | undefined> => (await view(company)).mailbox
async function useMailbox(company: Company, mailbox: string | null = address): Promise<void> {
  await company.client.workspaces.setConnection({ workspace: two.workspace, enabled: true, signalling: [], iceServers: [], mailbox }) // prettier-ignore
}
const goOnline = (company: Company): void => void carriers.set(company, new NodeCarrier(company.engine))
function goOffline(company: Company): void {
  carriers.get(company)?.close()
  carriers.delete(company)
}
/** Everything that the company has lies at the mailbox, and nothing there is lacking here. */
const exchanged = (company: Company): Promise<MailboxView> =>
  until('everything is exchanged with the mailbox', async () => {
    const { link, mailbox } = await view(company)
    return link.state === 'mailbox' && mailbox?.level === true && mailbox.unstored === 0 && mailbox
  })
/** The app ends; its profile stays. */
function quit(company: Company): void {
  goOffline(company)
  company.engine.close()
}
async function startAgain(company: Company): Promise<Company> {
  const { directory: profile, passphrase } = company
  const again = await startCompany({ directory: profile, passphrase, clock: two.clock, scheduler: two.clock })
  await again.client.vault.unlock({ passphrase })
  return again
}
async function discloseOrders(): Promise<string> {
  const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  const { artifact } = await two.disclose(await two.policy(dataset.id))
  return artifact
}
async function commit(company: Company, artifact: string): Promise<{ sku: string; committed: number }> {
  const { forecast } = await company.client.artifacts.open({ artifact })
  const cell = forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null && net > 100)
  if (!cell) throw new Error('the forecast has no cell to commit to')
  const committed = (cell.net ?? 0) - 7
  const { sku, region, bucket } = cell
  await company.client.artifacts.commit({
    artifact,
    commitments: [
      { sku, region, bucket, committed, status: 'shortfall', reason: 'The kiln is in maintenance.', resource: null },
    ],
  })
  return { sku, committed }
}

it('[story 3] A works and quits; B, never online with A, answers; both converge by mailbox, which holds nothing to read and no name', async () => {
  await useMailbox(two.a)
  await useMailbox(two.b)
  const artifact = await discloseOrders()
  goOnline(two.a)
  const stored = await exchanged(two.a)
  expect(stored).toMatchObject({ state: 'connected', address, missing: 0 })
  expect(stored.waiting).toBeGreaterThan(0)
  quit(two.a)

  goOnline(two.b)
  await exchanged(two.b)
  expect((await view(two.b)).link.state).toBe('mailbox')
  const { committed, sku } = await commit(two.b, artifact)
  await exchanged(two.b)
  const b = two.frontier(two.b)
  quit(two.b)

  const a = await startAgain(two.a)
  goOnline(a)
  await exchanged(a)
  expect(two.frontier(a)).toBe(b)
  const cells = (await a.client.artifacts.open({ artifact })).forecast.series.flatMap((series) => series.cells)
  expect(cells.filter((cell) => cell.committed !== null)).toMatchObject([{ sku, committed }])
  const keys = memberKeys(a)
  const channel = two.channel
  const mine = (await view(a)).outstanding
  await exchanged(a)
  expect((await box(a))?.waiting).toBe(mine)
  quit(a)
  expect(a.bugs).toEqual([])
  await relay.close()

  const rows = heldRuns()
  expect(rows.length).toBeGreaterThan(5)
  expect(new Set(rows.map((row) => toHex(row.channel)))).toEqual(new Set([channel]))
  everyRowIsShut(rows, keys)
  noNameIn(databaseFiles(), artifact)
})

interface Row {
  readonly channel: Buffer
  readonly feed: Buffer
  readonly hash: Buffer
  readonly bytes: Buffer
}

function heldRuns(): readonly Row[] {
  const database = new Database(data, { readonly: true })
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  expect(tables.map(({ name }) => name)).toEqual(['runs'])
  const rows = database.prepare('SELECT * FROM runs').all() as Row[]
  expect(Object.keys(rows[0] ?? {})).toEqual(
    ['id', 'channel', 'feed', 'first_seq', 'last_seq', 'hash', 'announces', 'arrived_at', 'bytes'],
  ) // prettier-ignore
  database.close()
  return rows
}

/** The database as the operator could copy it: its file, and its log when one is left. */
const databaseFiles = (): readonly Buffer[] =>
  readdirSync(directory)
    .filter((name) => name.startsWith('mailbox.db'))
    .map((name) => readFileSync(join(directory, name)))

const memberKeys = ({ engine }: Company): ReadonlyMap<EpochId, SymmetricKey> =>
  new Map(
    [...engine.desk.session.hub.runtimes()].flatMap((runtime) =>
      runtime.epochKeys().map(({ epoch, key }) => [epoch, key] as const),
    ),
  )

/** Opens nothing with any 32 bytes that stand in the database, nor with nothing; everything sealed with a member's keys. */
function everyRowIsShut(rows: readonly Row[], keys: ReadonlyMap<EpochId, SymmetricKey>): void {
  let [sealed, opened] = [0, 0]
  for (const { bytes } of rows) {
    const parsed = parseRun(new Uint8Array(bytes))
    if (!parsed.ok) throw new Error(parsed.refusal)
    const run = parsed.value
    const channel = channelOf(crypto, run)
    const verified = verifyRun(crypto, run, { workspace: run.workspace, channel, nextSeq: run.firstSeq, previousHash: run.previous }) // prettier-ignore
    if (!verified.ok) throw new Error(verified.refusal)
    for (const [at, entry] of verified.value.entries()) {
      if (run.epoch === null) {
        // In clear are announcements alone, and these hold no text but their own words.
        const body = decodeBody(run.entries[at]?.ciphertext ?? new Uint8Array())
        if (!body.ok) throw new Error(body.refusal)
        expect(body.value.kind).toBe('control')
        expect(textsIn(body.value.payload).filter((text) => !WORDS.test(text))).toEqual([])
        continue
      }
      sealed++
      for (const key of candidates(rows, bytes)) expect(openEntry(crypto, entry, key).ok).toBe(false)
      if (openEntry(crypto, entry, keys.get(run.epoch)).ok) opened++
    }
  }
  expect(sealed).toBeGreaterThan(5)
  expect(opened).toBe(sealed)
}

/** Words of the format, and ids in hex. */
const WORDS = /^(kind|definition|channel-created|epoch-created|parents|commitment|boxes|device|box|earlier|epoch|wrapped|[0-9a-f]{64})$/ // prettier-ignore

function textsIn(value: Canonical): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each as Canonical)])
}

function candidates(rows: readonly Row[], bytes: Buffer): readonly SymmetricKey[] {
  const fields = rows.slice(0, 40).flatMap(({ channel, feed, hash }) => [channel, feed.subarray(0, 32), hash])
  const windows = Array.from({ length: Math.min(400, bytes.length - 32) }, (_, at) => bytes.subarray(at, at + 32))
  return [Buffer.alloc(32), ...fields, ...windows].map((each) => new Uint8Array(each) as SymmetricKey)
}

function noNameIn(files: readonly Buffer[], artifact: string): void {
  const canaries: Canary[] = [
    ['companies', 'Najd Trading Company', 'شركة نجد التجارية', 'Gulf Supply Company', 'شركة الخليج للتوريد'],
    ['people', 'Amal Al-Harbi', 'أمل الحربي', 'Badr Al-Qahtani', 'بدر القحطاني'],
    ['workspace', 'Demand and capacity 2027', 'الطلب والطاقة 2027', 'No shelf is empty.', 'لا رف فارغ.'],
    ['channel', 'Operations', 'العمليات'],
    ['title', TITLE.en, TITLE.ar],
    ['products', ...SKUS],
    ['regions', ...REGIONS],
    ['artifact', 'SharedForecast', 'CapacityPlan', artifact],
    ['words', 'kiln', 'maintenance', 'delivery-lead'],
  ].map(([name = '', ...texts]) => ({ name, texts }))
  expect(found(files, canaries)).toEqual([])
  // The scan sees: the same files with one name in them, as text of two bytes per letter.
  const tainted = Buffer.concat([...files, Buffer.from('بدر القحطاني', 'utf16le')])
  expect(found([tainted], canaries)).toEqual(['people'])
}

it('[story 3] the process that talks to the network sees no key and no name, either', async () => {
  await useMailbox(two.a)
  await discloseOrders()
  goOnline(two.a)
  await exchanged(two.a)
  const seen = carriers.get(two.a)?.seen ?? []
  const names = { name: 'names', texts: ['Najd Trading Company', 'Amal Al-Harbi', 'Demand and capacity 2027', ...SKUS] }
  const secrets = { name: 'keys', texts: [...memberKeys(two.a).values()].map((key) => toHex(key)) }
  expect(seen.length).toBeGreaterThan(5)
  expect(found(seen, [names, secrets])).toEqual([])
  const raw = Buffer.concat(seen)
  for (const key of memberKeys(two.a).values()) expect(raw.includes(Buffer.from(key))).toBe(false)
})

it('an invitation carries the mailbox, and the first entries reach the guest by it, without a file or a meeting', async () => {
  const { a, b } = two
  const founded = await a.client.workspaces.create({
    kind: 'peer',
    name: { en: 'Second', ar: 'الثانية' },
    outcome: { en: 'One standard.', ar: 'معيار واحد.' },
    charter: { addCompany: 'any-member', roles: ['coo'] },
    channel: { name: { en: 'Standards', ar: 'المعايير' }, roles: ['coo'] },
  })
  const workspace = founded.id as WorkspaceId
  await a.client.workspaces.setConnection({ workspace, enabled: true, signalling: [], iceServers: [], mailbox: address }) // prettier-ignore
  const looked = await openFile(b, await download(a, await a.client.workspaces.invite({ workspace, days: 7 })))
  if (looked.kind !== 'invitation') throw new Error(`an invitation read as ${looked.kind}`)
  const { answer } = await b.client.workspaces.accept({ token: looked.token })
  await openFile(a, await download(b, answer))
  const { safetyCode = [] } = await a.client.workspaces.get({ workspace })
  for (const each of [a, b])
    await each.client.workspaces.confirmSafety({ workspace, code: safetyCode.join(' '), matches: true })
  expect((await b.client.workspaces.get({ workspace })).connection.mailbox).toBe(address)
  goOnline(b)
  await until('the guest reaches the mailbox', async () => (await b.client.workspaces.get({ workspace })).link.state === 'mailbox') // prettier-ignore
  expect((await b.client.workspaces.get({ workspace })).stage).toBe('answering')
  goOnline(a)
  await until('the guest is in', async () => (await b.client.workspaces.get({ workspace })).stage === 'active')
  expect((await b.client.workspaces.get({ workspace })).channels).toMatchObject([{ name: { en: 'Standards' } }])
})

it('comes back by itself after the relay was gone, and after its database was lost it is supplied again', async () => {
  await useMailbox(two.a)
  await useMailbox(two.b)
  goOnline(two.a)
  await exchanged(two.a)
  const { port } = relay
  await relay.close()
  await until('A notices', async () => (await view(two.a)).link.state !== 'mailbox')
  expect((await box(two.a))?.unstored).toBeUndefined()
  expect((await box(two.a))?.storedAt).toBeDefined()
  for (const name of readdirSync(directory)) if (name.startsWith('mailbox.db')) rmSync(join(directory, name))
  relay = await startRelay({ host: '127.0.0.1', port, behindProxy: false, data })
  carriers.get(two.a)?.retry()
  await exchanged(two.a)
  goOffline(two.a)
  goOnline(two.b)
  await exchanged(two.b)
  expect(two.frontier(two.b)).toBe(two.frontier(two.a))
})

it('shows the gap that expiry left, and whoever has the entries supplies them again', async () => {
  let now = Date.now()
  const short = await startRelay({ host: '127.0.0.1', port: 0, behindProxy: false, data: 'memory', quota: { days: 7 }, now: () => now }) // prettier-ignore
  const there = `ws://127.0.0.1:${short.port}`
  await useMailbox(two.a, there)
  await useMailbox(two.b, there)
  const artifact = await discloseOrders()
  goOnline(two.a)
  await exchanged(two.a)
  goOffline(two.a)
  now += 8 * 86_400_000
  // Something is written after the rest has grown old, so that the channel lives on.
  await two.a.client.artifacts.declare({ artifact, fact: 'promotion-cancelled', reference: 'Spring' })
  goOnline(two.a)
  await exchanged(two.a)
  goOffline(two.a)
  expect(short.expire()).toBeGreaterThan(0)

  goOnline(two.b)
  const gap = await until('the gap is shown', async () => {
    const mailbox = await box(two.b)
    return mailbox && mailbox.missing > 0 && mailbox
  })
  expect(gap).toMatchObject({ state: 'connected', level: false })
  expect(await two.b.client.artifacts.list({})).toEqual([])
  goOnline(two.a)
  await until('it is filled', async () => {
    two.clock.passMinutes(0.3)
    return (await box(two.b))?.missing === 0 && (await two.b.client.artifacts.list({})).length === 1
  })
  await exchanged(two.b)
  expect(two.frontier(two.b)).toBe(two.frontier(two.a))
  goOffline(two.a)
  goOffline(two.b)
  await short.close()
})

it('[story 4] a device that was replaced is turned away with everything it held, and the new one goes on', async () => {
  await useMailbox(two.a)
  await useMailbox(two.b)
  goOnline(two.a)
  await exchanged(two.a)
  goOffline(two.a)
  goOnline(two.b)
  await exchanged(two.b)
  // B's laptop is lost while it is connected; a new machine restores the backup and replaces the device.
  const saved = await download(two.b, await two.b.client.vault.backup())
  const fresh = await startCompany({
    directory: mkdtempSync(join(tmpdir(), 'mithaq-new-')),
    passphrase: two.b.passphrase,
    clock: two.clock,
    scheduler: two.clock,
  })
  const backup = await upload(fresh, 'b.mithaq-backup', saved)
  await fresh.client.vault.restore({ upload: backup, unlock: { passphrase: two.b.passphrase } })
  await fresh.client.company.replaceDevice({ companyWords: null })
  goOnline(fresh)
  await exchanged(fresh)
  await until(
    'the lost device is turned away',
    async () => (await box(two.b))?.refusal?.code === 'mailbox-not-announced',
  )
  const held = two.frontier(two.b)
  goOnline(two.a)
  await exchanged(two.a)
  const artifact = await discloseOrders()
  await exchanged(two.a)
  await until('the new device has it', async () => (await fresh.client.artifacts.list({})).length === 1)
  expect(two.frontier(two.b)).toBe(held)
  expect(await two.b.client.artifacts.list({})).toEqual([])

  // Even a full copy of the mailbox opens nothing that was written after: every key that the lost device holds is tried.
  const lost = [...memberKeys(two.b)]
  quit(fresh)
  goOffline(two.a)
  goOffline(two.b)
  await relay.close()
  const after = heldRuns().flatMap(({ bytes }) => {
    const run = parseRun(new Uint8Array(bytes))
    return run.ok && run.value.epoch !== null && !lost.some(([epoch]) => epoch === run.value.epoch) ? [run.value] : []
  })
  expect(after.length).toBeGreaterThan(1)
  for (const run of after) {
    const verified = verifyRun(crypto, run, { workspace: run.workspace, channel: channelOf(crypto, run), nextSeq: run.firstSeq, previousHash: run.previous }) // prettier-ignore
    if (!verified.ok) throw new Error(verified.refusal)
    for (const entry of verified.value) for (const [, key] of lost) expect(openEntry(crypto, entry, key).ok).toBe(false)
  }
  expect(artifact).toBeDefined()
  expect(fresh.bugs).toEqual([])
})

/** A server that greets like a mailbox and then says what it likes. */
async function impostor(challenge: Uint8Array, ...says: readonly Uint8Array[]): Promise<WebSocketServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => MAILBOX_PROTOCOL })
  await new Promise((resolve) => server.once('listening', resolve))
  server.on('connection', (socket) => {
    socket.send(challenge)
    socket.once('message', () => {
      for (const message of [writeVerdict(null), ...says]) socket.send(message)
    })
  })
  return server
}
const addressOf = (server: WebSocketServer): string => `ws://127.0.0.1:${(server.address() as AddressInfo).port}`

it('takes nothing from a mailbox that hands out what is not genuine, leaves it, and says so', async () => {
  const { engine } = two.a
  const runtime = engine.desk.session.hub.runtime(two.channel as ChannelId)
  const run = engine.desk.session.context.vault.log
    .runs(two.channel, runtime?.admission.index.lines[0]?.id ?? '', 1, 9)
    .at(-1)
  // Cut short: no honest mailbox would have kept it.
  const forged = run?.bytes.slice(0, 200) ?? new Uint8Array()
  const feed = run?.feed as FeedId
  const server = await impostor(
    writeChallenge(newChallenge(crypto)),
    encodeMessage({ type: 'hello', version: PROTOCOL, channels: [two.channel as ChannelId] }),
    encodeMessage({ type: 'runs', channel: two.channel as ChannelId, runs: [{ feed, lastSeq: 3, bytes: forged }] }), // prettier-ignore
  )
  const before = two.frontier(two.a)
  await useMailbox(two.a, addressOf(server))
  goOnline(two.a)
  await until('the mailbox is left', async () => (await box(two.a))?.state === 'refused')
  expect((await view(two.a)).link).toEqual({
    state: 'refused',
    refusal: { module: 'link', code: 'mailbox-not-genuine' },
  })
  await until('its socket is closed', () => server.clients.size === 0)
  expect(two.frontier(two.a)).toBe(before)
  const { rows } = await two.a.client.audit.search({ text: '', kinds: ['refusal'], offset: 0, limit: 10 })
  expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining(['malformed', 'mailbox-not-genuine']))
  await useMailbox(two.a)
  await exchanged(two.a)
  server.close()
})

it('says that a mailbox speaks a later version, or is none', async () => {
  const later = await impostor(encode({ version: 2, nonce: crypto.random(32) }))
  const none = await impostor(utf8('welcome'))
  goOnline(two.a)
  for (const [server, code] of [
    [later, 'mailbox-version'],
    [none, 'mailbox-malformed'],
  ] as const) {
    // prettier-ignore
    await useMailbox(two.a, addressOf(server))
    await until(code, async () => (await box(two.a))?.refusal?.code === code)
    server.close()
  }
})

it('says what keeps it from the mailbox, and goes on when that is mended', async () => {
  await useMailbox(two.a, `ws://localhost:${relay.port}`)
  goOnline(two.a)
  await exchanged(two.a)
  // Another mailbox than the one that the name belongs to, such as a proxy that does not pass the Host header on.
  await useMailbox(two.a, `ws://127.0.0.1:1`)
  await until('it is being called', async () => (await box(two.a))?.state === 'connecting')
  expect((await view(two.a)).link.state).toBe('connecting')
  two.clock.passMinutes(0.3)
  expect((await box(two.a))?.state).toBe('unreachable')
  expect((await view(two.a)).link.state).toBe('offline')
  await useMailbox(two.a, null)
  expect(await box(two.a)).toBeUndefined()
  expect((await view(two.a)).connection.mailbox).toBeNull()
  await useMailbox(two.a)
  await exchanged(two.a)
})
