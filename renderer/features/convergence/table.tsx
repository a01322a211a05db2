import { Alert, Stack } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { DecisionEvidence } from '#ui/app/decision-evidence.tsx'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { ClauseTable } from './clause-table.tsx'
import { useDesk } from './desk.tsx'
import { EndNegotiation } from './end-negotiation.tsx'
import { Finalise } from './finalise.tsx'
import { Move } from './move.tsx'
import { Question } from './question.tsx'
import { RequestNegotiation } from './request.tsx'
import { Rounds } from './rounds.tsx'
import { Signing } from './signing.tsx'
import { hasLapsed, Standing } from './standing.tsx'
import { Trail } from './trail.tsx'

/** The table at which both sides sit: where it stands, our next step, every clause, every round, and the signatures. */
export function NegotiationTable() {
  const { t } = useTranslation('convergence')
  const { request, contested } = useDesk().negotiation
  return (
    <Stack gap="lg">
      {contested ? <Alert color="amber">{t('table.contested')}</Alert> : null}
      {request ? null : (
        <EmptyState icon={<IconArrowsExchange aria-hidden="true" />} title={t('table.none')} text={t('table.noneText')} />
      )}
      <RequestNegotiation />
      {request ? <Requested request={request} /> : null}
    </Stack>
  )
} // prettier-ignore

function Requested({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { id } = useDesk().negotiation
  const open = !hasLapsed(request) && (request.stage === 'requested' || request.stage === 'offered')
  return (
    <>
      <Standing request={request} />
      {open && request.crossed ? <Alert color="amber">{t('crossed')}</Alert> : null}
      {open && request.apart && !request.crossed ? <Alert color="amber">{t('apart')}</Alert> : null}
      <Move request={request} />
      <Finalise request={request} />
      <Signing request={request} />
      <ClauseTable request={request} />
      <Rounds request={request} />
      <Question request={request} />
      <EndNegotiation request={request} />
      {request.stage === 'verified' || request.stage === 'finalized' ? (
        <DecisionEvidence artifact={id} round={1} />
      ) : null}
      <DisputesAbout kind="negotiation" id={id} />
      <Trail request={request} />
    </>
  )
}
