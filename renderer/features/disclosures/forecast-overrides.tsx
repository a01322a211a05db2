import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { labelAt } from '#shared/artifacts/form-model.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import type { PreviewView } from '#shared/projection/disclosure-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'

/** Where a person knows better than the method: a quantity for one month of one series, with the reason. */
export function ForecastOverrides(props: {
  readonly choice: ForecastChoice
  readonly view: PreviewView['forecast']
  readonly onChange: (overrides: ForecastChoice['overrides']) => void
}) {
  const { t } = useTranslation('disclosures')
  const { f } = useLocale()
  const label = useLabel()
  const { overrides } = props.choice
  const series = props.view?.series ?? []
  const buckets = props.view?.buckets ?? []
  const put = (at: number, part: Partial<(typeof overrides)[number]>) =>
    props.onChange(overrides.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const name = (one: { readonly sku: string; readonly region: string }) =>
    [one.sku, one.region].filter(Boolean).join(' · ') || t('forecast.all')
  return (
    <Stack gap="xs">
      <Text fw={600}>{label(labelAt(SharedForecast, 'slice', 'rows.override'))}</Text>
      {overrides.map((one, at) => (
        <Group key={at} gap="sm" align="flex-end">
          <Select
            size="xs"
            w={260}
            searchable
            aria-label={t('forecast.series')}
            allowDeselect={false}
            data={series.map((row) => ({ value: row.key, label: name(row) }))}
            value={series.find(({ sku, region }) => sku === one.sku && region === one.region)?.key ?? null}
            onChange={(key) => {
              const row = series.find((found) => found.key === key)
              if (row) put(at, { sku: row.sku, region: row.region })
            }}
          />
          <Select
            size="xs"
            w={140}
            aria-label={t('forecast.month')}
            allowDeselect={false}
            data={buckets.map(({ bucket }) => ({ value: bucket, label: f.month(bucket) }))}
            value={one.bucket}
            onChange={(bucket) => (bucket ? put(at, { bucket }) : undefined)}
          />
          <NumberInput
            size="xs"
            w={130}
            aria-label={t('forecast.quantity')}
            min={0}
            thousandSeparator=","
            value={one.quantity}
            onChange={(quantity) => (typeof quantity === 'number' ? put(at, { quantity }) : undefined)}
          />
          <TextInput
            size="xs"
            style={{ flex: 1, minWidth: 160 }}
            aria-label={label(labelAt(SharedForecast, 'slice', 'rows.overrideReason'))}
            placeholder={label(labelAt(SharedForecast, 'slice', 'rows.overrideReason'))}
            maxLength={500}
            value={one.reason}
            onChange={(event) => put(at, { reason: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('forecast.removeOverride')}
            onClick={() => props.onChange(overrides.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          disabled={series.length === 0}
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() =>
            props.onChange([
              ...overrides,
              {
                sku: series[0]?.sku ?? '',
                region: series[0]?.region ?? '',
                bucket: buckets[0]?.bucket ?? '',
                quantity: Math.round(series[0]?.cells[0]?.net ?? 0),
                reason: '',
              },
            ])
          }
        >
          {t('forecast.addOverride')}
        </Button>
      </Group>
    </Stack>
  )
}
