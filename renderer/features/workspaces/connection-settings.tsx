import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  Paper,
  PasswordInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { LinkStatus, useLinkMeaning } from './link-status.tsx'
import { MailboxStatus } from './mailbox-status.tsx'

/** Where the two sides meet: signalling servers and ICE servers of the company's own choice, or none at all. */
export function ConnectionSettings({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation(['workspaces', 'common'])
  const notify = useNotify()
  const meaning = useLinkMeaning()
  const save = useMutation({
    ...useOrpc().workspaces.setConnection.mutationOptions(),
    onSuccess: () => notify.done(t('common:saved')),
  })
  const { connection } = workspace
  const form = useForm({
    initialValues: {
      enabled: connection.enabled,
      mailbox: connection.mailbox ?? '',
      signalling: [...connection.signalling],
      ice: connection.iceServers.map(({ urls, username = '', credential = '' }) => ({ urls, username, credential })),
    },
  })
  const bad = (address: string): string | null => (/^wss?:\/\/\S+$/.test(address) ? null : t('connection.badAddress'))
  const submit = form.onSubmit((values) => {
    const signalling = values.signalling.map((address) => address.trim()).filter(Boolean)
    const mailbox = values.mailbox.trim()
    if (signalling.some(bad) || (mailbox && bad(mailbox))) return
    save.mutate({
      workspace: workspace.id,
      enabled: values.enabled,
      signalling,
      mailbox: mailbox || null,
      iceServers: values.ice
        .filter(({ urls }) => urls.trim())
        .map(({ urls, username, credential }) => ({
          urls: urls.trim(),
          ...(username ? { username } : {}),
          ...(credential ? { credential } : {}),
        })),
    })
  })
  return (
    <Paper component="form" onSubmit={submit} noValidate maw="52rem">
      <Stack gap="lg">
        <div>
          <LinkStatus link={workspace.link} />
          <Text fz="sm" c="dimmed" mt={4}>
            {meaning(workspace.link)}
          </Text>
        </div>
        <Switch
          label={t('connection.enabled')}
          description={t('connection.enabledHint')}
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        <Fieldset legend={t('connection.signalling')}>
          <Text fz="sm" c="dimmed" mb="sm">
            {t('connection.signallingHint')}
          </Text>
          <Stack gap="xs">
            {form.values.signalling.map((address, index) => (
              <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
                <TextInput
                  style={{ flex: 1 }}
                  dir="ltr"
                  aria-label={t('connection.signalling')}
                  placeholder="wss://"
                  {...form.getInputProps(`signalling.${index}`)}
                  error={form.isTouched(`signalling.${index}`) && address ? bad(address) : null}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={t('common:remove')}
                  onClick={() => form.removeListItem('signalling', index)}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
            ))}
            <Button
              variant="default"
              size="sm"
              w="fit-content"
              disabled={form.values.signalling.length >= 8}
              onClick={() => form.insertListItem('signalling', '')}
            >
              {t('connection.addSignalling')}
            </Button>
          </Stack>
        </Fieldset>
        <Fieldset legend={t('connection.mailbox')}>
          <Text fz="sm" c="dimmed" mb="sm">
            {t('connection.mailboxHint')}
          </Text>
          <Stack gap="md">
            <TextInput
              dir="ltr"
              aria-label={t('connection.mailboxAddress')}
              placeholder="wss://"
              {...form.getInputProps('mailbox')}
              error={form.values.mailbox && form.isTouched('mailbox') ? bad(form.values.mailbox.trim()) : null}
            />
            {workspace.mailbox ? (
              <MailboxStatus mailbox={workspace.mailbox} hasChannels={workspace.channels.length > 0} />
            ) : null}
          </Stack>
        </Fieldset>
        <Fieldset legend={t('connection.ice')}>
          <Text fz="sm" c="dimmed" mb="sm">
            {t('connection.iceHint')}
          </Text>
          <Stack gap="sm">
            {form.values.ice.map((_, index) => (
              <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
                <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ flex: 1 }} spacing="xs">
                  <TextInput
                    label={t('connection.iceUrl')}
                    dir="ltr"
                    placeholder="turn:"
                    {...form.getInputProps(`ice.${index}.urls`)}
                  />
                  <TextInput
                    label={t('connection.iceUser')}
                    dir="ltr"
                    autoComplete="off"
                    {...form.getInputProps(`ice.${index}.username`)}
                  />
                  <PasswordInput
                    label={t('connection.iceSecret')}
                    dir="ltr"
                    autoComplete="off"
                    {...form.getInputProps(`ice.${index}.credential`)}
                  />
                </SimpleGrid>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={t('common:remove')}
                  onClick={() => form.removeListItem('ice', index)}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
            ))}
            <Button
              variant="default"
              size="sm"
              w="fit-content"
              disabled={form.values.ice.length >= 8}
              onClick={() => form.insertListItem('ice', { urls: '', username: '', credential: '' })}
            >
              {t('connection.addIce')}
            </Button>
          </Stack>
        </Fieldset>
        <RefusalAlert refusal={save.error ? refusalOf(save.error) : null} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
