import { beforeAll, describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { readToCarrier, writeToEngine, type ToCarrier, type ToEngine } from '#shared/contract/carrier.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Pipe } from '../ports.ts'
import { Links, type RoomSpec } from './links.ts'

let crypto: Crypto
beforeAll(async () => {
  crypto = await createCrypto()
})

const ROOM = 'ab'.repeat(32)
const FINGERPRINTS = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)] as const

interface End {
  readonly links: Links
  readonly log: string[]
  pipe: Pipe | undefined
  hear(message: ToEngine): void
}

/** One engine's links with a carrier played by the test. */
function end(spec: Partial<RoomSpec>, obey: (message: ToCarrier, self: End) => void): End {
  let listener: (bytes: Uint8Array) => void = () => {}
  const self: End = {
    links: new Links(crypto),
    log: [],
    pipe: undefined,
    hear: (message) => listener(writeToEngine(message)),
  }
  self.links.attach({
    send: (bytes) => {
      const message = readToCarrier(bytes)
      if (!message.ok) throw new Error('not a message of the contract')
      obey(message.value, self)
    },
    onMessage: (take) => (listener = take),
    onClose: () => {},
    close: () => {},
  })
  self.links.open({
    room: ROOM,
    password: 'p',
    signalling: [],
    iceServers: [],
    credential: { as: 'invitation', key: new Uint8Array(32) as SymmetricKey },
    acceptance: { as: 'invitation', key: new Uint8Array(32) as SymmetricKey },
    joined: (pipe, device) => {
      self.pipe = pipe
      self.log.push(`joined ${device ?? 'invited'}`)
      pipe.onMessage((message) => self.log.push(`heard ${message.join()}`))
    },
    refused: (refusal) => self.log.push(refusal),
    reached: () => {},
    ...spec,
  })
  return self
}

/** Two ends on one channel; `middle` may give them other fingerprints, as two separate channels would have. */
function meet(left: Partial<RoomSpec>, right: Partial<RoomSpec>, middle = false): [End, End] {
  const queue: (() => void)[] = []
  const towards = (other: () => End) => (message: ToCarrier) => {
    if (message.say === 'send')
      queue.push(() => other().hear({ say: 'received', peer: 'p', lane: message.lane, bytes: message.bytes }))
    if (message.say === 'drop' || message.say === 'refuse') queue.push(() => other().hear({ say: 'gone', peer: 'p' }))
  }
  const a: End = end(
    left,
    towards(() => b),
  )
  const b: End = end(
    right,
    towards(() => a),
  )
  a.hear({ say: 'peer', peer: 'p', room: ROOM, initiator: true, local: FINGERPRINTS[0], remote: FINGERPRINTS[1] })
  const seen = middle ? new Uint8Array(32).fill(9) : FINGERPRINTS[0]
  b.hear({ say: 'peer', peer: 'p', room: ROOM, initiator: false, local: FINGERPRINTS[1], remote: seen })
  for (let step = queue.shift(); step; step = queue.shift()) step()
  a.pipe?.send(Uint8Array.of(7))
  for (let step = queue.shift(); step; step = queue.shift()) step()
  return [a, b]
}

function device(seed: number): { id: DeviceId; spec: Pick<RoomSpec, 'credential'> } {
  const pair = crypto.signingPair(new Uint8Array(32).fill(seed))
  const id = toHex(pair.publicKey) as DeviceId
  return { id, spec: { credential: { as: 'device', device: id, secret: pair.secretKey } } }
}
const accepts = (...ids: DeviceId[]): Pick<RoomSpec, 'acceptance'> => ({
  acceptance: { as: 'device', member: (id) => ids.includes(id) },
})

