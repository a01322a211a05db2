import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { clauseDiff, compareContents } from './compare.ts'
import { contentBytes, contentHash, readContent, testHash, type StandardContent } from './content.ts'
import { versionState } from './due.ts'
import { MOST_PARTS, PART_BYTES, partsOf, releasesOf, type ReleasedPart } from './releases.ts'
import { paragraph, sampleClause, sampleStandard, sampleTest, THEM, US } from './sample.ts'
import { bumpOf, checkVersion, isVersion, newestOf, proposeVersion, stepBetween } from './semantic-version.ts'
import { diffText } from './text-diff.ts'

const crypto = await createCrypto()
const one = sampleClause('a', '1', 'Each note has a number.')
const two = sampleClause('b', '2', 'Keep notes for a year.')
const base = sampleStandard([one, two], [sampleTest('t')])
const against = (after: StandardContent) => compareContents(base, after)

describe('comparison', () => {
  it('[STD-9] [AR-2] goes by anchors: an inserted clause renumbers the others and changes none of them', () => {
    const found = against(
      sampleStandard([sampleClause('c', '1', 'New.'), { ...one, number: '2' }, { ...two, number: '3' }], base.tests),
    )
    expect(found.added.map(({ id }) => id)).toEqual(['c'])
    expect([found.removed, found.moved, found.changed, found.changedTests]).toEqual([[], [], [], []])
  })
  it('[STD-9] names the clause that moved, not those it passed', () => {
    const three = sampleClause('c', '3', 'x')
    const before = sampleStandard([one, two, three])
    const moved = (ids: readonly string[]) =>
      compareContents(
        before,
        sampleStandard(
          ids.map((id, at) => ({ ...(before.clauses.find((each) => each.id === id) ?? one), number: String(at + 1) })),
        ),
      ).moved.map(({ after }) => after.id)
    expect(moved(['c', 'a', 'b'])).toEqual(['c'])
    expect(moved(['a', 'b', 'c'])).toEqual([])
    expect(
      compareContents(before, sampleStandard([one, { ...two, number: '1.1' }, three])).moved.map(
        ({ after }) => after.id,
      ),
    ).toEqual(['b'])
  })
  it('[STD-9] tells words from standing and from looks', () => {
    const bold = {
      ...one,
      text: {
        ...one.text,
        en: [{ kind: 'paragraph' as const, text: [{ text: 'Each note has a number.', bold: true as const }] }],
      },
    }
    expect(against(sampleStandard([bold, two], base.tests)).changed).toMatchObject([
      { words: false, standing: false, looks: true },
    ])
    const deprecated = { ...one, deprecatedIn: '2.0.0' }
    expect(against(sampleStandard([deprecated, two], base.tests)).changed).toMatchObject([
      { words: false, standing: true, looks: false },
    ])
    const [change] = against(
      sampleStandard([sampleClause('a', '1', 'Each note has a unique number.'), two], base.tests),
    ).changed
    expect(change).toMatchObject({ words: true })
    expect(change && clauseDiff(change, 'en').text).toEqual([
      { kind: 'same', text: 'Each note has a ' },
      { kind: 'added', text: 'unique ' },
      { kind: 'same', text: 'number.' },
    ])
  })
  it('[STD-9] Arabic differs by whole words', () => {
    expect(diffText('لكل إشعار رقم', 'لكل إشعار رقم فريد')).toEqual([
      { kind: 'same', text: 'لكل إشعار رقم' },
      { kind: 'added', text: ' فريد' },
    ])
    expect(diffText('', '')).toEqual([])
    expect(diffText('a', '')).toEqual([{ kind: 'removed', text: 'a' }])
  })
  it('[STD-9] texts with nothing in common are shown as replaced, whole', () => {
    const long = (letter: string) => Array.from({ length: 3_000 }, (_, at) => `${letter}${String(at)}`).join(' ')
    expect(diffText(long('x'), long('y')).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})

describe('numbers of versions', () => {
  it.each(['1.0', 'v1.0.0', '1.0.0 ', '1.0.0+build', '01.0.0', '', `1.0.0-${'a'.repeat(80)}`])(
    '[STD-6] "%s" is none',
    (text) => expect(isVersion(text)).toBe(false),
  )
  it.each(['1.0.0', '0.1.0', '2.0.0-rc.1'])('[STD-6] "%s" is one', (text) => expect(isVersion(text)).toBe(true))

  const cases: readonly (readonly [string, StandardContent, string])[] = [
    ['a requirement goes', sampleStandard([one], base.tests), 'major'],
    ['a mandatory test comes', sampleStandard([one, two], [...base.tests, sampleTest('u')]), 'major'],
    ['a mandatory test asks otherwise', sampleStandard([one, two], [sampleTest('t', { input: '{}' })]), 'major'],
    [
      'a recommended test comes',
      sampleStandard([one, two], [...base.tests, sampleTest('u', { strength: 'should' })]),
      'minor',
    ],
    ['a test goes', sampleStandard([one, two], []), 'minor'],
    ['a clause comes', sampleStandard([one, two, sampleClause('c', '3', 'x')], base.tests), 'minor'],
    ['a requirement reads otherwise', sampleStandard([sampleClause('a', '1', 'Other.'), two], base.tests), 'minor'],
    ['a clause is deprecated', sampleStandard([{ ...one, deprecatedIn: '1.1.0' }, two], base.tests), 'minor'],
    ['only a title differs', sampleStandard([one, two], [sampleTest('t')], { title: { en: 'x', ar: 'x' } }), 'patch'],
  ]
  it.each(cases)('[STD-6] [AR-2] when %s, the step is at least that', (_, after, bump) => {
    const changes = against(after)
    expect(bumpOf(changes)).toBe(bump)
    const next = { major: '2.0.0', minor: '1.1.0', patch: '1.0.1' }[bump] ?? ''
    expect(proposeVersion('1.0.0', changes)).toBe(next)
    expect(checkVersion(next, ['1.0.0'], '1.0.0', changes)).toEqual({ ok: true, value: bump })
    if (bump !== 'patch')
      expect(checkVersion('1.0.1', ['1.0.0'], '1.0.0', changes)).toEqual({ ok: false, refusal: 'bump-too-small' })
  })
  it('[STD-6] guidance may be reworded in a patch, a requirement may not', () => {
    const guide = (text: string) => sampleStandard([{ ...sampleClause('a', '1', text), nature: 'guidance' }])
    expect(bumpOf(compareContents(guide('x'), guide('y')))).toBe('patch')
  })
  it('[STD-6] a taken, smaller or nonsensical number is refused', () => {
    const changes = against(base)
    expect(checkVersion('1.0', [], null, null)).toEqual({ ok: false, refusal: 'not-a-version' })
    expect(checkVersion('1.0.0', ['1.0.0'], '1.0.0', changes)).toEqual({ ok: false, refusal: 'version-taken' })
    expect(checkVersion('0.9.0', ['1.0.0'], '1.0.0', changes)).toEqual({ ok: false, refusal: 'version-not-greater' })
    expect(checkVersion('1.0.0', [], null, null)).toEqual({ ok: true, value: null })
  })
  it('[STD-6] below 1.0.0 every step counts one higher; trials come before what they try', () => {
    expect(stepBetween('0.1.0', '0.2.0')).toBe('major')
    expect(stepBetween('0.1.0', '0.1.1')).toBe('minor')
    expect(stepBetween('1.0.0', '2.0.0-rc.1')).toBe('major')
    expect(newestOf(['1.0.0', '2.0.0-rc.1', '1.10.0', '1.9.0', 'x'])).toBe('1.10.0')
    expect(newestOf([])).toBeNull()
  })
})

const stated = (content: StandardContent, version: string, by = US): ReleasedPart[] => {
  const bytes = contentBytes(content)
  const hash = contentHash(crypto, bytes)
  return (partsOf(bytes) ?? []).map((part, at, all) => ({
    version,
    hash,
    part: at,
    parts: all.length,
    content: part,
    by,
    at: 1 as Instant,
  }))
}

describe('released versions', () => {
  it('[STD-7] a frozen version reads back equal, to the byte', () => {
    const bytes = contentBytes(base)
    const read = readContent(bytes)
    expect(read).toEqual({ ok: true, value: base })
    expect(read.ok && contentBytes(read.value)).toEqual(bytes)
  })
  it('[STD-7] the hash of a content is the one of the specification, for good', () => {
    expect(contentHash(crypto, contentBytes(base))).toBe(
      'f58399273c56237bbe1d4c77b001550cc8303bb27351a574db0c701cfc99de0d',
    )
    expect(testHash(crypto, sampleTest('t'))).toBe('ebdb77da201b78bbe85983571d7cc694')
  })
  it('[STD-7] malformed content is refused whole', () => {
    const bad = (content: unknown) => readContent(contentBytes(content as StandardContent))
    for (const content of [
      { ...base, format: 'mithaq.standard.v2' },
      { ...base, clauses: [{ ...one, number: '1..2' }] },
      { ...base, clauses: [one, one] },
      { ...base, tests: [sampleTest('t'), sampleTest('t')] },
      { ...base, clauses: [{ ...one, text: { en: [{ kind: 'html', html: '<b>' }], ar: [] } }] },
    ])
      expect(bad(content)).toEqual({ ok: false, refusal: 'content-malformed' })
    expect(readContent(new Uint8Array([255]))).toEqual({ ok: false, refusal: 'content-malformed' })
  })
  it('[STD-8] [AR-2] a long version counts when its last part is there, in whatever order', () => {
    const long = sampleStandard([sampleClause('a', '1', 'word '.repeat(PART_BYTES / 4))])
    const parts = stated(long, '1.0.0')
    expect(parts.length).toBeGreaterThan(1)
    expect(releasesOf(crypto, parts.slice(1)).frozen).toEqual([])
    expect(releasesOf(crypto, parts.toReversed()).frozen).toMatchObject([{ version: '1.0.0', by: US, content: long }])
    expect(partsOf(new Uint8Array(PART_BYTES * MOST_PARTS + 1))).toBeUndefined()
  })
  it('[STD-8] parts of another content, or of another company, do not make it up', () => {
    const [part] = stated(base, '1.0.0')
    if (!part) throw new Error('no part')
    expect(releasesOf(crypto, [{ ...part, content: contentBytes(sampleStandard([one])) }]).frozen).toEqual([])
    const long = stated(sampleStandard([sampleClause('a', '1', 'word '.repeat(PART_BYTES / 4))]), '1.0.0')
    expect(
      releasesOf(
        crypto,
        long.map((each, at) => ({ ...each, by: at === 0 ? US : THEM })),
      ).frozen,
    ).toEqual([])
  })
  it('[STD-8] one number for two texts is no version; the same text twice is one', () => {
    const other = sampleStandard([one])
    const both = [...stated(base, '1.0.0', US), ...stated(other, '1.0.0', THEM)]
    for (const order of [both, both.toReversed()]) {
      expect(releasesOf(crypto, order)).toMatchObject({ frozen: [], contested: [{ version: '1.0.0', by: [US, THEM] }] })
    }
    const same = releasesOf(crypto, [...stated(base, '1.0.0', US), ...stated(base, '1.0.0', THEM)])
    expect([same.frozen.length, same.contested.length]).toEqual([1, 0])
    expect(
      releasesOf(crypto, [...stated(base, '1.10.0'), ...stated(base, '1.9.0')]).frozen.map(({ version }) => version),
    ).toEqual(['1.9.0', '1.10.0'])
  })
  it('[STD-10] [EX-4] the last day of a window is the last day of use', () => {
    const day = (text: string) => text as IsoDate
    const window = { from: day('2026-01-10'), to: day('2026-03-31'), withdrawnOn: null }
    expect(versionState(false, window, day('2026-02-01'))).toBe('draft')
    expect(versionState(true, null, day('2026-02-01'))).toBe('released')
    expect(['2026-01-09', '2026-01-10', '2026-03-31', '2026-04-01'].map((on) => versionState(true, window, day(on)))).toEqual([
      'released', 'deprecated', 'deprecated', 'withdrawn',
    ]) // prettier-ignore
    expect(versionState(true, { from: null, to: null, withdrawnOn: day('2026-02-01') }, day('2026-02-01'))).toBe(
      'withdrawn',
    )
    expect(paragraph('')).toEqual({ kind: 'paragraph', text: [] })
  })
})
