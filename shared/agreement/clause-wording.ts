import { LAW_WORDS, type ClauseTemplate } from '#shared/artifacts/agreement.ts'
import type { AgreementContent, Clause } from '#shared/artifacts/agreement-content.ts'
import { filled } from './draft.ts'
import { dateText, languageText, lawText } from './term-text.ts'

/** Whether a clause of a closed text still reads, in both languages, as one of our templates with the terms of that text. */
export function readsAs(template: ClauseTemplate, content: AgreementContent, { text }: Clause): boolean {
  const fill = {
    ...Object.fromEntries(Object.entries(content.terms).map(([name, term]) => [name, term.text])),
    prevailing: languageText(content.prevailing),
    ...(content.law in LAW_WORDS && { law: lawText(content.law as keyof typeof LAW_WORDS) }),
    effectiveOn: dateText(content.effectiveOn),
  }
  return (['en', 'ar'] as const).every((language) => filled(template.text[language], fill, language) === text[language])
}
