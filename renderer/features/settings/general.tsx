import { Paper, SegmentedControl, Stack, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { switchLocale } from '#ui/app/i18n.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Num, When } from '#ui/parts/values.tsx'

/** Language and appearance, with an example of what they change. */
export function General() {
  const { t } = useTranslation(['settings', 'common'])
  const { locale } = useLocale()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Paper>
      <Stack gap="lg">
        <div>
          <Text fw={500} id="language" mb={6}>
            {t('general.language')}
          </Text>
          <SegmentedControl
            aria-labelledby="language"
            value={locale}
            onChange={(value) => void switchLocale(value === 'ar' ? 'ar' : 'en')}
            data={[
              { value: 'ar', label: <span lang="ar">العربية</span> },
              { value: 'en', label: <span lang="en">English</span> },
            ]}
          />
        </div>
        <div>
          <Text fw={500} id="scheme" mb={6}>
            {t('general.scheme')}
          </Text>
          <SegmentedControl
            aria-labelledby="scheme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`common:scheme.${value}`) }))}
          />
        </div>
        <KeyValue
          items={[
            [t('general.number'), <Num key="number" value={1234567.5} />],
            [t('general.date'), <When key="date" at={Date.now() as Instant} both />],
          ]}
        />
      </Stack>
    </Paper>
  )
}
