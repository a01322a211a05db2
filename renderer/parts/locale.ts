import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import { formattersOf, isLocale, type Formatters, type Locale } from './formatters.ts'

/** The language in use, its formatters, and the choice from a bilingual text (the other language when one is empty). */
export function useLocale(): {
  readonly locale: Locale
  readonly f: Formatters
  readonly pick: (text: Bilingual) => string
} {
  const { i18n } = useTranslation()
  const locale: Locale = isLocale(i18n.language) ? i18n.language : 'en'
  return { locale, f: formattersOf(locale), pick: locale === 'ar' ? pickArabic : pickEnglish }
}

const pickArabic = (text: Bilingual): string => text.ar || text.en
const pickEnglish = (text: Bilingual): string => text.en || text.ar
