import { Alert, Anchor, Grid, Stack } from '@mantine/core'
import { IconRubberStamp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { noticeOf } from './notice.ts'
import { Outcome } from './outcome.tsx'
import { Outside } from './outside.tsx'
import { PathPanel } from './path-panel.tsx'
import { Positions } from './positions.tsx'
import { Rulings } from './rulings.tsx'
import { Settlements } from './settlements.tsx'
import { Standing } from './standing.tsx'
import { Subject } from './subject.tsx'
import { Trail } from './trail.tsx'
import { Withdraw } from './withdraw.tsx'

/** One dispute. `which`: the hash of its opening where a document holds several; null: the first. */
export function CasePage({ id, which }: { readonly id: string; readonly which: string | null }) {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  const found = useQuery(useOrpc().disputes.get.queryOptions({ input: { artifact: id, dispute: which } }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  const { subject, parties } = found.data
  return (
    <>
      <PageHeader
        title={pick(subject.title)}
        lead={`${t(`kind.${subject.kind}`)} · ${f.list(parties.map(({ name }) => pick(name)))}`}
        back={{ label: t('back'), href: hrefOf(to.disputes()) }}
      />
      <Case one={found.data} />
    </>
  )
}

function Case({ one }: { readonly one: DisputeView }) {
  return (
    <Stack gap="lg">
      <Waiting one={one} />
      <Others one={one} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <Outcome one={one} />
            <Standing one={one} />
            <Subject one={one} />
            <Positions one={one} />
            <Outside one={one} />
            <Rulings one={one} />
            <Settlements one={one} />
            <Withdraw one={one} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <PathPanel one={one} />
        </Grid.Col>
      </Grid>
      <Trail one={one} />
    </Stack>
  )
}

/** What was said here and has not left the company yet, to whoever said it and to whoever has to approve it. */
function Waiting({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const { data } = useQuery(useOrpc().approvals.get.queryOptions())
  const notice = data ? noticeOf(one, data) : null
  if (notice === null) return null
  return (
    <Alert color="amber" variant="light" icon={<IconRubberStamp aria-hidden="true" />}>
      {t(`turn.${notice}`)} <Anchor inherit underline="always" href={hrefOf(to.approvals())}>{t('list.approvals')}</Anchor>
    </Alert>
  )
} // prettier-ignore

/** Two that were opened apart in one document are two disputes. */
function Others({ one: { id, others } }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const { f } = useLocale()
  if (others.length === 0) return null
  return (
    <Alert color="amber" variant="light">
      {t('turn.others')}{' '}
      {others.map((hash, at) => (
        <Anchor inherit underline="always" key={hash} href={hrefOf(to.dispute(id, hash))} me="xs">
          {t('turn.other', { number: f.number(at + 1) })}
        </Anchor>
      ))}
    </Alert>
  )
}
