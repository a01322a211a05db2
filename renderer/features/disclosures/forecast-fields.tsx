import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { labelAt, valueLabelAt } from '#shared/artifacts/form-model.ts'
import { SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ForecastChoice } from '#shared/contract/disclosures.ts'
import type { PreviewView } from '#shared/projection/disclosure-views.ts'
import { useLabel, useWords } from '#ui/parts/words.ts'
import { usualForecast, type Draft } from './draft.ts'
import { ForecastOverrides } from './forecast-overrides.tsx'

const METHODS = [
  'auto',
  'seasonal-naive',
  'seasonal-drift',
  'moving-average',
  'exponential-smoothing',
  'damped-trend',
] as const
const RULES = ['change-over', 'sku-discontinued', 'promotion-cancelled'] as const

/** How the forecast over the slice is made, and the terms that go with it. */
export function ForecastFields(props: {
  readonly draft: Draft
  readonly view: PreviewView | null
  readonly onChange: (draft: Draft) => void
}) {
  const { t } = useTranslation('disclosures')
  const words = useWords('commerce')
  const label = useLabel()
  const { draft } = props
  const choice = draft.forecast
  const field = (path: string) => label(labelAt(SharedForecast, 'slice', path))
  const set = (part: Partial<ForecastChoice>) =>
    choice ? props.onChange({ ...draft, forecast: { ...choice, ...part } }) : undefined
  const number = (value: number | string, then: (value: number) => void) =>
    typeof value === 'number' ? then(value) : undefined
  return (
    <Stack>
      <Switch
        label={t('forecast.with')}
        description={t('forecast.withHint')}
        checked={choice !== null}
        onChange={(event) =>
          props.onChange({ ...draft, forecast: event.currentTarget.checked ? usualForecast(t('usual.unit')) : null })
        }
      />
      {choice ? (
        <>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <Select
              label={field('method')}
              allowDeselect={false}
              data={METHODS.map((method) => ({ value: method, label: words(`method.${method}`) }))}
              value={choice.method}
              onChange={(value) => set({ method: METHODS.find((one) => one === value) ?? 'auto' })}
            />
            <NumberInput
              label={t('forecast.horizon')}
              min={1}
              max={24}
              allowDecimal={false}
              value={choice.horizon}
              onChange={(value) => number(value, (horizon) => (horizon >= 1 ? set({ horizon }) : undefined))}
            />
            <TextInput
              label={field('unitOfMeasure')}
              maxLength={40}
              value={choice.unit}
              onChange={(event) => set({ unit: event.currentTarget.value })}
            />
            <NumberInput
              label={t('forecast.commitDays')}
              min={0}
              max={365}
              value={choice.commitDays}
              onChange={(value) => number(value, (commitDays) => set({ commitDays }))}
            />
            <NumberInput
              label={t('forecast.exceptionDays')}
              min={0}
              max={365}
              value={choice.exceptionDays}
              onChange={(value) => number(value, (exceptionDays) => set({ exceptionDays }))}
            />
          </SimpleGrid>
          <Text fw={600}>{field('zones')}</Text>
          {choice.zones.map((zone, at) => {
            const put = (part: Partial<typeof zone>) =>
              set({ zones: choice.zones.map((one, index) => (index === at ? { ...one, ...part } : one)) })
            return (
              <Group key={zone.zone} gap="sm" align="flex-end">
                <Text w={90} pb={6} fz="sm">
                  {label(valueLabelAt(SharedForecast, 'slice', 'zones.zone', zone.zone))}
                </Text>
                <NumberInput
                  size="xs"
                  w={120}
                  label={field('zones.fromMonth')}
                  min={1}
                  max={36}
                  value={zone.fromMonth}
                  onChange={(value) => number(value, (fromMonth) => put({ fromMonth }))}
                />
                <NumberInput
                  size="xs"
                  w={120}
                  label={field('zones.toMonth')}
                  min={1}
                  max={36}
                  value={zone.toMonth ?? ''}
                  onChange={(value) => put({ toMonth: typeof value === 'number' ? value : null })}
                />
                <NumberInput
                  size="xs"
                  w={130}
                  label={field('zones.upPercent')}
                  min={0}
                  max={1000}
                  suffix="%"
                  value={zone.upPercent}
                  onChange={(value) => number(value, (upPercent) => put({ upPercent }))}
                />
                <NumberInput
                  size="xs"
                  w={130}
                  label={field('zones.downPercent')}
                  min={0}
                  max={100}
                  suffix="%"
                  value={zone.downPercent}
                  onChange={(value) => number(value, (downPercent) => put({ downPercent }))}
                />
              </Group>
            )
          })}
          <Textarea
            label={field('assumptions')}
            description={t('forecast.assumptionsHint')}
            autosize
            minRows={2}
            value={choice.assumptions.join('\n')}
            onChange={(event) => set({ assumptions: event.currentTarget.value.split('\n').slice(0, 100) })}
            onBlur={() => set({ assumptions: choice.assumptions.map((one) => one.trim()).filter(Boolean) })}
          />
          <Text fw={600}>{field('invalidation')}</Text>
          {choice.invalidation.map((rule, at) => {
            const put = (part: Partial<typeof rule>) =>
              set({ invalidation: choice.invalidation.map((one, index) => (index === at ? { ...one, ...part } : one)) })
            return (
              <Group key={at} gap="sm" align="flex-end">
                <Select
                  size="xs"
                  w={280}
                  aria-label={field('invalidation.rule')}
                  allowDeselect={false}
                  data={RULES.map((value) => ({
                    value,
                    label: label(valueLabelAt(SharedForecast, 'slice', 'invalidation.rule', value), value),
                  }))}
                  value={rule.rule}
                  onChange={(value) => put({ rule: RULES.find((one) => one === value) ?? 'change-over' })}
                />
                {rule.rule === 'change-over' ? (
                  <NumberInput
                    size="xs"
                    w={110}
                    aria-label={field('invalidation.percent')}
                    suffix="%"
                    min={0}
                    max={1000}
                    value={rule.percent ?? ''}
                    onChange={(value) => put({ percent: typeof value === 'number' ? value : null })}
                  />
                ) : (
                  <TextInput
                    size="xs"
                    w={200}
                    aria-label={field('invalidation.reference')}
                    placeholder={t('forecast.any')}
                    value={rule.reference ?? ''}
                    onChange={(event) => put({ reference: event.currentTarget.value || null })}
                  />
                )}
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('forecast.removeRule')}
                  onClick={() => set({ invalidation: choice.invalidation.filter((_, index) => index !== at) })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Group>
            )
          })}
          <Group>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              onClick={() =>
                set({
                  invalidation: [
                    ...choice.invalidation,
                    { rule: 'promotion-cancelled', percent: null, reference: null },
                  ],
                })
              }
            >
              {t('forecast.addRule')}
            </Button>
          </Group>
          <ForecastOverrides
            choice={choice}
            view={props.view?.forecast ?? null}
            onChange={(overrides) => set({ overrides })}
          />
        </>
      ) : null}
    </Stack>
  )
}
