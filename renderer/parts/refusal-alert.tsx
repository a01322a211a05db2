import { Alert, type AlertProps } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RefusalView } from '#shared/projection/app-views.ts'
import { useSentence } from './sentence.ts'

/** What was refused and what to do next, announced at once; nothing when there is no refusal. */
export function RefusalAlert({
  refusal,
  ...rest
}: { readonly refusal: RefusalView | null | undefined } & Omit<AlertProps, 'children'>) {
  const { t } = useTranslation()
  const sentence = useSentence()
  if (!refusal) return null
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('refusal.title')} {...rest}>
      {sentence(refusal)}
    </Alert>
  )
}
