import { Badge, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { ForecastChart } from '#ui/parts/forecast-chart.tsx'
import { pointsOf, unforecastIn } from '#ui/parts/forecast-points.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { SliceTable } from '#ui/parts/slice-table.tsx'
import type { SliceContent } from '#ui/parts/slice-words.ts'
import { useWords } from '#ui/parts/words.ts'

/** The sample partner's own screen: everything here was asked of the partner's engine, nothing of ours. */
export function PartnerSide({ artifact, ours }: { readonly artifact: string; readonly ours: string }) {
  const { t } = useTranslation('private')
  const orpc = useOrpc()
  const app = useQuery(orpc.app.state.queryOptions())
  const list = useQuery(orpc.artifacts.list.queryOptions({ input: {} }))
  const summary = list.data?.find(({ id }) => id === artifact)
  const forecast = useQuery({
    ...orpc.artifacts.open.queryOptions({ input: { artifact } }),
    enabled: summary?.type === 'SharedForecast.v1',
  })
  const slice = useQuery({
    ...orpc.artifacts.openSlice.queryOptions({ input: { artifact } }),
    enabled: summary?.type === 'ContextSlice.v1',
  })
  const failed = list.error ?? forecast.error ?? slice.error
  if (failed) return <RefusalAlert refusal={refusalOf(failed)} />
  const company = app.data?.company?.name
  if (forecast.data)
    return (
      <Side company={company} title={forecast.data.artifact.title} hash={forecast.data.sliceId} ours={ours}>
        <ForecastLook screen={forecast.data} />
        <Group justify="flex-end" mt={6}>
          <Button
            component="a"
            size="compact-sm"
            href={hrefOf({ ...to.artifact(artifact), query: { side: 'partner' } })}
          >
            {t('beside.answer')}
          </Button>
        </Group>
      </Side>
    )
  if (slice.data)
    return (
      <Side company={company} title={slice.data.artifact.title} hash={slice.data.sliceId} ours={ours}>
        <SliceLook slice={slice.data.slice} height="calc(100vh - 26rem)" />
      </Side>
    )
  return <Loading />
}

export function Side(props: {
  readonly company: Bilingual | undefined
  readonly title: Bilingual
  readonly hash: string
  readonly ours: string
  readonly children: ReactNode
}) {
  const { t } = useTranslation('private')
  const { pick } = useLocale()
  return (
    <section aria-labelledby="crosses">
      <Group justify="space-between" align="flex-start" gap="xs" mb="xs" wrap="nowrap">
        <div>
          <Group gap={8} wrap="nowrap">
            <IconEye size={19} aria-hidden="true" />
            <Title order={2} id="crosses" fz="lg">
              {t('beside.sees', { company: props.company ? pick(props.company) : '' })}
            </Title>
          </Group>
          <Text fz="sm" c="dimmed">
            {pick(props.title)}
          </Text>
        </div>
        <Stack gap={4} align="flex-end">
          <HashBadge hash={props.hash} />
          {props.hash === props.ours ? (
            <Badge variant="light" color="leaf" leftSection={<IconCheck size={12} aria-hidden="true" />}>
              {t('beside.same')}
            </Badge>
          ) : null}
        </Stack>
      </Group>
      {props.children}
    </section>
  )
}

function ForecastLook({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation('private')
  const { pick } = useLocale()
  const words = useWords('commerce')
  const [look, setLook] = useState('forecast')
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        fullWidth
        value={look}
        onChange={setLook}
        aria-label={t('beside.look')}
        data={[
          { value: 'forecast', label: t('beside.forecast') },
          { value: 'numbers', label: t('beside.numbers') },
        ]}
      />
      {look === 'forecast' ? (
        <ForecastChart
          compact
          label={pick(screen.artifact.title)}
          unit={screen.forecast.unit}
          unforecast={unforecastIn(screen.forecast)}
          points={pointsOf(screen.forecast, null, (id) => words(`occasion.${id}`))}
          height={250}
        />
      ) : null}
      <SliceLook
        slice={screen.content.slice}
        height={look === 'forecast' ? 'max(12rem, calc(100vh - 47rem))' : 'calc(100vh - 28rem)'}
      />
    </Stack>
  )
}

export function SliceLook({ slice, height }: { readonly slice: SliceContent; readonly height: string }) {
  const { t } = useTranslation(['private', 'common'])
  return (
    <Stack gap={6}>
      <SliceTable plainHeaders slice={slice} label={t('beside.numbers')} maxHeight={height} />
      <Text fz="xs" c="dimmed">
        {t('common:rows', { count: slice.rows.length })} · {t('beside.rule', { count: slice.k })}
      </Text>
    </Stack>
  )
}
