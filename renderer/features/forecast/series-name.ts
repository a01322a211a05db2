import { useTranslation } from 'react-i18next'

/** A series by its product and region; one that is not split by either stands for all. */
export function useSeriesName(): (series: { readonly sku: string; readonly region: string }) => string {
  const { t } = useTranslation('forecast')
  return ({ sku, region }) => [sku, region].filter(Boolean).join(' · ') || t('allSeries')
}
