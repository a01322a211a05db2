import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
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
import { Claims } from './claims.tsx'
import { Clauses } from './clauses.tsx'
import { Compare } from './compare.tsx'
import { DeskProvider, useDesk } from './desk.tsx'
import { Facts } from './facts.tsx'
import { Negotiation } from './negotiation.tsx'
import { Life } from './life.tsx'
import { OwnPosition } from './own-position.tsx'
import { useRedLines } from './red-lines.tsx'
import { Signing } from './signing.tsx'

const TABS = ['clauses', 'facts', 'position', 'negotiation', 'compare', 'signing', 'life', 'claims', 'history'] as const

/** One agreement: its text in both languages, its facts, its signatures, and what changed. */
export default function AgreementScreen({ route }: ScreenProps) {
  const [id = '', tab] = route.path
  const found = useQuery(useOrpc().agreements.get.queryOptions({ input: { artifact: id } }))
  const live = useLiveDocument(id)
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data || !live.opened) return <Loading />
  return (
    <DeskProvider live={live} agreement={found.data}>
      <Agreement tab={tab} />
    </DeskProvider>
  )
}

function Agreement({ tab }: { readonly tab: string | undefined }) {
  const { t } = useTranslation(['agreement', 'common', 'position'])
  const { pick } = useLocale()
  const lines = useRedLines().length
  const { agreement, live, gates, draft, artifact, kind } = useDesk()
  // A kind without figures that anything could be claimed by has no such tab.
  const hasClaims = Object.hasOwn(kind.tables, 'credits')
  const active = TABS.find((name) => name === tab && (name !== 'claims' || hasClaims)) ?? 'clauses'
  const title = draft.agreement?.values.title ?? agreement.title
  const waiting = agreement.versions.some(({ ask }) => ask !== null)
  return (
    <>
      <PageHeader
        title={pick(title) || pick(agreement.title)}
        lead={pick(artifact.label)}
        back={{ label: t('back'), href: hrefOf(to.workspace(agreement.workspace)) }}
      />
      <Stack gap="lg">
        <LiveBar live={live} artifact={artifact} />
        <DocumentTabs
          artifact={agreement.id}
          active={active}
          panels={{
            clauses: <Clauses />,
            facts: <Facts />,
            position: <OwnPosition />,
            negotiation: <Negotiation />,
            compare: <Compare />,
            signing: <Signing />,
            life: <Life />,
            ...(hasClaims && { claims: <Claims /> }),
            history: <History artifact={agreement.id} type={artifact} mayWrite={live.mayWrite} />,
          }}
          name={(tab) => t(`tab.${tab}`)}
          mark={(tab) => {
            if (tab === 'position' && lines > 0)
              return { text: lines, color: 'red', label: t('position:lines', { count: lines }) }
            if (tab === 'signing' && waiting) return { text: t('tab.asked'), color: 'amber' }
            const gated = tab === 'signing' && gates.length > 0 && agreement.versions.length === 0
            return gated
              ? { text: gates.length, color: 'gray', label: t('close.gates', { count: gates.length }) }
              : null
          }}
        />
      </Stack>
    </>
  )
}
