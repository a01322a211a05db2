import { Alert, Badge, Divider, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { awaitsUs } from './awaits-us.ts'
import { useAwardWaits } from './award-waits.ts'
import classes from './disputes.module.css'
import { usePathWords } from './path-words.ts'
import { STAGE_COLOR } from './stage-color.ts'

/** What stands now, when it ends by this machine's clock, what follows by itself then, and whose turn it is. */
export function Standing({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const author = useAuthorText()
  const { clock, opened, crossed, withdrawn, open, dispute } = one
  return (
    <Paper component="section" aria-label={t('standing.title')}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('standing.title')}</Title>
          <Badge color={STAGE_COLOR[clock.stage]} variant="light" size="lg">
            {t(`stage.${clock.stage}`)}
          </Badge>
        </Group>
        <Text>{t(`meaning.${clock.stage}`)}</Text>
        {withdrawn ? (
          <Text>
            {t('withdraw.said')} <bdi>{withdrawn.reason}</bdi>
          </Text>
        ) : null}
        {open && clock.until !== null ? <Clock one={one} until={clock.until} /> : null}
        {crossed && open ? <Alert color="amber">{t('standing.crossed')}</Alert> : null}
        {open ? <Turn one={one} /> : null}
        <Text fz="sm" c="dimmed">
          {t('standing.openedBy', { name: author(opened.by) })} · <When at={opened.at} withTime both={false} /> ·{' '}
          <HashBadge hash={dispute} label={t('standing.hash')} />
        </Text>
      </Stack>
    </Paper>
  )
}

function Clock({ one, until }: { readonly one: DisputeView; readonly until: NonNullable<DisputeView['clock']['until']> }) {
  const { t } = useTranslation('dispute')
  const words = usePathWords()
  const { clock, content } = one
  const { unit, daysLeft } = clock
  const elsewhere = -new Date(until).getTimezoneOffset() !== content.path.calendar.utcOffset
  return (
    <div>
      <Text fz="sm" c="dimmed">
        {t('standing.ends')}
      </Text>
      <Text className={classes.until ?? ''} component="div">
        <When at={until} withTime />
      </Text>
      <Text fz="sm" c="dimmed">
        {t('standing.clock')}
        {elsewhere ? ` (${t('standing.elsewhere', { offset: words.offset(content.path.calendar.utcOffset) })})` : null}
        {unit !== null && daysLeft !== null
          ? ` · ${daysLeft === 0 ? t('standing.today') : t(`standing.left.${unit}`, { count: daysLeft })}`
          : null}
      </Text>
      <Next one={one} />
    </div>
  )
} // prettier-ignore

/** What comes when the window ends and nobody has done anything. */
function Next({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const words = usePathWords()
  const { clock, levels, content, bound } = one
  const { next, level } = clock
  const following = level === null ? undefined : levels.find(({ index }) => index === level + 1)
  const what =
    (next === 'mediation' || next === 'arbitration') && following
      ? `${words.name(following)} (${words.length(following)}): ${words.who(following)}`
      : next === 'fallback'
        ? t('standing.thenFallback', { name: words.fallback(content.path.fallback) })
        : t('standing.thenNothing')
  return (
    <Stack gap={4} mt="sm">
      {bound || next !== 'exhausted' ? (
        <Text>
          {t('standing.then')} <bdi>{what}</bdi>
        </Text>
      ) : null}
      {bound ? null : <Text c="amber">{t(awaitsUs(one) ? 'standing.unboundByUs' : 'standing.unbound')}</Text>}
    </Stack>
  )
} // prettier-ignore

function Turn({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  const awardWaits = useAwardWaits(one)
  const { asks, delivery, clock } = one
  const missing = delivery.filter(({ since, own }) => since === null && !own)
  return (
    <>
      <Divider />
      <section aria-label={t('turn.title')}>
        <Text fw={600} mb={4}>
          {t('turn.title')}
        </Text>
        {asks.length > 0 ? (
          <List size="sm" spacing={2}>
            {asks.map((ask) => (
              <List.Item key={ask}>{t(`ask.${ask}`)}</List.Item>
            ))}
          </List>
        ) : (
          <Text fz="sm">
            {clock.stage === 'sent' && missing.length > 0
              ? t('turn.delivery', { names: f.list(missing.map(({ name }) => pick(name))) })
              : (awardWaits ?? t('turn.none'))}
          </Text>
        )}
      </section>
    </>
  )
}
