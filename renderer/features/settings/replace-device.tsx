import { Button, Checkbox, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useAppState } from '#ui/app/state.ts'
import { readWords, WORDS_IN_KIT } from '#ui/parts/kit-words.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { WordsInput } from '#ui/parts/words-input.tsx'

/** The drill's decisive step: this machine takes the lost one's place. */
export function ReplaceDevice() {
  const { t } = useTranslation('settings')
  const notify = useNotify()
  const { sample } = useAppState()
  const [withWords, setWithWords] = useState(false)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const words = readWords(text)
  const replace = useMutation({
    ...useOrpc().company.replaceDevice.mutationOptions(),
    onSuccess: () => {
      setText('')
      setWithWords(false)
      notify.done(t('lost.replace.done'))
    },
  })
  const complete = !withWords || words.length === WORDS_IN_KIT
  if (sample) return null
  return (
    <Paper
      component="form"
      className="no-print"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (complete) replace.mutate({ companyWords: withWords ? words : null })
      }}
    >
      <Stack>
        <Title order={3}>{t('lost.replace.title')}</Title>
        <Text>{t('lost.replace.text')}</Text>
        <Checkbox
          label={t('lost.replace.withWords')}
          description={t('lost.replace.why')}
          checked={withWords}
          onChange={(event) => setWithWords(event.currentTarget.checked)}
        />
        {withWords ? <WordsInput value={text} onChange={setText} tried={tried} /> : null}
        <RefusalAlert refusal={replace.error ? refusalOf(replace.error) : null} />
        <Group justify="flex-end">
          <Button type="submit" color="red" variant="light" loading={replace.isPending}>
            {t('lost.replace.action')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
