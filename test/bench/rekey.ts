import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DeviceId, PersonId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { readers } from '#shared/membership/certificate-of.ts'
import { signStatement } from '#shared/membership/statement.ts'
import { NOON } from '#test/properties/party.ts'
import { Peer } from '#test/properties/peer.ts'
import { meet, world } from '#test/properties/sync-world.ts'
import { wallTime } from './clock.ts'
import type { BenchRow } from './row.ts'

const DEVICES = [8, 32, 128] as const
const ROUNDS = 7
const DAY = 86_400_000

/**
 * A device is lost: its revocation, a new key for all the others, and both taken in by a partner, against nothing but the boxes
 * that hold the key for so many devices.
 */
export async function benchRekey(): Promise<readonly BenchRow[]> {
  const crypto = await createCrypto()
  return DEVICES.map((devices) => {
    let [ours, boxes] = [Infinity, Infinity]
    for (let round = 0; round < ROUNDS; round++) {
      const { writer, reader, lost } = channelOf(crypto, devices)
      ours = Math.min(
        ours,
        wallTime(() => rekey(writer, reader, lost)),
      )
      const recipients = readers(writer.channel.members(), NOON)
      if (recipients.length !== devices) throw new Error(`${recipients.length} devices may read`)
      const key = crypto.random(32)
      boxes = Math.min(
        boxes,
        wallTime(() => recipients.forEach(({ boxKey }) => crypto.box(boxKey, key))),
      )
    }
    return {
      name: `re-key for ${devices} devices after a loss, against its boxes alone`,
      ratio: ours / boxes,
      budget: 2,
      direction: 'at-most',
      detail: `${ours.toFixed(1)} ms from the loss to a partner that has the new key; ${boxes.toFixed(1)} ms for ${devices} boxes`,
    }
  })
}

/** A channel of two companies and so many devices that stay, with one more to be lost. */
function channelOf(
  crypto: Crypto,
  devices: number,
): { readonly writer: Peer; readonly reader: Peer; readonly lost: DeviceId } {
  const [writer, reader] = world(crypto, ['Noor', 'Sahm']) as [Peer, Peer]
  const { card, issuing, certified } = writer.party
  const added = Array.from({ length: devices - 1 }, (_, at) => {
    const device = toHex(crypto.signingPair().publicKey) as DeviceId
    const certificate = signStatement(crypto, 'certificate', issuing.secretKey, {
      company: card.company, person: toHex(crypto.random(16)) as PersonId, name: { en: `${at}`, ar: `${at}` }, roles: ['coo'], device,
      boxKey: crypto.boxPair().publicKey, serial: toHex(crypto.random(16)), validFrom: (NOON - DAY) as Instant,
      validTo: (NOON + DAY) as Instant, authority: null,
    }) // prettier-ignore
    writer.control({ kind: 'certificate', device: { issuer: certified.issuer, certificate } })
    return device
  })
  writer.openEpoch()
  meet(writer, reader)
  return { writer, reader, lost: added.at(-1) as DeviceId }
}

function rekey(writer: Peer, reader: Peer, lost: DeviceId): void {
  const { crypto, party } = writer
  const { card, issuing, certified } = party
  const feed = { company: card.company, subject: { kind: 'device' as const, device: lost }, reason: 'lost' as const, at: NOON, cuts: [] } // prettier-ignore
  writer.control({ kind: 'revocation', revocation: signStatement(crypto, 'revocation', issuing.secretKey, feed), issuer: certified.issuer }) // prettier-ignore
  writer.openEpoch()
  const before = reader.keys.size
  meet(writer, reader)
  if (reader.keys.size === before) throw new Error('the partner has no new key')
}
