import { Paper, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAppState } from '#ui/app/state.ts'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Bidi } from '#ui/parts/values.tsx'
import { Wordmark } from '#ui/parts/wordmark.tsx'

/** Which shell runs, what protects it and what does not. */
export function About() {
  const { t } = useTranslation('settings')
  const { f } = useLocale()
  const state = useAppState()
  return (
    <Stack>
      <Paper>
        <Wordmark size={34} />
        <Text mt="sm" c="dimmed">
          {t('about.line')}
        </Text>
        <KeyValue
          items={[
            [t('about.version'), <Bidi key="version">{f.digits(state.version)}</Bidi>],
            [t('about.shell'), t(`about.${state.shell}`)],
            [t('about.keychain'), t(`about.keychainState.${state.keychain}`)],
            [t('about.licence'), <Bidi key="licence">Apache-2.0</Bidi>],
          ]}
        />
      </Paper>
      <Paper>
        <Stack gap="xs">
          <Text fw={600}>{t('about.protects')}</Text>
          <Text fz="sm">{t(`about.${state.shell}Text`)}</Text>
          <Text fz="sm">{t('about.network')}</Text>
          <Text fw={600} mt="sm">
            {t('about.limits')}
          </Text>
          <Text fz="sm">{t('about.limitsText')}</Text>
        </Stack>
      </Paper>
    </Stack>
  )
}
