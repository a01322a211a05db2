import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import type { Scope } from './gate.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/**
 * The ui may talk to its own server alone (that is the RPC port); the carrier to the signalling and mailbox servers
 * that the company configured, which no fixed list can name. Mantine sets style attributes, hence inline styles.
 */
const POLICIES: Readonly<Record<Scope, string>> = {
  app: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  carrier: [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self' ws: wss:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

const EVERY_ANSWER = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
}

/** Takes the token out of the address bar and the history; the cookie goes on from there. */
const SESSION_SCRIPT = "if (location.search) history.replaceState(null, '', location.pathname + location.hash)\n"

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks again until the session is there; it holds nothing worth knowing. */
export const WAITING: Answer = {
  status: 200,
  type: 'text/html; charset=utf-8',
  body: '<!doctype html><meta http-equiv="refresh" content="0.2"><title>Mithaq</title>\n',
}

/** Writes an answer with the headers that every answer carries. */
export function send(response: ServerResponse, scope: Scope, answer: Answer): void {
  response.writeHead(answer.status, {
    ...EVERY_ANSWER,
    'Content-Security-Policy': POLICIES[scope],
    'Content-Type': answer.type,
    'Cache-Control': 'no-store',
    ...answer.headers,
  })
  response.end(answer.body)
}

/** One file below `folder`, or undefined. `path` is what followed the scope's prefix; empty means its page. */
export async function readPage(folder: string, path: string): Promise<Answer | undefined> {
  if (path === 'session.js') return { status: 200, type: TYPES['.js'] ?? '', body: SESSION_SCRIPT }
  const relative = normalize(path === '' ? 'index.html' : path)
  if (relative.startsWith('..') || relative.startsWith(sep) || relative.includes('\0')) return undefined
  const type = TYPES[extname(relative)]
  if (!type) return undefined
  try {
    const body = await readFile(join(folder, relative))
    if (relative !== 'index.html') return { status: 200, type, body, headers: lasting(relative) }
    const html = body.toString('utf8').replace('</head>', '<script src="session.js"></script></head>')
    return { status: 200, type, body: html }
  } catch {
    return undefined
  }
}

/** The bundler puts a hash of the content into the names below `assets/`. */
const lasting = (path: string): Readonly<Record<string, string>> =>
  path.startsWith(`assets${sep}`) ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {}
