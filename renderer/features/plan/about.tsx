import { Paper, SimpleGrid, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Cell } from './cell.tsx'
import { aboutRow, useDesk, type Row } from './desk.tsx'
import { SetTable } from './set-table.tsx'

/** What the plan is for and what bounds it; what belongs to whom; what it refers to. */
export function About() {
  const { t } = useTranslation('plan')
  const desk = useDesk()
  const row = aboutRow(desk) as Row<never>
  const cell = (field: string) => <Cell key={field} set="plan" row={row} field={field} name={t('tab.about')} labelled />
  return (
    <Stack gap="xl">
      <Paper>
        <Stack>
          <SimpleGrid cols={{ base: 1, md: 2 }}>{['objectiveEn', 'objectiveAr'].map(cell)}</SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>{['start', 'end', 'currency', 'decision'].map(cell)}</SimpleGrid>
          <SimpleGrid cols={{ base: 1, md: 2 }}>{['stopCriteria', 'communication'].map(cell)}</SimpleGrid>
        </Stack>
      </Paper>
      <Stack gap="sm">
        <Title order={2}>{t('about.outputs')}</Title>
        <SetTable
          set="outputs"
          label={t('about.outputs')}
          columns={[
            { field: 'titleEn', width: 200 },
            { field: 'titleAr', width: 200 },
            { field: 'tag', width: 200 },
            { field: 'milestone', width: 180 },
            { field: 'note', width: 220 },
          ]}
          nameOf={({ id }) => desk.recordName('outputs', id)}
          empty={t('about.noOutputs')}
          addLabel={t('about.addOutput')}
        />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{t('about.links')}</Title>
        <SetTable
          set="links"
          label={t('about.links')}
          columns={[
            { field: 'relation', width: 220 },
            { field: 'reference', width: 320 },
          ]}
          nameOf={({ id }) => desk.recordName('links', id)}
          empty={t('about.noLinks')}
          addLabel={t('about.addLink')}
        />
      </Stack>
    </Stack>
  )
}
