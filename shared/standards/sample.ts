import type { CompanyId } from '../kernel/ids.ts'
import { contentBytes, type ClauseContent, type StandardContent, type TestContent } from './content.ts'
import type { Released } from './facts.ts'
import { span, type Block } from './rich-text.ts'

/** A small standard for tests: complete, so that a test changes only what it is about. */
export const US = 'aa'.repeat(32) as CompanyId
export const THEM = 'bb'.repeat(32) as CompanyId

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text: text === '' ? [] : [span(text)] })

export const sampleClause = (
  id: string,
  number: string,
  text: string,
  more: Partial<ClauseContent> = {},
): ClauseContent => ({
  id,
  number,
  nature: 'requirement',
  heading: { en: `Clause ${id}`, ar: `البند ${id}` },
  text: { en: [paragraph(text)], ar: [] },
  deprecatedIn: null,
  replacedBy: null,
  ...more,
})
export const sampleTest = (id: string, more: Partial<TestContent> = {}): TestContent => ({
  id,
  title: { en: `Test ${id}`, ar: `اختبار ${id}` },
  strength: 'must',
  method: 'json-schema',
  input: '{"type":"object"}',
  expected: '',
  evidence: '',
  clause: null,
  ...more,
})
export const sampleStandard = (
  clauses: readonly ClauseContent[],
  tests: readonly TestContent[] = [],
  more: Partial<StandardContent> = {},
): StandardContent => ({
  format: 'mithaq.standard.v1',
  title: { en: 'Delivery notes', ar: 'إشعارات التسليم' },
  purpose: { en: '', ar: '' },
  changeLog: { en: '', ar: '' },
  clauses,
  tests,
  migration: [],
  ...more,
})

/** Frozen without cryptography: a definition is the length and letters of the test's bytes, which differ when the test does. */
export function frozen(version: string, content: StandardContent): Released<StandardContent> {
  const definition = (test: TestContent): string =>
    [...contentBytes(sampleStandard([], [test]))].map((byte) => byte.toString(16)).join('')
  return { version, content, definitions: new Map(content.tests.map((test) => [test.id, definition(test)])) }
}
