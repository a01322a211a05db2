import { Badge, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ChannelView, CheckpointView, WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** Of every channel the latest checkpoint: who came to it, who has not answered, and what differs. */
export function Checkpoints({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation('workspaces')
  return (
    <Paper>
      <Title order={2} mb="xs">
        {t('checkpoint.title')}
      </Title>
      <Text fz="sm" c="dimmed" maw={680} mb="md">
        {t('checkpoint.explained')}
      </Text>
      <Stack gap="lg">
        {workspace.channels.map((channel) => (
          <InChannel key={channel.id} workspace={workspace} channel={channel} />
        ))}
      </Stack>
    </Paper>
  )
}

function InChannel({ workspace, channel }: { readonly workspace: WorkspaceView; readonly channel: ChannelView }) {
  const { t } = useTranslation('workspaces')
  const { f, pick } = useLocale()
  const make = useMutation(useOrpc().workspaces.makeCheckpoint.mutationOptions())
  const { checkpoint, attestedAt } = channel
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Group gap="sm">
          <Text fw={600}>
            <bdi>{pick(channel.name)}</bdi>
          </Text>
          {checkpoint ? <State checkpoint={checkpoint} /> : null}
        </Group>
        {workspace.stage === 'active' ? (
          <Button
            variant="default"
            size="sm"
            aria-label={t('checkpoint.makeIn', { channel: pick(channel.name) })}
            loading={make.isPending}
            onClick={() => make.mutate({ workspace: workspace.id, channel: channel.id })}
          >
            {t('checkpoint.make')}
          </Button>
        ) : null}
      </Group>
      {checkpoint ? <Words checkpoint={checkpoint} /> : <Text fz="sm">{t('checkpoint.none')}</Text>}
      {attestedAt !== undefined && checkpoint?.stands === false ? (
        <Text fz="sm">{t('checkpoint.before', { time: f.moment(attestedAt) })}</Text>
      ) : null}
      <RefusalAlert refusal={make.error ? refusalOf(make.error) : null} />
    </Stack>
  )
}

function State({ checkpoint }: { readonly checkpoint: CheckpointView }) {
  const { t } = useTranslation('workspaces')
  if (checkpoint.differing.length > 0)
    return (
      <Badge color="red" variant="light">
        {t('checkpoint.differs')}
      </Badge>
    )
  return (
    <Badge color={checkpoint.stands ? 'leaf' : 'sand'} variant="light">
      {t(checkpoint.stands ? 'checkpoint.stands' : 'checkpoint.waits')}
    </Badge>
  )
}

function Words({ checkpoint }: { readonly checkpoint: CheckpointView }) {
  const { t } = useTranslation('workspaces')
  const { f, pick } = useLocale()
  const { id, at, entries, attested, missing, differing } = checkpoint
  return (
    <>
      <Group gap="xs">
        <Text fz="sm">{t('checkpoint.made', { time: f.moment(at), count: entries })}</Text>
        <HashBadge hash={id} label={t('checkpoint.hash')} />
      </Group>
      <List fz="sm" spacing={4}>
        {attested.map((word, index) => (
          <List.Item key={`by ${String(index)}`}>
            {t('checkpoint.attested', {
              company: pick(word.company),
              person: pick(word.person),
              time: f.moment(word.at),
            })}
          </List.Item>
        ))}
        {differing.map((word, index) => (
          <List.Item key={`differs ${String(index)}`}>
            {t('checkpoint.differing', {
              company: pick(word.company),
              person: pick(word.person),
              parts: word.parts.map((part) => t(`checkpoint.part.${part}`)).join(t('checkpoint.separator')),
            })}
          </List.Item>
        ))}
        {missing.map((company, index) => (
          <List.Item key={`missing ${String(index)}`}>{t('checkpoint.missing', { company: pick(company) })}</List.Item>
        ))}
      </List>
      {differing.length > 0 ? <Text fz="sm">{t('checkpoint.differsNext')}</Text> : null}
    </>
  )
}
