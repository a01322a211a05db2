import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { formattersOf, isLocale, type Locale } from '#ui/parts/formatters.ts'
import type { Namespaces } from '#ui/locales/namespaces.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Namespaces
    returnNull: false
  }
}

const REMEMBERED = 'mithaq.locale'
/** The words of each language in a bundle of its own: a person reads one of them at a time. */
const WORDS: Readonly<Record<Locale, () => Promise<{ readonly files: Readonly<Record<string, unknown>> }>>> = {
  en: () => import('#ui/locales/en.ts'),
  ar: () => import('#ui/locales/ar.ts'),
}

/** Every `locales/<locale>/<namespace>.json`; what a language lacks is a bug that a test reports, so nothing falls back. */
async function wordsOf(locale: Locale): Promise<Record<string, Record<string, unknown>>> {
  const found: Record<string, Record<string, unknown>> = {}
  for (const [path, content] of Object.entries((await WORDS[locale]()).files)) {
    const namespace = /\/([^/]+)\.json$/.exec(path)?.[1]
    if (namespace) found[namespace] = content as Record<string, unknown>
  }
  return found
}

function remembered(): Locale {
  const stored = localStorage.getItem(REMEMBERED)
  if (isLocale(stored)) return stored
  return navigator.language.startsWith('ar') ? 'ar' : 'en'
}

export async function startTranslation(): Promise<void> {
  const locale = remembered()
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    defaultNS: 'common',
    resources: { [locale]: await wordsOf(locale) },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  i18next.services.formatter?.add('num', (value: unknown, lng) =>
    formattersOf(isLocale(lng) ? lng : locale).number(Number(value)),
  )
  announce(locale)
}

/** Switches the whole app at once and remembers it. */
export async function switchLocale(locale: Locale): Promise<void> {
  localStorage.setItem(REMEMBERED, locale)
  if (!i18next.getDataByLanguage(locale))
    for (const [namespace, words] of Object.entries(await wordsOf(locale)))
      i18next.addResourceBundle(locale, namespace, words)
  await i18next.changeLanguage(locale)
  announce(locale)
}

function announce(locale: Locale): void {
  document.documentElement.lang = locale
  document.documentElement.dir = locale === 'ar' ? 'rtl' : 'ltr'
}
