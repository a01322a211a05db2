import { Box, Group, Stack, Text } from '@mantine/core'
import { IconEyeOff, IconPlaneDeparture, IconShieldCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch, SchemeSwitch } from '#ui/app/preferences.tsx'
import { Mark, Wordmark } from '#ui/parts/wordmark.tsx'
import classes from './doorway.module.css'

/** The two halves of every screen before the app: what Mithaq is, and what to do now. */
export function Doorway({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation(['welcome', 'common'])
  return (
    <div className={classes.doorway}>
      <aside className={`${classes.brand} no-print`} aria-label={t('common:appName')}>
        <Wordmark size={34} />
        <Box className={classes.star} aria-hidden="true">
          <Mark size={640} stroke={0.22} />
          <Mark size={440} stroke={0.3} />
          <Mark size={250} stroke={0.45} />
        </Box>
        <Stack gap="xl" className={classes.promise}>
          <Text className={classes.line}>{t('line')}</Text>
          <Stack gap="md">
            {[
              { Icon: IconEyeOff, text: t('promise.private') },
              { Icon: IconPlaneDeparture, text: t('promise.offline') },
              { Icon: IconShieldCheck, text: t('promise.proof') },
            ].map(({ Icon, text }) => (
              <Group key={text} gap="sm" wrap="nowrap" align="flex-start">
                <Icon size={20} stroke={1.5} aria-hidden="true" style={{ flex: 'none', marginTop: 2 }} />
                <Text fz="sm">{text}</Text>
              </Group>
            ))}
          </Stack>
        </Stack>
      </aside>
      <main className={classes.now} id="main">
        <Group justify="flex-end" gap={4} className="no-print">
          <LanguageSwitch plain />
          <SchemeSwitch plain />
        </Group>
        <div className={classes.inner}>{children}</div>
      </main>
    </div>
  )
}
