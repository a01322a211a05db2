import { Button, Fieldset, Group, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { PassphraseFields } from '#ui/parts/passphrase-fields.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { SHORTEST } from '#ui/parts/strength.ts'
import { KitSteps } from './kit-steps.tsx'
import { WelcomeForm } from './welcome-form.tsx'

/** A colleague's device, or a second one: name and passphrase, the recovery words, and then the request. */
export function Join() {
  const { t } = useTranslation(['welcome', 'common'])
  const [name, setName] = useState({ en: '', ar: '' })
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const start = useMutation({
    ...useOrpc().joining.start.mutationOptions(),
    onSuccess: () => (setPassphrase(''), setAgain('')),
  })
  if (start.data) return <KitSteps recoveryWords={start.data.recoveryWords} onDone={() => go(to.welcome())} />
  const named = name.en.trim() !== '' || name.ar.trim() !== ''
  const complete = named && [...passphrase].length >= SHORTEST && passphrase === again
  return (
    <WelcomeForm
      title={t('join.title')}
      lead={t('join.lead')}
      onSubmit={() => {
        if (complete) start.mutate({ name: { en: name.en.trim(), ar: name.ar.trim() }, passphrase })
      }}
    >
      <Fieldset variant="unstyled" legend={<Text fw={600}>{t('join.person')}</Text>}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('common:nameAr')}
            lang="ar"
            dir="rtl"
            value={name.ar}
            onChange={(event) => setName({ ...name, ar: event.currentTarget.value })}
          />
          <TextInput
            label={t('common:nameEn')}
            lang="en"
            dir="ltr"
            value={name.en}
            onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
          />
        </SimpleGrid>
      </Fieldset>
      <PassphraseFields value={passphrase} again={again} onChange={setPassphrase} onAgain={setAgain} />
      <RefusalAlert refusal={start.error ? refusalOf(start.error) : null} />
      <Group justify="flex-end">
        <Button type="submit" disabled={!complete} loading={start.isPending}>
          {t('join.make')}
        </Button>
      </Group>
    </WelcomeForm>
  )
}
