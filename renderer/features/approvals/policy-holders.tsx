import { MultiSelect, Paper, SimpleGrid, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LEVELS } from '#shared/approvals/policy.ts'
import { ROLES } from '#shared/kernel/ids.ts'
import type { PolicyPart } from './policy-part.ts'

/** Which roles hold a level. */
export function PolicyHolders({ policy, set }: PolicyPart) {
  const { t } = useTranslation(['approvals', 'common'])
  return (
    <Paper>
      <Title order={2}>{t('policy.holders')}</Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('policy.holdersText')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {LEVELS.map((level) => (
          <MultiSelect
            key={level}
            label={t(`level.${level}`)}
            data={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
            value={policy.holders[level]}
            onChange={(chosen) =>
              set({ holders: { ...policy.holders, [level]: ROLES.filter((role) => chosen.includes(role)) } })
            }
          />
        ))}
      </SimpleGrid>
    </Paper>
  )
}
