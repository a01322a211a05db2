import { Alert, Badge, Button, Stack, Tabs } from '@mantine/core'
import { IconAlertTriangle, IconFileSpreadsheet, IconFlag } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { Commitments } from './commitments.tsx'
import { Declare } from './declare.tsx'
import { Facts } from './facts.tsx'
import { History, type Compare } from './history.tsx'
import { Metrics } from './metrics.tsx'
import { Overview } from './overview.tsx'
import { Shortfalls } from './shortfalls.tsx'
import { Terms } from './terms.tsx'

/** A shared forecast as both companies see it; what each may do depends on whose it is. */
export function Forecast({ screen, ...compare }: { readonly screen: ForecastScreen } & Compare) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f, locale, pick } = useLocale()
  const client = useClient()
  const notify = useNotify()
  const [declaring, setDeclaring] = useState(false)
  const { artifact, forecast, shortfalls } = screen
  const exporting = useMutation({
    mutationFn: async () => saveDownload(client, await client.artifacts.export({ artifact: artifact.id, locale })),
    onError: notify.refused,
  })
  const warning = artifact.state === 'current' ? (forecast.stale ? 'stale' : null) : artifact.state
  return (
    <>
      <PageHeader
        title={pick(artifact.title)}
        lead={t(artifact.mine ? 'leadOwner' : 'leadSupplier', { company: pick(screen.owner) })}
        back={{ label: t('back'), href: hrefOf(to.workspace(artifact.workspace)) }}
        actions={
          <>
            {artifact.mine ? (
              <Button
                variant="default"
                leftSection={<IconFlag size={18} aria-hidden="true" />}
                onClick={() => setDeclaring(true)}
              >
                {t('declare.action')}
              </Button>
            ) : null}
            <Button
              variant="default"
              loading={exporting.isPending}
              leftSection={<IconFileSpreadsheet size={18} aria-hidden="true" />}
              onClick={() => exporting.mutate()}
            >
              {t('export')}
            </Button>
          </>
        }
      />
      <Stack>
        {warning ? (
          <Alert
            color={warning === 'stale' ? 'amber' : 'red'}
            variant="light"
            icon={<IconAlertTriangle />}
            title={t(`state.${warning}`)}
          >
            {t(`stateText.${warning}`, { date: f.date(forecast.currentUntil) })}
          </Alert>
        ) : null}
        <Facts screen={screen} />
        <Tabs defaultValue="overview" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="overview">{t('tab.overview')}</Tabs.Tab>
            <Tabs.Tab value="commitments">{t('tab.commitments')}</Tabs.Tab>
            <Tabs.Tab
              value="shortfalls"
              rightSection={
                shortfalls.open > 0 ? (
                  <Badge size="sm" color="red" variant="light">
                    {f.number(shortfalls.open)}
                  </Badge>
                ) : null
              }
            >
              {t('tab.shortfalls')}
            </Tabs.Tab>
            <Tabs.Tab value="terms">{t('tab.terms')}</Tabs.Tab>
            <Tabs.Tab value="quality">{t('tab.quality')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="overview" pt="lg">
            <Overview screen={screen} />
          </Tabs.Panel>
          <Tabs.Panel value="commitments" pt="lg">
            <Commitments screen={screen} />
          </Tabs.Panel>
          <Tabs.Panel value="shortfalls" pt="lg">
            <Shortfalls screen={screen} />
          </Tabs.Panel>
          <Tabs.Panel value="terms" pt="lg">
            <Terms key={screen.plan?.artifact ?? 'none'} screen={screen} />
          </Tabs.Panel>
          <Tabs.Panel value="quality" pt="lg">
            <Metrics screen={screen} />
          </Tabs.Panel>
          <Tabs.Panel value="history" pt="lg">
            <History {...screen} {...compare} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
      <Declare screen={screen} opened={declaring} onClose={() => setDeclaring(false)} />
    </>
  )
}
