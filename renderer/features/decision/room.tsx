import { Accordion, Alert, Anchor, Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { DecisionEvidence } from '#ui/app/decision-evidence.tsx'
import { DisputesAbout } from '#ui/app/disputes-about.tsx'
import { hrefOf, to } from '#ui/app/route.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { After } from './after.tsx'
import { Ballot } from './ballot.tsx'
import { Conclude, Stop } from './conclude.tsx'
import { useDesk } from './desk.tsx'
import { OpenRound } from './open-round.tsx'
import { OwnSide } from './own-side.tsx'
import { Positions } from './positions.tsx'
import { InWords } from './rule.tsx'
import { Ruled } from './ruled.tsx'
import { Trail } from './trail.tsx'
import { WhatIf } from './what-if.tsx'

const STANDING_COLOR = {
  voting: 'sand', signing: 'amber', final: 'leaf', 'no-decision': 'red', 'lists-differ': 'amber', split: 'red', void: 'red',
  withdrawn: 'gray', contested: 'red', overtaken: 'gray',
} as const // prettier-ignore

/** The room where a decision is taken: what is asked, the own side, everybody's positions, the result and its signatures. */
export function Room() {
  const { t } = useTranslation('decision')
  const { f, pick } = useLocale()
  const { decision, round } = useDesk()
  const earlier = decision.rounds.filter(({ hash }) => hash !== round?.hash)
  return (
    <Stack gap="lg">
      {round ? null : (
        <EmptyState icon={<IconScale aria-hidden="true" />} title={t('room.none')} text={t('room.noneText')} />
      )}
      {decision.reopens ? (
        <Alert title={t('after.reopen.from')}>
          <Text>
            <bdi>{decision.reopens.reason}</bdi>
          </Text>
          <Anchor href={hrefOf(to.document(decision.reopens.artifact))}>
            <bdi>{pick(decision.reopens.title)}</bdi>
          </Anchor>
        </Alert>
      ) : null}
      {round ? <Standing round={round} /> : null}
      {round ? <Ruled round={round} /> : null}
      <OpenRound />
      {round ? <Round round={round} /> : null}
      {earlier.length > 0 ? (
        <section aria-labelledby="earlier">
          <Title order={2} id="earlier" mb="sm">
            {t('room.earlier')}
          </Title>
          <Accordion variant="separated" order={3}>
            {earlier.map((one) => (
              <Accordion.Item key={one.hash} value={one.hash}>
                <Accordion.Control>
                  {t('room.round', { number: f.number(one.content.round) })} · {t(`standing.${one.standing}`)}
                </Accordion.Control>
                <Accordion.Panel>
                  <Stack>
                    <Ruled round={one} />
                    <Positions round={one} />
                    <Ballot round={one} />
                    <Trail round={one} />
                  </Stack>
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </section>
      ) : null}
    </Stack>
  )
}

function Standing({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { f } = useLocale()
  const author = useAuthorText()
  const { content, standing, phase } = round
  const until = phase === 'positions' ? content.closesAt : content.revealBy
  return (
    <Paper>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('room.round', { number: f.number(content.round) })}</Title>
        <Badge color={STANDING_COLOR[standing]} variant="light" size="lg">
          {t(`standing.${standing}`)}
        </Badge>
      </Group>
      <Text>{t(`meaning.${standing}`)}</Text>
      <Text fz="sm" c="dimmed" mt={4}>
        {standing === 'voting' ? (
          <>
            {t(`phase.${phase}`)} {phase === 'over' ? null : <When at={until} withTime both={false} />}
            {' · '}
          </>
        ) : null}
        {t('room.openedBy', { name: author(round.openedBy) })} · <When at={round.openedAt} withTime both={false} />
        {' · '}
        <HashBadge hash={round.hash} label={t('room.hash')} />
      </Text>
      {round.reason ? (
        <Text fz="sm" mt="sm" dir="auto">
          {t('room.reason')} {round.reason}
        </Text>
      ) : null}
    </Paper>
  )
}

function Round({ round }: { readonly round: RoundView }) {
  const weights = round.content.voters.map(({ weight }) => weight)
  const closed = round.closing !== null
  const { id } = useDesk().decision
  return (
    <>
      {/* Who is to sign sees first what. */}
      {closed ? <Ballot round={round} /> : null}
      <Conclude round={round} />
      {round.after ? <After round={round} after={round.after} /> : null}
      <Question round={round} />
      {round.own && round.standing === 'voting' ? <OwnSide round={round} own={round.own} /> : null}
      <Positions round={round} />
      {closed ? null : <Ballot round={round} />}
      <WhatIf key={round.hash} round={round} />
      <InWords policy={round.content.policy} weights={weights} />
      <Stop round={round} />
      {round.standing === 'final' ? <DecisionEvidence artifact={id} round={round.content.round} /> : null}
      <DisputesAbout kind="decision" id={id} />
      <Trail round={round} />
    </>
  )
}

function Question({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation(['decision', 'common'])
  const { pick, f } = useLocale()
  const { topic, options } = round.content
  return (
    <Paper>
      <Title order={2} mb="xs">
        {t('topic.question')}
      </Title>
      <Said>{pick(topic.question)}</Said>
      {pick(topic.benefits) ? (
        <>
          <Text fw={600} mt="md">
            {t('topic.benefits')}
          </Text>
          <Said>{pick(topic.benefits)}</Said>
        </>
      ) : null}
      {pick(round.content.after?.reopen ?? { en: '', ar: '' }) ? (
        <>
          <Text fw={600} mt="md">
            {t('after.reopenIf')}
          </Text>
          <Said>{pick(round.content.after?.reopen ?? { en: '', ar: '' })}</Said>
        </>
      ) : null}
      {round.content.after?.reviewOn ? (
        <Text fz="sm" c="dimmed" mt="md">
          {t('after.reviewOn')} <When at={round.content.after.reviewOn} />
        </Text>
      ) : null}
      {topic.affected.length > 0 ? (
        <Text fz="sm" c="dimmed" mt="md">
          {t('common:affected.title')}: {f.list(topic.affected.map(({ title }) => pick(title)))}
        </Text>
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: Math.min(3, options.length) }} mt="md">
        {options.map((option, at) => (
          <div key={option.id}>
            <Text fz="sm" c="dimmed">
              {t('options.name', { number: f.number(at + 1) })}
            </Text>
            <Text fw={600}>
              <bdi>{pick(option.title)}</bdi>
            </Text>
            <Text fz="sm" dir="auto">
              {pick(option.about)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  )
}
