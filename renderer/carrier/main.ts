import { readToCarrier, writeToEngine } from '#shared/contract/carrier.ts'
import { connectToEngine } from './port.ts'
import { Rooms } from './rooms.ts'

const port = connectToEngine()
const rooms = new Rooms((message) => port.send(writeToEngine(message)))

port.onOpen = () => port.send(writeToEngine({ say: 'ready' }))
port.onClose = () => rooms.closeAll()
port.onMessage = (bytes) => {
  const message = readToCarrier(bytes)
  if (message.ok) rooms.obey(message.value)
}
window.addEventListener('pagehide', () => rooms.dispose())
