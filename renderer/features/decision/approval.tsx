import {
  Alert,
  Button,
  Group,
  NumberInput,
  Paper,
  SegmentedControl,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
} from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Num } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

interface Choice {
  readonly score: number | string
  readonly vote: 'yes' | 'no'
  readonly objection: string
}
const STANCES = ['vote', 'abstain', 'recuse'] as const

/** The company's position as it would leave: a person whose role may approves exactly this, and nothing else goes. */
export function Approval({ round, own }: { readonly round: RoundView; readonly own: NonNullable<RoundView['own']> }) {
  const { t } = useTranslation('decision')
  const { pick, f } = useLocale()
  const { decision } = useDesk()
  const notify = useNotify()
  const { options, policy } = round.content
  const [stance, setStance] = useState<(typeof STANCES)[number]>('vote')
  const [rationale, setRationale] = useState('')
  /** Only what the person changed: the rest follows the scores as they come. */
  const [changed, setChanged] = useState<Readonly<Record<string, Partial<Choice>>>>({})
  const approving = useMutation({
    ...useOrpc().decisions.approve.mutationOptions(),
    onSuccess: () => notify.done(t(policy.sealed ? 'approve.sealedDone' : 'approve.done')),
  })
  const choiceOf = (id: string): Choice => {
    const score = (own.computed[id]?.score ?? 0) / 100
    return { score, vote: score >= policy.threshold ? 'yes' : 'no', objection: '', ...changed[id] }
  }
  const change = (id: string, part: Partial<Choice>): void => setChanged({ ...changed, [id]: { ...changed[id], ...part } })
  const unscored = stance === 'vote' && options.some(({ id }) => own.computed[id] === undefined)
  const objects = stance === 'vote' && options.some(({ id }) => choiceOf(id).vote === 'no')
  const unsaid = policy.kind === 'consent' && objects && options.some(({ id }) => choiceOf(id).vote === 'no' && choiceOf(id).objection.trim() === '') // prettier-ignore
  const send = (): void =>
    approving.mutate({
      artifact: decision.id,
      round: round.hash,
      stance,
      rationale,
      options:
        stance === 'vote'
          ? options.map(({ id }) => {
              const { score, vote, objection } = choiceOf(id)
              return { option: id, score: Math.round(Number(score) * 100), vote, objection: vote === 'no' ? objection : '' }
            })
          : [],
    }) // prettier-ignore
  return (
    <Paper component="section" aria-labelledby="own-position">
      <Title order={2} id="own-position" mb={4}>
        {t('approve.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t(policy.sealed ? 'approve.aboutSealed' : 'approve.about')}
      </Text>
      <Stack>
        <SegmentedControl
          aria-label={t('approve.stance')}
          data={STANCES.map((one) => ({ value: one, label: t(`stance.${one}`) }))}
          value={stance}
          onChange={setStance}
        />
        {stance === 'vote' ? (
          <Table.ScrollContainer minWidth={520}>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('options.one')}</Table.Th>
                  <Table.Th>{t('approve.computed')}</Table.Th>
                  <Table.Th>{t('approve.score')}</Table.Th>
                  <Table.Th>{t('approve.vote')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {options.map((option) => {
                  const choice = choiceOf(option.id)
                  const computed = own.computed[option.id]
                  return (
                    <Table.Tr key={option.id}>
                      <Table.Td>
                        <bdi>{pick(option.title)}</bdi>
                      </Table.Td>
                      <Table.Td>
                        <Num value={computed ? computed.score / 100 : null} />
                        {computed && own.scores.length > 1 ? (
                          <Text fz="xs" c="dimmed">
                            {t('approve.spread', { points: f.number(computed.uncertainty / 100) })} ·{' '}
                            {t('approve.dissent', { count: computed.dissent })}
                          </Text>
                        ) : null}
                      </Table.Td>
                      <Table.Td>
                        <NumberInput
                          aria-label={t('approve.scoreOf', { option: pick(option.title) })}
                          min={Math.max(0, (computed?.score ?? 0) / 100 - policy.leeway)}
                          max={Math.min(100, (computed?.score ?? 0) / 100 + policy.leeway)}
                          decimalScale={2}
                          clampBehavior="blur"
                          w="7rem"
                          readOnly={policy.leeway === 0}
                          value={choice.score}
                          onChange={(score) => change(option.id, { score })}
                        />
                      </Table.Td>
                      <Table.Td>
                        <SegmentedControl
                          size="xs"
                          aria-label={t('approve.voteOf', { option: pick(option.title) })}
                          data={[
                            { value: 'yes', label: t('vote.yes') },
                            { value: 'no', label: t('vote.no') },
                          ]}
                          value={choice.vote}
                          onChange={(vote) => change(option.id, { vote })}
                        />
                        {choice.vote === 'no' ? (
                          <Textarea
                            mt="xs"
                            size="xs"
                            aria-label={t('approve.objectionOf', { option: pick(option.title) })}
                            placeholder={t('approve.objection')}
                            dir="auto"
                            autosize
                            maxLength={4000}
                            value={choice.objection}
                            onChange={(event) => change(option.id, { objection: event.currentTarget.value })}
                          />
                        ) : null}
                      </Table.Td>
                    </Table.Tr>
                  )
                })}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        ) : (
          <Alert color="sand">{t(`stance.${stance}Meaning`)}</Alert>
        )}
        {policy.leeway > 0 && stance === 'vote' ? (
          <Text fz="sm" c="dimmed">
            {t('approve.leeway', { count: policy.leeway })}
          </Text>
        ) : null}
        <Textarea
          label={t('approve.rationale')}
          description={t('approve.rationaleHint')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={8000}
          value={rationale}
          onChange={(event) => setRationale(event.currentTarget.value)}
        />
        <RefusalAlert refusal={approving.error ? refusalOf(approving.error) : null} />
        <Group justify="flex-end">
          {unscored || unsaid ? (
            <Text fz="sm" c="dimmed">
              {t(unscored ? 'approve.scoreFirst' : 'approve.sayWhy')}
            </Text>
          ) : null}
          <Button
            leftSection={<IconSend size={18} aria-hidden="true" />}
            disabled={unscored || unsaid}
            loading={approving.isPending}
            onClick={send}
          >
            {t(policy.sealed ? 'approve.actionSealed' : 'approve.action')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
} // prettier-ignore
