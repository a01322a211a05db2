import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  IpcMain,
  SafeStorage,
  Session,
  UtilityProcess,
} from 'electron'
import { afterAll, describe, expect, it } from 'vitest'
import { deviceKey } from '#main/keychain.ts'
import { addressOf, linkAmong } from '#main/links.ts'
import { declareScheme, servePage } from '#main/pages.ts'
import { CONNECT, handOverPorts, type ToEngineProcess } from '#main/ports.ts'
import { APP_PARTITION, CARRIER_PARTITION, openAppWindow, openCarrierWindow, wall } from '#main/windows.ts'

const folder = mkdtempSync(join(tmpdir(), 'mithaq-shell-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As much of Electron as the shell touches, remembering what was asked of it. */
class FakeContents extends EventEmitter {
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | undefined
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: string }) {
    this.openHandler = handler
  }
  /** True when the page's wish was refused. */
  refuses(event: string): boolean {
    let prevented = false
    this.emit(event, { preventDefault: () => (prevented = true) })
    return prevented
  }
}
class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  readonly options: BrowserWindowConstructorOptions
  loaded = ''
  shown = false
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  loadURL(url: string) {
    this.loaded = url
    return Promise.resolve()
  }
  show() {
    this.shown = true
  }
}
type Answerer = (answer: boolean | { readonly cancel: boolean }) => void
class FakeSession {
  request: ((contents: null, permission: string, answer: Answerer) => void) | undefined
  check: ((contents: null, permission: string) => boolean) | undefined
  device: (() => boolean) | undefined
  before: ((details: { readonly url: string }, answer: Answerer) => void) | undefined
  serve: ((request: Request) => Promise<Response>) | undefined
  readonly protocol = {
    handle: (_scheme: string, serve: (request: Request) => Promise<Response>) => void (this.serve = serve),
  }
  readonly webRequest = { onBeforeRequest: (before: NonNullable<FakeSession['before']>) => void (this.before = before) }
  setPermissionRequestHandler(handler: NonNullable<FakeSession['request']>) {
    this.request = handler
  }
  setPermissionCheckHandler(handler: NonNullable<FakeSession['check']>) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.device = handler
  }
  cancels(url: string): boolean {
    let cancelled = false
    this.before?.({ url }, (answer) => (cancelled = typeof answer === 'object' && answer.cancel))
    return cancelled
  }
}
const session = () => new FakeSession() as FakeSession & Session
const make = (options: BrowserWindowConstructorOptions) => new FakeWindow(options) as unknown as BrowserWindow

describe("the shell's windows", () => {
  const opened = () => {
    const own = session()
    return [openAppWindow(make, own, 'preload.cjs'), openCarrierWindow(make, own, 'preload.cjs')].map(
      (window) => window as unknown as FakeWindow,
    )
  }
  it('are sandboxed, isolated and without Node', () => {
    for (const { options } of opened())
      expect(options.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        preload: 'preload.cjs',
      })
  })
  it('remember what the person chose, while the carrier leaves nothing on the disk', () => {
    expect([APP_PARTITION, CARRIER_PARTITION].map((name) => name.startsWith('persist:'))).toEqual([true, false])
  })
  it('load their own page by their own scheme', () => {
    expect(opened().map(({ loaded }) => loaded)).toEqual(['mithaq://app/', 'mithaq://carrier/'])
  })
  it('go nowhere else, open nothing and embed nothing', () => {
    for (const { webContents } of opened()) {
      for (const event of ['will-navigate', 'will-redirect', 'will-attach-webview'])
        expect([event, webContents.refuses(event)]).toEqual([event, true])
      expect(webContents.openHandler?.({ url: 'https://example.com' })).toEqual({ action: 'deny' })
    }
  })
  it('show the app once it is drawn, and the carrier never, at full speed', () => {
    const [app, carrier] = opened()
    expect([app?.options.show, carrier?.options.show]).toEqual([false, false])
    app?.emit('ready-to-show')
    carrier?.emit('ready-to-show')
    expect([app?.shown, carrier?.shown]).toEqual([true, false])
    expect(carrier?.options.webPreferences?.backgroundThrottling).toBe(false)
  })
})

