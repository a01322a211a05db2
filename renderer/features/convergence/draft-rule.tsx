import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DraftChoice, DraftCount, DraftRoles } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** Who is buyer and who is seller, who speaks for them, and how long it may take. */
export function DraftRule() {
  const { t } = useTranslation('convergence')
  const { pick, f } = useLocale()
  const { draft } = useDesk()
  const place = { set: 'policy', row: draft.policy }
  const { rounds, mediationDays } = draft.policy?.values ?? {}
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('rule.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('rule.inWords', { rounds: f.number(rounds ?? 0), days: t('days', { count: mediationDays ?? 0 }) })}
      </Text>
      <Stack>
        {draft.parties.map((row) => (
          <SimpleGrid key={row.id} cols={{ base: 1, sm: 2 }}>
            <Text fw={500} style={{ alignSelf: 'center' }}>
              <bdi>{row.values.name ? pick(row.values.name) : ''}</bdi>
            </Text>
            <DraftChoice set="parties" row={row} field="side" />
          </SimpleGrid>
        ))}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftRoles {...place} field="offerRoles" />
          <DraftRoles {...place} field="signRoles" />
          <DraftCount {...place} field="rounds" least={1} most={50} />
          <DraftCount {...place} field="mediationDays" least={1} most={90} />
          <DraftChoice {...place} field="agreement" />
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}
