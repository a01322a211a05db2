import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { StandardsDoc } from '#shared/artifacts/standards-doc.v1.ts'
import { openQuestions } from '#shared/standards/compose-content.ts'
import { dueOf } from '#shared/standards/due.ts'
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
import { About } from './about.tsx'
import { Clauses } from './clauses.tsx'
import { Conformance } from './conformance.tsx'
import { DeskProvider, useDesk } from './desk.tsx'
import { ExportMenu } from './export-menu.tsx'
import { IfWeAdopt } from './if-we-adopt.tsx'
import { ImportDocument } from './import-document.tsx'
import { Versions } from './versions.tsx'

const PANELS = {
  text: <Clauses />,
  versions: <Versions />,
  conformance: <Conformance />,
  adopt: <IfWeAdopt />,
  about: <About />,
  history: <PastOf />,
} as const
type Tab = keyof typeof PANELS
const isTab = (text: string | undefined): text is Tab => text !== undefined && Object.hasOwn(PANELS, text)

/** A standard that companies write, release and test together. */
export default function StandardScreen({ route }: ScreenProps) {
  const artifact = route.path[0] ?? ''
  const live = useLiveDocument(artifact)
  const view = useQuery(useOrpc().standards.open.queryOptions({ input: { artifact } }))
  const { opened } = live
  if (live.status === 'refused' && live.refusal) return <RefusalAlert refusal={live.refusal} />
  if (view.error) return <RefusalAlert refusal={refusalOf(view.error)} />
  if (!opened || !view.data || live.status === 'opening') return <Loading />
  return (
    <DeskProvider live={live} view={view.data}>
      <Opened tab={isTab(route.path[1]) ? route.path[1] : 'text'} workspace={opened.workspace} />
    </DeskProvider>
  )
}

function Opened({ tab, workspace }: { readonly tab: Tab; readonly workspace: string }) {
  const { t } = useTranslation(['standards', 'common'])
  const { pick } = useLocale()
  const desk = useDesk()
  const { live, artifact, view, draft, mayWrite } = desk
  const title = pick(desk.content.title) || pick(live.opened?.title ?? { en: '', ar: '' })
  const { conflicts } = openQuestions(draft)
  const due = dueOf(view.us, { ...view, ...desk }, view.today)
  return (
    <>
      <PageHeader
        title={title}
        lead={t('lead')}
        back={{ label: t('back'), href: hrefOf(to.workspace(workspace)) }}
        actions={
          <>
            {mayWrite ? <ImportDocument /> : null}
            <ExportMenu version={null} />
          </>
        }
      />
      <Stack>
        <LiveBar live={live} artifact={StandardsDoc} />
        <DocumentTabs
          artifact={artifact}
          active={tab}
          panels={PANELS}
          name={(name) => t(`tab.${name}`)}
          mark={(name) => {
            if (name === 'text' && conflicts > 0) return { text: conflicts, color: 'amber' }
            return name === 'conformance' && due.length > 0 ? { text: due.length, color: 'red' } : null
          }}
        />
      </Stack>
    </>
  )
}

function PastOf() {
  const { artifact, mayWrite } = useDesk()
  return <History artifact={artifact} type={StandardsDoc} mayWrite={mayWrite} />
}
