import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { DocumentTabs } from '#ui/app/document-tabs.tsx'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { History } from '#ui/app/history.tsx'
import { LiveBar } from '#ui/app/live-bar.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLiveDocument } from '#ui/app/use-live-document.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { DeskProvider, useDesk } from './desk.tsx'
import { Draft } from './draft.tsx'
import { Room } from './room.tsx'
import { Rule } from './rule.tsx'

const TABS = ['room', 'draft', 'rule', 'history'] as const

/** One joint decision: the room where it is taken, the draft, the rule, and what changed. */
export default function DecisionScreen({ route }: ScreenProps) {
  const [id = '', tab] = route.path
  const found = useQuery(useOrpc().decisions.get.queryOptions({ input: { artifact: id } }))
  const live = useLiveDocument(id)
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data || !live.opened) return <Loading />
  return (
    <DeskProvider live={live} decision={found.data}>
      <Decision tab={tab} />
    </DeskProvider>
  )
}

function Decision({ tab }: { readonly tab: string | undefined }) {
  const { t } = useTranslation('decision')
  const { pick } = useLocale()
  const { decision, live, draft, gates, round } = useDesk()
  const begun = decision.rounds.length > 0
  const active = TABS.find((name) => name === tab) ?? (begun ? 'room' : 'draft')
  const title = round?.content.topic.title ?? draft.topic?.values.title ?? decision.title
  const asked = (round?.own?.asks.length ?? 0) > 0
  return (
    <>
      <PageHeader
        title={pick(title) || pick(decision.title)}
        lead={pick(JointGovernanceDecision.label)}
        back={{ label: t('back'), href: hrefOf(to.workspace(decision.workspace)) }}
      />
      <Stack gap="lg">
        <LiveBar live={live} artifact={JointGovernanceDecision} />
        <DocumentTabs
          artifact={decision.id}
          active={active}
          panels={{
            room: <Room />,
            draft: <Draft />,
            rule: <Rule />,
            history: <History artifact={decision.id} type={JointGovernanceDecision} mayWrite={live.mayWrite} />,
          }}
          name={(tab) => t(`tab.${tab}`)}
          mark={(tab) => {
            if (tab === 'room' && asked) return { text: t('tab.asked'), color: 'amber' }
            return tab === 'room' && !begun && gates.length > 0
              ? { text: gates.length, color: 'gray', label: t('open.gates', { count: gates.length }) }
              : null
          }}
        />
      </Stack>
    </>
  )
}
