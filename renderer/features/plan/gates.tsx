import { Alert, Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { gatesOf, type Gate } from '#shared/initiatives/gate.ts'
import { When } from '#ui/parts/values.tsx'
import { Cell } from './cell.tsx'
import { useDesk, type Row } from './desk.tsx'
import { SetTable } from './set-table.tsx'

/** Milestones at which people decide, with their criteria and the result. */
export function Gates() {
  const { t } = useTranslation('plan')
  const { plan, today } = useDesk()
  const gates = gatesOf(plan, today)
  if (gates.length === 0) return <Text c="dimmed">{t('gates.empty')}</Text>
  return (
    <Stack>
      {gates.map((gate) => (
        <One key={gate.milestone.id} gate={gate} />
      ))}
    </Stack>
  )
}

function One({ gate }: { readonly gate: Gate }) {
  const { t } = useTranslation('plan')
  const { rows, recordName } = useDesk()
  const { milestone, problems, criteria } = gate
  const row = rows('milestones').find(({ id }) => id === milestone.id)
  const name = recordName('milestones', milestone.id)
  if (!row) return null
  return (
    <Paper component="section" aria-label={name}>
      <Stack>
        <Group justify="space-between" align="baseline">
          <Title order={2}>
            <bdi>{name}</bdi>
          </Title>
          <Group gap="xs">
            {milestone.due ? <When at={milestone.due} /> : <Text c="dimmed">{t('notSet')}</Text>}
            {milestone.gateResult ? null : (
              <Badge variant="light" color="gray">
                {t('gates.undecided')}
              </Badge>
            )}
          </Group>
        </Group>
        {problems.length > 0 ? (
          <Alert color="amber" variant="light" p="xs" icon={<IconAlertTriangle aria-hidden="true" />}>
            {problems.map((problem) => (
              <Text key={problem} fz="sm">
                {t(`gates.problem.${problem}`)}
              </Text>
            ))}
          </Alert>
        ) : null}
        <SetTable
          set="criteria"
          label={t('gates.criteriaOf', { name })}
          columns={[
            { field: 'text', width: 320 },
            { field: 'level', width: 130 },
            { field: 'met', width: 150 },
          ]}
          filter={({ values }) => (values as { readonly milestone?: string | null }).milestone === milestone.id}
          fresh={{ milestone: milestone.id, level: 'must' }}
          nameOf={({ id }) => criteria.find((one) => one.id === id)?.text ?? t('unnamed')}
          empty={t('gates.noCriteria')}
          addLabel={t('gates.addCriterion')}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {(['gateResult', 'gateDecidedOn', 'gateReason'] as const).map((field) => (
            <Cell key={field} set="milestones" row={row as Row<never>} field={field} name={name} labelled />
          ))}
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}
