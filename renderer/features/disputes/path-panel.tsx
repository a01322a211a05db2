import { Anchor, Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DisputeLevelView, DisputeView } from '#shared/projection/dispute-views.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import classes from './disputes.module.css'
import { awaitsUs } from './awaits-us.ts'
import { FallbackRung, LevelRung, PathTerms, Rung, SENT_ICON, type RungState } from './ladder.tsx'
import { usePathWords } from './path-words.ts'

/** The path as a ladder: what is over, what stands with its window, and what is to come. */
export function PathPanel({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const { pick } = useLocale()
  const words = usePathWords()
  const { levels, content, bound, open, agreedIn, clock } = one
  const { path } = content
  const proposed = bound ? 'proposed' : open ? (awaitsUs(one) ? 'waitsForUs' : 'waits') : 'never'
  return (
    <Paper component="section" aria-label={t('path.title')}>
      <Title order={2} mb={4}>
        {t('path.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t(path.source === null ? `path.${proposed}` : 'path.agreed')}{' '}
        {agreedIn ? (
          <Anchor fz="sm" href={hrefOf(to.document(agreedIn.id))}>
            <bdi>{pick(agreedIn.title)}</bdi>
          </Anchor>
        ) : null}
      </Text>
      <ol className={classes.ladder}>
        <Sent one={one} />
        {levels.map((level) => (
          <LevelRung key={level.index} level={level} state={levelState(one, level)}>
            <Window level={level} />
          </LevelRung>
        ))}
        <FallbackRung
          fallback={path.fallback}
          state={fallbackState(one)}
          {...(clock.stage === 'referred' && { word: t('stage.referred') })}
        />
      </ol>
      <PathTerms path={path} />
      <Text fz="sm" c="dimmed" mt="xs">
        {t('path.settle')}: {words.roles(path.settleRoles)}
      </Text>
    </Paper>
  )
}

/** When it is over, the level that ruled counts as done, and what was not reached has no state. */
function levelState({ open, outcome }: DisputeView, { index, state }: DisputeLevelView): RungState | null {
  if (open || state === 'past') return state
  return outcome?.level === index ? 'past' : null
}

function fallbackState({ clock, open, bound, content }: DisputeView): RungState | null {
  if (content.path.fallback === null) return null
  if (clock.stage === 'awarded') return 'past'
  if (!open) return null
  if (clock.stage === 'fallback' || clock.stage === 'referred') return 'running'
  return bound ? 'coming' : 'unbound'
}

function Sent({ one: { clock, delivery, opened, content, levels } }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const started = levels[0]?.from ?? null
  const sent = clock.stage === 'sent'
  const opener = content.parties.find(({ company }) => company === opened.by.company.id)?.company
  const { pick } = useLocale()
  // Taken back before it arrived it is neither on its way nor there.
  const state = sent ? 'running' : delivery.every(({ since }) => since !== null) ? 'past' : null
  return (
    <Rung icon={SENT_ICON} name={t('path.sent')} state={state} word={t(sent ? 'path.state.running' : 'path.arrived')}>
      {delivery
        .filter(({ company }) => company !== opener)
        .map(({ company, name, since }) => (
          <Text key={company} fz="sm" c="dimmed">
            <bdi>{pick(name)}</bdi>: {since === null ? t('path.notReceived') : <When at={since} withTime both={false} />}
          </Text>
        ))}
      {started === null ? null : (
        <Text fz="sm" c="dimmed">
          {t('path.received')} <When at={started} withTime both={false} />
        </Text>
      )}
    </Rung>
  )
} // prettier-ignore

function Window({ level: { from, until, differed } }: { readonly level: DisputeLevelView }) {
  const { t } = useTranslation('dispute')
  if (from === null || until === null) return null
  return (
    <Text fz="sm">
      {t('path.from')} <When at={from} withTime both={false} /> {t('path.until')} <When at={until} withTime both={false} />
      {differed ? ` · ${t('rule.differed')}` : null}
    </Text>
  )
} // prettier-ignore
