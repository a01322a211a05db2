import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { profileDirectory } from '#engine/profile-directory.ts'
import { claim, isRunning, type Claim, type Running } from '#headless/running.ts'

const folder = mkdtempSync(join(tmpdir(), 'mithaq-profile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const profile = () => mkdtempSync(join(folder, 'p-'))
const file = (place: string) => join(place, 'running.json')
const write = (place: string, running: Running) => writeFileSync(file(place), JSON.stringify(running))
const taken = (found: Claim | Running): Claim => {
  if (isRunning(found)) throw new Error('expected to get the profile')
  return found
}
/** No process has the highest pid that Linux can give out. */
const DEAD = 2 ** 22 - 1

/** A server that says it is `instance`. */
async function answering(instance: string) {
  const server = createServer((_request, response) => response.end(`mithaq ${instance}\n`))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => new Promise((resolve) => server.close(resolve)) }
}

describe('where the profile is', () => {
  it.each([
    ['linux', {}, '/h/u/.local/share/mithaq'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/mithaq'],
    ['linux', { MITHAQ_HOME: '/named', XDG_DATA_HOME: '/data' }, '/named'],
    ['darwin', {}, '/h/u/Library/Application Support/Mithaq'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Mithaq'],
  ] as const)('on %s with %j', (platform, environment, place) => {
    expect(profileDirectory(environment, platform, '/h/u').replaceAll('\\', '/')).toBe(place)
  })
})

describe('a profile', () => {
  it('is taken once, and free again afterwards', async () => {
    const place = profile()
    const server = await answering('aa')
    const first = taken(await claim(place, 'aa'))
    first.publish(server.port, 'http://link')
    expect(await claim(place, 'bb')).toMatchObject({ instance: 'aa', link: 'http://link', pid: process.pid })
    first.release()
    expect(existsSync(file(place))).toBe(false)
    taken(await claim(place, 'bb')).release()
    await server.close()
  })
  it('keeps its secret to its own user', async () => {
    const place = join(profile(), 'new')
    const mine = taken(await claim(place, 'aa'))
    mine.publish(1, 'http://link')
    expect([statSync(place).mode & 0o077, statSync(file(place)).mode & 0o077]).toEqual([0, 0])
    mine.release()
  })
  it('waits for a start that is under way and then finds it', async () => {
    const place = profile()
    const server = await answering('aa')
    const first = taken(await claim(place, 'aa'))
    const second = claim(place, 'bb')
    first.publish(server.port, 'http://link')
    expect(await second).toMatchObject({ instance: 'aa' })
    first.release()
    await server.close()
  })
  it('is taken from a process that was killed, before or after it listened', async () => {
    for (const port of [0, 47_615]) {
      const place = profile()
      write(place, { pid: DEAD, instance: 'aa', port, link: 'x' })
      taken(await claim(place, 'bb')).release()
    }
  })
  it('is taken when another program got the killed one’s pid and port', async () => {
    const place = profile()
    const server = await answering('somebody else')
    write(place, { pid: process.pid, instance: 'aa', port: server.port, link: 'x' })
    taken(await claim(place, 'bb')).release()
    await server.close()
  })
  it('is taken when a start hung for longer than any start takes', async () => {
    const place = profile()
    write(place, { pid: process.pid, instance: 'aa', port: 0, link: '' })
    utimesSync(file(place), new Date(0), new Date(0))
    taken(await claim(place, 'bb')).release()
  })
  it('is taken from a file that was cut short', async () => {
    const place = profile()
    writeFileSync(file(place), '{"pid":')
    utimesSync(file(place), new Date(0), new Date(0))
    taken(await claim(place, 'bb')).release()
  })
  it('is not released by one that no longer has it', async () => {
    const place = profile()
    const first = taken(await claim(place, 'aa'))
    write(place, { pid: process.pid, instance: 'bb', port: 1, link: 'x' })
    first.release()
    expect(existsSync(file(place))).toBe(true)
  })
  it('goes to exactly one of two that start at once', async () => {
    const place = profile()
    const server = await answering('aa')
    const both = [claim(place, 'aa'), claim(place, 'bb')]
    const winner = await Promise.race(both)
    const won = taken(winner)
    const { instance } = JSON.parse(readFileSync(file(place), 'utf8')) as Running
    const its = instance === 'aa' ? server : await answering('bb')
    won.publish(its.port, 'http://link')
    expect((await Promise.all(both)).filter(isRunning)).toHaveLength(1)
    won.release()
    await server.close()
    if (its !== server) await its.close()
  })
})

const root = join(import.meta.dirname, '..', '..')

/** The app as a process of its own, without a browser, on a free port. */
function start(place: string, ...args: readonly string[]) {
  const { MITHAQ_BROWSER: _browser, ...environment } = process.env
  const child = spawn(
    process.execPath,
    [join(root, 'electron', 'headless', 'main.ts'), 'serve', '--port', '0', ...args],
    {
      env: { ...environment, MITHAQ_HOME: place },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  let output = ''
  const link = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+\n/.exec(output)
      if (found) resolve(found[0].trim())
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, link, ended, output: () => output }
}
const health = async (link: string) => (await fetch(new URL('/health', link))).status

describe('the app as a process', () => {
  it('prints one link, is found by a second start, and leaves on Ctrl-C', async () => {
    const place = profile()
    const first = start(place)
    const link = await first.link
    expect(await health(link)).toBe(200)
    const second = start(place)
    expect(await second.link).toBe(link)
    expect(await second.ended).toBe(0)
    expect(first.output().match(/https?:\/\//g)).toHaveLength(1)
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(existsSync(file(place))).toBe(false)
  })
  it('starts again on a profile whose process was killed', async () => {
    const place = profile()
    const first = start(place)
    const link = await first.link
    first.child.kill('SIGKILL')
    await first.ended
    const second = start(place)
    expect(await second.link).not.toBe(link)
    expect(await health(await second.link)).toBe(200)
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })
  it('leaves when the set-up script that started it is gone', async () => {
    const first = start(profile())
    await first.link
    first.child.disconnect()
    expect(await first.ended).toBe(0)
  })
  it('says what is missing without a browser', async () => {
    const first = start(profile())
    await first.link
    first.child.kill('SIGINT')
    await first.ended
    expect(first.output()).toContain('apt-get install -y chromium')
  })
})

describe('the set-up script', () => {
  const run = (...args: readonly string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = spawn(process.execPath, [join(root, 'resources', 'setup', 'run.mjs'), ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.on('close', (code) => resolve({ code, output }))
    })
  it('names the commands there are when asked for another', async () => {
    const { code, output } = await run('nonsense')
    expect(code).toBe(1)
    expect(output).toContain(
      'start, test, check, bench, fuzz, schedules, ballots, demo, tour, verify, relay, package, build',
    )
    expect(output).not.toContain('    at ')
  })
  it('uses nothing that has to be installed first', () => {
    const modules = [
      'run',
      'commands',
      'install',
      'build',
      'electron',
      'system',
      'paths',
      'say',
      'spawn',
      'lock',
      'results',
      'totals',
    ]
    for (const name of modules) {
      const text = readFileSync(join(root, 'resources', 'setup', `${name}.mjs`), 'utf8')
      const imported = [...text.matchAll(/\bfrom '([^']+)'/g)].map((match) => match[1] ?? '')
      expect(
        imported.filter((source) => !source.startsWith('node:') && !source.startsWith('./')),
        name,
      ).toEqual([])
    }
  })
  it('knows every script of package.json', async () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const { output } = await run('nonsense')
    for (const [name, script] of Object.entries(scripts)) {
      expect(script).toBe(`node resources/setup/run.mjs ${name}`)
      expect(output).toContain(name)
    }
  })
})
