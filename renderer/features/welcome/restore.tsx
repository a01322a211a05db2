import { Button, Group, PasswordInput, SegmentedControl, Text } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Bidi } from '#ui/parts/values.tsx'
import { PassphraseFields } from '#ui/parts/passphrase-fields.tsx'
import { WelcomeForm } from './welcome-form.tsx'
import { SHORTEST } from '#ui/parts/strength.ts'
import { WordsInput } from '#ui/parts/words-input.tsx'
import { readWords, WORDS_IN_KIT } from '#ui/parts/kit-words.ts'

/** A backup file becomes this computer's vault: with its passphrase, or with the recovery words and a new one. */
export function Restore() {
  const { t } = useTranslation(['welcome', 'common'])
  const { f } = useLocale()
  const client = useClient()
  const [file, setFile] = useState<File | null>(null)
  const [by, setBy] = useState<'passphrase' | 'words'>('passphrase')
  const [passphrase, setPassphrase] = useState('')
  const [text, setText] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const [progress, setProgress] = useState(0)
  const words = readWords(text)
  const complete =
    by === 'passphrase'
      ? passphrase !== ''
      : words.length === WORDS_IN_KIT && [...next].length >= SHORTEST && next === again
  const restore = useMutation({
    mutationFn: async (chosen: File) => {
      const id = await upload(client, chosen, setProgress)
      await client.vault.restore(
        by === 'passphrase'
          ? { upload: id, unlock: { passphrase } }
          : { upload: id, unlock: { words }, newPassphrase: next },
      )
    },
    onSuccess: () => go(to.today()),
  })
  return (
    <WelcomeForm
      title={t('restore.title')}
      lead={t('restore.lead')}
      onSubmit={() => {
        setTried(true)
        if (file && complete) restore.mutate(file)
      }}
    >
      {file ? (
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <IconFileCheck size={20} aria-hidden="true" />
            <Text>
              <Bidi>{file.name}</Bidi> · {f.bytes(file.size)}
            </Text>
          </Group>
          <Button variant="subtle" size="compact-sm" onClick={() => setFile(null)}>
            {t('restore.other')}
          </Button>
        </Group>
      ) : (
        <FileDrop label={t('restore.file')} onFile={setFile} />
      )}
      <SegmentedControl
        fullWidth
        value={by}
        onChange={(value) => setBy(value === 'words' ? 'words' : 'passphrase')}
        data={[
          { value: 'passphrase', label: t('common:passphrase') },
          { value: 'words', label: t('restore.byWords') },
        ]}
      />
      {by === 'passphrase' ? (
        <PasswordInput
          label={t('common:passphrase')}
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      ) : (
        <>
          <WordsInput value={text} onChange={setText} tried={tried} />
          <PassphraseFields value={next} again={again} onChange={setNext} onAgain={setAgain} />
        </>
      )}
      <RefusalAlert refusal={restore.error ? refusalOf(restore.error) : null} />
      <Button type="submit" disabled={!file || !complete} loading={restore.isPending}>
        {t('restore.restore')}
      </Button>
      {restore.isPending ? (
        <Text fz="sm" c="dimmed" role="status">
          {t('restore.reading', { share: f.percent(progress, 0) })}
        </Text>
      ) : null}
    </WelcomeForm>
  )
}
