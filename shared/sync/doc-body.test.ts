import { describe, expect, it } from 'vitest'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { decode, encode } from '#shared/kernel/canonical.ts'
import type { Hash, Nonce } from '#shared/kernel/crypto.ts'
import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { MAX_SECTIONS, readDoc, writeDoc, type SectionWrite } from './doc-body.ts'

const artifact = '0123456789abcdef0123456789abcdef' as ArtifactId
const plain: SectionWrite = { artifact, section: 'joint' as SectionName, replica: 0, update: Uint8Array.of(1, 2) }
const sealed: SectionWrite = {
  artifact,
  section: 'slice:12' as SectionName,
  replica: 2 ** 32 - 1,
  update: {
    commitment: new Uint8Array(32) as Hash,
    nonce: new Uint8Array(24) as Nonce,
    box: new Uint8Array(20),
  },
}

describe('doc payload', () => {
  it('[SYN-19] reads back what was written, through its bytes', () => {
    const bytes = decode(encode(writeDoc([plain, sealed])))
    expect(bytes.ok && readDoc(bytes.value)).toEqual({ ok: true, value: [plain, sealed] })
  })

  it('[SYN-19] refuses every other shape, and two parts for one replica', () => {
    const id = new Uint8Array(16)
    const update = Uint8Array.of(1)
    const wrong: Canonical[] = [
      null,
      {},
      [],
      [[]],
      [[id, 'joint', 0]],
      [[id, 'joint', 0, update, 1]],
      [[id.slice(1), 'joint', 0, update]],
      [[id, '', 0, update]],
      [[id, 'joint/sealed', 0, update]],
      [[id, 'x'.repeat(65), 0, update]],
      [[id, 'joint', -1, update]],
      [[id, 'joint', 2 ** 32, update]],
      [[id, 'joint', 0.5, update]],
      [[id, 'joint', 0, 'text']],
      [[id, 'joint', 0, [new Uint8Array(31), new Uint8Array(24), new Uint8Array(20)]]],
      [[id, 'joint', 0, [new Uint8Array(32), new Uint8Array(23), new Uint8Array(20)]]],
      [[id, 'joint', 0, [new Uint8Array(32), new Uint8Array(24), new Uint8Array(15)]]],
      writeDoc([plain, plain]),
      writeDoc(Array.from({ length: MAX_SECTIONS + 1 }, (_, replica) => ({ ...plain, replica }))),
    ]
    for (const payload of wrong) expect(readDoc(payload)).toEqual({ ok: false, refusal: 'payload-malformed' })
    expect(readDoc(writeDoc([plain, { ...plain, replica: 1 }])).ok).toBe(true)
  })
})
