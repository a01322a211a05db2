import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readWords, WORDS_IN_KIT } from './kit-words.ts'

/** The 24 words in one field, with how many were understood. */
export function WordsInput(props: {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly tried: boolean
}) {
  const { t } = useTranslation('common')
  const count = readWords(props.value).length
  return (
    <Textarea
      label={t('kitWords.label')}
      description={t('kitWords.count', { count, total: WORDS_IN_KIT })}
      dir="ltr"
      lang="en"
      rows={4}
      autoComplete="off"
      spellCheck={false}
      value={props.value}
      error={props.tried && count !== WORDS_IN_KIT ? t('kitWords.incomplete') : null}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}
