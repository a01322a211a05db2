import { readToCarrier, writeToEngine, type ToEngine } from '#shared/contract/carrier.ts'
import { Mailboxes } from './mailboxes.ts'
import { connectToEngine } from './port.ts'
import { Rooms } from './rooms.ts'

const port = connectToEngine()
const tell = (message: ToEngine) => port.send(writeToEngine(message))
const rooms = new Rooms(tell)
const mailboxes = new Mailboxes(tell)

port.onOpen = () => tell({ say: 'ready' })
port.onClose = () => {
  rooms.closeAll()
  mailboxes.closeAll()
}
port.onMessage = (bytes) => {
  const message = readToCarrier(bytes)
  if (!message.ok) return
  const order = message.value
  switch (order.say) {
    case 'mailbox-open':
    case 'mailbox-close':
    case 'mailbox-send':
      return mailboxes.obey(order)
    default:
      return rooms.obey(order)
  }
}
window.addEventListener('online', () => mailboxes.retry())
window.addEventListener('pagehide', () => {
  rooms.dispose()
  mailboxes.closeAll()
})
