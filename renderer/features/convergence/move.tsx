import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isBounded } from '#shared/agreement/clause-standing.ts'
import type { OfferView, RequestView } from '#shared/projection/convergence-views.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { AcceptOffer } from './accept-offer.tsx'
import { useDesk } from './desk.tsx'
import { MakeOffer } from './make-offer.tsx'

type Own = NonNullable<RequestView['own']>

/** The other company's offer that counts for our answer: of several made apart the last in the order of the log. */
const theirOffer = ({ offers, own }: RequestView): OfferView | undefined =>
  offers.filter(({ stands, by }) => stands && by.company.id !== own?.company).at(-1)

/** What we can do now: set our ranges, make an offer or answer one, accept. */
export function Move({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { own, content } = request
  if (!own || (own.nextRound === null && !own.mayAccept)) return null
  const ready = content.clauses.every((clause) => isBounded(clause, own.ranges[clause.id]))
  return (
    <Paper component="section" aria-label={t('move.title')}>
      <Title order={2} mb="sm">
        {t('move.title')}
      </Title>
      {ready ? <Ways request={request} own={own} /> : <RangesFirst />}
    </Paper>
  )
}

function RangesFirst() {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  return (
    <Group justify="space-between">
      <Text style={{ flex: '1 1 18rem' }}>{t('move.rangesFirst')}</Text>
      <Button
        component="a"
        href={hrefOf(to.document(negotiation.id, 'ranges'))}
        leftSection={<IconLock size={18} aria-hidden="true" />}
      >
        {t('move.toRanges')}
      </Button>
    </Group>
  )
}

function Ways({ request, own }: { readonly request: RequestView; readonly own: Own }) {
  const { t } = useTranslation('convergence')
  const [doing, setDoing] = useState<'offer' | 'accept' | null>(null)
  const theirs = theirOffer(request)
  const outside = theirs ? Object.values(theirs.standing).filter((one) => one !== 'inside').length : 0
  const mayAccept = own.mayAccept && theirs !== undefined && outside === 0
  const ours = request.offers.some(({ stands, by }) => stands && by.company.id === own.company)
  return (
    <Stack gap="sm">
      {theirs ? (
        <Alert color={outside === 0 ? 'leaf' : 'amber'} icon={<IconLock aria-hidden="true" />}>
          {outside === 0 ? t('move.insideAll') : t('move.outsideSome', { count: outside })}
        </Alert>
      ) : ours ? (
        <Text>{t('move.oursStands')}</Text>
      ) : (
        <Text>{t('move.first')}</Text>
      )}
      <Group justify="flex-end">
        {own.nextRound === null ? null : (
          <Button
            variant={mayAccept || (ours && !theirs) ? 'default' : 'filled'}
            leftSection={<IconArrowBackUp size={18} aria-hidden="true" />}
            onClick={() => setDoing('offer')}
          >
            {t(theirs ? 'move.counter' : ours ? 'move.replace' : 'move.offer')}
          </Button>
        )}
        {mayAccept ? (
          <Button leftSection={<IconCheck size={18} aria-hidden="true" />} onClick={() => setDoing('accept')}>
            {t('move.accept')}
          </Button>
        ) : null}
      </Group>
      {doing === 'offer' && own.nextRound !== null ? (
        <MakeOffer request={request} own={own} round={own.nextRound} answers={theirs} onClose={() => setDoing(null)} />
      ) : null}
      {theirs ? (
        <AcceptOffer request={request} offer={theirs} opened={doing === 'accept'} onClose={() => setDoing(null)} />
      ) : null}
    </Stack>
  )
}
