import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { ArtifactId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { judgeArtifactEvent, readArtifactEvent, type ArtifactEvent } from './artifact-event.ts'
import { BUYER as OWNER, SELLER as OTHER } from './sample.ts'

const crypto = await createCrypto()
const artifact = '11'.repeat(16) as ArtifactId
const tested = {
  type: 'standard-tested', artifact, version: '1.0.0', test: 't1', definition: '22'.repeat(16), result: 'pass', evidence: null, note: '',
} as const // prettier-ignore
const released = {
  type: 'standard-released', artifact, version: '1.0.0', hash: '33'.repeat(32), part: 0, parts: 1, content: new Uint8Array([1]),
} as const // prettier-ignore
const adopted = { type: 'standard-adopted', artifact, version: '1.0.0', status: 'running', on: '2026-01-31' } as const
const judge = (event: ArtifactEvent, role: Role, type = 'StandardsDoc.v1', company = OTHER) =>
  judgeArtifactEvent(
    crypto,
    event,
    { company, roles: [role] },
    { type, owner: OWNER, maker: 'f0'.repeat(16) as PersonId },
  )

describe('facts of a standard', () => {
  it('[ART-11] [AR-2] are stated by any company, in a role that writes the draft, of a standard that is declared', () => {
    for (const event of [tested, released, adopted] as unknown as ArtifactEvent[]) {
      expect(judge(event, 'cto')).toBe('admit')
      expect(judge(event, 'cto', 'StandardsDoc.v1', OWNER)).toBe('admit')
      expect(judge(event, 'investor')).toBe('not-authorised')
      expect(judge(event, 'cto', 'SharedForecast.v1')).toBe('not-authorised')
      expect(judgeArtifactEvent(crypto, event, { company: OWNER, roles: ['cto'] }, undefined)).toBe('not-authorised')
    }
  })
  it('[ART-11] do not open what is its owner’s alone', () => {
    const withdrawn: ArtifactEvent = { type: 'slice-withdrawn', artifact, reason: 'x' }
    expect(judge(withdrawn, 'cto')).toBe('not-authorised')
  })
  it.each([
    { ...tested, evidence: 'a file' },
    { ...tested, result: 'maybe' },
    { ...tested, test: '../x' },
    { ...tested, definition: '22' },
    { ...released, parts: 33 },
    { ...released, part: -1 },
    { ...released, content: new Uint8Array(256 * 1024 + 1) },
    { ...released, content: new Uint8Array() },
    { ...adopted, on: '2026-02-30' },
    { ...adopted, status: 'perhaps' },
  ])('[ART-11] malformed ones are refused: %#', (event) =>
    expect(readArtifactEvent(event as Canonical)).toBe('malformed'),
  )
})
