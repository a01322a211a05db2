import { Alert, Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { useAppState } from '#ui/app/state.ts'
import { readWords, WORDS_IN_KIT } from '#ui/parts/kit-words.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { WordList } from '#ui/parts/word-list.tsx'
import { WordsInput } from '#ui/parts/words-input.tsx'

/** New company words: the old root names the new one, and the new words are shown once. */
export function RotateRoot() {
  const { t } = useTranslation(['settings', 'common'])
  const { sample } = useAppState()
  const [opened, setOpened] = useState(false)
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const words = readWords(text)
  const rotate = useMutation({ ...useOrpc().company.rotateRoot.mutationOptions(), onSuccess: () => setText('') })
  const close = (): void => {
    setOpened(false)
    setText('')
    setTried(false)
    rotate.reset()
  }
  if (sample) return null
  return (
    <Paper>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={3}>{t('rotate.title')}</Title>
          <Text c="dimmed" fz="sm">
            {t('rotate.text')}
          </Text>
        </div>
        <Button variant="outline" color="red" style={{ flex: 'none' }} onClick={() => setOpened(true)}>
          {t('rotate.action')}
        </Button>
      </Group>
      <Modal
        opened={opened}
        onClose={close}
        title={t('rotate.title')}
        size="lg"
        closeOnClickOutside={!rotate.data}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {rotate.data ? (
          <Stack>
            <Alert color="amber">{t('words.once')}</Alert>
            <WordList words={rotate.data.words} label={t('rotate.title')} />
            <Group justify="flex-end">
              <Button onClick={close}>{t('words.kept')}</Button>
            </Group>
          </Stack>
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              setTried(true)
              if (words.length === WORDS_IN_KIT) rotate.mutate({ companyWords: words })
            }}
          >
            <Stack>
              <Text>{t('rotate.confirm')}</Text>
              <WordsInput value={text} onChange={setText} tried={tried} />
              <RefusalAlert refusal={rotate.error ? refusalOf(rotate.error) : null} />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  {t('common:cancel')}
                </Button>
                <Button type="submit" color="red" loading={rotate.isPending}>
                  {t('rotate.action')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </Paper>
  )
}
