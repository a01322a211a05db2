import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Rate } from '#shared/standards/rates.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** A rate with what it counts; where there is nothing to count it says so, and never 0. */
export function RateText({
  label,
  rate,
  counted,
}: {
  readonly label: string
  readonly rate: Rate
  readonly counted: 'parties' | 'tests'
}) {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const { percent } = rate
  return (
    <div>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={600} fz="lg" className="tabular">
        {percent === null ? t('rate.none') : f.percent(percent / 100, 0)}
      </Text>
      <Text fz="xs" c="dimmed">
        {percent === null
          ? t(`rate.nothing.${counted}`)
          : t(`rate.${counted}`, { counted: f.number(rate.counted), of: f.number(rate.of) })}
      </Text>
    </div>
  )
}