describe("the shell's walls", () => {
  const PERMISSIONS = ['media', 'notifications', 'geolocation', 'clipboard-read', 'clipboard-sanitized-write', 'usb']
  const grantedBy = (page: 'app' | 'carrier') => {
    const own = session()
    wall(own, page)
    expect(own.device?.()).toBe(false)
    return PERMISSIONS.filter((permission) => {
      let answered: unknown
      own.request?.(null, permission, (answer) => (answered = answer))
      expect(own.check?.(null, permission)).toBe(answered)
      return answered
    })
  }
  it('refuse every permission but to put text on the clipboard, and that to the carrier, too', () => {
    expect(grantedBy('app')).toEqual(['clipboard-sanitized-write'])
    expect(grantedBy('carrier')).toEqual([])
  })
  it('cut the ui off from the network', () => {
    const own = session()
    wall(own, 'app')
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:1/',
      'wss://example.com/',
      'file:///etc/passwd',
      'ftp://example.com/',
    ])
      expect([url, own.cancels(url)]).toEqual([url, true])
    for (const url of ['mithaq://app/index.html', 'blob:mithaq://app/1', 'data:text/plain,1'])
      expect([url, own.cancels(url)]).toEqual([url, false])
  })
  it('let the carrier have sockets and nothing else', () => {
    const own = session()
    wall(own, 'carrier')
    expect(['wss://relay.example/', 'ws://127.0.0.1:1/', 'mithaq://carrier/'].map((url) => own.cancels(url))).toEqual([
      false,
      false,
      false,
    ])
    expect(['https://example.com/', 'file:///etc/passwd', 'blob:x'].map((url) => own.cancels(url))).toEqual([
      true,
      true,
      true,
    ])
  })
})

describe("the shell's pages", () => {
  mkdirSync(join(folder, 'ui', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'ui', 'index.html'), 'page')
  writeFileSync(join(folder, 'ui', 'assets', 'a.js'), 'script')
  writeFileSync(join(folder, 'secret.js'), 'secret')
  const own = session()
  servePage(own, 'app', join(folder, 'ui'))
  const get = async (url: string) => {
    const answer = await own.serve?.(new Request(url))
    return {
      status: answer?.status,
      type: answer?.headers.get('content-type'),
      policy: answer?.headers.get('content-security-policy'),
      body: await answer?.text(),
    }
  }
  it('come from the built folder, with a policy that reaches no network', async () => {
    expect(await get('mithaq://app/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', body: 'page' })
    expect((await get('mithaq://app/')).policy).toContain("connect-src 'none'")
    expect(await get('mithaq://app/assets/a.js')).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' })
  })
  it('never from outside it, and never under another host', async () => {
    for (const url of [
      'mithaq://app/%2e%2e/secret.js',
      'mithaq://app/..%2fsecret.js',
      'mithaq://app/assets/..%2f..%2fsecret.js',
      'mithaq://carrier/',
      'mithaq://app/none.js',
      'mithaq://app/assets/',
    ])
      expect([url, (await get(url)).status]).toEqual([url, 404])
  })
  it('have a scheme that is standard and secure', () => {
    const declared: { readonly scheme: string; readonly privileges?: object }[] = []
    declareScheme({ registerSchemesAsPrivileged: (schemes) => void declared.push(...schemes) })
    expect(declared).toMatchObject([{ scheme: 'mithaq', privileges: { standard: true, secure: true } }])
    expect(declared[0]?.privileges).not.toHaveProperty('bypassCSP')
  })
})

