import { Alert, Box, Button, Group, Modal, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { STATED_ITEMS } from '#shared/artifacts/dry-run.v1.ts'
import type { DryRunView } from '#shared/projection/dry-run-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Share } from '#ui/parts/share.tsx'
import { StatusDot } from '#ui/parts/status-dot.tsx'
import { When } from '#ui/parts/values.tsx'
import { Invitation } from './invitation.tsx'

type Item = DryRunView['items'][number]
type Stated = (typeof STATED_ITEMS)[number]

/** The checklist that both companies see, and the door to the workspace for real data. */
export function DryRunChecklist({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation('dry-run')
  const found = useQuery(useOrpc().dryRuns.get.queryOptions({ input: { workspace } }))
  const [ticking, setTicking] = useState<Stated | null>(null)
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  if (!found.data) return <Loading />
  const view = found.data
  const done = view.items.filter((item) => item.done).length
  return (
    <Stack gap="lg">
      <Text c="dimmed">{t('lead')}</Text>
      <Outcome view={view} />
      <Paper>
        <Group justify="space-between" mb="sm">
          <Title order={2}>{t('tab')}</Title>
          <Text fz="sm">{t('progress', { done, all: view.items.length })}</Text>
        </Group>
        <Box mb="md">
          <Share of={done / view.items.length} label={t('progress', { done, all: view.items.length })} />
        </Box>
        <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: 'none' }}>
          {view.items.map((item) => (
            <Row key={item.item} item={item} workspace={workspace} onTick={setTicking} />
          ))}
        </Stack>
      </Paper>
      {ticking ? <Tick workspace={workspace} item={ticking} onClose={() => setTicking(null)} /> : null}
    </Stack>
  )
}

function Row(props: { readonly item: Item; readonly workspace: string; readonly onTick: (item: Stated) => void }) {
  const { t } = useTranslation('dry-run')
  const { pick } = useLocale()
  const notify = useNotify()
  const { item, workspace } = props
  const stated = STATED_ITEMS.find((one) => one === item.item)
  const agreement = useMutation({
    ...useOrpc().dryRuns.agreement.mutationOptions(),
    onSuccess: ({ artifact }) => go(to.document(artifact)),
    onError: notify.refused,
  })
  const takeBack = useMutation({ ...useOrpc().dryRuns.tick.mutationOptions(), onError: notify.refused })
  const Icon = item.done ? IconCircleCheck : IconCircleDashed
  return (
    <Group
      component="li"
      justify="space-between"
      wrap="nowrap"
      align="flex-start"
      py="sm"
      style={{ borderBlockStart: '1px solid var(--mithaq-line)' }}
    >
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Icon
          size={22}
          role="img"
          aria-label={t(item.done ? 'done' : 'open')}
          color={item.done ? 'var(--mantine-color-leaf-6)' : 'var(--mantine-color-gray-6)'}
          style={{ flex: 'none' }}
        />
        <div>
          <Text fw={500}>{t(`item.${item.item}`)}</Text>
          <Text fz="sm" c="dimmed">
            {t(`how.${item.how}`)}
          </Text>
          {item.how === 'stated'
            ? item.words.map((word) => (
                <Text key={word.company} fz="sm">
                  {pick(word.name)}, {pick(word.by)}, <When at={word.at} both={false} />: <bdi>{word.evidence}</bdi>
                </Text>
              ))
            : item.words.map((word) => (
                <Text key={word.company} fz="sm">
                  {pick(word.name)}, <When at={word.at} both={false} />
                </Text>
              ))}
        </div>
      </Group>
      {item.item === 'terms-read' ? (
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ flex: 'none' }}
          loading={agreement.isPending}
          onClick={() => agreement.mutate({ workspace })}
        >
          {t('toAgreement')}
        </Button>
      ) : null}
      {stated ? (
        item.mine ? (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={takeBack.isPending}
            onClick={() => takeBack.mutate({ workspace, item: stated, done: false, evidence: '' })}
          >
            {t('takeBack')}
          </Button>
        ) : (
          <Button size="compact-sm" variant="default" style={{ flex: 'none' }} onClick={() => props.onTick(stated)}>
            {t('ours')}
          </Button>
        )
      ) : null}
    </Group>
  )
}

function Tick(props: { readonly workspace: string; readonly item: Stated; readonly onClose: () => void }) {
  const { t } = useTranslation(['dry-run', 'common'])
  const [evidence, setEvidence] = useState('')
  const tick = useMutation({ ...useOrpc().dryRuns.tick.mutationOptions(), onSuccess: props.onClose })
  const { item, workspace } = props
  return (
    <Modal opened onClose={props.onClose} title={t(`item.${item}`)}>
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          tick.mutate({ workspace, item, done: true, evidence })
        }}
      >
        <TextInput
          label={t('evidence')}
          description={t('evidenceHint')}
          required
          data-autofocus
          maxLength={500}
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        <RefusalAlert refusal={tick.error ? refusalOf(tick.error) : null} />
        <Group justify="flex-end">
          <Button type="submit" loading={tick.isPending}>
            {t('confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Who has passed, what follows, and the way into the workspace for real data. */
function Outcome({ view }: { readonly view: DryRunView }) {
  const { t } = useTranslation('dry-run')
  const { pick } = useLocale()
  const orpc = useOrpc()
  const notify = useNotify()
  const { workspace, production } = view
  const own = view.companies.find((company) => company.own)
  const pass = useMutation({ ...orpc.dryRuns.pass.mutationOptions(), onError: notify.refused })
  const make = useMutation({
    ...orpc.dryRuns.foundProduction.mutationOptions(),
    onSuccess: (made) => go(to.workspace(made.workspace)),
    onError: notify.refused,
  })
  const look = useMutation({ ...orpc.workspaces.openLink.mutationOptions(), onError: notify.refused })
  if (look.data?.kind === 'invitation') {
    return <Invitation preview={look.data.preview} token={look.data.token} onBack={() => look.reset()} />
  }
  return (
    <Paper>
      <Title order={2} mb="sm">
        {t('company')}
      </Title>
      <Group gap="xl" mb="md">
        {view.companies.map(({ company, name, passed, ready }) => (
          <Stack key={company} gap={2}>
            <Text fw={500}>{pick(name)}</Text>
            <StatusDot tone={passed ? 'good' : ready ? 'busy' : 'off'}>
              {t(passed ? 'passed' : ready ? 'ready' : 'notReady')}
            </StatusDot>
          </Stack>
        ))}
      </Group>
      {production ? (
        <Alert color="leaf" title={t('made')}>
          <Text fz="sm" mb="sm">
            {t('madeText')}
          </Text>
          {production.joined ? (
            <Button component="a" size="sm" href={hrefOf(to.workspace(production.workspace))}>
              {t('toProduction')}
            </Button>
          ) : (
            <Button size="sm" loading={look.isPending} onClick={() => look.mutate({ link: production.link })}>
              {t('join')}
            </Button>
          )}
        </Alert>
      ) : view.unlocked ? (
        <Alert color="leaf" title={t('unlocked')}>
          <Text fz="sm" mb="sm">
            {t('unlockedText')}
          </Text>
          <Button size="sm" loading={make.isPending} onClick={() => make.mutate({ workspace })}>
            {t('make')}
          </Button>
        </Alert>
      ) : own?.ready && !own.passed ? (
        <Group justify="space-between" gap="md">
          <Text fz="sm" maw="34rem">
            {t('passHint')}
          </Text>
          <Button loading={pass.isPending} onClick={() => pass.mutate({ workspace })}>
            {t('pass')}
          </Button>
        </Group>
      ) : null}
    </Paper>
  )
}
