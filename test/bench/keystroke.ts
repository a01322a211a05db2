import { createDecoder } from 'lib0/decoding'
import { createEncoder, toUint8Array } from 'lib0/encoding'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSyncMessage, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { localPipe } from '#engine/local-pipe.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { textRoot } from '#shared/living/register.ts'
import { until } from '#test/support/company.ts'
import { deviceOf, twoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow } from '#test/support/window.ts'
import { percentile } from './clock.ts'
import type { BenchRow } from './row.ts'

const KEYSTROKES = 400
const WARM = 50
/** What the design grants on top of plain y-protocols, beside one fsync. */
const GRANTED_MS = 10

/**
 * One keystroke from A's window to B's: sealed, committed with fsync, sent over a local pipe, admitted, committed and shown,
 * against plain y-protocols over the same kind of pipe. One at a time, as a person types.
 */
export async function benchKeystroke(): Promise<readonly BenchRow[]> {
  const plain = await plainKeystrokes()
  const ours = await ourKeystrokes()
  const fsync = percentile(fsyncs(), 0.95)
  const [p95, plain95] = [percentile(ours, 0.95), percentile(plain, 0.95)]
  const ms = (value: number): string => `${value.toFixed(2)} ms`
  return [
    {
      name: 'keystroke to the other company, p95, against plain y-protocols + 10 ms + one fsync',
      ratio: p95 / (plain95 + GRANTED_MS + fsync),
      budget: 1,
      direction: 'at-most',
      detail: `p95 ${ms(p95)}, median ${ms(percentile(ours, 0.5))}; plain ${ms(plain95)}, fsync ${ms(fsync)} (both p95); ${KEYSTROKES} keystrokes, two commits each`,
    },
  ]
}

async function ourKeystrokes(): Promise<readonly number[]> {
  const two = await twoCompanies()
  try {
    const [left, right] = localPipe()
    const attach = (company: typeof two.a, end: typeof left, other: typeof two.a): void =>
      company.engine.desk.session.connections.attach(two.workspace as WorkspaceId, end, deviceOf(other))
    attach(two.a, left, two.b)
    attach(two.b, right, two.a)
    const title = { en: 'Typing', ar: 'كتابة' }
    const { artifact } = await two.a.client.documents.create({ channel: two.channel, type: 'JointInitiativePlan.v1', title }) // prettier-ignore
    await until('B has the plan', async () => (await two.b.client.documents.list({})).length === 1)
    const [a, b] = [await openWindow(two.a, artifact), await openWindow(two.b, artifact)]
    const root = textRoot('milestones', 'ab'.repeat(8), 'notes')
    const text = new Y.XmlText()
    a.doc.getXmlFragment(root).insert(0, [text])
    await kept(a)
    await until('B shows the text', () => b.doc.getXmlFragment(root).length === 1)
    const times = await typed(text, b.doc)
    for (const live of [a, b]) live.close()
    return times
  } finally {
    two.end()
  }
}

async function plainKeystrokes(): Promise<readonly number[]> {
  const [left, right] = localPipe()
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  a.on('update', (update: Uint8Array) => {
    const out = createEncoder()
    writeUpdate(out, update)
    left.send(toUint8Array(out))
  })
  right.onMessage((bytes) => readSyncMessage(createDecoder(bytes), createEncoder(), b, 'remote'))
  const text = new Y.XmlText()
  a.getXmlFragment('t').insert(0, [text])
  return typed(text, b)
}

/** Types at one side and waits for the other, keystroke by keystroke. */
async function typed(text: Y.XmlText, shown: Y.Doc): Promise<readonly number[]> {
  const times: number[] = []
  for (let at = 0; at < WARM + KEYSTROKES; at++) {
    const from = performance.now()
    const arrived = new Promise<void>((resolve) => shown.once('update', () => resolve()))
    text.insert(text.length, String.fromCharCode(97 + (at % 26)))
    await arrived
    if (at >= WARM) times.push(performance.now() - from)
    // Nobody types without a pause: what the last keystroke left to do is done before the next.
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return times
}

/** What this disk takes to make a page of a log durable. */
function fsyncs(): readonly number[] {
  const directory = mkdtempSync(join(tmpdir(), 'mithaq-bench-'))
  const file = openSync(join(directory, 'log'), 'w')
  const page = new Uint8Array(4096)
  try {
    return Array.from({ length: 200 }, () => {
      writeSync(file, page)
      const from = performance.now()
      fsyncSync(file)
      return performance.now() - from
    })
  } finally {
    closeSync(file)
    rmSync(directory, { recursive: true, force: true })
  }
}
