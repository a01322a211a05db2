import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconLock, IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { useAppState } from '#ui/app/state.ts'
import { saveDownload, upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { SafetyCode } from '#ui/parts/safety-code.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'

/** This machine has asked its company: request out, code read aloud, answer in, second code compared. */
export function Joining() {
  const { t } = useTranslation(['welcome', 'common'])
  const { pick } = useLocale()
  const client = useClient()
  const orpc = useOrpc()
  const { requestCode = [] } = useAppState()
  const save = useMutation({
    mutationFn: async () => saveDownload(client, await client.joining.request()),
  })
  const look = useMutation({
    mutationFn: async (file: File) => client.joining.look({ upload: await upload(client, file) }),
  })
  const confirm = useMutation({
    ...orpc.joining.confirm.mutationOptions(),
    onSuccess: () => go(to.today()),
    onError: () => look.reset(),
  })
  const lock = useMutation(orpc.vault.lock.mutationOptions())
  const error = save.error ?? look.error ?? confirm.error
  const offer = look.data
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} id="page-heading" tabIndex={-1} style={{ outline: 'none' }}>
          {offer ? t('join.offer', { company: pick(offer.preview.company) }) : t('join.waitTitle')}
        </Title>
        <Text c="dimmed" mt={6}>
          {offer ? t('join.compare') : t('join.waitLead')}
        </Text>
      </div>
      <RefusalAlert refusal={error ? refusalOf(error) : null} />
      {offer ? (
        <Paper>
          <Stack>
            <SafetyCode groups={offer.preview.code} />
            <KeyValue
              items={[
                [t('join.person'), pick(offer.preview.person)],
                [t('join.roles'), <RoleNames key="roles" roles={offer.preview.roles} />],
                [t('join.until'), <When key="until" at={offer.preview.validTo} />],
                [t('join.fingerprint'), <HashBadge key="print" hash={offer.preview.fingerprint} label={t('join.fingerprint')} />], // prettier-ignore
              ]}
            />
            <Group>
              <Button
                leftSection={<IconShieldCheck size={18} aria-hidden="true" />}
                loading={confirm.isPending}
                onClick={() => confirm.mutate({ token: offer.token, matches: true })}
              >
                {t('join.matches')}
              </Button>
              <Button
                variant="outline"
                color="red"
                leftSection={<IconShieldX size={18} aria-hidden="true" />}
                onClick={() => confirm.mutate({ token: offer.token, matches: false })}
              >
                {t('join.differs')}
              </Button>
            </Group>
          </Stack>
        </Paper>
      ) : (
        <Paper>
          <Stack>
            <Text>{t('join.step1')}</Text>
            <Group>
              <Button
                leftSection={<IconDownload size={18} aria-hidden="true" />}
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                {t('join.save')}
              </Button>
            </Group>
            <Text>{t('join.step2')}</Text>
            <SafetyCode groups={requestCode} />
            <Text>{t('join.step3')}</Text>
            <FileDrop
              label={t('join.answer')}
              endings={['mithaq']}
              busy={look.isPending}
              onFile={(file) => look.mutate(file)}
            />
          </Stack>
        </Paper>
      )}
      <Group justify="center">
        <Button
          variant="subtle"
          leftSection={<IconLock size={18} aria-hidden="true" />}
          onClick={() => lock.mutate({})}
        >
          {t('join.lock')}
        </Button>
      </Group>
    </Stack>
  )
}
