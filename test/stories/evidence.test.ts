import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedByBoth, type SignedByBoth } from '#test/agreements/signed-by-both.ts'
import { Stranger } from '#test/support/verify-command.ts'

let story: SignedByBoth
let stranger: Stranger
beforeAll(async () => {
  story = await signedByBoth()
  stranger = new Stranger()
  stranger.keep('pack.zip', story.pack)
  stranger.keep('signed.pdf', story.pdf)
}, 120_000)
afterAll(() => {
  stranger.end()
  story.end()
})

describe('an evidence pack', () => {
  it('[EVD-1] holds on a machine without vault or profile, in both languages', () => {
    const english = stranger.verify('pack.zip')
    expect(english.said).toContain('✔ The file holds')
    expect(english.code).toBe(0)
    const arabic = stranger.verify('pack.zip', '--lang', 'ar')
    expect(arabic.said).toContain('✔ الملف سليم')
    expect(arabic.code).toBe(0)
    expect(stranger.verify('signed.pdf').code).toBe(0)
  }, 120_000)

  it('[EVD-2] its own readme, followed with openssl, sha256sum and poppler alone, comes to its end', () => {
    const said = stranger.follow(story.pack, 'unpacked')
    for (const step of ['1', '2', '3', '4', '5', '6']) expect(said).toMatch(new RegExp(`^${step} .*OK$`, 'm'))
    expect(said).toContain('7 compare these fingerprints')
    expect(stranger.verify('unpacked').code).toBe(0)
  }, 120_000)
})
