import { useTranslation } from 'react-i18next'
import { ROLES } from '#shared/kernel/ids.ts'
import { useLocale } from './locale.ts'
import { findSentence } from './sentence.ts'

/**
 * A code of the audit or of the Today screen as words: `locales/<locale>/audit.json`, or, for what was refused, the
 * sentence of the refusal. An unknown code is "Recorded event", never raw.
 */
export function useCodeWords(): (code: string) => string {
  const { i18n, t } = useTranslation()
  return (code) => {
    const words: unknown = i18n.getResource(i18n.language, 'audit', `code.${code}`)
    return typeof words === 'string' ? words : (findSentence(i18n, '', code, {}) ?? t('recordedEvent'))
  }
}

/** A word that the audit keeps as a code (roles, classes, kinds, ways) in the person's language; other text as it is. */
export function useDetailWords(): {
  readonly name: (name: string) => string
  readonly value: (text: string) => string
} {
  const { i18n, t } = useTranslation()
  const { f } = useLocale()
  const lookUp = (namespace: string, key: string): string | undefined => {
    const found: unknown = i18n.getResource(i18n.language, namespace, key)
    return typeof found === 'string' ? found : undefined
  }
  const one = (word: string): string | undefined =>
    lookUp('audit', `value.${word}`) ?? lookUp('common', `class.${word}`) ?? lookUp('workspaces', `kind.${word}.name`)
  return {
    name: (name) => lookUp('audit', `detail.${name}`) ?? t('detail'),
    value: (text) => {
      const roles = text.split(' ').map((word) => ROLES.find((role) => role === word))
      const known = roles.filter((role) => role !== undefined)
      return known.length === roles.length ? f.list(known.map((role) => t(`role.${role}`))) : (one(text) ?? text)
    },
  }
}
