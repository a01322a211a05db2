import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const main = join(import.meta.dirname, '..', '..', 'electron', 'relay', 'main.ts')
let directory: string
const children: ChildProcess[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mithaq-relay-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  rmSync(directory, { recursive: true, force: true })
})

function start(environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      MITHAQ_RELAY_PORT: '0',
      MITHAQ_HOME: directory,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}
async function addressOf(child: ChildProcess): Promise<string> {
  const [first] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return /ws:\/\/\S+/.exec(first.toString())?.[0] ?? ''
}
async function complaint(child: ChildProcess): Promise<string> {
  const said: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk))
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(1)
  return Buffer.concat(said).toString()
}
const health = async (address: string): Promise<unknown> =>
  (await fetch(`${address.replace('ws:', 'http:')}/health`)).json()

it('starts with a mailbox in the folder of the profile, and one process has it open at a time', async () => {
  const address = await addressOf(start())
  expect(await health(address)).toEqual({
    connections: 0,
    topics: 0,
    mailbox: { connections: 0, channels: 0, bytes: 0 },
  })
  expect(await complaint(start())).toMatch(/open in another relay.*MITHAQ_RELAY_DATA/s)
  const elsewhere = start({ MITHAQ_RELAY_DATA: join(directory, 'other.db') })
  expect(await addressOf(elsewhere)).toMatch(/^ws:/)
})

it('starts without one when that is wished, and says what a wrong setting has to be', async () => {
  expect(await health(await addressOf(start({ MITHAQ_RELAY_MAILBOX: 'off' })))).toMatchObject({ mailbox: null })
  expect(await complaint(start({ MITHAQ_RELAY_DAYS: 'many' }))).toMatch(/MITHAQ_RELAY_DAYS has to be a whole number/)
  writeFileSync(join(directory, 'file'), 'no folder')
  expect(await complaint(start({ MITHAQ_RELAY_DATA: join(directory, 'file', 'mailbox.db') }))).toContain(
    'MITHAQ_RELAY_MAILBOX=off',
  )
})

it('ends when it is told to, and starts again on the same file', async () => {
  const child = start()
  await addressOf(child)
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
  expect(await health(await addressOf(start()))).toMatchObject({ mailbox: { channels: 0 } })
})
