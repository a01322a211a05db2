import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DisclosureSummary } from '#shared/projection/disclosure-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RoleNames, When } from '#ui/parts/values.tsx'

/** What of a disclosure is over, and who has said so from the other side. */
export function Ends({ ends }: { readonly ends: DisclosureSummary['ends'] }) {
  const { t } = useTranslation('disclosures')
  const { pick } = useLocale()
  if (ends.length === 0) return null
  return (
    <Paper component="section" aria-label={t('ends.title')}>
      <Title order={3} fz="md" mb="xs">
        {t('ends.title')}
      </Title>
      <Stack gap="sm">
        {ends.map((end) => (
          <div key={end.cause}>
            <Text fw={500}>
              {t(`ends.cause.${end.cause}`)} · <RoleNames roles={end.roles} />
            </Text>
            {end.askedAt ? (
              <Text fz="sm">
                {t('ends.asked')}: <When at={end.askedAt} withTime both={false} />
              </Text>
            ) : null}
            {end.receipts.length === 0 ? <Text fz="sm">{t('ends.none')}</Text> : null}
            {end.receipts.map((receipt) => (
              <Text key={`${receipt.company.en}${receipt.at}`} fz="sm">
                {t('ends.receipt')}: {pick(receipt.company)}, {pick(receipt.person)},{' '}
                <When at={receipt.at} withTime both={false} />
              </Text>
            ))}
          </div>
        ))}
        <Text fz="xs" c="dimmed">
          {t('ends.note')}
        </Text>
      </Stack>
    </Paper>
  )
}
