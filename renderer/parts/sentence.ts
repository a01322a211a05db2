import type { i18n as Translator } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { RefusalView } from '#shared/projection/app-views.ts'
import { useLocale } from './locale.ts'

/**
 * The sentence of a refusal in the person's language. Codes live in `refusals.<module>.json`; one that nobody knows yet
 * gets the general sentence and is never shown raw.
 */
export function useSentence(): (refusal: RefusalView) => string {
  const { i18n, t } = useTranslation()
  const { f } = useLocale()
  return ({ module, code, params }) => {
    const shown = Object.fromEntries(
      Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'number' ? f.number(value) : value]),
    )
    return findSentence(i18n, module, code, shown) ?? t('refusal.unknown')
  }
}

/** The sentence of a code in its module's file, else in any other module's: engines pass on what a lower module refused. */
export function findSentence(
  i18n: Translator,
  module: string,
  code: string,
  params: Readonly<Record<string, string>>,
): string | undefined {
  const others = Object.keys(i18n.getDataByLanguage(i18n.language) ?? {}).filter((name) => name.startsWith('refusals.'))
  for (const namespace of [`refusals.${module}`, ...others]) {
    const text: unknown = i18n.getResource(i18n.language, namespace, code)
    if (typeof text === 'string') return i18n.services.interpolator.interpolate(text, params, i18n.language, {})
  }
  return undefined
}
