import type { MessagePortMain, Session } from 'electron'
import { SCHEME } from './pages.ts'
import type { MakeWindow } from './windows.ts'

const PAGE = `${SCHEME}://print/`
const OPTIONS = {
  printBackground: true,
  preferCSSPageSize: true,
  generateTaggedPDF: true,
  generateDocumentOutline: true,
}

interface Asked {
  readonly id: number
  readonly html: string
}

/**
 * Prints for the engine, one page after the other, each in a hidden window that is closed afterwards. The session reaches nothing
 * but the page it was given, and the page's own policy lets no script run.
 */
export function printFor(
  port: Pick<MessagePortMain, 'on' | 'start' | 'postMessage'>,
  make: MakeWindow,
  session: Session,
): void {
  let html = ''
  session.protocol.handle(SCHEME, ({ url }) =>
    url === PAGE
      ? new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
      : new Response(null, { status: 404 }),
  )
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== PAGE && !url.startsWith('data:') }))

  let last: Promise<void> = Promise.resolve()
  port.on('message', ({ data }: { readonly data: unknown }) => {
    const asked = data as Asked
    last = last.then(async () => {
      html = asked.html
      port.postMessage(await printed(make, session).then(
        (bytes) => ({ id: asked.id, bytes }),
        () => ({ id: asked.id, refusal: 'print-failed' }),
      )) // prettier-ignore
      html = ''
    })
  })
  port.start()
}

async function printed(make: MakeWindow, session: Session): Promise<Uint8Array> {
  const window = make({ show: false, webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false } }) // prettier-ignore
  try {
    const { webContents } = window
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
    await window.loadURL(PAGE)
    webContents.on('will-navigate', (event) => event.preventDefault())
    // Fonts in the page itself load on their own time, too, and text waits for them unseen.
    await webContents.executeJavaScript('document.fonts.ready.then(() => undefined)')
    return new Uint8Array(await webContents.printToPDF(OPTIONS))
  } finally {
    window.destroy()
  }
}
