import { accept, confirm, level, makeWorkspace, reaches } from '#test/network/meet.ts'
import { World, type Company } from '#test/network/world.ts'
import type { BenchRow } from './row.ts'

const ENTRIES = 3_000
const CHARACTERS = 10_000
const ROUNDS = 3

const KEYSTROKES = 100
const KEYSTROKE_ROUNDS = 5
const PAUSE_MS = 30
/** What the design allows beside one fsync. */
const SEALING_MS = 10

interface Pair {
  readonly world: World
  readonly browsers: Awaited<ReturnType<World['browsers']>>
  readonly signalling: string
  readonly owner: Company
  readonly guest: Company
  readonly workspace: string
}

/** Two companies over real WebRTC, against what two browsers do without us on the same network. */
export async function benchDirect(): Promise<readonly BenchRow[]> {
  const world = await World.make()
  try {
    const relay = await world.relay()
    const browsers = await world.browsers()
    const [owner, guest] = await Promise.all([world.company('owner'), world.company('guest')])
    const { workspace, invitation } = await makeWorkspace(owner, [relay.address])
    await Promise.all([owner.openCarrier(), guest.openCarrier()])
    await accept(guest, invitation)
    await confirm(owner, guest, workspace)
    const pair = { world, browsers, signalling: relay.address, owner, guest, workspace }
    return [await keystroke(pair), await backlog(pair)]
  } finally {
    await world.close()
  }
}

async function direct({ owner, guest, workspace }: Pair): Promise<void> {
  await Promise.all([reaches(owner, workspace, 'direct'), reaches(guest, workspace, 'direct')])
  await level(owner, guest, workspace)
}

/**
 * From before an edit is sealed until the partner's engine has committed it and tells its windows, against a character in plain
 * y-webrtc from one document to the other. Both without drawing.
 */
async function keystroke(pair: Pair): Promise<BenchRow> {
  const { browsers, signalling, owner, guest, workspace } = pair
  await direct(pair)
  const fsync = await guest.fsync()
  await guest.watch(workspace)
  let ours = Infinity
  let plain = Infinity
  // A busy machine delays both: the best round of each is the one that it disturbed least.
  for (let round = 0; round < KEYSTROKE_ROUNDS; round++) {
    const type = { signalling, keystrokes: KEYSTROKES, pause: PAUSE_MS }
    plain = Math.min(plain, p95(await browsers.order<readonly number[]>({ type })))
    ours = Math.min(ours, p95(await typed(owner, guest, workspace)))
  }
  return {
    name: 'an edit to the other company, p95, direct',
    ratio: ours / (plain + SEALING_MS + fsync),
    budget: 1,
    direction: 'at-most',
    detail: `${ours.toFixed(1)} ms against ${plain.toFixed(1)} ms of plain y-webrtc + ${SEALING_MS} ms + an fsync of ${fsync.toFixed(1)} ms`,
  }
}

/** The delay of each edit in milliseconds. */
async function typed(owner: Company, guest: Company, workspace: string): Promise<readonly number[]> {
  const written = await owner.keystrokes({ workspace, count: KEYSTROKES, pause: PAUSE_MS })
  await level(owner, guest, workspace)
  const seen = [...(await guest.seen())]
  return written.map(({ at, seq }) => {
    // Entries that came in one batch are there when the last of them is.
    const arrived = seen.flatMap(([reached, moment]) => (reached >= seq ? [moment] : []))
    return Math.min(...arrived) - at
  })
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length * 0.95)] ?? Number.NaN

/**
 * A backlog written while the partner was away, from the moment the link is up until the partner's vault holds its last entry,
 * against the same bytes over a bare data channel.
 */
async function backlog(pair: Pair): Promise<BenchRow> {
  const { browsers, owner, guest, workspace } = pair
  await direct(pair)
  let ours = Infinity
  let plain = Infinity
  let size = 0
  for (let round = 0; round < ROUNDS; round++) {
    await guest.killCarrier()
    await owner.backlog({ workspace, entries: ENTRIES, characters: CHARACTERS })
    const last = (await owner.tips(workspace)).toSorted((left, right) => right.seq - left.seq)[0]
    if (!last) throw new Error('an empty backlog')
    await reaches(owner, workspace, 'waiting')
    const caughtUp = guest.catchUp(workspace, last)
    await guest.openCarrier()
    const { milliseconds, bytes } = await caughtUp
    await level(owner, guest, workspace)
    ours = Math.min(ours, milliseconds)
    size = bytes
    plain = Math.min(plain, await browsers.order<number>({ raw: bytes }))
  }
  const rate = (milliseconds: number) => `${(size / 1000 / milliseconds).toFixed(1)} MB/s`
  return {
    name: 'a 30 MB backlog over direct WebRTC',
    ratio: ours / plain,
    budget: 1.7,
    direction: 'at-most',
    detail: `${ENTRIES.toLocaleString('en')} entries, ${(size / 1e6).toFixed(1)} MB sealed: ${ours.toFixed(0)} ms (${rate(ours)}) against ${plain.toFixed(0)} ms (${rate(plain)}) bare`,
  }
}
