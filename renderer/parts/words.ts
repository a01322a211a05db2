import { useTranslation } from 'react-i18next'
import type { Words } from '#shared/artifacts/words.ts'
import { useLocale } from './locale.ts'

/** Words that the rules themselves own: `locales/<locale>/{policy,commerce,artifacts}.json`, looked up by code. */
export function useWords(
  namespace: 'policy' | 'commerce' | 'artifacts',
): (key: string, values?: Readonly<Record<string, string | number>>) => string {
  const { i18n } = useTranslation()
  return (key, values = {}) => {
    const text: unknown = i18n.getResource(i18n.language, namespace, key)
    if (typeof text !== 'string') return ''
    return i18n.services.interpolator.interpolate(text, values, i18n.language, {})
  }
}

/** A label of the catalogue in the person's language; what a newer version added is shown as it came. */
export function useLabel(): (label: Words | undefined, otherwise?: string) => string {
  const { pick } = useLocale()
  return (label, otherwise = '') => (label ? pick(label) : otherwise)
}
