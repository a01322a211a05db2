import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { DisputeSummary } from '#shared/projection/dispute-views.ts'
import { When } from '#ui/parts/values.tsx'
import { useOrpc } from './engine.tsx'
import { useNotify } from './notify.ts'
import { go, hrefOf, to } from './route.ts'

/** Beside a document: the disputes about it with where they stand, and the way to raise one. */
export function DisputesAbout(props: { readonly kind: DisputeSummary['subject']['kind']; readonly id: string }) {
  const { kind, id } = props
  const subject = { kind, id: id as ArtifactId }
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const orpc = useOrpc()
  const found = useQuery(orpc.disputes.list.queryOptions({ input: { subject } }))
  const documents = useQuery(orpc.documents.list.queryOptions({ input: {} }))
  const channel = documents.data?.find((one) => one.id === id)?.channel
  const beginning = useMutation({
    ...orpc.disputes.begin.mutationOptions(),
    onSuccess: ({ id: draft }) => go(to.disputeDraft(draft)),
    onError: notify.refused,
  })
  if (!found.data || channel === undefined) return null
  const { disputes } = found.data
  return (
    <Paper component="section" aria-label={t('beside.title')}>
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: '1 1 20rem' }}>
          <Title order={2} mb={4}>
            {t('beside.title')}
          </Title>
          <Text fz="sm" c="dimmed">
            {t('beside.about')}
          </Text>
        </div>
        <Button
          variant="default"
          leftSection={<IconScale size={18} aria-hidden="true" />}
          loading={beginning.isPending}
          onClick={() => beginning.mutate({ channel, subject })}
        >
          {t('raise')}
        </Button>
      </Group>
      {disputes.length > 0 ? (
        <Stack gap="xs" mt="md">
          {disputes.map((one) => (
            <Known key={one.dispute} one={one} />
          ))}
        </Stack>
      ) : null}
    </Paper>
  )
}

function Known({ one }: { readonly one: DisputeSummary }) {
  const { t } = useTranslation('dispute')
  const { clock, issue, finding, open, id, dispute } = one
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <Anchor href={hrefOf(to.dispute(id, dispute))} style={{ flex: '1 1 18rem' }}>
        <Text span lineClamp={2}>
          <bdi>{issue}</bdi>
        </Text>
      </Anchor>
      <Group gap="xs">
        <Badge color={open ? 'amber' : 'gray'} variant="light">
          {t(`stage.${clock.stage}`)}
        </Badge>
        {finding ? <Text fz="sm">{t(`finding.${finding}`)}</Text> : null}
        {open && clock.until !== null ? (
          <Text fz="sm" c="dimmed">
            {t('beside.until')} <When at={clock.until} withTime both={false} />
          </Text>
        ) : null}
      </Group>
    </Group>
  )
}
