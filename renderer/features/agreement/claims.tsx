import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCalculator, IconScale } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Claim } from '#shared/agreement/claims.ts'
import type { ClaimsView } from '#shared/projection/agreement-views.ts'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { ClaimForm } from './claim-form.tsx'
import { ClaimLines } from './claim-lines.tsx'
import { useDesk } from './desk.tsx'
import { DisputeClaim } from './dispute-claim.tsx'

/** What the signed terms came to: our claims and the other side's, each with its calculation. */
export function Claims() {
  const { t } = useTranslation('claims')
  const { agreement } = useDesk()
  const { claims: view } = agreement
  const [isMaking, setMaking] = useState(false)
  const icon = <IconScale aria-hidden="true" />
  if (!view) return <EmptyState icon={icon} title={t('none')} text={t('noneText')} />
  const make = view.mayEdit ? (
    <Button leftSection={<IconCalculator size={17} aria-hidden="true" />} onClick={() => setMaking(true)}>
      {t('make')}
    </Button>
  ) : null
  return (
    <Stack gap="lg">
      {isMaking ? <ClaimForm view={view} onClose={() => setMaking(false)} /> : null}
      {view.claims.length === 0 && !isMaking ? (
        <EmptyState icon={icon} title={t('empty')} text={t('emptyText')} action={make} />
      ) : null}
      {view.claims.length > 0 && !isMaking ? <Group>{make}</Group> : null}
      {view.claims.map((claim) => (
        <ClaimCard key={claim.id} claim={claim} view={view} />
      ))}
      <DisputesAbout kind="agreement" id={agreement.id} />
    </Stack>
  )
}

const COLOR = { open: 'amber', accepted: 'leaf', disputed: 'red', withdrawn: 'gray', double: 'gray' } as const

/** What a claim is about, in a few words. */
export function useClaimName(): (claim: Pick<Claim, 'measured'>) => string {
  const { t } = useTranslation('claims')
  const { f } = useLocale()
  return ({ measured }) =>
    measured.kind === 'service-credit'
      ? t('about.service-credit', { month: f.month(measured.month) })
      : measured.kind === 'late-delivery'
        ? t('about.late-delivery', { order: measured.order })
        : t('about.price-adjustment')
}

function ClaimCard({ claim, view }: { readonly claim: Claim; readonly view: ClaimsView }) {
  const { t } = useTranslation('claims')
  const { f, pick } = useLocale()
  const { agreement } = useDesk()
  const notify = useNotify()
  const orpc = useOrpc()
  const name = useClaimName()(claim)
  const [isShown, setShown] = useState(false)
  const [isDisputing, setDisputing] = useState(false)
  const accepting = useMutation({ ...orpc.agreements.acceptClaim.mutationOptions(), onSuccess: () => notify.done(t('acceptDone')), onError: notify.refused }) // prettier-ignore
  const withdrawing = useMutation({ ...orpc.agreements.withdrawClaim.mutationOptions(), onSuccess: () => notify.done(t('withdrawDone')), onError: notify.refused }) // prettier-ignore
  const company = (id: string): string => pick(view.content.parties.find((one) => one.company === id)?.name ?? { en: '', ar: '' }) // prettier-ignore
  const own = claim.company === view.company
  const isOpen = claim.state === 'open' || claim.state === 'disputed'
  const { computed, measured } = claim
  return (
    <Paper component="article" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2} fz="lg">
              {name}
            </Title>
            <Badge color={COLOR[claim.state]} variant="light">
              {t(`state.${claim.state}`)}
            </Badge>
          </Group>
          <Text fz="xl" fw={600}>
            {measured.kind === 'price-adjustment'
              ? t('prices', { count: computed.amounts.length })
              : f.money(computed.amounts[0] ?? 0)}
          </Text>
        </Group>
        <Text fz="sm" c="dimmed">
          {t('by', { company: company(claim.company), name: pick(claim.by) })} · <When at={claim.at} both={false} />
        </Text>
        {claim.note ? (
          <Text fz="sm" dir="auto">
            <bdi>{claim.note}</bdi>
          </Text>
        ) : null}
        {computed.mayCancel ? <Text fz="sm">{t('mayCancel')}</Text> : null}
        {claim.mayTerminate.length > 0 ? (
          <Text fz="sm">{t('mayTerminate', { levels: f.list(claim.mayTerminate) })}</Text>
        ) : null}
        {claim.disputes.map((one) => (
          <Text key={String(one.at)} fz="sm">
            {t('disputeText', { company: company(one.company), name: pick(one.by), ground: t(`ground.${one.ground}`) })}{' '}
            <bdi>{one.reason}</bdi>
            {one.evidence ? (
              <>
                {' '}
                {t('evidenceAt')} <bdi>{one.evidence}</bdi>
              </>
            ) : null}
          </Text>
        ))}
        {claim.accepted ? (
          <Text fz="sm">
            {t('acceptedText', { company: company(claim.accepted.company), name: pick(claim.accepted.by) })}
          </Text>
        ) : null}
        {claim.state === 'open' && own ? (
          <Text fz="sm" c="dimmed">
            {t('stands')}
          </Text>
        ) : null}
        <Group>
          <Button variant="subtle" size="sm" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
            {t(isShown ? 'hide' : 'show')}
          </Button>
          {isOpen && view.mayEdit && !own ? (
            <>
              <Button
                size="sm"
                loading={accepting.isPending}
                onClick={() => accepting.mutate({ artifact: agreement.id, claim: claim.id })}
              >
                {t('accept')}
              </Button>
              <Button size="sm" variant="default" onClick={() => setDisputing(true)}>
                {t('dispute')}
              </Button>
            </>
          ) : null}
          {(isOpen || claim.state === 'double') && view.mayEdit && own ? (
            <Button
              size="sm"
              variant="default"
              loading={withdrawing.isPending}
              onClick={() => withdrawing.mutate({ artifact: agreement.id, claim: claim.id })}
            >
              {t('withdraw')}
            </Button>
          ) : null}
        </Group>
        {isShown ? <ClaimLines computed={computed} /> : null}
      </Stack>
      {isDisputing ? <DisputeClaim claim={claim.id} name={name} onClose={() => setDisputing(false)} /> : null}
    </Paper>
  )
}
