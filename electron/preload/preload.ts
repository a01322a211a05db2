import { ipcRenderer } from 'electron'

/**
 * All that a page gets from the shell: ports, no functions. The two pages differ in what they may ask for, and main
 * checks that again by the frame that asks.
 */
const CONNECT = 'mithaq:connect'
const origin = window.location.origin

if (window.location.host === 'app') {
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source !== window || typeof data !== 'object' || data === null) return
    if (!('mithaq' in data) || data.mithaq !== 'connect' || !('engine' in data)) return
    const { port1, port2 } = new MessageChannel()
    const live = 'live' in data ? data.live : undefined
    const asked = live === undefined ? { to: 'rpc' } : { to: 'live', token: live }
    ipcRenderer.postMessage(CONNECT, { ...asked, engine: data.engine }, [port1])
    window.postMessage({ mithaq: 'port', engine: data.engine, live }, origin, [port2])
  })
}

if (window.location.host === 'carrier') {
  // By then the page's script has run, so somebody listens.
  window.addEventListener('load', () => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(CONNECT, { to: 'carrier' }, [port1])
    window.postMessage('mithaq:carrier-port', origin, [port2])
  })
}