describe('a direct link', () => {
  it('opens between two certified devices, each knowing the other', () => {
    const [amal, badr] = [device(1), device(2)]
    const [a, b] = meet({ ...amal.spec, ...accepts(badr.id) }, { ...badr.spec, ...accepts(amal.id) })
    expect(a.log).toEqual([`joined ${badr.id}`])
    expect(b.log).toEqual([`joined ${amal.id}`, 'heard 7'])
  })

  it('opens to who holds the invitation and to nobody else', () => {
    const other = { as: 'invitation', key: new Uint8Array(32).fill(3) as SymmetricKey } as const
    expect(meet({}, {}).map(({ log }) => log[0])).toEqual(['joined invited', 'joined invited'])
    const [a, b] = meet({}, { credential: other, acceptance: other })
    expect([a.log, b.log]).toEqual([['link-bad-proof'], ['link-bad-proof']])
  })

  it('stays shut with somebody in the middle: the proofs name other certificates', () => {
    const [amal, badr] = [device(1), device(2)]
    const [a, b] = meet({ ...amal.spec, ...accepts(badr.id) }, { ...badr.spec, ...accepts(amal.id) }, true)
    expect(a.log.concat(b.log)).not.toContain('heard 7')
    expect(a.log.concat(b.log)).toContain('link-bad-proof')
    expect([a.pipe, b.pipe]).toEqual([undefined, undefined])
  })

  it('stays shut for a device that is no member, and for one that borrows a name', () => {
    const [amal, badr, eve] = [device(1), device(2), device(3)]
    expect(meet({ ...amal.spec, ...accepts(badr.id) }, { ...eve.spec, ...accepts(amal.id) })[0].log).toEqual([
      'link-not-a-member',
    ])
    const borrowed = { credential: { ...(eve.spec.credential as object), device: badr.id } as RoomSpec['credential'] }
    expect(meet({ ...amal.spec, ...accepts(badr.id) }, { ...borrowed, ...accepts(amal.id) })[0].log).toEqual([
      'link-bad-proof',
    ])
  })

  it('cannot be opened by sending back what was said', () => {
    const amal = device(1)
    const echo = end({ ...amal.spec, ...accepts(amal.id) }, (message, self) => {
      if (message.say === 'send')
        queueMicrotask(() => self.hear({ say: 'received', peer: 'p', lane: 'auth', bytes: message.bytes }))
    })
    echo.hear({ say: 'peer', peer: 'p', room: ROOM, initiator: true, local: FINGERPRINTS[0], remote: FINGERPRINTS[0] })
    return expect.poll(() => echo.log).toEqual(['link-bad-proof'])
  })

  it('tells the refused end that it was turned away, and not why', () => {
    const [amal, badr, eve] = [device(1), device(2), device(3)]
    const [, visitor] = meet({ ...amal.spec, ...accepts(badr.id) }, { ...eve.spec, ...accepts(amal.id) })
    expect(visitor.log).toEqual(['link-turned-away'])
  })

  it('drops a peer that starts to prove itself again once it is in', () => {
    const [amal, badr] = [device(1), device(2)]
    const [a] = meet({ ...amal.spec, ...accepts(badr.id) }, { ...badr.spec, ...accepts(amal.id) })
    let closed = 0
    for (let listener = 0; listener < 2; listener++) a.pipe?.onClose(() => closed++)
    a.hear({ say: 'received', peer: 'p', lane: 'auth', bytes: Uint8Array.of(1) })
    expect(closed).toBe(2)
    a.hear({ say: 'received', peer: 'p', lane: 'runs', bytes: Uint8Array.of(8) })
    expect(a.log).toEqual([`joined ${badr.id}`])
  })

  it('passes nothing of a peer before both sides are proven', () => {
    const amal = device(1)
    const alone = end({ ...amal.spec, ...accepts(amal.id) }, () => {})
    alone.hear({ say: 'peer', peer: 'p', room: ROOM, initiator: true, local: FINGERPRINTS[0], remote: FINGERPRINTS[1] })
    alone.hear({ say: 'received', peer: 'p', lane: 'runs', bytes: Uint8Array.of(1) })
    alone.hear({ say: 'received', peer: 'p', lane: 'auth', bytes: Uint8Array.of(1) })
    expect(alone.log).toEqual(['link-malformed'])
  })
})
