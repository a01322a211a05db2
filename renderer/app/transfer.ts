import type { DownloadView } from '#shared/projection/app-views.ts'
import type { EngineClient } from './connection.ts'

/** Bytes per chunk: base64 of it stays under the contract's limit. */
const CHUNK = 384 * 1024

/** Hands a file to the engine in chunks. `onProgress` gets 0..1. Resolves with the upload's id; refusals reject. */
export async function upload(client: EngineClient, file: File, onProgress?: (done: number) => void): Promise<string> {
  const { upload: id } = await client.files.begin({ name: file.name, size: file.size })
  for (let offset = 0; offset < file.size; offset += CHUNK) {
    const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK).arrayBuffer())
    await client.files.chunk({ upload: id, base64: base64Of(bytes) })
    onProgress?.(Math.min(1, (offset + CHUNK) / file.size))
  }
  return id
}

/** Fetches a download whole and lets the person save it under its name. */
export async function saveDownload(client: EngineClient, download: DownloadView): Promise<void> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let offset = 0; ;) {
    const { base64 } = await client.files.read({ download: download.id, offset })
    if (base64 === '') break
    const bytes = bytesOf(base64)
    parts.push(bytes)
    offset += bytes.length
  }
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = download.name
  link.click()
  // The browser has taken the bytes once the click is handled; a later turn is soon enough to let them go.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(text)
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
