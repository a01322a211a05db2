import { ActionIcon, Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconCircleCheck, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimestampingView } from '#shared/projection/agreement-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'

/** The timestamp authority that signatures ask, and whose times are believed. */
export function Timestamps() {
  const found = useQuery(useOrpc().agreements.timestamping.queryOptions({ input: {} }))
  if (found.error) return <RefusalAlert refusal={refusalOf(found.error)} />
  return found.data ? <Form kept={found.data} /> : <Loading />
}

function Form({ kept }: { readonly kept: TimestampingView }) {
  const { t } = useTranslation(['settings', 'common'])
  const orpc = useOrpc()
  const client = useClient()
  const queries = useQueryClient()
  const notify = useNotify()
  const [url, setUrl] = useState(kept.url ?? '')
  const saving = useMutation({
    mutationFn: async ({ roots, file }: { readonly roots: readonly string[]; readonly file?: File }) =>
      client.agreements.saveTimestamping({
        url: url.trim() === '' ? null : url.trim(),
        roots: [...roots],
        upload: file ? await upload(client, file) : null,
      }),
    onSuccess: (next) => {
      queries.setQueryData(orpc.agreements.timestamping.queryKey({ input: {} }), next)
      notify.done(t('common:saved'))
    },
  })
  const trying = useMutation(orpc.agreements.tryTimestamping.mutationOptions())
  const known = kept.roots.map(({ fingerprint }) => fingerprint)
  return (
    <Stack>
      <Paper>
        <Text c="dimmed" fz="sm" mb="md">
          {t('timestamps.about')}
        </Text>
        <Group align="flex-end" wrap="wrap">
          <TextInput
            flex="1 1 22rem"
            type="url"
            dir="ltr"
            label={t('timestamps.url')}
            description={t('timestamps.urlHint')}
            placeholder="https://tsa.example/tsr"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Button loading={saving.isPending} onClick={() => saving.mutate({ roots: known })}>
            {t('common:save')}
          </Button>
          <Button
            variant="default"
            disabled={kept.url === null || url.trim() !== kept.url}
            loading={trying.isPending}
            onClick={() => trying.mutate({})}
          >
            {t('timestamps.try')}
          </Button>
        </Group>
        <Stack mt="md" gap="sm">
          <RefusalAlert refusal={saving.error ? refusalOf(saving.error) : null} />
          <RefusalAlert refusal={trying.error ? refusalOf(trying.error) : null} />
          {trying.data ? (
            <Alert
              role="status"
              color={trying.data.believed ? 'leaf' : 'amber'}
              icon={<IconCircleCheck aria-hidden="true" />}
            >
              <Text fz="sm">
                {t('timestamps.answers')} <When at={trying.data.at} withTime both={false} />
              </Text>
              <Text fz="sm">{t(trying.data.believed ? 'timestamps.believed' : 'timestamps.notBelieved')}</Text>
              {trying.data.believed
                ? null
                : trying.data.certificates
                    .filter(({ fingerprint }) => !known.includes(fingerprint))
                    .map(({ fingerprint, name }) => (
                      <Group key={fingerprint} mt="xs" gap="sm">
                        <Text fz="sm" fw={500}>
                          <bdi>{name}</bdi>
                        </Text>
                        <HashBadge hash={fingerprint} label={name} />
                        <Button
                          size="compact-sm"
                          variant="default"
                          onClick={() => saving.mutate({ roots: [...known, fingerprint] })}
                        >
                          {t('timestamps.believe')}
                        </Button>
                      </Group>
                    ))}
            </Alert>
          ) : null}
        </Stack>
      </Paper>
      <Paper>
        <Title order={3} mb={4}>
          {t('timestamps.roots')}
        </Title>
        <Text c="dimmed" fz="sm" mb="md">
          {t('timestamps.rootsText')}
        </Text>
        <Stack gap="xs">
          {kept.roots.length === 0 ? <Text fz="sm">{t('timestamps.noRoots')}</Text> : null}
          {kept.roots.map(({ fingerprint, name }) => (
            <Group key={fingerprint} gap="sm">
              <Text fz="sm" fw={500}>
                <bdi>{name}</bdi>
              </Text>
              <HashBadge hash={fingerprint} label={name} />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('timestamps.remove', { name })}
                onClick={() => saving.mutate({ roots: known.filter((one) => one !== fingerprint) })}
              >
                <IconX size={16} aria-hidden="true" />
              </ActionIcon>
            </Group>
          ))}
          <FileDrop
            label={t('timestamps.drop')}
            endings={['pem', 'cer', 'crt', 'der']}
            busy={saving.isPending}
            onFile={(file) => saving.mutate({ roots: known, file })}
          />
        </Stack>
      </Paper>
    </Stack>
  )
}
