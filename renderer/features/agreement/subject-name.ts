import { useTranslation } from 'react-i18next'
import type { ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What a proposal or a trade-off is about, in words. */
export function useSubjectName() {
  const { t } = useTranslation('negotiation')
  const { f, pick } = useLocale()
  const { draft, kind } = useDesk()
  const clause = (id: string): string => {
    const at = draft.clauses.findIndex((one) => one.id === id)
    const values = draft.clauses[at]?.values
    if (!values) return t('subject.gone')
    const name = pick({ en: values.headingEn ?? '', ar: values.headingAr ?? '' })
    return t('subject.clause', { number: f.number(at + 1), name: name || t('subject.unnamed') })
  }
  const change = (one: ProposedChange): string => {
    if (one.kind === 'term') {
      const spec = kind.terms[one.term]
      return t('subject.term', { name: spec ? pick(spec.label) : one.term })
    }
    if (one.kind === 'insert') return one.after === null ? t('subject.first') : t('subject.insert', { clause: clause(one.after) }) // prettier-ignore
    if (one.kind === 'move') return t('subject.move', { clause: clause(one.clause) })
    return one.kind === 'remove' ? t('subject.remove', { clause: clause(one.clause) }) : clause(one.clause)
  }
  /** A place by the clause in front of it. */
  const place = (behind: string): string => (behind === '' ? t('place.first') : t('place.behind', { clause: clause(behind) })) // prettier-ignore
  return { clause, change, place }
}
