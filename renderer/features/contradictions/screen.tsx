import { Group, Select, Stack, Tabs } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContradictionView } from '#shared/projection/contradiction-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { ContradictionCard } from './card.tsx'

const TABS = ['open', 'aside'] as const
type Tab = (typeof TABS)[number]

const FILTERS = ['all', 'high', 'medium', 'low', 'signed', 'private'] as const
type Filter = (typeof FILTERS)[number]
const passes = (filter: Filter, one: ContradictionView): boolean => {
  switch (filter) {
    case 'all':
      return true
    case 'signed':
      return !one.draft
    case 'private':
      return one.private
    default:
      return one.severity === filter
  }
}
/** How many are drawn at once: a page of hundreds would be read by nobody. */
const SHOWN = 50

/** Where documents say different things, the two places side by side. */
export default function Contradictions() {
  const { t } = useTranslation(['contradictions', 'common'])
  const { f } = useLocale()
  const { data, error } = useQuery(useOrpc().contradictions.list.queryOptions())
  const [tab, setTab] = useState<Tab>('open')
  const [filter, setFilter] = useState<Filter>('all')
  if (error) return <RefusalAlert refusal={refusalOf(error)} />
  if (!data) return <Loading />
  const of = (one: Tab) => data.findings.filter(({ aside }) => (aside === null) === (one === 'open'))
  return (
    <>
      <PageHeader title={t('common:area.contradictions')} lead={t('lead')} />
      <Tabs value={tab} onChange={(value) => setTab(TABS.find((one) => one === value) ?? 'open')} keepMounted={false}>
        <Tabs.List mb="lg">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              <Group gap={6} wrap="nowrap">
                {t(`tab.${one}`)}
                {of(one).length > 0 ? <span className="tabular">({f.number(of(one).length)})</span> : null}
              </Group>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {of(one).length === 0 ? (
              <EmptyState
                icon={<IconArrowsDiff aria-hidden="true" />}
                title={t(`empty.${one}.title`)}
                text={one === 'open' ? t('empty.open.text', { count: data.compared }) : t('empty.aside.text')}
              />
            ) : (
              <Stack>
                <Select
                  label={t('filter.label')}
                  maw="16rem"
                  allowDeselect={false}
                  data={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
                  value={filter}
                  onChange={(value) => setFilter(FILTERS.find((known) => known === value) ?? 'all')}
                />
                <List findings={of(one).filter((finding) => passes(filter, finding))} />
              </Stack>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}

function List({ findings }: { readonly findings: readonly ContradictionView[] }) {
  const { t } = useTranslation('contradictions')
  const { f } = useLocale()
  if (findings.length === 0)
    return (
      <EmptyState
        icon={<IconArrowsDiff aria-hidden="true" />}
        title={t('empty.filtered.title')}
        text={t('empty.filtered.text')}
      />
    )
  return (
    <Stack>
      {findings.slice(0, SHOWN).map((one) => (
        <ContradictionCard key={one.id} one={one} />
      ))}
      {findings.length > SHOWN ? <span>{t('beyond', { shown: f.number(SHOWN), all: f.number(findings.length) })}</span> : null}
    </Stack>
  ) // prettier-ignore
}
