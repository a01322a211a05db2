import type { AgreementExport } from '#shared/artifacts/agreement-export.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { textOfContent, textOfDraft } from './agreement-text.ts'
import { fillings, type Draft } from './draft.ts'
import { dateText } from './term-text.ts'

const FORMAT = 'mithaq.agreement-export.v1'

/** A draft as it goes into a Word file. */
export function exportOfDraft(kind: AgreementKind, artifact: string, draft: Draft): Omit<AgreementExport, 'around'> {
  const { entries, clauses } = textOfDraft(kind, draft)
  const written = new Map(draft.clauses.map(({ id, values }) => [id, values]))
  const fill = Object.entries(fillings(kind, draft)).flatMap(([name, text]): [string, Words][] =>
    text ? [[name, { en: text.en, ar: text.ar }]] : [],
  )
  return {
    format: FORMAT,
    artifact,
    entries: [...entries],
    fill: Object.fromEntries(fill),
    clauses: clauses.map((clause) => {
      const { headingEn, textEn, headingAr, textAr } = written.get(clause.id) ?? {}
      return {
        ...clause,
        raw: {
          en: { heading: headingEn?.trim() ?? '', text: textEn?.trim() ?? '' },
          ar: { heading: headingAr?.trim() ?? '', text: textAr?.trim() ?? '' },
        },
      }
    }),
  }
}

/**
 * A closed text as it goes into a Word file. Where the draft still reads the same, the names of its terms are known; elsewhere only
 * what was filled in.
 */
export function exportOfContent(
  content: AgreementContent,
  kind: AgreementKind,
  draft: Draft,
): Omit<AgreementExport, 'around'> {
  const { entries, clauses } = textOfContent(content)
  const now = new Map(exportOfDraft(kind, content.artifact, draft).clauses.map((clause) => [clause.id, clause]))
  const same = (left: Words, right: Words | undefined): boolean => left.en === right?.en && left.ar === right.ar
  const prevailing = entries.find((entry) => entry.kind === 'prevailing')?.text
  const law = entries.find((entry) => entry.kind === 'law')?.text
  return {
    format: FORMAT,
    artifact: content.artifact,
    entries: [...entries],
    fill: {
      ...Object.fromEntries(Object.entries(content.terms).map(([name, { text }]) => [name, text])),
      ...Object.fromEntries(content.parties.map(({ name }, at) => [`party${String.fromCodePoint(65 + at)}`, name])),
      effectiveOn: dateText(content.effectiveOn),
      ...(prevailing && { prevailing }),
      ...(law && { law }),
    },
    clauses: clauses.map((clause) => {
      const draftClause = now.get(clause.id)
      const known = same(clause.heading, draftClause?.heading) && same(clause.text, draftClause?.text)
      return { ...clause, raw: known ? (draftClause?.raw ?? null) : null }
    }),
  }
}
