import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A screen or section whose content is on its way. */
export function Loading() {
  const { t } = useTranslation()
  return (
    <Center py={64} role="status" aria-label={t('loading')}>
      <Loader />
    </Center>
  )
}
