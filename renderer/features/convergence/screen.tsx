import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { DocumentTabs } from '#ui/app/document-tabs.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
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
import { Ranges } from './ranges.tsx'
import { NegotiationTable } from './table.tsx'

const TABS = ['table', 'draft', 'ranges', 'history'] as const

/** One negotiation: both sides' offers, the draft, our own ranges, and what changed. */
export default function NegotiationScreen({ route }: ScreenProps) {
  const [id = '', tab] = route.path
  const found = useQuery(useOrpc().convergence.get.queryOptions({ input: { artifact: id } }))
  const live = useLiveDocument(id)
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data || !live.opened) return <Loading />
  return (
    <DeskProvider live={live} negotiation={found.data}>
      <Screen tab={tab} />
    </DeskProvider>
  )
}

function Screen({ tab }: { readonly tab: string | undefined }) {
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const { negotiation, live, draft, gates } = useDesk()
  const { request } = negotiation
  const active = TABS.find((name) => name === tab) ?? (request ? 'table' : 'draft')
  const title = request?.content.topic.title ?? draft.topic?.values.title ?? negotiation.title
  const asked = (request?.own?.asks.length ?? 0) > 0
  return (
    <>
      <PageHeader
        title={pick(title) || pick(negotiation.title)}
        lead={pick(CoordinationTopic.label)}
        back={{ label: t('back'), href: hrefOf(to.workspace(negotiation.workspace)) }}
      />
      <Stack gap="lg">
        <LiveBar live={live} artifact={CoordinationTopic} />
        <DocumentTabs
          artifact={negotiation.id}
          active={active}
          panels={{
            table: <NegotiationTable />,
            draft: <Draft />,
            ranges: <Ranges />,
            history: <History artifact={negotiation.id} type={CoordinationTopic} mayWrite={live.mayWrite} />,
          }}
          name={(one) => t(`tab.${one}`)}
          mark={(one) => {
            if (one !== 'table') return null
            if (asked) return { text: t('tab.asked'), color: 'amber' }
            return !request && gates.length > 0
              ? { text: gates.length, color: 'gray', label: t('request.gates', { count: gates.length }) }
              : null
          }}
        />
      </Stack>
    </>
  )
}
