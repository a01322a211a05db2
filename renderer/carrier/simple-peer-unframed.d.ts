/** What of simple-peer 9.11.1 the framed peer builds on. The package is pinned; `test/e2e` runs this against real browsers. */
declare module 'simple-peer-unframed' {
  export default class SimplePeer {
    constructor(options: { readonly initiator: boolean; readonly config: RTCConfiguration; readonly trickle: boolean })
    readonly destroyed: boolean
    readonly _pc: RTCPeerConnection
    readonly _channel: RTCDataChannel | null
    on(event: 'close', listener: () => void): void
    emit(event: string | symbol, ...args: unknown[]): boolean
    send(message: Uint8Array): void
    destroy(): void
    _onChannelMessage(event: { readonly data: unknown }): void
    _onChannelBufferedAmountLow(): void
  }
}
