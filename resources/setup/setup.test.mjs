import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { electron, installedElectron } from './electron.mjs'
import { sameTree } from './install.mjs'
import { withLock } from './lock.mjs'
import { filesUnder, findProgram, fingerprint } from './paths.mjs'
import { totals } from './results.mjs'
import { findBrowser, findStoryBrowser, provide, provideSparing } from './system.mjs'

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mithaq-setup-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('a fingerprint', () => {
  const write = (name, text) => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  it('changes with contents, names and files, and with nothing else', () => {
    write('a/one.ts', '1')
    write('a/b/two.ts', '2')
    const of = () => fingerprint(['a'], folder)
    const first = of()
    expect(filesUnder('a', folder)).toEqual([join('a', 'b', 'two.ts'), join('a', 'one.ts')])
    write('a/one.ts', '1')
    expect(of()).toBe(first)
    write('a/one.ts', '1 ')
    const changed = of()
    expect(changed).not.toBe(first)
    write('a/three.ts', '')
    expect(of()).not.toBe(changed)
    expect(fingerprint(['a', 'missing'], folder)).toBe(of())
  })
  it('does not confuse where one file ends and the next begins', () => {
    write('a/one.ts', '12')
    write('a/two.ts', '3')
    const first = fingerprint(['a'], folder)
    write('a/one.ts', '1')
    write('a/two.ts', '23')
    expect(fingerprint(['a'], folder)).not.toBe(first)
  })
})

describe('an installed tree', () => {
  const lock = (packages) => ({ packages: { '': {}, ...packages } })
  const one = { version: '1.0.0', integrity: 'sha512-a' }
  it('counts when every package of the lockfile is there in its version', () => {
    expect(sameTree(lock({ 'node_modules/one': one }), lock({ 'node_modules/one': one }))).toBe(true)
    expect(
      sameTree(lock({ 'node_modules/one': one }), lock({ 'node_modules/one': { ...one, version: '1.0.1' } })),
    ).toBe(false)
    expect(sameTree(lock({ 'node_modules/one': one }), lock({ 'node_modules/one': { ...one, integrity: 'x' } }))).toBe(
      false,
    )
    expect(sameTree(lock({ 'node_modules/one': one }), lock({}))).toBe(false)
  })
  it('may lack what is optional on another platform', () => {
    expect(sameTree(lock({ 'node_modules/mac': { ...one, optional: true } }), lock({}))).toBe(true)
  })
  it('does not count when an install was killed before npm wrote its own list', () => {
    expect(sameTree(lock({ 'node_modules/one': one }), undefined)).toBe(false)
  })
})

describe('the lock', () => {
  const path = () => join(folder, 'deep', 'lock')
  it('lets one at a time through', async () => {
    const order = []
    let release
    const first = withLock(path(), () => {
      order.push('first in')
      return new Promise((resolve) => (release = resolve))
    })
    const second = withLock(path(), async () => order.push('second in'))
    expect(order).toEqual(['first in'])
    order.push('first out')
    release()
    await Promise.all([first, second])
    expect(order).toEqual(['first in', 'first out', 'second in'])
  })
  it('is taken from a process that died', async () => {
    mkdirSync(join(folder, 'deep'))
    writeFileSync(path(), '2147483646')
    expect(await withLock(path(), async () => readFileSync(path(), 'utf8'))).toBe(String(process.pid))
  })
  it('is freed when the work fails', async () => {
    await expect(withLock(path(), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(path(), async () => 'in')).toBe('in')
  })
})

describe.skipIf(process.platform === 'win32')('a program in the foreground', () => {
  it('ends with the npm that started the set-up, even when that is killed without a word', async () => {
    const leaf = `process.stdout.write('up'); setInterval(() => {}, 1_000)`
    const set = `import { foreground } from ${JSON.stringify(import.meta.resolve('./spawn.mjs'))}
      await foreground(process.execPath, ['-e', ${JSON.stringify(leaf)}])`
    const npm = `require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(set)}], { stdio: 'inherit' })`
    const started = spawn(process.execPath, ['-e', npm], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // Closed only when the last of the three that hold it has ended.
    const allGone = new Promise((resolve) => started.stdout.once('close', resolve))
    await new Promise((resolve) => started.stdout.once('data', resolve))
    started.kill('SIGKILL')
    await allGone
  })
})

describe('the totals', () => {
  const unit = (passed, failed, testResults = []) => ({ numPassedTests: passed, numFailedTests: failed, testResults })
  const stories = (expected, unexpected, flaky = 0, errors = []) => ({ stats: { expected, unexpected, flaky }, errors })
  it('sum both runners', () => {
    expect(totals(0, unit(10, 1), stories(3, 2)).line).toBe('13 passed, 3 failed')
    expect(totals(0, unit(10, 0), stories(3, 0, 1)).line).toBe('14 passed, 0 failed')
  })
  it('count a file that broke before its first test', () => {
    const broken = [{ status: 'failed', assertionResults: [] }]
    expect(totals(0, unit(10, 0, broken), stories(1, 0)).failed).toBe(1)
    const counted = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]
    expect(totals(0, unit(10, 1, counted), stories(1, 0)).failed).toBe(1)
  })
  it('count an error outside of every test', () => {
    expect(totals(1, unit(10, 0), stories(1, 0)).failed).toBe(1)
    expect(totals(1, unit(10, 2), stories(1, 0)).failed).toBe(2)
  })
  it('count a runner that left no report, and one that could not start', () => {
    expect(totals(0, null, stories(1, 0))).toMatchObject({ passed: 1, failed: 1 })
    expect(totals(0, unit(1, 0), null)).toMatchObject({ passed: 1, failed: 1 })
    expect(totals(0, unit(1, 0), stories(0, 0, 0, [{ message: 'no tests found' }])).failed).toBe(1)
  })
})

describe('programs', () => {
  it('are found in the order of preference, not of the path', () => {
    for (const name of ['first', 'second']) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, name, name), '')
    }
    const path = `${join(folder, 'second')}:${join(folder, 'first')}`
    expect(findProgram(['first', 'second'], path)).toBe(join(folder, 'first', 'first'))
    expect(findProgram(['third'], path)).toBeUndefined()
  })
  it('let the person name a browser, or none', () => {
    vi.stubEnv('MITHAQ_BROWSER', 'none')
    expect(findBrowser()).toBeUndefined()
    vi.stubEnv('MITHAQ_BROWSER', process.execPath)
    expect(findBrowser()).toBe(process.execPath)
  })
})

