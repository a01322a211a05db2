import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconGavel, IconUserOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArbitratorsView, DisputeLevelView, DisputeView } from '#shared/projection/dispute-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { Reasoned } from '#ui/app/reasoned.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { FindingText } from './finding.tsx'
import { GiveRuling } from './give-ruling.tsx'
import { WhyNot } from './why-not.tsx'

/**
 * Every arbitration that was reached: who rules for each company, and what they ruled with which reasons. Before there is one, who
 * would rule at the first, so that whoever has a stake steps aside in time.
 */
export function Rulings({ one }: { readonly one: DisputeView }) {
  const arbitrations = one.levels.filter(({ kind }) => kind === 'arbitration')
  const reached = arbitrations.filter(({ state }) => state === 'running' || state === 'past')
  const first = one.open ? arbitrations.filter(({ state }) => state === 'coming').slice(0, 1) : []
  return (
    <>
      {(reached.length > 0 ? reached : first).map((level) => (
        <Level key={level.index} one={one} level={level} />
      ))}
    </>
  )
} // prettier-ignore

function Level({ one, level }: { readonly one: DisputeView; readonly level: DisputeLevelView }) {
  const { t } = useTranslation('dispute')
  const { f } = useLocale()
  const [ruling, setRuling] = useState(false)
  const running = one.open && level.state === 'running'
  const coming = level.state === 'coming'
  const many = one.levels.filter(({ kind }) => kind === 'arbitration').length > 1
  const title = coming
    ? t('rule.titleComing')
    : many
      ? t('rule.titleAt', { number: f.number(level.index + 1) })
      : t('rule.title')
  const { rule, recuse } = one.closed
  return (
    <Paper component="section" aria-label={title}>
      <Title order={2} mb={4}>
        {title}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t(`rule.${aboutOf(one, level)}`)}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {level.arbitrators.map((side) => (
          <Side key={side.company} one={one} side={side} state={coming ? 'coming' : running ? 'running' : 'over'} />
        ))}
      </SimpleGrid>
      {running || (coming && recuse === null) ? (
        <Stack gap="sm" mt="md">
          {running ? (
            <Group justify="flex-end">
              {rule === null ? (
                <Button leftSection={<IconGavel size={18} aria-hidden="true" />} onClick={() => setRuling(true)}>
                  {t('rule.action')}
                </Button>
              ) : (
                <WhyNot code={rule} />
              )}
            </Group>
          ) : null}
          {recuse === null ? <Recuse one={one} /> : null}
        </Stack>
      ) : null}
      {ruling ? <GiveRuling one={one} level={level} onClose={() => setRuling(false)} /> : null}
    </Paper>
  )
}

/** What a level's rulings are, or why there are none. */
function aboutOf({ open, outcome }: DisputeView, { index, state, differed }: DisputeLevelView) {
  if (state === 'coming') return 'aboutComing'
  if (differed) return 'differed'
  return (open && state === 'running') || outcome?.level === index ? 'about' : 'over'
}

/** `over`: no ruling is given any more. */
function Side({ one, side, state }: { readonly one: DisputeView; readonly side: ArbitratorsView; readonly state: 'coming' | 'running' | 'over' }) {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  const author = useAuthorText()
  const { name, people, ruling } = side
  const may = people.filter(({ recused }) => !recused).map((one) => pick(one.name))
  return (
    <Paper component="section" withBorder p="md" aria-label={pick(name)}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Title order={3}>
            <bdi>{pick(name)}</bdi>
          </Title>
          {state === 'coming' ? null : (
            <Badge color={ruling ? (ruling.proven ? 'leaf' : 'amber') : 'gray'} variant="light">
              {t(ruling ? (ruling.proven ? 'rule.given' : 'rule.unproven') : state === 'running' ? 'rule.waits' : 'rule.none')}
            </Badge>
          )}
        </Group>
        {ruling ? (
          <>
            <FindingText one={one} finding={ruling.finding} terms={ruling.terms} />
            <div>
              <Text fz="sm" c="dimmed">
                {t('rule.rationale')}
              </Text>
              <Said>{ruling.rationale}</Said>
            </div>
            <Text fz="sm" c="dimmed">
              {author(ruling.by)} · <When at={ruling.at} withTime both={false} />
            </Text>
          </>
        ) : state !== 'over' ? (
          <Text fz="sm" c="dimmed">
            {may.length > 0 ? <bdi>{t('rule.people', { names: f.list(may) })}</bdi> : t('rule.nobody')}
          </Text>
        ) : null}
        {one.recusals
          .filter(({ by }) => by.company.id === side.company)
          .map(({ by, at, reason }) => (
            <Text key={`${by.person.id}:${String(at)}`} fz="sm" c="dimmed">
              <bdi>{t('recuse.said', { name: pick(by.person.name) })}</bdi> · <bdi>{reason}</bdi>
            </Text>
          ))}
      </Stack>
    </Paper>
  )
} // prettier-ignore

function Recuse({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const recusing = useMutation({
    ...useOrpc().disputes.recuse.mutationOptions(),
    onSuccess: () => notify.done(t('recuse.done')),
    onError: notify.refused,
  })
  return (
    <Reasoned
      about={t('recuse.about')}
      action={t('recuse.action')}
      icon={<IconUserOff size={18} aria-hidden="true" />}
      busy={recusing.isPending}
      label={t('recuse.reason')}
      hint={t('recuse.hint')}
      onSay={(reason) => recusing.mutate({ artifact: one.id, dispute: one.dispute, reason })}
    />
  )
}
