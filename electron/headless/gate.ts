import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** What a caller may reach: the person's windows, or only the pipe that moves sealed bytes. */
export type Scope = 'app' | 'carrier'

/** Where a scope's page lives. */
export const PREFIX: Readonly<Record<Scope, string>> = { app: '/', carrier: '/carrier/' }

export interface Door {
  readonly url: string
  /** In the words of Chromium's `Storage.setCookies`. */
  readonly cookie: {
    readonly name: string
    readonly value: string
    readonly url: string
    readonly httpOnly: boolean
    readonly sameSite: 'Strict'
  }
}

export type GateRefusal = 'host-not-allowed' | 'origin-not-allowed' | 'no-session'

export interface Admitted {
  readonly scope: Scope
  /** Present when the caller came with a token: the header that turns it into a session. */
  readonly setCookie?: string
}

/**
 * Loopback is not private: every page of every browser on the machine can reach it. So each request has to name us as
 * its host (against DNS rebinding), come from our own origin when it says where it comes from, and carry a secret.
 *
 * The secret starts as a token in a link and becomes a cookie that no script can read. The token stays good while the
 * process lives, so that the printed link survives a reload, works in a second browser and with curl. The cookie stays good
 * while the profile's session key lives, so that an open window finds the app again after a restart.
 */
export class Gate {
  readonly #tokens: ReadonlyMap<Scope, string>
  readonly #cookieName: string
  readonly #cookieSecret: Uint8Array
  #port = 0

  /** `instance` names the cookie; `cookieSecret` is kept with the profile so that windows go on after a restart. */
  constructor(instance: string, cookieSecret: Uint8Array, random: (length: number) => Buffer = randomBytes) {
    this.#cookieSecret = cookieSecret
    this.#tokens = new Map((['app', 'carrier'] as const).map((scope) => [scope, random(32).toString('base64url')]))
    // Cookies know no ports: two companies on one machine would overwrite each other's under one name.
    this.#cookieName = `mithaq-${instance.slice(0, 12)}`
  }

  listenOn(port: number): void {
    this.#port = port
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  tokenOf(scope: Scope): string {
    return this.#tokens.get(scope) ?? ''
  }

  /** The link that opens a scope's page. */
  link(scope: Scope): string {
    return `${this.origin}${PREFIX[scope]}?token=${this.tokenOf(scope)}`
  }

  /**
   * The same for a browser that we start ourselves. Every user of the machine can read a program's arguments, so the
   * address there has no secret in it: the page waits at its door until the cookie is put into the browser.
   */
  door(scope: Scope): Door {
    return {
      url: `${this.origin}${PREFIX[scope]}door`,
      cookie: {
        name: this.#cookieName,
        value: this.#cookie(scope),
        url: this.origin,
        httpOnly: true,
        sameSite: 'Strict',
      },
    }
  }

  /** A WebSocket's handshake always names its origin in a browser; one without is refused, too. */
  admitSocket(request: IncomingMessage): Result<Admitted, GateRefusal> {
    return request.headers.origin === undefined ? refuse('origin-not-allowed') : this.admit(request)
  }

  admit(request: IncomingMessage): Result<Admitted, GateRefusal> {
    if (!this.namesUs(request)) return refuse('host-not-allowed')
    const origin = request.headers.origin
    if (origin !== undefined && origin !== `http://${request.headers.host}`) return refuse('origin-not-allowed')
    const address = URL.parse(request.url ?? '/', this.origin)
    if (!address) return refuse('host-not-allowed')
    const token = address.searchParams.get('token')
    if (token !== null) {
      const scope = this.#scopeOf(token, (each) => this.tokenOf(each))
      if (!scope) return refuse('no-session')
      return ok({
        scope,
        setCookie: `${this.#cookieName}=${this.#cookie(scope)}; HttpOnly; SameSite=Strict; Path=/`,
      })
    }
    const cookie = cookies(request.headers.cookie).get(this.#cookieName)
    const scope = cookie === undefined ? undefined : this.#scopeOf(cookie, (each) => this.#cookie(each))
    return scope ? ok({ scope }) : refuse('no-session')
  }

  /** True when the request was sent to this server by its own name. */
  namesUs(request: IncomingMessage): boolean {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`].includes(request.headers.host ?? '')
  }

  /** The cookie is not the token: who sees one cannot make the link. */
  #cookie(scope: Scope): string {
    return createHmac('sha256', this.#cookieSecret).update(`mithaq cookie ${scope}`).digest('base64url')
  }

  #scopeOf(given: string, secretOf: (scope: Scope) => string): Scope | undefined {
    return [...this.#tokens.keys()].find((scope) => same(given, secretOf(scope)))
  }
}

function same(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

function cookies(header: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    (header ?? '').split(';').flatMap((pair) => {
      const at = pair.indexOf('=')
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const]
    }),
  )
}
