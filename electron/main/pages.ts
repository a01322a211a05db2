import type { Protocol, Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

/** Which window a page belongs to; also the host of its address, `mithaq://app/` or `mithaq://carrier/`. */
export type PageName = 'app' | 'carrier'
export const SCHEME = 'mithaq'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** The ui reaches no network at all; the carrier reaches the signalling and mailbox servers that the company configured. */
const POLICIES: Readonly<Record<PageName, string>> = {
  app: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  carrier: [
    "default-src 'none'",
    "script-src 'self'",
    'connect-src ws: wss:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

/** Must run before the app is ready: an own scheme gives the pages a real origin, which `file://` does not. */
export function declareScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves one page's built files, and nothing else, to the windows of one session. */
export function servePage(session: Pick<Session, 'protocol'>, page: PageName, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const relative = normalize(decodeURIComponent(pathname.slice(1)) || 'index.html')
    const type = TYPES[extname(relative)]
    if (host !== page || relative.startsWith('..') || relative.startsWith(sep) || !type) return notFound()
    try {
      return new Response(new Uint8Array(await readFile(join(folder, relative))), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': POLICIES[page],
          'X-Content-Type-Options': 'nosniff',
          'Referrer-Policy': 'no-referrer',
        },
      })
    } catch {
      return notFound()
    }
  })
}

const notFound = () => new Response('not found', { status: 404 })
