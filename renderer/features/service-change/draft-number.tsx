import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from './desk.tsx'

/** The change's number in the log of changes, written when the person leaves the field. */
export function DraftNumber() {
  const { t } = useTranslation('change')
  const { live, draft } = useDesk()
  const stored = draft.topic?.values.number ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextInput
      label={t('topic.number')}
      maxLength={40}
      readOnly={!live.mayWrite}
      value={typed ?? stored}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== null && typed !== stored) live.set('topic', 'it', 'number', typed.trim() || undefined)
        setTyped(null)
      }}
    />
  )
}
