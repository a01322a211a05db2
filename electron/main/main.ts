import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  net,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron'
import type { UtilityProcess } from 'electron'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { profileDirectory } from '#engine/profile-directory.ts'
import { askFor } from './endpoints.ts'
import { deviceKey } from './keychain.ts'
import { addressOf, linkAmong } from './links.ts'
import { declareScheme, SCHEME, servePage } from './pages.ts'
import { handOverPorts, type ToEngineProcess } from './ports.ts'
import { printFor } from './printer.ts'
import { APP_PARTITION, CARRIER_PARTITION, openAppWindow, openCarrierWindow, wall } from './windows.ts'

const dist = join(app.getAppPath(), 'dist')
const preload = join(dist, 'preload', 'preload.cjs')
const profile = profileDirectory(process.env, process.platform, homedir())
/** Time that the engine gets to close its vault. Every commit is durable already. */
const CLOSE_WITHIN_MS = 5_000

let engine: UtilityProcess | undefined
let window: BrowserWindow | undefined
let pendingLink = linkAmong(process.argv)
let quitting = false

const say = (message: ToEngineProcess) => engine?.postMessage(message)
const makeWindow = (options: Electron.BrowserWindowConstructorOptions) => new BrowserWindow(options)

async function startEngine(): Promise<void> {
  engine = utilityProcess.fork(join(dist, 'engine', 'engine-process.js'), [], { serviceName: 'Mithaq engine' })
  engine.on('message', (message: { readonly say?: string; readonly reason?: string }) => {
    if (message.say === 'failed') fail(message.reason ?? 'unknown')
  })
  engine.on('exit', () => {
    if (!quitting) fail('the engine ended')
  })
  const printing = new MessageChannelMain()
  const keychainKey = await deviceKey(safeStorage, process.platform, profile)
  const start: ToEngineProcess = { say: 'start', profile, keychainKey }
  const network = new MessageChannelMain()
  engine.postMessage(start, [printing.port1, network.port1])
  askFor(network.port2, (url, options) => net.fetch(url, options))
  printFor(printing.port2, makeWindow, session.fromPartition('print'))
}

/** A bug in the engine: the vault is safe, because nothing is acknowledged before it is durable. */
function fail(reason: string): void {
  if (quitting) return
  quitting = true
  dialog.showErrorBox('Mithaq', `Mithaq has to close. Your vault is safe.\nسيُغلق ميثاق الآن. خزنتك سليمة.\n\n${reason}`)
  app.exit(1)
}

function openWindows(): void {
  const ui = session.fromPartition(APP_PARTITION)
  const carrier = session.fromPartition(CARRIER_PARTITION)
  wall(ui, 'app')
  wall(carrier, 'carrier')
  servePage(ui, 'app', join(dist, 'ui'))
  servePage(carrier, 'carrier', join(dist, 'carrier'))
  openCarrierWindow(makeWindow, carrier, preload)
  window = openAppWindow(makeWindow, ui, preload)
  window.webContents.once('did-finish-load', () => show(pendingLink))
  window.on('closed', () => app.quit())
}

function show(link: string | undefined): void {
  pendingLink = undefined
  if (window?.isMinimized()) window.restore()
  window?.focus()
  if (link) void window?.loadURL(`${SCHEME}://app/${addressOf(link)}`)
}

function quit(event: Electron.Event): void {
  if (quitting || !engine) return
  quitting = true
  event.preventDefault()
  setTimeout(() => app.exit(0), CLOSE_WITHIN_MS)
  engine.once('exit', () => app.exit(0))
  say({ say: 'close' })
}

declareScheme(protocol)
mkdirSync(join(profile, 'electron'), { recursive: true, mode: 0o700 })
// What Chromium keeps is beside the vault and not among its files; and the lock below is then one per profile.
app.setPath('userData', join(profile, 'electron'))
// One profile, one app: a second start hands its link over and shows the first one's window.
if (!app.requestSingleInstanceLock()) app.quit()
else {
  app.setAsDefaultProtocolClient('mithaq')
  // The address that a candidate names has to be one that the partner can reach.
  app.commandLine.appendSwitch('disable-features', 'WebRtcHideLocalIpsWithMdns')
  app.on('second-instance', (_event, args) => show(linkAmong(args)))
  app.on('open-url', (event, link) => {
    event.preventDefault()
    if (window) show(linkAmong([link]))
    else pendingLink = linkAmong([link])
  })
  app.on('before-quit', quit)
  handOverPorts(ipcMain, () => {
    if (!engine) throw new Error('a window asked before the engine was there')
    return engine
  })
  void app.whenReady().then(async () => {
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
    await startEngine()
    openWindows()
  })
}
