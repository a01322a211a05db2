import { Alert, Anchor, Button, Divider, Group, Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import {
  IconArchive,
  IconArrowLeft,
  IconArrowRight,
  IconBuildingPlus,
  IconDeviceLaptop,
  IconMailOpened,
  IconSparkles,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to, type Route } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import classes from './start.module.css'

/** The first screen: one click to look around, and the ways to begin for real. */
export function Start() {
  const { t } = useTranslation('welcome')
  const { f, locale } = useLocale()
  const explore = useMutation({
    ...useOrpc().sample.explore.mutationOptions(),
    onSuccess: () => go(to.sideBySide()),
  })
  const Forward = f.dir === 'rtl' ? IconArrowLeft : IconArrowRight
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
          {t('start.title')}
        </Title>
        <Text c="dimmed" mt={6}>
          {t('start.lead')}
        </Text>
      </div>
      <Paper p="xl" className={classes.explore}>
        <Stack gap="sm" align="flex-start">
          <Text fz="sm">{t('start.exploreText')}</Text>
          <Button
            size="lg"
            fullWidth
            leftSection={<IconSparkles size={20} aria-hidden="true" />}
            rightSection={<Forward size={18} aria-hidden="true" />}
            justify="space-between"
            loading={explore.isPending}
            onClick={() => explore.mutate({ locale })}
          >
            {t('start.explore')}
          </Button>
          {explore.isPending ? (
            <Alert variant="transparent" p={0} role="status" aria-live="polite">
              {t('start.exploring')}
            </Alert>
          ) : (
            <Text fz="xs" c="dimmed">
              {t('start.exploreNote')}
            </Text>
          )}
          <RefusalAlert refusal={explore.error ? refusalOf(explore.error) : null} w="100%" />
        </Stack>
      </Paper>
      <Divider label={t('start.or')} />
      <Stack gap="xs">
        <Way
          route={to.welcome('create')}
          icon={<IconBuildingPlus />}
          title={t('start.create')}
          text={t('start.createText')}
        />
        <Way
          route={{ ...to.welcome('create'), query: { then: 'open' } }}
          icon={<IconMailOpened />}
          title={t('start.invited')}
          text={t('start.invitedText')}
        />
        <Way
          route={to.welcome('join')}
          icon={<IconDeviceLaptop />}
          title={t('start.join')}
          text={t('start.joinText')}
        />
        <Way
          route={to.welcome('restore')}
          icon={<IconArchive />}
          title={t('start.restore')}
          text={t('start.restoreText')}
        />
      </Stack>
    </Stack>
  )
}

function Way(props: {
  readonly route: Route
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
}) {
  return (
    <UnstyledButton component="a" href={hrefOf(props.route)} className={classes.way}>
      <Group wrap="nowrap" gap="md">
        <span className={classes.icon} aria-hidden="true">
          {props.icon}
        </span>
        <div>
          <Text fw={600}>{props.title}</Text>
          <Text fz="sm" c="dimmed">
            {props.text}
          </Text>
        </div>
      </Group>
    </UnstyledButton>
  )
}

/** The quiet way back to the first screen. */
export function BackToStart() {
  const { t } = useTranslation('common')
  return (
    <Anchor href={hrefOf(to.welcome())} fz="sm">
      {t('back')}
    </Anchor>
  )
}
