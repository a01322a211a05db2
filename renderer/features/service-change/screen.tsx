import { Alert, Stack } from '@mantine/core'
import { IconGitPullRequest } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { DecisionEvidence } from '#ui/app/decision-evidence.tsx'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { DocumentTabs } from '#ui/app/document-tabs.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { History } from '#ui/app/history.tsx'
import { LiveBar } from '#ui/app/live-bar.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLiveDocument } from '#ui/app/use-live-document.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { DeskProvider, useDesk } from './desk.tsx'
import { Draft } from './draft.tsx'
import { Finalise } from './finalise.tsx'
import { LogChange } from './log-change.tsx'
import { Matters } from './matters.tsx'
import { OwnSide } from './own-side.tsx'
import { Request } from './request.tsx'
import { Signing } from './signing.tsx'
import { Standing } from './standing.tsx'
import { Trail } from './trail.tsx'
import { Withdraw } from './withdraw.tsx'

const TABS = ['decision', 'draft', 'own', 'history'] as const

/** One change of a service: both verdicts, the draft, our own side, and what changed. */
export default function ChangeScreen({ route }: ScreenProps) {
  const [id = '', tab] = route.path
  const found = useQuery(useOrpc().changes.get.queryOptions({ input: { artifact: id } }))
  const live = useLiveDocument(id)
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data || !live.opened) return <Loading />
  return (
    <DeskProvider live={live} change={found.data}>
      <Screen tab={tab} />
    </DeskProvider>
  )
}

function Screen({ tab }: { readonly tab: string | undefined }) {
  const { t } = useTranslation('change')
  const { pick } = useLocale()
  const { change, live, draft, gates } = useDesk()
  const { current } = change
  const active = TABS.find((name) => name === tab) ?? (current ? 'decision' : 'draft')
  const title = current?.content.topic.title ?? draft.topic?.values.title ?? change.title
  const asked = (current?.own?.asks.length ?? 0) > 0
  return (
    <>
      <PageHeader
        title={pick(title) || pick(change.title)}
        lead={pick(ChangeRequest.label)}
        back={{ label: t('back'), href: hrefOf(to.workspace(change.workspace)) }}
      />
      <Stack gap="lg">
        <LiveBar live={live} artifact={ChangeRequest} />
        <DocumentTabs
          artifact={change.id}
          active={active}
          panels={{
            decision: <Decision />,
            draft: <Draft />,
            own: <OwnSide />,
            history: <History artifact={change.id} type={ChangeRequest} mayWrite={live.mayWrite} />,
          }}
          name={(one) => t(`tab.${one}`)}
          mark={(one) => {
            if (one !== 'decision') return null
            if (asked) return { text: t('tab.asked'), color: 'amber' }
            return !current && gates.length > 0
              ? { text: gates.length, color: 'gray', label: t('log.gates', { count: gates.length }) }
              : null
          }}
        />
      </Stack>
    </>
  )
}

/** Where the change stands: what is asked, both verdicts with what is still missing, and the signatures. */
function Decision() {
  const { t } = useTranslation('change')
  const { current, contested, id } = useDesk().change
  return (
    <Stack gap="lg">
      {contested ? <Alert color="amber">{t('contested')}</Alert> : null}
      {current ? null : (
        <EmptyState icon={<IconGitPullRequest aria-hidden="true" />} title={t('none')} text={t('noneText')} />
      )}
      {current ? <Logged text={current} /> : <LogChange />}
      {current?.stage === 'approved' || current?.stage === 'final' ? (
        <DecisionEvidence artifact={id} round={current.content.revision} />
      ) : null}
      <Trail />
    </Stack>
  )
}

function Logged({ text }: { readonly text: ChangeTextView }) {
  const { id } = useDesk().change
  return (
    <>
      <Standing text={text} />
      <Finalise text={text} />
      <Signing text={text} />
      <Matters text={text} />
      <Request text={text} />
      <LogChange />
      <Withdraw text={text} />
      <DisputesAbout kind="service-change" id={id} />
    </>
  )
}
