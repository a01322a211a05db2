import { Anchor, Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import {
  IconArrowsSplit2,
  IconDatabase,
  IconFileImport,
  IconTestPipe,
  IconUserShare,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { Synthesise } from './synthesise.tsx'
import classes from './private.module.css'

/** The datasets of the vault. */
export function DatasetList() {
  const { t } = useTranslation(['private', 'common', 'dry-run', 'colleagues'])
  const { pick } = useLocale()
  const [making, setMaking] = useState(false)
  const orpc = useOrpc()
  const datasets = useQuery(orpc.datasets.list.queryOptions())
  const colleagues = useQuery(orpc.colleagues.get.queryOptions())
  if (datasets.error) return <RefusalAlert refusal={refusalOf(datasets.error)} />
  if (!datasets.data) return <Loading />
  const importing = (
    <Button component="a" href={hrefOf(to.importData())} leftSection={<IconFileImport size={18} aria-hidden="true" />}>
      {t('common:action.importData')}
    </Button>
  )
  const synthesising = (
    <Button
      variant="default"
      leftSection={<IconTestPipe size={18} aria-hidden="true" />}
      onClick={() => setMaking(true)}
    >
      {t('dry-run:makeData')}
    </Button>
  )
  const meeting = colleagues.data?.workspace ? (
    <Button
      component="a"
      variant="default"
      href={hrefOf(to.colleagues())}
      leftSection={<IconUsersGroup size={18} aria-hidden="true" />}
    >
      {t('colleagues:open')}
    </Button>
  ) : null
  return (
    <>
      {making ? <Synthesise onClose={() => setMaking(false)} /> : null}
      <PageHeader
        title={t('common:area.private')}
        lead={t('lead')}
        actions={
          datasets.data.length > 0 ? (
            <>
              <Button
                component="a"
                variant="default"
                href={hrefOf(to.sideBySide())}
                leftSection={<IconArrowsSplit2 size={18} aria-hidden="true" />}
              >
                {t('beside.title')}
              </Button>
              {meeting}
              {synthesising}
              {importing}
            </>
          ) : (
            meeting
          )
        }
      />
      {datasets.data.length === 0 ? (
        <Paper>
          <EmptyState
            icon={<IconDatabase aria-hidden="true" />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={
              <Group>
                {synthesising}
                {importing}
              </Group>
            }
          />
        </Paper>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {datasets.data.map((dataset) => (
            <Paper key={dataset.id} className={classes.card}>
              <Stack gap="xs">
                <Title order={2}>
                  <Anchor href={hrefOf(to.dataset(dataset.id))} inherit c="inherit" className={classes.cover}>
                    <bdi>{dataset.name}</bdi>
                  </Anchor>
                </Title>
                <Text>
                  {t('common:rows', { count: dataset.rows })} · {t('columns', { count: dataset.columns.length })}
                </Text>
                <Text fz="sm" c="dimmed">
                  {t('from')} <bdi>{dataset.source.file}</bdi> · <When at={dataset.importedAt} ago />
                </Text>
                <Group gap="xs">
                  {dataset.from ? (
                    <Badge
                      variant="light"
                      color={dataset.from.ended === null ? 'leaf' : 'gray'}
                      leftSection={<IconUserShare size={12} aria-hidden="true" />}
                    >
                      {t('colleagues:copy.from', { name: pick(dataset.from.by) })}
                    </Badge>
                  ) : null}
                  {dataset.synthetic ? <Badge color="sand">{t('dry-run:synthetic')}</Badge> : null}
                  <Badge variant="light" color="ink">
                    {t('privateColumns', {
                      count: dataset.columns.filter(({ dataClass }) => dataClass === 'private').length,
                    })}
                  </Badge>
                  {dataset.defects > 0 ? (
                    <Badge variant="light" color="amber">
                      {t('defects', { count: dataset.defects })}
                    </Badge>
                  ) : null}
                </Group>
              </Stack>
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </>
  )
}
