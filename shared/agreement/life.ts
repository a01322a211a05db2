import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { addDays, dateOf, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import { amountOf, authorityRefusal, type Signer } from './authority.ts'
import { earliestEnd, lastDayOf, noticeDaysOf } from './life-dates.ts'
import { obligationsOf, type Obligation } from './obligations.ts'
import type { Replacement } from './replacement.ts'
import type { StatedFact } from './state.ts'

export interface Notice {
  readonly company: CompanyId
  readonly by: Words
  readonly at: Instant
  readonly endsOn: IsoDate
  readonly reason: string
}
/** A last day that some parties agree on and others do not yet. */
export interface OpenTerm {
  readonly until: IsoDate
  readonly companies: readonly CompanyId[]
}
export interface AgreementLife {
  /**
   * `not-yet`: it is signed and its day has not come; `ending`: a notice runs; `ended`: its last day is past; `superseded`: it was
   * in force until another agreement took its place.
   */
  readonly state: 'not-yet' | 'in-force' | 'ending' | 'ended' | 'superseded'
  readonly from: IsoDate
  /** The last day by now: the text's own, an agreed one, or that of a notice, whichever comes last in the log and first in time. */
  readonly until: IsoDate | null
  /** Whether all have agreed on another last day than the text's. */
  readonly renewed: boolean
  readonly notice: Notice | null
  /** What takes its place, the first to take effect first. Until its day this one stays in force. */
  readonly replacements: readonly Replacement[]
  readonly open: readonly OpenTerm[]
  /** The last day on which a notice still ends it with its term; null once a notice runs or the text knows none. */
  readonly noticeBy: IsoDate | null
  readonly obligations: readonly Obligation[]
}

/**
 * The life of a signed text, a pure function of the facts in their order, of what replaces it and of the day. A word counts when its
 * author may sign this text for a party of it by the certificate that stated it; a notice, when its day leaves the notice of the
 * text. What replaces it ends it whatever was said before or after: all parties signed that.
 */
export function lifeOf(
  kind: AgreementKind,
  content: AgreementContent,
  hash: string,
  facts: readonly StatedFact<Signer>[],
  today: IsoDate,
  replacements: readonly Replacement[] = [],
): AgreementLife {
  const parties = content.parties.map(({ company }) => company)
  const agreed = new Map<CompanyId, IsoDate>()
  const words: Parameters<typeof obligationsOf>[3][number][] = []
  let [until, renewed] = [lastDayOf(content), false]
  let notice: Notice | null = null
  for (const { fact, author, at } of facts) {
    if (!('hash' in fact) || fact.hash !== hash || !parties.includes(author.company)) continue
    const { company, name: by } = author
    if (fact.type === 'obligation-stated') {
      words.push({ company, by, at, obligation: fact.obligation, said: fact.done, evidence: fact.evidence })
      continue
    }
    if (fact.type !== 'agreement-notice-given' && fact.type !== 'agreement-term-agreed') continue
    const may = authorityRefusal(author, content, amountOf(kind, content), at) === undefined
    if (!may || (until !== null && dateOf(at) > until)) continue
    if (fact.type === 'agreement-notice-given') {
      const earliest = earliestEnd(content, dateOf(at))
      if (earliest === null || fact.endsOn < earliest || (until !== null && fact.endsOn > until) || notice) continue
      notice = { company, by, at, endsOn: fact.endsOn, reason: fact.reason }
      until = fact.endsOn
      continue
    }
    agreed.set(company, fact.until)
    if (parties.every((one) => agreed.get(one) === fact.until)) {
      // What all agree on takes the place of a notice, too.
      ;[until, renewed, notice] = [fact.until, fact.until !== lastDayOf(content), null]
      agreed.clear()
    }
  }
  const replacedOn = replacements[0]?.on
  const before = replacedOn && addDays(replacedOn, -1)
  const replaced = before !== undefined && (until === null || until >= before)
  if (replaced) [until, notice] = [before, notice && notice.endsOn < before ? notice : null]
  const days = noticeDaysOf(content)
  const over = until !== null && today > until
  return {
    state: over
      ? replaced
        ? 'superseded'
        : 'ended'
      : notice
        ? 'ending'
        : today < content.effectiveOn
          ? 'not-yet'
          : 'in-force',
    from: content.effectiveOn,
    until,
    renewed,
    notice,
    replacements,
    open: replaced
      ? []
      : [...new Set(agreed.values())].toSorted().map((day) => ({
          until: day,
          companies: parties.filter((company) => agreed.get(company) === day),
        })),
    noticeBy: until === null || days === null || notice || replaced || over ? null : addDays(until, -days),
    obligations: obligationsOf(kind, content, until, words, replaced ? replacedOn : undefined),
  }
}
