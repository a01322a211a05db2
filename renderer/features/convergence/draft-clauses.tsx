import { Button, Group, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fillable } from '#shared/agreement/from-outcome.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import type { TopicDraft } from '#shared/decisions/convergence-draft.ts'
import { DraftBoth, DraftChoice, DraftProse, DraftRemove } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What is negotiated, clause by clause. */
export function DraftClauses() {
  const { t } = useTranslation('convergence')
  const { f } = useLocale()
  const { live, draft } = useDesk()
  const add = () => live.add('clauses', { label: { en: '', ar: '' }, unit: 'number', order: `a${String(draft.clauses.length)}` }) // prettier-ignore
  return (
    <Paper>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('clauses.title')}</Title>
        {live.mayWrite ? (
          <Button size="sm" variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={add}>
            {t('clauses.add')}
          </Button>
        ) : null}
      </Group>
      <Text fz="sm" c="dimmed" mb="md">
        {t('clauses.about')}
      </Text>
      <Stack gap="xl">
        {draft.clauses.length === 0 ? <Text c="dimmed">{t('gate.clauses-missing')}</Text> : null}
        {draft.clauses.map((row, at) => {
          const number = f.number(at + 1)
          return (
            <Stack key={row.id} gap="xs" component="section" aria-label={t('clauses.name', { number })}>
              <Group justify="space-between">
                <Text fw={600}>{t('clauses.name', { number })}</Text>
                <DraftRemove set="clauses" id={row.id} name={t('clauses.remove', { number })} />
              </Group>
              <DraftBoth set="clauses" row={row} field="label" />
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <DraftChoice set="clauses" row={row} field="unit" />
                <Fills row={row} />
                {row.values.unit === 'choice' ? <DraftProse set="clauses" row={row} field="choicesAr" language="ar" /> : null}
                {row.values.unit === 'choice' ? <DraftProse set="clauses" row={row} field="choicesEn" language="en" /> : null}
              </SimpleGrid>
            </Stack>
          )
        })}
      </Stack>
    </Paper>
  )
} // prettier-ignore

/** The term of the agreement that takes the agreed value. */
function Fills({ row }: { readonly row: TopicDraft['clauses'][number] }) {
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const { live, draft } = useDesk()
  const kind = agreementKind(draft.policy?.values.agreement ?? '')
  const { unit, term } = row.values
  const terms = kind && unit ? fillable(kind, unit) : []
  if (terms.length === 0) return null
  return (
    <Select
      label={t('clauses.fills')}
      description={t('clauses.fillsHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      clearable
      searchable
      disabled={!live.mayWrite}
      data={terms.map(({ name, label }) => ({ value: name, label: pick(label) }))}
      value={terms.some(({ name }) => name === term) ? term : null}
      onChange={(next) => live.set('clauses', row.id, 'term', next ?? undefined)}
    />
  )
}
