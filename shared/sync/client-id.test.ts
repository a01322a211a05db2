import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { ArtifactId, FeedId, SectionName } from '#shared/kernel/ids.ts'
import { clientId } from './client-id.ts'
import { sealedSectionKey, sectionKey } from './update.ts'

const crypto = await createCrypto()
const feed = (digit: string): FeedId => digit.repeat(96) as FeedId
const artifact = '00'.repeat(16) as ArtifactId
const joint = sectionKey(artifact, 'joint' as SectionName)

describe('client ids', () => {
  it('[SYN-31] follow from feed, section and replica, and use all of 53 bits and no more', () => {
    const ids = ['a', 'b', 'c'].flatMap((digit) =>
      [joint, sealedSectionKey(artifact, 'joint' as SectionName), sectionKey(artifact, 'own' as SectionName)].flatMap(
        (section) => Array.from({ length: 20 }, (_, replica) => clientId(crypto, feed(digit), section, replica)),
      ),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => Number.isSafeInteger(id) && id >= 0)).toBe(true)
    expect(ids.some((id) => id >= 2 ** 52)).toBe(true)
    expect(ids.some((id) => id % 2 === 1)).toBe(true)
    expect(clientId(crypto, feed('a'), joint, 0)).toBe(ids[0])
  })
})
