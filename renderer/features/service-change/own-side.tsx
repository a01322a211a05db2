import { Button, Group, Paper, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { optionScore } from '#shared/decisions/position.ts'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { THE_CHANGE } from '#shared/scoring/scored.ts'
import { ComputedScores } from '#ui/app/computed-scores.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { RoleScores } from '#ui/app/role-scores.tsx'
import { ClassBadge } from '#ui/parts/class-badge.tsx'
import { useDesk } from './desk.tsx'

type Own = NonNullable<ChangeTextView['own']>

/** What only our company sees: how the service has done, what comes first now, and what our roles think. */
export function OwnSide() {
  const { t } = useTranslation('change')
  const { current } = useDesk().change
  if (!current?.own) return <Text c="dimmed">{t('own.none')}</Text>
  return (
    <Stack gap="lg">
      <Context own={current.own} />
      <Scores key={current.hash} text={current} own={current.own} />
    </Stack>
  )
}

function Context({ own }: { readonly own: Own }) {
  const { t } = useTranslation('change')
  const { change, live } = useDesk()
  const notify = useNotify()
  const [history, setHistory] = useState(own.context.history)
  const [priorities, setPriorities] = useState(own.context.priorities)
  const saving = useMutation({
    ...useOrpc().changes.saveContext.mutationOptions(),
    onSuccess: () => notify.done(t('own.saved')),
    onError: notify.refused,
  })
  const changed = history !== own.context.history || priorities !== own.context.priorities
  const field = (name: 'history' | 'priorities', value: string, set: (next: string) => void) => (
    <Textarea
      label={t(`own.${name}`)}
      description={t(`own.${name}Hint`)}
      dir="auto"
      autosize
      minRows={3}
      maxLength={20_000}
      readOnly={!live.mayWrite}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
  return (
    <Paper component="section" aria-label={t('own.title')}>
      <Group gap="sm" mb={4}>
        <Title order={2}>{t('own.title')}</Title>
        <ClassBadge dataClass="private" />
      </Group>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('own.about')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {field('history', history, setHistory)}
        {field('priorities', priorities, setPriorities)}
      </SimpleGrid>
      <Group justify="flex-end" mt="sm">
        <Button
          variant="default"
          disabled={!changed || !live.mayWrite}
          loading={saving.isPending}
          onClick={() => saving.mutate({ artifact: change.id, history, priorities })}
        >
          {t('own.save')}
        </Button>
      </Group>
    </Paper>
  )
}

function Scores({ text, own }: { readonly text: ChangeTextView; readonly own: Own }) {
  const { t } = useTranslation('change')
  const { change, live } = useDesk()
  const notify = useNotify()
  const orpc = useOrpc().changes
  const removing = useMutation({ ...orpc.removeScores.mutationOptions(), onError: notify.refused })
  const saving = useMutation(orpc.saveScores.mutationOptions())
  const of = { artifact: change.id, change: text.hash }
  const { topic, options, policy } = text.content
  const subjects = [{ id: THE_CHANGE, title: topic.title }, ...options]
  const open = ['deciding', 'blocked', 'approvable', 'signing'].includes(text.stage)
  return (
    <>
      <RoleScores
        scored={{
          of: { artifact: change.id, text: text.hash },
          subjects,
          weights: policy.dimensions,
          nameOf: (name) => t(`dimensions.${name}`),
          save: (sheet, onSuccess) => saving.mutate({ ...of, ...sheet }, { onSuccess }),
          saving,
        }}
        scores={own.scores}
        scoreOf={(scores) => optionScore(policy.dimensions, scores)}
        about={t('own.scores')}
        mayChange={open && live.mayWrite}
        onRemove={(role) => removing.mutate({ ...of, role })}
      />
      {own.scores.length > 0 ? (
        <ComputedScores title={t('own.computed')} subjects={subjects} computed={own.computed} />
      ) : null}
    </>
  )
}
