import { Checkbox, Group, NumberInput, Radio, Select, SimpleGrid, Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { useWords } from '#ui/parts/words.ts'
import type { Policy } from './draft.ts'

/** How few may stand behind a number, who is counted, which totals are published, and single rows only for a reason. */
export function ProtectionFields(props: {
  readonly policy: Policy
  readonly dataset: DatasetView
  readonly onChange: (policy: Policy) => void
}) {
  const { t } = useTranslation('disclosures')
  const words = useWords('policy')
  const { policy, dataset } = props
  const set = (part: Partial<Policy>) => props.onChange({ ...policy, ...part })
  const groups = policy.fields.filter(({ transform }) => transform.kind !== 'drop').map(({ column }) => column)
  const totals = [[], ...groups.map((group) => [group])]
  const has = (total: readonly string[]) => policy.totals.some((one) => one.join('\n') === total.join('\n'))
  return (
    <Stack>
      <Radio.Group
        label={t('field.mode')}
        value={policy.mode}
        onChange={(value) =>
          set(
            value === 'detail' ? { mode: 'detail', measures: [], totals: [] } : { mode: 'aggregate', necessity: null },
          )
        }
      >
        <Stack gap="xs" mt={6}>
          {(['aggregate', 'detail'] as const).map((mode) => (
            <Radio key={mode} value={mode} label={words(`mode.${mode}`)} description={t(`field.${mode}Hint`)} />
          ))}
        </Stack>
      </Radio.Group>
      {policy.mode === 'detail' ? (
        <Textarea
          label={t('field.necessity')}
          description={t('field.necessityHint')}
          required
          maxLength={500}
          value={policy.necessity ?? ''}
          onChange={(event) => set({ necessity: event.currentTarget.value || null })}
        />
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t('field.k')}
          description={t('field.kHint')}
          min={1}
          max={1000}
          allowDecimal={false}
          value={policy.k}
          onChange={(value) => (typeof value === 'number' && value >= 1 ? set({ k: value }) : undefined)}
        />
        <Select
          label={t('field.entity')}
          description={t('field.entityHint')}
          clearable
          clearButtonProps={{ 'aria-label': t('field.clear') }}
          data={dataset.columns.map(({ name }) => name)}
          value={policy.entity}
          onChange={(entity) => set({ entity })}
        />
      </SimpleGrid>
      {policy.mode === 'aggregate' ? (
        <Checkbox.Group
          label={t('field.totals')}
          description={t('field.totalsHint')}
          value={totals.filter(has).map((total) => total.join('\n'))}
          onChange={(values) => set({ totals: totals.filter((total) => values.includes(total.join('\n'))) })}
        >
          <Group mt={6}>
            {totals.map((total) => (
              <Checkbox
                key={total.join('\n')}
                value={total.join('\n')}
                label={total.length === 0 ? t('field.grandTotal') : t('field.totalBy', { name: total[0] ?? '' })}
              />
            ))}
          </Group>
        </Checkbox.Group>
      ) : null}
    </Stack>
  )
}
