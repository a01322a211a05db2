/** The carrier's one way to the engine: whole binary messages. */
export interface CarrierPort {
  send(message: Uint8Array): void
  /** Called for every message of the engine. */
  onMessage: (message: Uint8Array) => void
  /** Called when the way opens, also again after it was lost. */
  onOpen: () => void
  onClose: () => void
}

const RETRY_MS = 1_000

/** Electron hands a message port over; the headless shell serves a socket on the page's own origin. */
export function connectToEngine(): CarrierPort {
  const port: CarrierPort = { send: () => {}, onMessage: () => {}, onOpen: () => {}, onClose: () => {} }
  if (location.protocol === 'http:') overSocket(port)
  else overMessagePort(port)
  return port
}

function overSocket(port: CarrierPort): void {
  const socket = new WebSocket(`ws://${location.host}/carrier`)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => {
    port.send = (message) => socket.send(message as Uint8Array<ArrayBuffer>)
    port.onOpen()
  }
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (event.data instanceof ArrayBuffer) port.onMessage(new Uint8Array(event.data))
  }
  socket.onclose = () => {
    port.send = () => {}
    port.onClose()
    setTimeout(() => overSocket(port), RETRY_MS)
  }
}

function overMessagePort(port: CarrierPort): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const channel = event.ports[0]
    if (event.source !== window || event.data !== 'mithaq:carrier-port' || !channel) return
    port.send = (message) => channel.postMessage(message)
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof Uint8Array) port.onMessage(data)
    }
    port.onOpen()
  })
}
