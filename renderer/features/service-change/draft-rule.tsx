import { List, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SERVICE_DIMENSIONS } from '#shared/artifacts/change-content.ts'
import { draftMatters } from '#shared/decisions/change-draft.ts'
import { DraftChoice, DraftCount, DraftRoles } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** Who is client and who provider, who decides what in how many days, and how roles score at home. */
export function DraftRule() {
  const { t } = useTranslation('change')
  const { pick, f } = useLocale()
  const { draft } = useDesk()
  const place = { set: 'policy', row: draft.policy }
  const values = draft.policy?.values ?? {}
  const sum = SERVICE_DIMENSIONS.reduce((all, name) => all + Number((values as Record<string, unknown>)[name] ?? 0), 0)
  return (
    <Paper component="section" aria-label={t('rule.title')}>
      <Title order={2} mb={4}>
        {t('rule.title')}
      </Title>
      <InWords />
      <Stack gap="lg" mt="md">
        {draft.parties.map((row) => (
          <SimpleGrid key={row.id} cols={{ base: 1, sm: 2 }}>
            <Text fw={500} style={{ alignSelf: 'center' }}>
              <bdi>{row.values.name ? pick(row.values.name) : ''}</bdi>
            </Text>
            <DraftChoice set="parties" row={row} field="side" />
          </SimpleGrid>
        ))}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftCount {...place} field="scopeDays" least={1} most={365} />
          <DraftCount {...place} field="feasibilityDays" least={1} most={365} />
          {(['price', 'timeline', 'acceptance'] as const).map((matter) => (
            <SimpleGrid key={matter} cols={2}>
              <DraftChoice {...place} field={`${matter}By`} />
              {draft.policy?.values[`${matter}By`] === 'nobody' ? null : (
                <DraftCount {...place} field={`${matter}Days`} least={1} most={365} />
              )}
            </SimpleGrid>
          ))}
          <DraftChoice {...place} field="conditionsBy" />
          <DraftRoles {...place} field="verdictRoles" />
          <DraftRoles {...place} field="signRoles" />
          <DraftCount {...place} field="mediationDays" least={1} most={365} />
          <DraftChoice {...place} field="arbitration" />
        </SimpleGrid>
        <div>
          <Text fw={600}>{t('dimensions.title')}</Text>
          <Text fz="sm" c="dimmed" mb="xs">
            {t('dimensions.about')}
          </Text>
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            {SERVICE_DIMENSIONS.map((name) => (
              <DraftCount key={name} {...place} field={name} most={100} />
            ))}
          </SimpleGrid>
          {sum === 100 ? null : (
            <Text fz="sm" c="red" mt="xs">
              {t('dimensions.sum', { sum: f.number(sum) })}
            </Text>
          )}
        </div>
      </Stack>
    </Paper>
  )
}

/** What the rule does, in words. */
function InWords() {
  const { t } = useTranslation('change')
  const { draft } = useDesk()
  const matters = draftMatters(draft)
  const rule = draft.policy?.values
  if (!matters || !rule?.conditionsBy || !rule.arbitration) return <Text c="dimmed">{t('rule.unsaid')}</Text>
  const others = matters.filter(({ matter }) => matter !== 'scope' && matter !== 'feasibility')
  const said = matters.map(({ matter, decider, days }) => t('rule.matter', { matter: t(`matter.${matter}`), side: t(`side.${decider}`), days: t('days', { count: days }) })) // prettier-ignore
  return (
    <Stack gap={4}>
      <Text fz="sm">{t('rule.split')}</Text>
      <List size="sm">
        {said.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
      {others.length > 0 ? <Text fz="sm">{t('rule.others')}</Text> : null}
      <Text fz="sm">{t('rule.conditions', { who: t(`marker.${rule.conditionsBy}`) })}</Text>
      <Text fz="sm">
        {t('rule.stuck', {
          who: t(`arbiter.${rule.arbitration}`),
          days: t('days', { count: Number(rule['mediationDays'] ?? 0) }),
        })}
      </Text>
    </Stack>
  )
}
