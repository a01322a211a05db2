import { Alert, Button, Divider, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileOutcome } from '#shared/projection/workspace-views.ts'
import { useClient } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { EnrolDevice } from './enrol-device.tsx'
import { Invitation } from './invitation.tsx'

/** Whatever a partner sent: a link or a file; invitation, answer or sync. The engine says what it is. */
export function OpenAnything({ link }: { readonly link: string | undefined }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const client = useClient()
  const [text, setText] = useState(link ?? '')
  const open = useMutation({
    mutationFn: async (source: File | string): Promise<FileOutcome> =>
      typeof source === 'string'
        ? client.workspaces.openLink({ link: source.trim() })
        : client.workspaces.openFile({ upload: await upload(client, source) }),
  })
  return (
    <Stack maw="46rem">
      <PageHeader
        title={t('common:action.openInvitation')}
        lead={t('openAnything.lead')}
        back={{ label: t('common:area.workspaces'), href: hrefOf(to.workspaces()) }}
      />
      {open.data?.kind === 'invitation' ? (
        <Invitation preview={open.data.preview} token={open.data.token} onBack={() => open.reset()} />
      ) : open.data?.kind === 'device-request' ? (
        <EnrolDevice request={open.data} onBack={() => open.reset()} />
      ) : (
        <Paper>
          <Stack>
            <FileDrop
              label={t('openAnything.file')}
              endings={['mithaq']}
              busy={open.isPending}
              onFile={(file) => open.mutate(file)}
            />
            <Divider label={t('openAnything.or')} />
            <Textarea
              label={t('openAnything.link')}
              description={t('openAnything.linkHint')}
              dir="ltr"
              rows={3}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button disabled={!text.trim()} loading={open.isPending} onClick={() => open.mutate(text)}>
                {t('openAnything.look')}
              </Button>
            </Group>
            <RefusalAlert refusal={open.error ? refusalOf(open.error) : null} />
            {open.data ? <Outcome outcome={open.data} /> : null}
          </Stack>
        </Paper>
      )}
    </Stack>
  )
}

function Outcome({
  outcome,
}: {
  readonly outcome: Exclude<FileOutcome, { readonly kind: 'invitation' | 'device-request' }>
}) {
  const { t } = useTranslation('workspaces')
  const { pick } = useLocale()
  if (outcome.kind === 'company-update')
    return (
      <Alert color="leaf" icon={<IconCircleCheck />} role="status">
        {t('openAnything.companyUpdate')}
      </Alert>
    )
  const tab = outcome.kind === 'answer' ? 'safety' : undefined
  return (
    <Alert color="leaf" icon={<IconCircleCheck />} role="status">
      <Title order={2} fz="md">
        {outcome.kind === 'answer'
          ? t('openAnything.answered', { company: pick(outcome.company) })
          : t('openAnything.admitted', { count: outcome.admitted })}
      </Title>
      {outcome.kind === 'sync' && outcome.refused > 0 ? (
        <Text>{t('openAnything.refused', { count: outcome.refused })}</Text>
      ) : null}
      {outcome.kind === 'sync' && outcome.parked > 0 ? (
        <Text>{t('openAnything.parked', { count: outcome.parked })}</Text>
      ) : null}
      {outcome.kind === 'answer' ? <Text>{t('openAnything.answeredText')}</Text> : null}
      <Button component="a" href={hrefOf(to.workspace(outcome.workspace, tab))} mt="sm" size="sm">
        {outcome.kind === 'answer' ? t('safety.compare') : t('openAnything.toWorkspace')}
      </Button>
    </Alert>
  )
}
