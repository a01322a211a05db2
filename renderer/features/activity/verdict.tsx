import { Alert, Group, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AuditVerdict } from '#shared/projection/today-views.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** What the check of the whole chain found, in words, with the head that two people can compare. */
export function Verdict({ verdict, onClose }: { readonly verdict: AuditVerdict; readonly onClose: () => void }) {
  const { t } = useTranslation(['activity', 'common'])
  const { f } = useLocale()
  return (
    <Alert
      role="status"
      color={verdict.intact ? 'leaf' : 'red'}
      icon={verdict.intact ? <IconShieldCheck /> : <IconShieldX />}
      title={verdict.intact ? t('verdict.intact') : t('verdict.broken')}
      withCloseButton
      closeButtonLabel={t('common:close')}
      onClose={onClose}
    >
      <Group justify="space-between">
        <Text fz="sm">
          {verdict.intact
            ? t('verdict.intactText', { count: verdict.entries })
            : t('verdict.brokenText', { entry: f.number(verdict.firstBroken ?? 0) })}
        </Text>
        <HashBadge hash={verdict.head} label={t('verdict.head')} />
      </Group>
    </Alert>
  )
}
