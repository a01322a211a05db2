import { Button, Group, Paper, Stack, Tabs, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SliceScreen } from '#shared/projection/forecast-views.ts'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { SliceTable } from '#ui/parts/slice-table.tsx'
import { When } from '#ui/parts/values.tsx'
import { History, type Compare } from './history.tsx'

/** A disclosed table without a forecast, read as it was disclosed. */
export function Slice({ screen, ...compare }: { readonly screen: SliceScreen } & Compare) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f, locale, pick } = useLocale()
  const client = useClient()
  const notify = useNotify()
  const { artifact, slice } = screen
  const exporting = useMutation({
    mutationFn: async () => saveDownload(client, await client.artifacts.export({ artifact: artifact.id, locale })),
    onError: notify.refused,
  })
  return (
    <>
      <PageHeader
        title={pick(artifact.title)}
        lead={t('sliceLead', { company: pick(screen.owner) })}
        back={{ label: t('back'), href: hrefOf(to.workspace(artifact.workspace)) }}
        actions={
          <Button
            variant="default"
            loading={exporting.isPending}
            leftSection={<IconFileSpreadsheet size={18} aria-hidden="true" />}
            onClick={() => exporting.mutate()}
          >
            {t('export')}
          </Button>
        }
      />
      <Tabs defaultValue="table" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="table">{t('tab.table')}</Tabs.Tab>
          <Tabs.Tab value="about">{t('tab.about')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="table" pt="lg">
          <Stack gap="xs">
            <Group justify="space-between">
              <Text fz="sm" c="dimmed">
                {t('common:rows', { count: slice.rows.length })}
              </Text>
              <HashBadge hash={screen.sliceId} />
            </Group>
            <SliceTable slice={slice} label={pick(artifact.title)} maxHeight="calc(100vh - 20rem)" />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="about" pt="lg">
          <Paper>
            <KeyValue
              items={[
                [t('fact.owner'), pick(screen.owner)],
                [t('purpose'), slice.purpose],
                slice.necessity ? [t('necessity'), slice.necessity] : null,
                [t('fact.source'), <bdi key="source">{slice.provenance.sourceSystem}</bdi>],
                [t('fact.asOf'), <When key="asof" at={slice.asOf} />],
                [t('fact.expires'), <When key="expires" at={slice.expiresOn} />],
                [t('smallest'), f.number(slice.k)],
              ]}
            />
          </Paper>
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="lg">
          <History {...screen} {...compare} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
