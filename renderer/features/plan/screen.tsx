import { Button, Menu, Stack } from '@mantine/core'
import { IconCalendarDown, IconClipboardText, IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { DocumentTabs } from '#ui/app/document-tabs.tsx'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { useLiveDocument } from '#ui/app/use-live-document.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { LiveBar } from '#ui/app/live-bar.tsx'
import { About } from './about.tsx'
import { BudgetSplit } from './budget.tsx'
import { DeskProvider, useDesk, type Company } from './desk.tsx'
import { Gates } from './gates.tsx'
import { Kpis } from './kpis.tsx'
import { Milestones } from './milestones.tsx'
import { Overview } from './overview.tsx'
import { Paste } from './paste.tsx'
import { PlanHistory } from './plan-history.tsx'
import { Resources } from './resources.tsx'
import { Risks } from './risks.tsx'
import { Roles } from './roles.tsx'
import { Timeline } from './timeline.tsx'

const PANELS = {
  overview: <Overview />,
  timeline: <Timeline />,
  milestones: <Milestones />,
  roles: <Roles />,
  resources: <Resources />,
  kpis: <Kpis />,
  risks: <Risks />,
  budget: <BudgetSplit />,
  gates: <Gates />,
  about: <About />,
  history: <PlanHistory />,
} as const
type Tab = keyof typeof PANELS
const isTab = (text: string | undefined): text is Tab => text !== undefined && Object.hasOwn(PANELS, text)

/** A joint plan, edited by both companies, with or without a link. */
export default function PlanScreen({ route }: ScreenProps) {
  const artifact = route.path[0] ?? ''
  const live = useLiveDocument(artifact)
  const orpc = useOrpc()
  const { opened } = live
  const workspace = useQuery({
    ...orpc.workspaces.get.queryOptions({ input: { workspace: opened?.workspace ?? '' } }),
    enabled: opened !== undefined,
  })
  const members = workspace.data?.members
  const companies = useMemo(
    () => (members ?? []).map(({ company, name, own }): Company => ({ id: company, name, own })),
    [members],
  )
  if (live.status === 'refused' && live.refusal) return <RefusalAlert refusal={live.refusal} />
  if (workspace.error) return <RefusalAlert refusal={refusalOf(workspace.error)} />
  if (!opened || !members) return <Loading />
  return (
    <DeskProvider artifact={artifact} title={opened.title} live={live} companies={companies}>
      <Opened live={live} tab={isTab(route.path[1]) ? route.path[1] : 'overview'} workspace={opened.workspace} />
    </DeskProvider>
  )
}

function Opened({
  live,
  tab,
  workspace,
}: {
  readonly live: LiveDocument
  readonly tab: Tab
  readonly workspace: string
}) {
  const { t } = useTranslation(['plan', 'common'])
  const { pick, locale } = useLocale()
  const { artifact, title, conflicts, schedule } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const [pasting, setPasting] = useState(false)
  const save = useMutation({
    mutationFn: async (what: 'calendar' | 'workbook') =>
      saveDownload(client, await client.plans[what]({ artifact, locale })),
    onError: notify.refused,
  })
  const late = [...schedule.timed.values()].filter(({ standing }) => standing === 'late').length
  return (
    <>
      <PageHeader
        title={pick(title)}
        lead={live.opened?.mayWrite ? t('lead') : t('leadReading')}
        back={{ label: t('back'), href: hrefOf(to.workspace(workspace)) }}
        actions={
          <>
            {live.mayWrite ? (
              <Button
                variant="default"
                leftSection={<IconClipboardText size={18} aria-hidden="true" />}
                onClick={() => setPasting(true)}
              >
                {t('paste.action')}
              </Button>
            ) : null}
            <Menu position="bottom-end">
              <Menu.Target>
                <Button
                  variant="default"
                  loading={save.isPending}
                  leftSection={<IconDownload size={18} aria-hidden="true" />}
                >
                  {t('export.action')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconCalendarDown size={18} aria-hidden="true" />}
                  onClick={() => save.mutate('calendar')}
                >
                  {t('export.calendar')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconFileSpreadsheet size={18} aria-hidden="true" />}
                  onClick={() => save.mutate('workbook')}
                >
                  {t('export.workbook')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      />
      <Stack>
        <LiveBar live={live} artifact={JointInitiativePlan} />
        <DocumentTabs
          artifact={artifact}
          active={tab}
          panels={PANELS}
          name={(name) => t(`tab.${name}`)}
          mark={(name) => {
            if (name === 'overview' && conflicts.length > 0)
              return {
                text: conflicts.length,
                color: 'amber',
                label: t('count.conflicts', { count: conflicts.length }),
              }
            return name === 'milestones' && late > 0
              ? { text: late, color: 'red', label: t('count.late', { count: late }) }
              : null
          }}
        />
      </Stack>
      {pasting ? <Paste onClose={() => setPasting(false)} /> : null}
    </>
  )
}
