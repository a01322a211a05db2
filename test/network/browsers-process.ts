import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright'
import { build } from 'vite'
import type { PlainPage } from './plain-page.ts'

/** Two plain browsers inside the private network: what the browser alone can do, to measure ours against. */
export interface BrowsersOrder {
  readonly id: number
  /** Sends that many bytes over a data channel. Resolves with the milliseconds from the first send to the last arrival. */
  readonly raw?: number
  /** Types into a document that plain y-webrtc shares. Resolves with the delay of each keystroke in milliseconds. */
  readonly type?: { readonly signalling: string; readonly keystrokes: number; readonly pause: number }
}

const [, browser = ''] = process.argv.slice(2)
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
]

const browsers: Browser[] = []
async function page(): Promise<Page> {
  const opened = await chromium.launch({ executablePath: browser, args: FLAGS })
  browsers.push(opened)
  return opened.newPage()
}
async function closeBrowsers(): Promise<void> {
  await Promise.all(browsers.splice(0).map((each) => each.close()))
}

interface PlainWindow {
  page: PlainPage
}
interface RawWindow {
  pc: RTCPeerConnection
  channel: RTCDataChannel
  gathered: Promise<void>
  finished: Promise<number>
}

/** The same window as the framed peer keeps: 64 KiB messages, a pause above 1 MiB. */
async function raw(bytes: number): Promise<number> {
  const [sender, receiver] = [await page(), await page()]
  const offer = await sender.evaluate(async () => {
    const here = window as unknown as RawWindow
    here.pc = new RTCPeerConnection()
    here.channel = here.pc.createDataChannel('raw')
    here.gathered = new Promise((resolve) => {
      here.pc.onicecandidate = ({ candidate }) => candidate === null && resolve()
    })
    await here.pc.setLocalDescription()
    await here.gathered
    return here.pc.localDescription?.sdp ?? ''
  })
  const answer = await receiver.evaluate(
    async ({ sdp, expected }) => {
      const here = window as unknown as RawWindow
      here.pc = new RTCPeerConnection()
      here.finished = new Promise((resolve) => {
        here.pc.ondatachannel = ({ channel }) => {
          let got = 0
          channel.binaryType = 'arraybuffer'
          channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
            got += data.byteLength
            if (got >= expected) resolve(performance.timeOrigin + performance.now())
          }
        }
      })
      here.gathered = new Promise((resolve) => {
        here.pc.onicecandidate = ({ candidate }) => candidate === null && resolve()
      })
      await here.pc.setRemoteDescription({ type: 'offer', sdp })
      await here.pc.setLocalDescription()
      await here.gathered
      return here.pc.localDescription?.sdp ?? ''
    },
    { sdp: offer, expected: bytes },
  )
  const startedAt = await sender.evaluate(
    async ({ sdp, total }) => {
      const { pc, channel } = window as unknown as RawWindow
      await pc.setRemoteDescription({ type: 'answer', sdp })
      if (channel.readyState !== 'open') await new Promise((resolve) => (channel.onopen = resolve))
      channel.bufferedAmountLowThreshold = 256 * 1024
      const frame = crypto.getRandomValues(new Uint8Array(64 * 1024))
      const at = performance.timeOrigin + performance.now()
      for (let sent = 0; sent < total; sent += frame.length) {
        if (channel.bufferedAmount > 1024 * 1024)
          await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }))
        channel.send(frame.subarray(0, Math.min(frame.length, total - sent)))
      }
      return at
    },
    { sdp: answer, total: bytes },
  )
  const finishedAt = await receiver.evaluate(() => (window as unknown as RawWindow).finished)
  await closeBrowsers()
  return finishedAt - startedAt
}

async function type({ signalling, keystrokes, pause }: NonNullable<BrowsersOrder['type']>): Promise<readonly number[]> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      lib: { entry: fileURLToPath(new URL('plain-page.ts', import.meta.url)), formats: ['iife'], name: 'plain' },
    },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined
  if (!chunk) throw new Error('the plain page was not built')
  const pages = [await page(), await page()] as const
  for (const each of pages) {
    await each.addScriptTag({ content: chunk.code })
    await each.evaluate((at) => (window as unknown as PlainWindow).page.join('plain', at), signalling)
  }
  for (const each of pages) await each.waitForFunction(() => (window as unknown as PlainWindow).page.connected())
  const [writer, reader] = pages
  const typed = await writer.evaluate(([count, wait]) => (window as unknown as PlainWindow).page.type(count, wait), [
    keystrokes,
    pause,
  ] as const)
  await reader.waitForFunction((count) => (window as unknown as PlainWindow).page.seen().length >= count, keystrokes)
  const seen = await reader.evaluate(() => (window as unknown as PlainWindow).page.seen())
  await closeBrowsers()
  return typed.map((at, n) => (seen[n] ?? Number.NaN) - at)
}

process.on('message', (order: BrowsersOrder) => {
  const done: Promise<unknown> = order.type ? type(order.type) : raw(order.raw ?? 0)
  done.then(
    (value) => process.send?.({ id: order.id, value }),
    (problem: Error) => process.send?.({ id: order.id, problem: problem.stack ?? problem.message }),
  )
})
process.once('disconnect', () => void closeBrowsers().finally(() => process.exit(0)))
process.send?.({ id: 0 })
