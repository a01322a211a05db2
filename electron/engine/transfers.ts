import { concat, fromBase64, toBase64, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DownloadView } from '#shared/projection/app-views.ts'
import { Refused } from './edge.ts'

const CHUNK = 512 * 1024
const UPLOADS_KEPT = 8
const DOWNLOADS_KEPT = 16

interface Upload {
  readonly name: string
  readonly size: number
  received: number
  parts: Uint8Array[]
}

/** Files on their way between a window and the engine, in memory only: plaintext never touches the disk outside the vault. */
export class Transfers {
  readonly #crypto: Crypto
  readonly #uploads = new Map<string, Upload>()
  readonly #downloads = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>()

  constructor(crypto: Crypto) {
    this.#crypto = crypto
  }

  begin(name: string, size: number): string {
    const id = toHex(this.#crypto.random(16))
    this.#uploads.set(id, { name, size, received: 0, parts: [] })
    forgetOldest(this.#uploads, UPLOADS_KEPT)
    return id
  }

  chunk(id: string, base64: string): void {
    const bytes = fromBase64(base64)
    if (!bytes) throw new Refused('shell', 'upload-lost')
    this.accept(id, bytes)
  }

  accept(id: string, bytes: Uint8Array): void {
    const upload = this.#uploads.get(id)
    if (!upload) throw new Refused('shell', 'upload-lost')
    if (upload.received + bytes.length > upload.size) throw new Refused('shell', 'upload-too-long')
    upload.parts.push(bytes)
    upload.received += bytes.length
  }

  /** A finished upload; it stays until newer ones push it out, so that a person may look twice. @throws Refused */
  uploaded(id: string): { readonly name: string; readonly bytes: Uint8Array } {
    const upload = this.#uploads.get(id)
    if (!upload || upload.received !== upload.size) throw new Refused('shell', 'upload-lost')
    if (upload.parts.length > 1) upload.parts = [concat(...upload.parts)]
    return { name: upload.name, bytes: upload.parts[0] ?? new Uint8Array() }
  }

  offer(name: string, bytes: Uint8Array): DownloadView {
    const id = toHex(this.#crypto.random(16))
    this.#downloads.set(id, { name, bytes })
    forgetOldest(this.#downloads, DOWNLOADS_KEPT)
    return { id, name, size: bytes.length }
  }

  read(id: string, offset: number): string {
    const download = this.#downloads.get(id)
    if (!download) throw new Refused('shell', 'download-lost')
    return toBase64(download.bytes.subarray(offset, offset + CHUNK))
  }

  /** Locking drops whatever was in flight. */
  clear(): void {
    this.#uploads.clear()
    this.#downloads.clear()
  }
}

function forgetOldest(map: Map<string, unknown>, kept: number): void {
  for (const id of map.keys()) {
    if (map.size <= kept) return
    map.delete(id)
  }
}
