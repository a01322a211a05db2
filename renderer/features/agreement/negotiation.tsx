import { Button, Group, Menu, Paper, Stack, Text, Title } from '@mantine/core'
import { IconFilePencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useProposals } from './clause-proposals.tsx'
import { useDesk } from './desk.tsx'
import { ProposalCard } from './proposal-card.tsx'
import { ProposeChange } from './propose-change.tsx'
import { TradeOffs } from './trade-offs.tsx'
import { Word } from './word.tsx'

/** What was proposed and answered, and what was given for what. */
export function Negotiation() {
  return (
    <Stack gap="lg">
      <Proposals />
      <Word />
      <TradeOffs />
    </Stack>
  )
}

function Proposals() {
  const { t } = useTranslation('negotiation')
  const proposals = useProposals()
  if (!proposals) return <Loading />
  const open = proposals.filter(({ state }) => state === 'open')
  const closed = proposals.filter(({ state }) => state !== 'open')
  return (
    <Paper>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('proposals.title')}</Title>
        <ProposeElse />
      </Group>
      {proposals.length === 0 ? (
        <EmptyState
          icon={<IconFilePencil aria-hidden="true" />}
          title={t('proposals.none')}
          text={t('proposals.noneText')}
        />
      ) : (
        <Stack>
          {open.length === 0 ? <Text c="dimmed">{t('proposals.allAnswered')}</Text> : null}
          {[...open, ...closed].map((proposal) => (
            <ProposalCard key={proposal.id} proposal={proposal} />
          ))}
        </Stack>
      )}
    </Paper>
  )
}

/** A clause more, or another value for a term; wordings are proposed where their clause stands. */
function ProposeElse() {
  const { t } = useTranslation('negotiation')
  const { pick } = useLocale()
  const { live, kind, draft } = useDesk()
  const [start, setStart] = useState<ProposedChange | null>(null)
  if (!live.mayWrite) return null
  const empty = { heading: '', text: '' }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" leftSection={<IconPlus size={16} aria-hidden="true" />}>
            {t('proposals.new')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => setStart({ kind: 'insert', after: draft.clauses.at(-1)?.id ?? null, en: empty, ar: empty })}
          >
            {t('proposals.newClause')}
          </Menu.Item>
          <Menu.Label>{t('proposals.newValue')}</Menu.Label>
          {Object.entries(kind.terms).map(([term, { label }]) => {
            const before = draft.terms[term] ?? null
            if (kind.terms[term]?.unit === 'words' || (typeof before === 'object' && before !== null)) return null
            return (
              <Menu.Item key={term} onClick={() => setStart({ kind: 'term', term, before, value: before ?? '' })}>
                {pick(label)}
              </Menu.Item>
            )
          })}
        </Menu.Dropdown>
      </Menu>
      {start ? <ProposeChange start={{ change: start, answers: null }} onClose={() => setStart(null)} /> : null}
    </>
  )
}
