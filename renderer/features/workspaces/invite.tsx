import { Badge, Button, CopyButton, Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconMail } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import classes from './workspaces.module.css'

const DAYS = [3, 7, 14, 30] as const

/** A one-time invitation: a link to copy, and the same as a sealed file; then what happens next. */
export function Invite({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const client = useClient()
  const notify = useNotify()
  const orpc = useOrpc()
  const queries = useQueryClient()
  const [days, setDays] = useState(7)
  const invite = useMutation({
    mutationFn: () => client.workspaces.invite({ workspace: workspace.id, days }),
    onSuccess: () => queries.invalidateQueries({ queryKey: orpc.workspaces.key() }),
  })
  const mail = useMutation({
    mutationFn: async () => {
      const attachments = await client.workspaces.inviteByMail({ workspace: workspace.id })
      await saveDownload(client, attachments.invitation)
      await saveDownload(client, attachments.guide)
    },
    onSuccess: () => notify.done(t('invite.mailSaved')),
  })
  const { invitation } = workspace
  const usable = invitation && !invitation.used && invitation.expiresAt > Date.now()
  return (
    <Stack gap="lg" maw="52rem">
      <Paper>
        <Title order={2}>{t('invite.title')}</Title>
        <Text c="dimmed" mt={4} mb="md">
          {t('invite.text')}
        </Text>
        <Group align="flex-end">
          <Select
            label={t('invite.validFor')}
            w={180}
            allowDeselect={false}
            data={DAYS.map((count) => ({ value: String(count), label: t('days', { count }) }))}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
          />
          <Button
            loading={invite.isPending}
            onClick={() => invite.mutate()}
            {...(usable ? { variant: 'default' } : {})}
          >
            {usable ? t('invite.again') : t('invite.make')}
          </Button>
        </Group>
        <RefusalAlert refusal={invite.error ? refusalOf(invite.error) : null} mt="md" />
        {invitation ? (
          <Stack gap="xs" mt="lg">
            <Group justify="space-between">
              <Text fw={600}>{t('invite.link')}</Text>
              <Badge color={usable ? 'leaf' : 'gray'} variant="light">
                {invitation.used ? t('invite.used') : usable ? t('invite.usable') : t('invite.expired')}
              </Badge>
            </Group>
            <div
              className={classes.link}
              dir="ltr"
              tabIndex={0}
              aria-label={t('invite.link')}
              role="textbox"
              aria-readonly="true"
            >
              {invitation.link}
            </div>
            <Group justify="space-between">
              <Text fz="sm" c="dimmed">
                {t('invite.expiresAt')} <When at={invitation.expiresAt} withTime />
              </Text>
              <Group gap="xs">
                <CopyButton value={invitation.link}>
                  {({ copied, copy }) => (
                    <Button
                      leftSection={
                        copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />
                      }
                      onClick={copy}
                      disabled={!usable}
                    >
                      {copied ? t('common:copied') : t('invite.copy')}
                    </Button>
                  )}
                </CopyButton>
                {invite.data ? (
                  <Button
                    variant="default"
                    leftSection={<IconDownload size={16} aria-hidden="true" />}
                    onClick={() => void saveDownload(client, invite.data).catch(notify.refused)}
                  >
                    {t('invite.file')}
                  </Button>
                ) : null}
              </Group>
            </Group>
          </Stack>
        ) : null}
      </Paper>
      {usable ? (
        <Paper>
          <Title order={2} mb="xs">
            {t('invite.mailTitle')}
          </Title>
          <Text mb="md">{t('invite.mailText')}</Text>
          <Button
            leftSection={<IconMail size={16} aria-hidden="true" />}
            loading={mail.isPending}
            onClick={() => mail.mutate()}
          >
            {t('invite.mailSave')}
          </Button>
          <RefusalAlert refusal={mail.error ? refusalOf(mail.error) : null} mt="md" />
        </Paper>
      ) : null}
      <Paper>
        <Title order={2} mb="xs">
          {t('invite.nextTitle')}
        </Title>
        <Stack component="ol" gap={6} m={0} ps="lg">
          {(['nextSend', 'nextAnswer', 'nextCompare'] as const).map((key) => (
            <li key={key}>{t(`invite.${key}`)}</li>
          ))}
        </Stack>
        <Button component="a" href={hrefOf(to.openInvitation())} variant="default" mt="md">
          {t('invite.openAnswer')}
        </Button>
      </Paper>
    </Stack>
  )
}
