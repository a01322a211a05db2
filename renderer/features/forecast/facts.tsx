import { Group, Paper, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { StatusDot } from '#ui/parts/status-dot.tsx'
import { When } from '#ui/parts/values.tsx'

const TONE = {
  current: 'good',
  stale: 'waiting',
  expired: 'off',
  invalidated: 'bad',
  withdrawn: 'off',
  sealed: 'waiting',
  suspended: 'bad',
  ended: 'off',
} as const

/** Whose it is, what it was made from, how fresh it is, and its hash: the same on both sides. */
export function Facts({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f, pick } = useLocale()
  const { artifact, content, forecast } = screen
  const { provenance } = content.slice
  const state = artifact.state === 'current' && forecast.stale ? 'stale' : artifact.state
  return (
    <Paper py="md">
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="lg">
        <Fact name={t('fact.state')}>
          <StatusDot tone={TONE[state]}>{t(`state.${state}`)}</StatusDot>
          <Text fz="xs" c="dimmed">
            {t('fact.revision', { number: f.number(artifact.revision) })}
          </Text>
        </Fact>
        <Fact name={t('fact.owner')}>
          <Text fz="sm">{pick(screen.owner)}</Text>
          <Text fz="xs" c="dimmed">
            {t('fact.for', { company: pick(screen.supplier) })}
          </Text>
        </Fact>
        <Fact name={t('fact.source')}>
          <Text fz="sm">
            <bdi>{provenance.sourceSystem}</bdi>
          </Text>
          <Text fz="xs" c="dimmed">
            {t('fact.asOf')} <When at={forecast.asOf} both={false} />
          </Text>
        </Fact>
        <Fact name={t('fact.currentUntil')}>
          <Text fz="sm">
            <When at={forecast.currentUntil} both={false} />
          </Text>
          <Text fz="xs" c="dimmed">
            {t('fact.expires')} <When at={content.slice.expiresOn} both={false} />
          </Text>
        </Fact>
        <Fact name={t('fact.hash')}>
          <Group>
            <HashBadge hash={screen.sliceId} />
          </Group>
          <Text fz="xs" c="dimmed" mt={2}>
            {t('fact.hashNote')}
          </Text>
        </Fact>
      </SimpleGrid>
    </Paper>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={2}>
        {name}
      </Text>
      {children}
    </div>
  )
}
