import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { ArtifactId, PersonId, Role } from '#shared/kernel/ids.ts'
import { artifactIdOf, colleagueShareIdOf, judgeArtifactEvent, type ArtifactEvent } from './artifact-event.ts'
import { mayWrite } from './catalogue.ts'
import { ColleagueShare } from './colleague-share.v1.ts'
import { BUYER as COMPANY, SELLER as OTHER } from './sample.ts'

const crypto = await createCrypto()
const [mine, theirs] = ['0a'.repeat(16), '0b'.repeat(16)] as [PersonId, PersonId]
const nonce = new Uint8Array(16).fill(7)
const artifact = colleagueShareIdOf(crypto, COMPANY, mine, nonce)
const declared = { type: ColleagueShare.type, owner: COMPANY, maker: mine }
const by = (person: PersonId, roles: readonly Role[] = ['admin', 'ceo'], company = COMPANY) => ({ company, person, roles }) // prettier-ignore
const created: ArtifactEvent = { type: 'artifact-created', artifact, artifactType: ColleagueShare.type, nonce, title: { en: '', ar: '' } } // prettier-ignore
const facts: readonly ArtifactEvent[] = [
  { type: 'colleague-shared', artifact, revision: 1, slice: 'ab'.repeat(32) as never, roles: ['cfo'] },
  { type: 'colleague-share-ended', artifact },
  { type: 'company-word', artifact, device: 'cd'.repeat(32) as never, word: new Uint8Array(3) },
]

describe('what a person shares with colleagues', () => {
  it('[ART-12] is declared by the person in its id alone: who has seen the nonce cannot take it over', () => {
    expect(judgeArtifactEvent(crypto, created, by(mine), undefined)).toBe('admit')
    expect(judgeArtifactEvent(crypto, created, by(theirs), undefined)).toBe('not-authorised')
    expect(judgeArtifactEvent(crypto, created, { company: COMPANY, roles: ['admin'] }, undefined)).toBe('not-authorised') // prettier-ignore
    const ordinary = { ...created, artifact: artifactIdOf(crypto, COMPANY, nonce) }
    expect(judgeArtifactEvent(crypto, ordinary, by(mine), undefined)).toBe('not-authorised')
  })
  it('[ART-12] is stated and written by that person alone, whatever roles a colleague holds', () => {
    for (const fact of facts) {
      expect(judgeArtifactEvent(crypto, fact, by(mine, ['account-lead']), declared)).toBe('admit')
      expect(judgeArtifactEvent(crypto, fact, by(theirs), declared)).toBe('not-authorised')
      expect(judgeArtifactEvent(crypto, fact, by(mine, ['admin'], OTHER), declared)).toBe('not-authorised')
      expect(judgeArtifactEvent(crypto, fact, by(mine), { ...declared, type: 'ContextSlice.v1' })).toBe('not-authorised') // prettier-ignore
      expect(judgeArtifactEvent(crypto, fact, by(mine), undefined)).toBe('not-authorised')
    }
    const may = (person: PersonId | undefined, company = COMPANY) => mayWrite(ColleagueShare.type, 'slice:1', { company, roles: ['admin'], ...(person && { person }) }, COMPANY, mine).ok // prettier-ignore
    expect([may(mine), may(theirs), may(undefined), may(mine, OTHER)]).toEqual([true, false, false, false])
  })
  it('[ART-12] takes none of the facts that a company states about its disclosures', () => {
    const disclosed: ArtifactEvent = {
      type: 'slice-disclosed', artifact, revision: 1, slice: 'ab'.repeat(32) as never, title: { en: '', ar: '' }, roles: ['cfo'], expiresOn: '2027-01-01' as never,
    } // prettier-ignore
    const withdrawn: ArtifactEvent = { type: 'slice-withdrawn', artifact: artifact as ArtifactId, reason: '' }
    for (const fact of [disclosed, withdrawn])
      for (const person of [mine, theirs])
        expect(judgeArtifactEvent(crypto, fact, by(person), declared)).toBe('not-authorised')
  })
})
