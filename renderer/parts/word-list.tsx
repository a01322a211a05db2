import { Button, CopyButton, Group, Stack } from '@mantine/core'
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocale } from './locale.ts'
import classes from './word-list.module.css'

/** Words to write down, numbered, with copy and print. The words themselves are English in both languages. */
export function WordList({ words, label }: { readonly words: readonly string[]; readonly label: string }) {
  const { t } = useTranslation()
  const { f } = useLocale()
  return (
    <Stack gap="sm">
      <ol className={classes.list} dir="ltr" aria-label={label}>
        {words.map((word, index) => (
          <li key={index} className={classes.item}>
            <span className={classes.number}>{f.number(index + 1)}</span>
            <span lang="en">{word}</span>
          </li>
        ))}
      </ol>
      <Group className="no-print" gap="xs">
        <CopyButton value={words.join(' ')}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="sm"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" size="sm" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </Group>
    </Stack>
  )
}
