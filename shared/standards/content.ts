import { z } from 'zod'
import {
  METHOD_OF_TEST_WORDS,
  NATURE_WORDS,
  STRENGTH_WORDS,
  type Nature,
  type Strength,
  type TestMethod,
} from '../artifacts/standards-doc.v1.ts'
import type { Words } from '../artifacts/words.ts'
import { decode, encode, type Canonical } from '../kernel/canonical.ts'
import { toHex } from '../kernel/bytes.ts'
import type { Crypto } from '../kernel/crypto.ts'
import { ok, refuse, type Result } from '../kernel/result.ts'
import { DEEPEST, type Block } from './rich-text.ts'

export interface ClauseContent {
  /** The permanent anchor. */
  readonly id: string
  readonly number: string
  readonly nature: Nature
  readonly heading: Words
  readonly text: { readonly en: readonly Block[]; readonly ar: readonly Block[] }
  readonly deprecatedIn: string | null
  readonly replacedBy: string | null
}
export interface TestContent {
  readonly id: string
  readonly title: Words
  readonly strength: Strength
  readonly method: TestMethod
  readonly input: string
  readonly expected: string
  readonly evidence: string
  readonly clause: string | null
}
export interface MigrationStep {
  readonly id: string
  readonly step: Words
  readonly clause: string | null
}

/** One version of a standard, whole: what is frozen at its release, and what a draft would be if it were released now. */
export interface StandardContent {
  readonly format: 'mithaq.standard.v1'
  readonly title: Words
  readonly purpose: Words
  readonly changeLog: Words
  readonly clauses: readonly ClauseContent[]
  readonly tests: readonly TestContent[]
  readonly migration: readonly MigrationStep[]
}

const both = z.object({ en: z.string().max(20_000), ar: z.string().max(20_000) })
const anchor = z.string().min(1).max(400)
const span = z.object({
  text: z.string(),
  bold: z.literal(true).optional(),
  italic: z.literal(true).optional(),
})
/** Nested lists and tables, to a depth that a reader survives. */
const blocks = (depth: number): z.ZodType<readonly Block[]> =>
  z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('paragraph'), text: z.array(span) }),
      ...(depth >= DEEPEST
        ? []
        : [
            z.object({ kind: z.enum(['bullets', 'numbers']), items: z.array(z.lazy(() => blocks(depth + 1))) }),
            z.object({
              kind: z.literal('table'),
              rows: z.array(z.object({ header: z.boolean(), cells: z.array(z.lazy(() => blocks(depth + 1))) })),
            }),
          ]),
    ]),
  ) as unknown as z.ZodType<readonly Block[]>

const schema = z.object({
  format: z.literal('mithaq.standard.v1'),
  title: both,
  purpose: both,
  changeLog: both,
  clauses: z
    .array(
      z.object({
        id: anchor,
        number: z.string().regex(/^\d{1,4}(\.\d{1,4}){0,5}$/),
        nature: z.enum(Object.keys(NATURE_WORDS) as Nature[]),
        heading: both,
        text: z.object({ en: blocks(0), ar: blocks(0) }),
        deprecatedIn: z.string().max(400).nullable(),
        replacedBy: anchor.nullable(),
      }),
    )
    .max(5_000),
  tests: z
    .array(
      z.object({
        id: anchor,
        title: both,
        strength: z.enum(Object.keys(STRENGTH_WORDS) as Strength[]),
        method: z.enum(Object.keys(METHOD_OF_TEST_WORDS) as TestMethod[]),
        input: z.string().max(20_000),
        expected: z.string().max(20_000),
        evidence: z.string().max(20_000),
        clause: anchor.nullable(),
      }),
    )
    .max(2_000),
  migration: z.array(z.object({ id: anchor, step: both, clause: anchor.nullable() })).max(2_000),
}) as unknown as z.ZodType<StandardContent>

/** The one byte form of a version, whoever writes it. */
export const contentBytes = (content: StandardContent): Uint8Array => encode(content as unknown as Canonical)

/** What a version is known by: hash of its bytes, lower-case hex. */
export const contentHash = (crypto: Crypto, bytes: Uint8Array): string =>
  toHex(crypto.hash('mithaq.standard.v1', bytes))

/** Reads a frozen version, a partner's included. Anchors stand once each: two clauses under one would be one too many. */
export function readContent(bytes: Uint8Array): Result<StandardContent, 'content-malformed'> {
  const decoded = decode(bytes)
  if (!decoded.ok) return refuse('content-malformed')
  const parsed = schema.safeParse(decoded.value)
  if (!parsed.success) return refuse('content-malformed')
  const { clauses, tests } = parsed.data
  return [clauses, tests].every((list) => new Set(list.map(({ id }) => id)).size === list.length)
    ? ok(parsed.data)
    : refuse('content-malformed')
}

/** What a test run refers to: a later change of the test, however small, makes it another test. */
export const testHash = (crypto: Crypto, test: TestContent): string =>
  toHex(crypto.hash('mithaq.standard-test.v1', encode(test as unknown as Canonical))).slice(0, 32)
