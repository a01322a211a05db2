import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents } from 'electron'
import { SCHEME, type PageName } from './pages.ts'

export type MakeWindow = (options: BrowserWindowConstructorOptions) => BrowserWindow

/** The one window that the person sees. */
export function openAppWindow(make: MakeWindow, session: Session, preload: string): BrowserWindow {
  const window = make({
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    title: 'Mithaq',
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...walled(session, preload), spellcheck: true },
  })
  window.once('ready-to-show', () => window.show())
  return opened(window, 'app')
}

/** The hidden window that moves sealed bytes. Chromium slows hidden pages down unless told not to. */
export function openCarrierWindow(make: MakeWindow, session: Session, preload: string): BrowserWindow {
  const window = make({ show: false, webPreferences: { ...walled(session, preload), backgroundThrottling: false } })
  return opened(window, 'carrier')
}

const walled = (session: Session, preload: string) => ({
  session,
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
})

function opened(window: BrowserWindow, page: PageName): BrowserWindow {
  stayHome(window.webContents)
  void window.loadURL(`${SCHEME}://${page}/`)
  return window
}

/** No page of ours leads anywhere else, opens a window or embeds a foreign page. */
function stayHome(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Refuses every permission; a data channel needs none. The ui's session is cut off from the network, too. */
export function wall(session: Session, page: PageName): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  const allowed = page === 'app' ? [`${SCHEME}:`, 'blob:', 'data:', 'devtools:'] : [`${SCHEME}:`, 'ws:', 'wss:']
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !allowed.includes(new URL(details.url).protocol) }),
  )
}
