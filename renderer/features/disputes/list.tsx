import { Alert, Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconRubberStamp, IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DisputeListView, DisputeSummary } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { ChoosePartner } from './choose-partner.tsx'
import { Drafts } from './drafts.tsx'
import classes from './disputes.module.css'
import { STAGE_COLOR } from './stage-color.ts'

/** Every dispute of every workspace: those that go on with the next end first, then those that ended. */
export function DisputeList() {
  const { t } = useTranslation(['dispute', 'common'])
  const found = useQuery(useOrpc().disputes.list.queryOptions({ input: {} }))
  return (
    <>
      <PageHeader title={t('common:area.disputes')} lead={t('lead')} actions={<ChoosePartner />} />
      {found.error ? <RefusalAlert refusal={refusalOf(found.error)} /> : null}
      {found.isPending ? <Loading /> : null}
      {found.data ? <Listed found={found.data} /> : null}
    </>
  )
}

function Listed({ found: { disputes, drafts } }: { readonly found: DisputeListView }) {
  const { t } = useTranslation('dispute')
  const open = disputes.filter((one) => one.open)
  const ended = disputes.filter((one) => !one.open)
  if (disputes.length === 0 && drafts.length === 0)
    return (
      <Paper>
        <EmptyState icon={<IconScale aria-hidden="true" />} title={t('empty.title')} text={t('empty.text')} />
      </Paper>
    )
  return (
    <Stack gap="lg">
      {drafts.some(({ asked }) => asked) ? (
        <Alert color="amber" variant="light" icon={<IconRubberStamp aria-hidden="true" />}>
          {t('list.waiting')}{' '}
          <Anchor inherit underline="always" href={hrefOf(to.approvals())}>
            {t('list.approvals')}
          </Anchor>
        </Alert>
      ) : null}
      <Drafts drafts={drafts} />
      <Section title={t('list.open')} disputes={open} none={t('list.noneOpen')} />
      {ended.length > 0 ? <Section title={t('list.ended')} disputes={ended} none="" /> : null}
    </Stack>
  )
}

function Section(props: {
  readonly title: string
  readonly disputes: readonly DisputeSummary[]
  readonly none: string
}) {
  return (
    <Paper p={0} component="section" aria-label={props.title}>
      <Title order={2} px="lg" pt="lg" pb="sm">
        {props.title}
      </Title>
      {props.disputes.length === 0 ? (
        <Text c="dimmed" px="lg" pb="lg">
          {props.none}
        </Text>
      ) : null}
      {props.disputes.map((one) => (
        <Row key={one.dispute} one={one} />
      ))}
    </Paper>
  )
}

function Row({ one }: { readonly one: DisputeSummary }) {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  const { subject, clock, parties, issue, asks, finding } = one
  const others = f.list(parties.filter(({ own }) => !own).map(({ name }) => pick(name)))
  return (
    <div className={classes.row}>
      <div className={classes.what}>
        <Group gap="xs">
          <Anchor href={hrefOf(to.dispute(one.id, one.dispute))} fw={600}>
            <bdi>{pick(subject.title)}</bdi>
          </Anchor>
          {asks.length > 0 ? (
            <Badge color="amber" size="sm">
              {t('list.yours')}
            </Badge>
          ) : null}
        </Group>
        <Text fz="sm" c="dimmed">
          {t(`kind.${subject.kind}`)} · <bdi>{t('list.with', { names: others })}</bdi>
        </Text>
        <Text fz="sm" lineClamp={2} mt={4}>
          <bdi>{issue}</bdi>
        </Text>
      </div>
      <Stack gap={4} align="flex-end" className={classes.state}>
        <Badge color={STAGE_COLOR[clock.stage]} variant="light">
          {t(`stage.${clock.stage}`)}
        </Badge>
        {finding ? <Text fz="sm">{t(`finding.${finding}`)}</Text> : null}
        {clock.until !== null && one.open ? (
          <Text fz="sm" c="dimmed" ta="end">
            {t('list.ends')} <When at={clock.until} withTime both={false} />
          </Text>
        ) : null}
        {!one.open && clock.since !== null ? (
          <Text fz="sm" c="dimmed" ta="end">
            {t('list.endsOn')} <When at={clock.since} both={false} />
          </Text>
        ) : null}
      </Stack>
    </div>
  )
}
