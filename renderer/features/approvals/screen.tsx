import { Alert, Anchor, Button, Group, Stack, Tabs } from '@mantine/core'
import { IconAdjustments, IconRubberStamp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { ApprovalCard } from './card.tsx'
import { PolicyPage } from './policy.tsx'

export default function Approvals({ route }: ScreenProps) {
  return route.path[0] === 'policy' ? <PolicyPage /> : <Centre />
}

const TABS = ['waiting', 'mine', 'decided'] as const
type Tab = (typeof TABS)[number]

/** What waits for this person, what they asked for, and what came of it. */
function Centre() {
  const { t } = useTranslation(['approvals', 'common'])
  const { f } = useLocale()
  const { data, error } = useQuery(useOrpc().approvals.get.queryOptions())
  const [chosen, setChosen] = useState<Tab | null>(null)
  if (error) return <RefusalAlert refusal={refusalOf(error)} />
  if (!data) return <Loading />
  // Where there is something to do is where the person begins.
  const tab = chosen ?? (data.waiting.length > 0 || data.mine.length === 0 ? 'waiting' : 'mine')
  return (
    <>
      <PageHeader
        title={t('common:area.approvals')}
        lead={t('lead')}
        actions={
          <Button
            component="a"
            href={hrefOf(to.approvals('policy'))}
            variant="default"
            leftSection={<IconAdjustments size={18} aria-hidden="true" />}
          >
            {t('policyLink')}
          </Button>
        }
      />
      <Stack>
        {data.colleagues || data.mine.length === 0 ? null : (
          <Alert color="amber" variant="light">
            {t('alone')} <Anchor href={hrefOf(to.settings('people'))}>{t('people')}</Anchor>
          </Alert>
        )}
        <Tabs
          value={tab}
          onChange={(value) => setChosen(TABS.find((one) => one === value) ?? null)}
          keepMounted={false}
        >
          <Tabs.List mb="lg">
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                <Group gap={6} wrap="nowrap">
                  {t(`tab.${one}`)}
                  {data[one].length > 0 ? <span className="tabular">({f.number(data[one].length)})</span> : null}
                </Group>
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {TABS.map((one) => (
            <Tabs.Panel key={one} value={one}>
              {data[one].length === 0 ? (
                <EmptyState
                  icon={<IconRubberStamp aria-hidden="true" />}
                  title={t(`empty.${one}.title`)}
                  text={t(`empty.${one}.text`)}
                />
              ) : (
                <Stack>
                  {data[one].map((approval) => (
                    <ApprovalCard key={approval.id} approval={approval} open={one === 'waiting'} />
                  ))}
                </Stack>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </>
  )
}
