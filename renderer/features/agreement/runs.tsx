import { SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BothRuns } from '#shared/agreement/redline.ts'
import type { WordRun } from '#shared/agreement/word-diff.ts'
import classes from './redline.module.css'

/** One language of a text with its differences. */
export function Runs(props: {
  readonly runs: readonly WordRun[]
  readonly language: 'en' | 'ar'
  readonly heading?: boolean
}) {
  const { runs, language, heading = false } = props
  const { t } = useTranslation('negotiation')
  return (
    <Text
      component="div"
      fz="sm"
      {...(heading && { fw: 600 })}
      className={classes['text']}
      lang={language}
      dir={language === 'ar' ? 'rtl' : 'ltr'}
    >
      {runs.map(({ kind, text, marks }, at) => {
        const hint = marks ? { className: classes['marks'], title: t('compare.marks') } : {}
        if (kind === 'inserted') return <ins key={at} {...hint}>{text}</ins> // prettier-ignore
        if (kind === 'deleted') return <del key={at} {...hint}>{text}</del> // prettier-ignore
        return <span key={at}>{text}</span>
      })}
    </Text>
  )
}

/** Both languages beside each other as on paper: English left and Arabic right, whatever the language of the screen. */
export function BothLanguages({ texts }: { readonly texts: readonly (BothRuns & { readonly heading?: boolean })[] }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" dir="ltr">
      {(['en', 'ar'] as const).map((language) => (
        <div key={language}>
          {texts.map((text, at) => (
            <Runs key={at} runs={text[language]} language={language} heading={text.heading ?? false} />
          ))}
        </div>
      ))}
    </SimpleGrid>
  )
}
