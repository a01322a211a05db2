/** What was wrong, and where. It quotes the company's own file, so it is shown to its own people and never sent. */
export interface Finding {
  /** A JSON pointer, or the line of a table. */
  readonly at: string
  /** Column of a table, keyword of a schema. */
  readonly rule: string
  readonly code: FindingCode
  /** The value, shortened; empty where there is none. */
  readonly excerpt: string
}
export const FINDING_CODES = ['schema', 'not-json', 'column-missing', 'column-unexpected', 'column-twice', 'value-missing', 'wrong-type', 'pattern',
  'not-unique', 'too-small', 'too-large', 'not-listed', 'too-few-rows', 'too-many-rows', 'unreadable-line'] as const // prettier-ignore
export type FindingCode = (typeof FINDING_CODES)[number]

export interface CheckOutcome {
  readonly result: 'pass' | 'fail'
  /** The first of them; `found` counts them all. */
  readonly findings: readonly Finding[]
  readonly found: number
}

export const MOST_FINDINGS = 100
const EXCERPT = 60

/** Collects findings: many are counted, few are kept. */
export class Findings {
  readonly #kept: Finding[] = []
  #found = 0

  add(at: string, rule: string, code: FindingCode, value: unknown = ''): void {
    this.#found++
    if (this.#kept.length >= MOST_FINDINGS) return
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    this.#kept.push({
      at: at.slice(0, 400),
      rule: rule.slice(0, 400),
      code,
      excerpt: text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text,
    })
  }

  outcome(): CheckOutcome {
    return { result: this.#found === 0 ? 'pass' : 'fail', findings: this.#kept, found: this.#found }
  }
}
