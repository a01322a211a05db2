import { describe, expect, it } from 'vitest'
import { storedArchives } from '#adapters/files/archives.ts'
import { sha256 } from '#adapters/files/digest.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { startChecker } from '#engine/start.ts'
import { readDecisionIndex } from '#shared/evidence/decision-index.ts'
import { PackReader } from '#shared/evidence/read-pack.ts'
import { decisionPackOf, writeDecisionPack } from '#shared/evidence/write-decision.ts'
import { LATER } from '#test/agreements/forged-pack.ts'
import { textOf } from '#test/architecture/tracked.ts'

const { pack, report } = JSON.parse(textOf('test/vectors/decision-pack-v3.json')) as { readonly pack: string; readonly report: object } // prettier-ignore
const bytes = new Uint8Array(Buffer.from(pack, 'base64'))

describe('the vector of PACK.v3', () => {
  it('[EVD-18, EVD-19] is checked to the very report that stands beside it', async () => {
    expect(await (await startChecker()).file(bytes, { now: LATER })).toEqual(report)
  })

  it('[EVD-4, EVD-21] comes out byte by byte when it is written again from its proofs in another order, but for the maker’s signature', async () => {
    const crypto = await createCrypto()
    const read = storedArchives.read(bytes)
    if (!read.ok) expect.fail(read.refusal)
    const files = new Map(read.value.map((file) => [file.name, file.bytes]))
    const index = readDecisionIndex(files.get('pack.json') ?? new Uint8Array())
    if (!index.ok) expect.fail(index.refusal)
    const proofs = new PackReader(files).proofs(index.value)
    const made = decisionPackOf(crypto, { ...index.value, ...proofs, log: proofs.log.toReversed() }, sha256)
    const secret = crypto.signingPair().secretKey
    const again = made ? writeDecisionPack(crypto, made, { secret, sha256 }) : []
    const kept = (name: string): boolean => name !== 'manifest.sig'
    expect(again.map(({ name }) => name).toSorted()).toEqual([...files.keys()].toSorted())
    for (const { name, bytes: written } of again.filter((file) => kept(file.name)))
      expect(Buffer.from(written).equals(files.get(name) ?? new Uint8Array()), name).toBe(true)
  })
})
