import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { portedPrinter } from '#adapters/printer/ported.ts'
import { printFor } from '#main/printer.ts'

/** As much of Electron as printing touches. */
class FakeSession {
  page: ((request: { readonly url: string }) => Response) | undefined
  before: ((details: { readonly url: string }, answer: (of: { readonly cancel: boolean }) => void) => void) | undefined
  permission: ((contents: null, permission: string, answer: (granted: boolean) => void) => void) | undefined
  readonly protocol = { handle: (_scheme: string, handler: typeof this.page) => void (this.page = handler) }
  readonly webRequest = { onBeforeRequest: (handler: typeof this.before) => void (this.before = handler) }
  setPermissionRequestHandler(handler: typeof this.permission): void {
    this.permission = handler
  }
}
const windows: { destroyed: boolean; options: Electron.BrowserWindowConstructorOptions; asked: object }[] = []
/** A window whose PDF is the text of its page. */
function makeWindow(session: FakeSession, broken = false) {
  return (options: Electron.BrowserWindowConstructorOptions) => {
    const seen = { destroyed: false, options, asked: {} }
    windows.push(seen)
    let html = ''
    return {
      loadURL: async (url: string) => void (html = (await session.page?.({ url })?.text()) ?? ''),
      destroy: () => void (seen.destroyed = true),
      webContents: {
        setWindowOpenHandler: () => undefined,
        on: () => undefined,
        executeJavaScript: () => Promise.resolve(),
        printToPDF: (asked: object) => {
          seen.asked = asked
          return broken ? Promise.reject(new Error('crashed')) : Promise.resolve(Buffer.from(html))
        },
      },
    } as unknown as Electron.BrowserWindow
  }
}
const channels: MessageChannel[] = []
function connected(broken = false) {
  const channel = new MessageChannel()
  channels.push(channel)
  // Electron's ports say what they bring in an event; Node's hand it over bare.
  const port = (end: (typeof channel)['port1']) => ({
    postMessage: (message: unknown) => end.postMessage(message),
    on: (_event: string, listener: (event: { readonly data: unknown }) => void) =>
      end.on('message', (data: unknown) => listener({ data })),
    start: () => end.start(),
  })
  const session = new FakeSession()
  printFor(port(channel.port2) as never, makeWindow(session, broken), session as never)
  return { printer: portedPrinter(port(channel.port1) as never), session }
}
afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close()
  windows.splice(0)
})

describe('[PRT-8] printing through Electron', () => {
  it('prints each page in a window of its own, with the bundled fonts, and closes it', async () => {
    const { printer } = connected()
    const both = await Promise.all(['one', 'two'].map((text) => printer.print(`<head><style></style></head>${text}`)))
    const texts = both.map((each) => (each.ok ? Buffer.from(each.value).toString() : each.refusal))
    expect(texts[0]).toMatch(/one$/)
    expect(texts[1]).toMatch(/two$/)
    for (const text of texts) {
      expect(text).toContain("font-family: 'Scheherazade New'")
      expect(text).toContain("font-family: 'IBM Plex Sans'")
      expect(text).not.toMatch(/url\((?!data:)/)
    }
    expect(windows).toHaveLength(2)
    for (const { destroyed, options, asked } of windows) {
      expect(destroyed).toBe(true)
      expect(options).toMatchObject({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
      })
      expect(asked).toMatchObject({ generateTaggedPDF: true, generateDocumentOutline: true, preferCSSPageSize: true })
    }
  })

  it('lets the page reach nothing and permits it nothing', () => {
    const { session } = connected()
    const cancelled = (url: string) => {
      let answer = false
      session.before?.({ url }, ({ cancel }) => (answer = cancel))
      return answer
    }
    expect(['https://a.example/', 'file:///etc/passwd', 'mithaq://app/', 'ws://a.example'].map(cancelled)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(['mithaq://print/', 'data:font/woff2;base64,AA'].map(cancelled)).toEqual([false, false])
    let granted = true
    session.permission?.(null, 'geolocation', (answer) => (granted = answer))
    expect(granted).toBe(false)
  })

  it('says that it failed, and closes the window, when the page crashes', async () => {
    const { printer } = connected(true)
    expect(await printer.print('<style></style>')).toEqual({ ok: false, refusal: 'print-failed' })
    expect(windows.map(({ destroyed }) => destroyed)).toEqual([true])
  })
})