describe("the shell's ports", () => {
  class FakePort {
    closed = false
    close() {
      this.closed = true
    }
  }
  function shell() {
    const ipc = new EventEmitter()
    const said: { readonly message: ToEngineProcess; readonly ports: readonly unknown[] }[] = []
    const engine = {
      postMessage: (message: ToEngineProcess, ports: readonly unknown[] = []) => void said.push({ message, ports }),
    }
    handOverPorts(ipc as unknown as IpcMain, () => engine as unknown as UtilityProcess)
    const ask = (
      origin: string | null,
      message: unknown,
      ports: readonly FakePort[] = [new FakePort()],
      parent: object | null = null,
    ) => {
      ipc.emit(CONNECT, { ports, senderFrame: origin === null ? null : { origin, parent } }, message)
      return ports
    }
    return { ask, said }
  }
  it('go to the engine with what they are for', () => {
    const { ask, said } = shell()
    const [rpc] = ask('mithaq://app', { to: 'rpc', engine: 'partner' })
    const [carrier] = ask('mithaq://carrier', { to: 'carrier' })
    expect(said).toEqual([
      { message: { say: 'rpc', engine: 'partner' }, ports: [rpc] },
      { message: { say: 'carrier' }, ports: [carrier] },
    ])
  })
  it.each([
    ['a foreign origin', 'https://example.com', { to: 'rpc', engine: 'main' }],
    ['an opaque origin', 'null', { to: 'rpc', engine: 'main' }],
    ['a frame that is gone', null, { to: 'rpc', engine: 'main' }],
    ['the carrier asking for the contract', 'mithaq://carrier', { to: 'rpc', engine: 'main' }],
    ['the ui asking for the carrier', 'mithaq://app', { to: 'carrier' }],
    ['an unknown engine', 'mithaq://app', { to: 'rpc', engine: 'other' }],
    ['anything else', 'mithaq://app', { to: 'close', say: 'close' }],
    ['nothing', 'mithaq://app', undefined],
  ])('are closed for %s', (_who, origin, message) => {
    const { ask, said } = shell()
    const [port] = ask(origin, message)
    expect(port?.closed).toBe(true)
    expect(said).toEqual([])
  })
  it('are closed for an embedded frame, for none and for two', () => {
    const { ask, said } = shell()
    const embedded = ask('mithaq://app', { to: 'rpc', engine: 'main' }, [new FakePort()], {})
    const none = ask('mithaq://app', { to: 'rpc', engine: 'main' }, [])
    const two = ask('mithaq://app', { to: 'rpc', engine: 'main' }, [new FakePort(), new FakePort()])
    expect([...embedded, ...none, ...two].map(({ closed }) => closed)).toEqual([true, true, true])
    expect(said).toEqual([])
  })
  it('are asked for on the channel that main listens on', () => {
    const preload = readFileSync(join(import.meta.dirname, '..', '..', 'electron', 'preload', 'preload.ts'), 'utf8')
    expect(preload).toContain(`'${CONNECT}'`)
    expect(preload).not.toContain('contextBridge')
  })
})

describe('a mithaq: link', () => {
  it('is taken from the arguments of a second start', () => {
    expect(linkAmong(['mithaq', '--flag', 'mithaq:invite?w=1'])).toBe('mithaq:invite?w=1')
    expect(linkAmong(['mithaq'])).toBeUndefined()
  })
  it('is refused when it could be something else', () => {
    expect(linkAmong(['mithaq:a', 'mithaq:b'])).toBeUndefined()
    expect(linkAmong([`mithaq:${'a'.repeat(5000)}`])).toBeUndefined()
    expect(linkAmong(['mithaq:a b'])).toBeUndefined()
    expect(linkAmong(['mithaq:\u202egpj.exe'])).toBeUndefined()
    expect(linkAmong(['https://example.com/mithaq:a'])).toBeUndefined()
  })
  it('reaches the ui as data, whatever it holds', () => {
    const link = "mithaq:x?a=1&b=#';alert(1)//"
    const address = new URL(`mithaq://app/${addressOf(link)}`)
    expect(address.host).toBe('app')
    expect(new URLSearchParams(address.hash.split('?')[1]).get('link')).toBe(link)
  })
})

describe("the device's key", () => {
  const storage = (backend: string, available = true): SafeStorage =>
    ({
      getSelectedStorageBackend: () => backend,
      isAsyncEncryptionAvailable: () => Promise.resolve(available),
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`closed ${text}`)),
      decryptStringAsync: (bytes: Buffer) => {
        const text = bytes.toString()
        return text.startsWith('closed ')
          ? Promise.resolve({ result: text.slice(7), shouldReEncrypt: false })
          : Promise.reject(new Error('no'))
      },
    }) as SafeStorage
  const profile = () => mkdtempSync(join(folder, 'profile-'))

  it('is made once and found again', async () => {
    const place = profile()
    const first = await deviceKey(storage('gnome_libsecret'), 'linux', place)
    expect(first?.length).toBe(32)
    expect(await deviceKey(storage('gnome_libsecret'), 'linux', place)).toEqual(first)
    expect(await deviceKey(storage('gnome_libsecret'), 'linux', profile())).not.toEqual(first)
  })
  it('is never kept under the password that is the same everywhere', async () => {
    const place = profile()
    expect(await deviceKey(storage('basic_text'), 'linux', place)).toBeNull()
    expect(await deviceKey(storage('unknown'), 'linux', place)).toBeNull()
    expect(() => readFileSync(join(place, 'keychain.bin'))).toThrow('ENOENT')
  })
  it('is null where the store is not there or does not open what it closed, and the file stays', async () => {
    expect(await deviceKey(storage('', false), 'darwin', profile())).toBeNull()
    const place = profile()
    writeFileSync(join(place, 'keychain.bin'), 'of another computer')
    expect(await deviceKey(storage('kwallet6'), 'linux', place)).toBeNull()
    expect(readFileSync(join(place, 'keychain.bin'), 'utf8')).toBe('of another computer')
  })
})
