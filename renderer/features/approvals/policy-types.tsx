import { Paper, Select, SimpleGrid, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PARTNERSHIPS } from '#shared/approvals/policy.ts'
import type { ApprovalPolicyView } from '#shared/projection/approval-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import type { PolicyPart } from './policy-part.ts'

/** Which type of partnership each workspace is. */
export function PolicyTypes({ policy, set, workspaces }: PolicyPart & Pick<ApprovalPolicyView, 'workspaces'>) {
  const { t } = useTranslation('approvals')
  const { pick } = useLocale()
  if (workspaces.length === 0) return null
  return (
    <Paper>
      <Title order={2}>{t('policy.types')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('policy.typesText')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {workspaces.map(({ id, name, kind }) => (
          <Select
            key={id}
            label={pick(name)}
            description={t(`scope.${kind}`)}
            placeholder={t('policy.noType')}
            clearable
            clearButtonProps={{ 'aria-label': t('policy.noType') }}
            data={PARTNERSHIPS.map((value) => ({ value, label: t(`scope.${value}`) }))}
            value={policy.types[id] ?? null}
            onChange={(value) => {
              const { [id]: _, ...others } = policy.types
              const type = PARTNERSHIPS.find((one) => one === value)
              set({ types: type ? { ...others, [id]: type } : others })
            }}
          />
        ))}
      </SimpleGrid>
    </Paper>
  )
}
