import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'

/** y-webrtc as it comes, in a page of its own: what a keystroke costs without seals, vaults or engines. */
export interface PlainPage {
  join(room: string, signalling: string): void
  connected(): boolean
  /** Types one character at a time. Resolves with the moment of each. */
  type(count: number, pause: number): Promise<readonly number[]>
  /** When the text had grown to each length. */
  seen(): readonly number[]
}

const now = (): number => performance.timeOrigin + performance.now()
const document = new Y.Doc()
const text = document.getText('text')
const seen: number[] = []
let provider: WebrtcProvider | undefined

text.observe(() => {
  while (seen.length < text.length) seen.push(now())
})

const page: PlainPage = {
  join(room, signalling) {
    provider = new WebrtcProvider(room, document, { signaling: [signalling] })
  },
  connected: () => [...(provider?.room?.webrtcConns.values() ?? [])].some(({ connected }) => connected),
  async type(count, pause) {
    const typed: number[] = []
    for (let n = 0; n < count; n++) {
      typed.push(now())
      text.insert(text.length, 'x')
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return typed
  },
  seen: () => seen,
}
Object.assign(window, { page })
