import { Alert, Button, Collapse, Group, NumberInput, Paper, SimpleGrid, Text, Title } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { topsis, type Closeness } from '#shared/decisions/topsis.ts'
import { sensitivity, whatIf } from '#shared/decisions/what-if.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** Tries other weights and another threshold on the positions that are in. Nothing of it is kept or sent. */
export function WhatIf({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const { f, pick } = useLocale()
  const { content } = round
  const [open, setOpen] = useState(false)
  const [threshold, setThreshold] = useState<number>(content.policy.threshold)
  const [weights, setWeights] = useState<ReadonlyMap<CompanyId, number>>(new Map())
  const positions = round.companies.flatMap(({ company, state, position }) =>
    state === 'shown' && position ? [{ company, position }] : [],
  )
  const vetoes = round.vetoes.map(({ by, option }) => ({ company: by.company.id, option }))
  if (positions.length === 0) return null
  const found = whatIf(content, positions, vetoes, { threshold, weights })
  const hangs = sensitivity(content, positions, vetoes)
  const winner = content.options.find(({ id }) => id === found.option)
  const nameOf = (company: CompanyId): string => pick(content.voters.find((one) => one.company === company)?.name ?? { en: '', ar: '' }) // prettier-ignore
  const changed = threshold !== content.policy.threshold || weights.size > 0
  return (
    <Paper component="section" aria-label={t('whatIf.title')}>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('whatIf.title')}</Title>
        <Button
          size="sm"
          variant="default"
          aria-expanded={open}
          leftSection={<IconAdjustments size={16} aria-hidden="true" />}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'whatIf.close' : 'whatIf.open')}
        </Button>
      </Group>
      <Text fz="sm" c="dimmed">
        {content.policy.kind === 'consent'
          ? ''
          : `${t('whatIf.span', { from: f.number(hangs.threshold.from), to: f.number(hangs.threshold.to) })} `}
        {hangs.pivotal.length === 0
          ? t('whatIf.nobody')
          : t('whatIf.pivotal', { companies: f.list(hangs.pivotal.map(nameOf)) })}
      </Text>
      <SecondLook content={content} found={topsis(content, positions)} winner={found.option} />
      <Collapse expanded={open}>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }} mt="md">
          {content.policy.kind === 'consent' ? null : (
            <NumberInput
              label={t('whatIf.threshold')}
              min={0}
              max={100}
              allowDecimal={false}
              clampBehavior="strict"
              value={threshold}
              onChange={(next) => setThreshold(Number(next) || 0)}
            />
          )}
          {content.voters.map(({ company, name, weight }) => (
            <NumberInput
              key={company}
              label={t('whatIf.weight', { company: pick(name) })}
              min={1}
              max={10_000}
              allowDecimal={false}
              clampBehavior="strict"
              value={weights.get(company) ?? weight}
              onChange={(next) => setWeights(new Map([...weights, [company, Math.max(1, Number(next) || 1)]]))}
            />
          ))}
        </SimpleGrid>
        <Alert mt="md" color={winner ? 'leaf' : 'sand'} role="status">
          {winner ? t('whatIf.passes', { option: pick(winner.title) }) : t(`ballot.no.${found.reason ?? 'threshold'}`)}
        </Alert>
        <Group justify="space-between" mt="sm">
          <Text fz="sm" c="dimmed">
            {t('whatIf.onlyHere')}
          </Text>
          <Button
            size="xs"
            variant="subtle"
            disabled={!changed}
            onClick={() => {
              setThreshold(content.policy.threshold)
              setWeights(new Map())
            }}
          >
            {t('whatIf.reset')}
          </Button>
        </Group>
      </Collapse>
    </Paper>
  )
}

/** The order of the options by another method, and whether it says the same. */
function SecondLook(props: {
  readonly content: RoundView['content']
  readonly found: readonly Closeness[] | null
  readonly winner: string | null
}) {
  const { t } = useTranslation('decision')
  const { f, pick } = useLocale()
  const { content, found, winner } = props
  const [first] = found ?? []
  if (!found || !first) return null
  const ranks = found.map(({ option, closeness }) =>
    t('whatIf.topsisRank', {
      option: pick(content.options.find(({ id }) => id === option)?.title ?? { en: '', ar: '' }),
      closeness: f.number(Math.round(closeness * 100) / 100),
    }),
  )
  return (
    <Text fz="sm" c="dimmed" mt={4}>
      {t('whatIf.topsis', { ranks: f.list(ranks) })}
      {winner === null ? null : ` ${t(winner === first.option ? 'whatIf.topsisSame' : 'whatIf.topsisOther')}`}
    </Text>
  )
}
