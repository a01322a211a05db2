import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { PassphraseFields } from '#ui/parts/passphrase-fields.tsx'
import { WelcomeForm } from './welcome-form.tsx'
import { SHORTEST } from '#ui/parts/strength.ts'
import { readWords, WORDS_IN_KIT } from '#ui/parts/kit-words.ts'
import { WordsInput } from '#ui/parts/words-input.tsx'

/** Opens the vault with the 24 recovery words and sets a new passphrase. */
export function UnlockWithWords() {
  const { t } = useTranslation(['welcome', 'common'])
  const [text, setText] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const words = readWords(text)
  const unlock = useMutation({
    ...useOrpc().vault.unlockWithWords.mutationOptions(),
    onSuccess: () => go(to.today()),
  })
  const complete = words.length === WORDS_IN_KIT && [...next].length >= SHORTEST && next === again
  return (
    <WelcomeForm
      title={t('words.title')}
      lead={t('words.lead')}
      onSubmit={() => {
        setTried(true)
        if (complete) unlock.mutate({ words, newPassphrase: next })
      }}
    >
      <WordsInput value={text} onChange={setText} tried={tried} />
      <PassphraseFields
        value={next}
        again={again}
        onChange={setNext}
        onAgain={setAgain}
        error={tried && [...next].length < SHORTEST ? t('common:newPassphrase.tooShort') : undefined}
        againError={tried && next !== again ? t('common:newPassphrase.differs') : undefined}
      />
      <RefusalAlert refusal={unlock.error ? refusalOf(unlock.error) : null} />
      <Button type="submit" loading={unlock.isPending}>
        {t('words.open')}
      </Button>
    </WelcomeForm>
  )
}
