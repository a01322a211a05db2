import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Stages } from './stages.tsx'

const COLOR = {
  requested: 'sand', offered: 'amber', accepted: 'amber', agreed: 'amber', verified: 'leaf', finalized: 'leaf', terminated: 'gray',
} as const // prettier-ignore

/** Nothing was agreed, and by the clock of this screen it no longer can be: without any offer from the last day for offers on. */
export const hasLapsed = ({ phase, stage }: RequestView): boolean =>
  stage === 'requested'
    ? phase !== 'offers'
    : phase === 'over' && !['verified', 'finalized', 'terminated'].includes(stage)

/** Where the negotiation stands, what that means, until when, and who is awaited. */
export function Standing({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const author = useAuthorText()
  const { stage, cause, verified, phase, content, ended } = request
  const lapsed = hasLapsed(request)
  const meaning =
    stage === 'terminated' ? (cause ?? 'ended') : lapsed ? 'lapsed' : stage === 'agreed' && verified ? 'proving' : stage
  const running = !lapsed && !['verified', 'finalized', 'terminated'].includes(stage)
  const open = stage === 'requested' || stage === 'offered'
  const limit = lapsed ? 'over' : !open ? 'signing' : phase === 'offers' ? 'offers' : 'mediation'
  const until = limit === 'offers' || stage === 'requested' ? content.answerBy : content.settleBy
  return (
    <Paper component="section" aria-label={t('stage.title')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('stage.title')}</Title>
          <Badge color={lapsed ? 'gray' : COLOR[stage]} variant="light" size="lg">
            {t(`stage.${lapsed ? 'lapsed' : stage}`)}
          </Badge>
        </Group>
        <Stages request={request} />
        <Text>{t(`meaning.${meaning}`)}</Text>
        {running ? <Awaited request={request} /> : null}
        {ended ? (
          <Text fz="sm" dir="auto">
            {t('end.said')} {ended.reason}
          </Text>
        ) : null}
        <Text fz="sm" c="dimmed">
          {running || lapsed ? (
            <>
              {t(`phase.${limit}`)}{' '}
              <When at={until} withTime both={false} />
              {' · '}
            </>
          ) : null}
          {t('requestedBy', { name: author(request.requestedBy) })} ·{' '}
          <When at={request.requestedAt} withTime both={false} />
          {' · '}
          <HashBadge hash={request.hash} label={t('hash')} />
        </Text>
      </Stack>
    </Paper>
  )
} // prettier-ignore

function Awaited({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const { next, own, content } = request
  const name = content.parties.find(({ company }) => company === next)?.name
  return (
    <Group gap={6}>
      <IconHourglass size={16} aria-hidden="true" />
      <Text fw={600}>
        {next === null || !name ? t('next.either') : next === own?.company ? t('next.own') : t('next.company', { name: pick(name) })}
      </Text>
    </Group>
  )
} // prettier-ignore
