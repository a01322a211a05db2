import { Alert, Anchor, Stack } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EngineProvider, useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { useAppState } from '#ui/app/state.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { ReciprocityPanel } from '#ui/parts/reciprocity-panel.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { CLOSED, Closed } from './closed.tsx'
import { Forecast } from './forecast.tsx'
import { Slice } from './slice.tsx'

/** One artifact; in the sample also as the partner's own app shows it, so that one person can play both sides. */
export default function Artifact({ route }: ScreenProps) {
  const { sample } = useAppState()
  const artifact = route.path[0] ?? ''
  if (!sample || route.query['side'] !== 'partner') return <Opened artifact={artifact} />
  return (
    <EngineProvider engine="partner">
      <PartnerBanner />
      <Opened artifact={artifact} />
    </EngineProvider>
  )
}

function PartnerBanner() {
  const { t } = useTranslation('forecast')
  const { pick } = useLocale()
  const state = useQuery(useOrpc().app.state.queryOptions())
  const company = state.data?.company?.name
  return company ? (
    <Alert color="sand" variant="light" icon={<IconEye aria-hidden="true" />} mb="md">
      {t('partnerSide', { company: pick(company) })}{' '}
      <Anchor inherit underline="always" href={hrefOf(to.sideBySide())}>
        {t('bothSides')}
      </Anchor>
    </Alert>
  ) : null
}

/** A shared forecast with the commitments to it, or a disclosed table. */
function Opened({ artifact }: { readonly artifact: string }) {
  const orpc = useOrpc()
  const [compareWith, setCompareWith] = useState<number | null>(null)
  const input = { artifact, ...(compareWith === null ? {} : { compareWith }) }
  const list = useQuery(orpc.artifacts.list.queryOptions({ input: {} }))
  const type = list.data?.find(({ id }) => id === artifact)?.type
  const forecast = useQuery({
    ...orpc.artifacts.open.queryOptions({ input }),
    enabled: list.data !== undefined && type !== 'ContextSlice.v1',
    placeholderData: (before) => (before?.artifact.id === artifact ? before : undefined),
  })
  const slice = useQuery({
    ...orpc.artifacts.openSlice.queryOptions({ input }),
    enabled: type === 'ContextSlice.v1',
    placeholderData: (before) => (before?.artifact.id === artifact ? before : undefined),
  })
  const reciprocity = useQuery({
    ...orpc.artifacts.reciprocity.queryOptions({ input: { artifact } }),
    enabled: type !== undefined,
  })
  const inReturn = reciprocity.data?.map((view) => <ReciprocityPanel key={view.other.en} view={view} />)
  // What somebody has to do something about comes first.
  const isOwed = reciprocity.data?.some(({ standing }) => standing !== 'met') ?? false
  const failed = list.error ?? forecast.error ?? slice.error
  if (failed) {
    const closed = list.data?.find(({ id }) => id === artifact)
    if (closed && CLOSED.has(closed.state)) {
      return (
        <Closed artifact={closed} refusal={refusalOf(failed)}>
          {inReturn}
        </Closed>
      )
    }
    return <RefusalAlert refusal={refusalOf(failed)} />
  }
  const compare = { compareWith, onCompare: setCompareWith }
  const screen = slice.data ? (
    <Slice key={artifact} screen={slice.data} {...compare} />
  ) : forecast.data ? (
    <Forecast key={artifact} screen={forecast.data} {...compare} />
  ) : null
  if (screen) {
    return (
      <Stack>
        {isOwed ? inReturn : null}
        <div>{screen}</div>
        {isOwed ? null : inReturn}
      </Stack>
    )
  }
  return <Loading />
}
