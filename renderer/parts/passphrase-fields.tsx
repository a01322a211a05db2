import { PasswordInput, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Share } from './share.tsx'
import { strengthOf } from './strength.ts'

const COLOR = { short: 'red', fair: 'amber', strong: 'leaf' } as const

/** A new passphrase, typed twice, with words (not only a bar) about how strong it is. */
export function PassphraseFields(props: {
  readonly value: string
  readonly again: string
  readonly onChange: (value: string) => void
  readonly onAgain: (value: string) => void
  readonly error?: ReactNode
  readonly againError?: ReactNode
}) {
  const { t } = useTranslation()
  const { level, share } = strengthOf(props.value)
  return (
    <Stack gap="sm">
      <PasswordInput
        label={t('newPassphrase.new')}
        description={t('newPassphrase.hint')}
        autoComplete="new-password"
        required
        value={props.value}
        error={props.error}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      {props.value ? (
        <div>
          <Share of={share} color={COLOR[level]} size="sm" label={t('newPassphrase.strength')} />
          <Text fz="xs" c="dimmed" mt={4} role="status">
            {t(`newPassphrase.level.${level}`)}
          </Text>
        </div>
      ) : null}
      <PasswordInput
        label={t('newPassphrase.again')}
        autoComplete="new-password"
        required
        value={props.again}
        error={props.againError}
        onChange={(event) => props.onAgain(event.currentTarget.value)}
      />
    </Stack>
  )
}