describe.runIf(process.platform === 'linux')('system packages', () => {
  const heard = () => readFileSync(join(folder, 'apt.log'), 'utf8').trim().split('\n')
  /** A machine whose only program is an apt-get that does what `script` says. */
  const machine = (script) => {
    writeFileSync(join(folder, 'apt.log'), '')
    writeFileSync(join(folder, 'apt-get'), `#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> ${folder}/apt.log\n${script}\n`, {
      mode: 0o755,
    })
    vi.stubEnv('PATH', folder)
  }
  const as = (uid) => vi.spyOn(process, 'getuid').mockReturnValue(uid)
  afterEach(() => vi.restoreAllMocks())

  it('are installed as root without a question', async () => {
    machine(`: > ${folder}/openssl`)
    as(0)
    expect(await provide(['openssl'])).toEqual([])
    expect(heard()).toHaveLength(1)
    expect(heard()[0]).toMatch(/^noninteractive .*-y .*install openssl$/)
    expect(await provide(['openssl'])).toEqual([])
    expect(heard()).toHaveLength(1)
  })
  it('are tried again once the lists are fetched', async () => {
    machine(
      `case "$*" in *update*) : > ${folder}/listed;; *) [ -e ${folder}/listed ] || exit 100; : > ${folder}/openssl;; esac`,
    )
    as(0)
    expect(await provide(['openssl'])).toEqual([])
    expect(heard().map((line) => /install|update/.exec(line)?.[0])).toEqual(['install', 'update', 'install'])
  })
  it('stay missing with the one command said, when they cannot be had', async () => {
    machine('exit 100')
    as(0)
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await provide(['openssl'])).toEqual(['openssl'])
    expect(said.mock.calls.join()).toContain('apt-get install -y --no-install-recommends openssl')
  })
  it('that only spare time are tried once, without a word, and missed by nobody', async () => {
    vi.stubEnv('MITHAQ_BROWSER', '')
    machine('exit 100')
    as(0)
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await provideSparing(['chromium-headless-shell'])
    expect(heard()).toHaveLength(1)
    expect(said).not.toHaveBeenCalled()
    expect(findStoryBrowser()).toBe(findBrowser())
    machine(`: > ${folder}/chromium-headless-shell; /bin/chmod +x ${folder}/chromium-headless-shell`)
    await provideSparing(['chromium-headless-shell'])
    expect(findStoryBrowser()).toBe(join(folder, 'chromium-headless-shell'))
    await provideSparing(['chromium-headless-shell'])
    expect(heard()).toHaveLength(1)
    // Whoever names a browser has the stories told in that.
    vi.stubEnv('MITHAQ_BROWSER', process.execPath)
    expect(findStoryBrowser()).toBe(process.execPath)
    as(1000)
    vi.stubEnv('MITHAQ_BROWSER', '')
    rmSync(join(folder, 'chromium-headless-shell'))
    machine('')
    await provideSparing(['chromium-headless-shell'])
    expect(heard()).toEqual([''])
  })
  it('are left to the person who is not root', async () => {
    machine('')
    as(1000)
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    expect(await provide(['openssl'])).toEqual(['openssl'])
    expect(said.mock.calls.join()).toContain('sudo apt-get install -y --no-install-recommends openssl')
    expect(heard()).toEqual([''])
  })
})

describe.skipIf(installedElectron())('the probe for Electron', () => {
  it('asks once, remembers a no, and asks again when told', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked++
      response.writeHead(404).end()
    })
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    const memory = join(folder, 'electron.json')
    vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${server.address().port}/`)
    expect(await electron(memory)).toBeUndefined()
    expect(await electron(memory)).toBeUndefined()
    expect(asked).toBe(1)
    vi.stubEnv('MITHAQ_ELECTRON', 'probe')
    expect(await electron(memory)).toBeUndefined()
    expect(asked).toBe(2)
    vi.stubEnv('MITHAQ_ELECTRON', 'skip')
    rmSync(memory)
    expect(await electron(memory)).toBeUndefined()
    expect(asked).toBe(2)
    await new Promise((resolve) => server.close(resolve))
  })
})
