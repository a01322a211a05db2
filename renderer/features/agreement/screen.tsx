import { Badge, Stack, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import type { ScreenProps } from '#ui/app/feature-screen.ts'
import { History } from '#ui/app/history.tsx'
import { LiveBar } from '#ui/app/live-bar.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { useLiveDocument } from '#ui/app/use-live-document.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Clauses } from './clauses.tsx'
import { Compare } from './compare.tsx'
import { DeskProvider, useDesk } from './desk.tsx'
import { Facts } from './facts.tsx'
import { Negotiation } from './negotiation.tsx'
import { Life } from './life.tsx'
import { OwnPosition } from './own-position.tsx'
import { useRedLines } from './red-lines.tsx'
import { Signing } from './signing.tsx'

const TABS = ['clauses', 'facts', 'position', 'negotiation', 'compare', 'signing', 'life', 'history'] as const

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
  const { f, pick } = useLocale()
  const lines = useRedLines().length
  const { agreement, live, gates, draft, artifact } = useDesk()
  const active = TABS.find((name) => name === tab) ?? 'clauses'
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
        <Tabs
          value={active}
          onChange={(next) => next && go(to.document(agreement.id, next === 'clauses' ? undefined : next))}
          keepMounted={false}
          // A tab is a place of its own, and a new place takes the focus: the arrows only point, Enter goes.
          activateTabWithKeyboard={false}
        >
          <Tabs.List mb="lg">
            {TABS.map((name) => (
              <Tabs.Tab
                key={name}
                value={name}
                rightSection={
                  name === 'position' && lines > 0 ? (
                    <Badge size="sm" color="red" aria-label={t('position:lines', { count: lines })}>
                      {f.number(lines)}
                    </Badge>
                  ) : name === 'signing' && waiting ? (
                    <Badge size="sm" color="amber">
                      {t('tab.asked')}
                    </Badge>
                  ) : name === 'signing' && gates.length > 0 && agreement.versions.length === 0 ? (
                    <Badge
                      size="sm"
                      color="gray"
                      variant="light"
                      aria-label={t('close.gates', { count: gates.length })}
                    >
                      {f.number(gates.length)}
                    </Badge>
                  ) : null
                }
              >
                {t(`tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="clauses">
            <Clauses />
          </Tabs.Panel>
          <Tabs.Panel value="facts">
            <Facts />
          </Tabs.Panel>
          <Tabs.Panel value="negotiation">
            <Negotiation />
          </Tabs.Panel>
          <Tabs.Panel value="compare">
            <Compare />
          </Tabs.Panel>
          <Tabs.Panel value="position">
            <OwnPosition />
          </Tabs.Panel>
          <Tabs.Panel value="signing">
            <Signing />
          </Tabs.Panel>
          <Tabs.Panel value="life">
            <Life />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <History artifact={agreement.id} type={artifact} mayWrite={live.mayWrite} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  )
}
