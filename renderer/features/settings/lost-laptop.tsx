import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { hrefOf, to } from '#ui/app/route.ts'
import { ReplaceDevice } from './replace-device.tsx'
import classes from './settings.module.css'

const BEFORE = ['kit', 'backup', 'print'] as const
const DRILL = ['install', 'restore', 'words', 'check', 'revoke', 'rekey', 'partners'] as const

/** The lost-laptop drill: from the kit to working in ten minutes. Worth printing, because the laptop is what is lost. */
export function LostLaptop() {
  const { t } = useTranslation('settings')
  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <Text c="dimmed" maw="36rem">
          {t('lost.lead')}
        </Text>
        <Button
          className="no-print"
          variant="default"
          style={{ flex: 'none' }}
          leftSection={<IconPrinter size={18} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('lost.print')}
        </Button>
      </Group>
      <Paper>
        <Title order={3} mb="xs">
          {t('lost.before')}
        </Title>
        <ul className={classes.drill}>
          {BEFORE.map((step) => (
            <li key={step}>{t(`lost.${step}Before`)}</li>
          ))}
        </ul>
        <Anchor className="no-print" href={hrefOf(to.settings('vault'))} fz="sm" mt="sm" display="inline-block">
          {t('lost.toVault')}
        </Anchor>
      </Paper>
      <Paper>
        <Title order={3} mb="xs">
          {t('lost.drill')}
        </Title>
        <ol className={classes.drill}>
          {DRILL.map((step) => (
            <li key={step}>
              <Text span fw={600}>
                {t(`lost.${step}`)}
              </Text>{' '}
              {t(`lost.${step}Text`)}
            </li>
          ))}
        </ol>
      </Paper>
      <Paper>
        <Title order={3} mb="xs">
          {t('lost.truth')}
        </Title>
        <Text>{t('lost.truthText')}</Text>
      </Paper>
      <ReplaceDevice />
    </Stack>
  )
}
