import { Button, Collapse, Group, Stack, Text } from '@mantine/core'
import { IconFilePencil, IconPencilQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sameStanding, standingOf } from '#shared/agreement/proposed-change.ts'
import type { ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import type { ProposalView } from '#shared/projection/negotiation-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { ProposalCard } from './proposal-card.tsx'
import { ProposeChange } from './propose-change.tsx'

export function useProposals(): readonly ProposalView[] | undefined {
  const { agreement } = useDesk()
  return useQuery(useOrpc().negotiation.proposals.queryOptions({ input: { artifact: agreement.id } })).data
}

/** What was proposed for a clause, and the way to propose something else instead of writing over it. */
export function ClauseProposals({ clause, name }: { readonly clause: string; readonly name: string }) {
  const { t } = useTranslation('negotiation')
  const { live, draft } = useDesk()
  const [shown, setShown] = useState(false)
  const [start, setStart] = useState<ProposedChange | null>(null)
  const all = useProposals() ?? []
  const own = all.filter(({ change }) => change.kind !== 'term' && change.kind !== 'insert' && change.clause === clause)
  const open = own.filter(({ state }) => state === 'open')
  const propose = (): void => {
    const standing = standingOf(draft, { kind: 'clause', clause, before: { en: NOTHING, ar: NOTHING } })
    if (typeof standing === 'object' && standing !== null) setStart({ kind: 'clause', clause, before: standing })
  }
  return (
    <Stack gap="xs" mt="xs">
      <AcceptedWording proposals={own} />
      <Group gap="xs">
        {live.mayWrite ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={t('clause.proposeFor', { name })}
            leftSection={<IconPencilQuestion size={15} aria-hidden="true" />}
            onClick={propose}
          >
            {t('clause.propose')}
          </Button>
        ) : null}
        {own.length > 0 ? (
          <Button
            size="compact-sm"
            variant={open.length > 0 ? 'light' : 'subtle'}
            color={open.length > 0 ? 'amber' : 'gray'}
            aria-expanded={shown}
            aria-label={t('clause.label', { name, count: open.length })}
            leftSection={<IconFilePencil size={15} aria-hidden="true" />}
            onClick={() => setShown(!shown)}
          >
            {t('clause.count', { count: open.length })}
          </Button>
        ) : null}
      </Group>
      <Collapse expanded={shown}>
        <Stack gap="sm">
          {own.map((proposal) => (
            <ProposalCard key={proposal.id} proposal={proposal} />
          ))}
        </Stack>
      </Collapse>
      {start ? <ProposeChange start={{ change: start, answers: null }} onClose={() => setStart(null)} /> : null}
    </Stack>
  )
}
const NOTHING = { heading: '', text: '' }

/** Whose words stand here: said while they do, and no longer. */
function AcceptedWording({ proposals }: { readonly proposals: readonly ProposalView[] }) {
  const { t } = useTranslation('negotiation')
  const author = useAuthorText()
  const { draft } = useDesk()
  const found = proposals.find(({ state, change }) => {
    if (state !== 'accepted' || change.kind !== 'clause') return false
    const standing = standingOf(draft, change)
    if (typeof standing !== 'object' || standing === null) return false
    return sameStanding(standing, { en: change.en ?? standing.en, ar: change.ar ?? standing.ar })
  })
  const accepted = found?.replies.find(({ kind }) => kind === 'accepted')
  if (!found || !accepted) return null
  return (
    <Text fz="xs" c="dimmed">
      {t('clause.accepted', { proposer: author(found.by), accepter: author(accepted.by) })} ·{' '}
      <When at={accepted.at} ago />
    </Text>
  )
}
