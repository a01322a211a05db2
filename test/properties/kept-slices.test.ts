import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { boxSliceKey, sealUpdate, sliceKeyCommitment, unboxSliceKey } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { NOON } from './party.ts'
import { ARTIFACT, JOINT, SLICE, type Peer } from './peer.ts'
import { meet, world } from './sync-world.ts'

const crypto = await createCrypto()
const section = sealedSectionKey(ARTIFACT, SLICE)

/** One more sealed update of A's slice. `update` stands in for what an honest engine would have sealed. */
function disclose(a: Peer, key: SymmetricKey, text: string, update?: Uint8Array): Uint8Array {
  const line = a.channel.index.line(a.party.feed)!
  const { client } = a.channel.clocks.own(line, section, 0)
  const made = a.docs.edit(section, client, (writer) => writer.insertText('t', writer.text('t').length, text))!
  const sealed = sealUpdate(crypto, { channel: a.id, section, replica: 0 }, key, update ?? made)
  const run = a.write('doc', writeDoc([{ artifact: ARTIFACT, section: SLICE, replica: 0, update: sealed }]))
  // The author holds the key: its own index goes on as every later holder's will.
  a.channel.kept.open(section, key)
  return run
}

describe('slices under their own key', () => {
  it('[SYN-51] are kept by everybody, admitted without the key, and open when it is handed over', () => {
    const [a, b] = world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
    const key = crypto.random(32) as SymmetricKey
    disclose(a, key, 'first ')
    disclose(a, key, 'second')
    meet(a, b)
    expect(b.channel.kept.count(section)).toBe(2)
    expect(b.docs.read(section).text('t')).toBe('')

    const certificate = certificateOf(a.channel.members(), b.party.device, NOON)!
    const commitment = sliceKeyCommitment(crypto, { channel: a.id, section }, key)
    const boxes = boxSliceKey(crypto, key, [certificate])
    a.control({ kind: 'slice-key', artifact: ARTIFACT, section: SLICE, commitment, boxes })
    meet(a, b)
    const { effect } = b.admitted.at(-1)!
    if (effect.kind !== 'control' || effect.control.kind !== 'slice-key') throw new Error('no slice key came')
    const { device, box } = b.party
    const handed = unboxSliceKey(crypto, { channel: b.id, section }, effect.control, device, box)
    if (!handed.ok) throw new Error(handed.refusal)
    const opened = b.channel.kept.open(section, handed.value)
    expect(opened.refused).toEqual([])
    b.docs.apply(section, opened.updates)
    expect(b.docs.read(section).text('t')).toBe('first second')
    expect(b.docs.encodeState(section)).toEqual(a.docs.encodeState(section))
    expect(b.channel.kept.count(section)).toBe(0)
  })

  it('[SYN-51] another key opens none of it, and what waits goes on waiting', () => {
    const [a, b] = world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
    disclose(a, crypto.random(32) as SymmetricKey, 'x')
    meet(a, b)
    expect(b.channel.kept.open(section, crypto.random(32) as SymmetricKey)).toEqual({ updates: [], refused: [] })
    expect(b.channel.kept.count(section)).toBe(1)
  })

  it('[SYN-52] what was sealed against the update rules is refused when opened, and the rest of the channel is not touched', () => {
    const [a, b] = world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
    const key = crypto.random(32) as SymmetricKey
    const foreign = b.docs.edit(section, 12345, (writer) => writer.insertText('t', 0, 'forged'))!
    b.docs.drop(section)
    disclose(a, key, 'x', foreign)
    a.type(JOINT, (writer) => writer.insertText('t', 0, 'joint'))
    meet(a, b)
    expect(b.text()).toBe('joint')
    expect(b.channel.kept.open(section, key)).toEqual({ updates: [], refused: ['update-foreign-client'] })
    expect(b.verdicts()).toEqual(a.verdicts())
  })
})
