import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconTestPipe } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { InvitationPreview } from '#shared/projection/workspace-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'

/** Who invites to what, before anything is joined; accepting gives the answer file to send back. */
export function Invitation(props: {
  readonly preview: InvitationPreview
  readonly token: string
  readonly onBack: () => void
}) {
  const { t } = useTranslation(['workspaces', 'common', 'dry-run'])
  const { pick } = useLocale()
  const client = useClient()
  const notify = useNotify()
  const accept = useMutation(useOrpc().workspaces.accept.mutationOptions())
  const { preview } = props
  return (
    <Paper>
      <Stack>
        <Title order={2}>{t('invitation.title', { company: pick(preview.inviter) })}</Title>
        {preview.dryRun ? (
          <Alert color="sand" variant="light" icon={<IconTestPipe aria-hidden="true" />}>
            {t('dry-run:bar')}
          </Alert>
        ) : null}
        <KeyValue
          items={[
            [t('invitation.workspace'), pick(preview.workspace)],
            [t('new.kind'), t(`kind.${preview.kind}.name`)],
            [t('outcome'), pick(preview.outcome)],
            [t('invitation.from'), pick(preview.inviter)],
            [t('fingerprint'), <HashBadge key="print" hash={preview.inviterFingerprint} label={t('fingerprint')} />],
            [t('invite.expiresAt'), <When key="until" at={preview.expiresAt} withTime />],
          ]}
        />
        {accept.data ? (
          <Alert color="leaf" title={t('invitation.accepted')} role="status">
            <Text>{t('invitation.acceptedText')}</Text>
            <Group mt="sm">
              <Button
                leftSection={<IconDownload size={18} aria-hidden="true" />}
                onClick={() => void saveDownload(client, accept.data.answer).catch(notify.refused)}
              >
                {t('invitation.answerFile')}
              </Button>
              <Button component="a" variant="default" href={hrefOf(to.workspace(accept.data.workspace, 'safety'))}>
                {t('openAnything.toWorkspace')}
              </Button>
            </Group>
          </Alert>
        ) : (
          <>
            <Alert color="sand">{t('invitation.note')}</Alert>
            <RefusalAlert refusal={accept.error ? refusalOf(accept.error) : null} />
            <Group justify="flex-end">
              <Button variant="default" onClick={props.onBack}>
                {t('invitation.decline')}
              </Button>
              <Button loading={accept.isPending} onClick={() => accept.mutate({ token: props.token })}>
                {t('invitation.accept')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  )
}
