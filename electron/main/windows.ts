import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents } from 'electron'
import { SCHEME, type PageName } from './pages.ts'

export type MakeWindow = (options: BrowserWindowConstructorOptions) => BrowserWindow

/** Kept between starts: the chosen language and scheme are in it, and nothing of the vault. */
export const APP_PARTITION = 'persist:app'
/** In memory alone: the page that meets the network leaves nothing on the disk. */
export const CARRIER_PARTITION = 'carrier'

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
    webPreferences: walled(session, preload),
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
  // Chromium would fetch its dictionaries from a server of its maker's, past the wall below.
  spellcheck: false,
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

/**
 * Refuses every permission; a data channel needs none. Only the app may put text on the clipboard, which is how a person takes an
 * invitation or a hash along; it may not read it. The ui's session is cut off from the network, too.
 */
export function wall(session: Session, page: PageName): void {
  const granted = (permission: string) => page === 'app' && permission === 'clipboard-sanitized-write'
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(granted(permission)))
  session.setPermissionCheckHandler((_contents, permission) => granted(permission))
  session.setDevicePermissionHandler(() => false)
  const allowed = page === 'app' ? [`${SCHEME}:`, 'blob:', 'data:', 'devtools:'] : [`${SCHEME}:`, 'ws:', 'wss:']
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !allowed.includes(new URL(details.url).protocol) }),
  )
}
