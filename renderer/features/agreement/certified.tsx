import { Button, Collapse, Group, Stack, Text } from '@mantine/core'
import { IconCertificate, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementVersionView } from '#shared/projection/agreement-views.ts'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { saveDownload, upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

/** Where a certified signature is added: the file that came back from a licensed provider is kept beside the signed one. */
export function Certified({ version }: { readonly version: AgreementVersionView }) {
  const { t } = useTranslation('agreement')
  const { pick } = useLocale()
  const { agreement, live } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const [opened, setOpened] = useState(false)
  const place = { artifact: agreement.id, hash: version.hash }
  const adding = useMutation({
    mutationFn: async (file: File) => client.agreements.addCertified({ ...place, upload: await upload(client, file) }),
    onSuccess: () => {
      setOpened(false)
      notify.done(t('certified.done'))
    },
  })
  const saving = useMutation({
    mutationFn: async () => saveDownload(client, await client.agreements.certifiedFile(place)),
    onSuccess: () => notify.done(t('file.saved')),
    onError: notify.refused,
  })
  const { certified } = version
  return (
    <Stack mt="md" gap="xs">
      <Group gap="md">
        {certified ? (
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={17} aria-hidden="true" />}
              disabled={!certified.here}
              loading={saving.isPending}
              onClick={() => saving.mutate()}
            >
              {t('certified.save')}
            </Button>
            <Text fz="sm" c="dimmed">
              {t('certified.kept', { name: pick(certified.by) })} · <When at={certified.at} withTime both={false} />
            </Text>
          </>
        ) : null}
        <Button
          variant="subtle"
          leftSection={<IconCertificate size={17} aria-hidden="true" />}
          disabled={!live.mayWrite}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t('certified.open')}
        </Button>
      </Group>
      <Collapse expanded={opened}>
        <Stack gap="xs">
          <Text fz="sm" fw={600}>
            {t('certified.title')}
          </Text>
          <Text fz="sm" c="dimmed">
            {t('certified.about')}
          </Text>
          <FileDrop
            label={t('certified.drop')}
            endings={['pdf']}
            busy={adding.isPending}
            onFile={(file) => adding.mutate(file)}
          />
          <RefusalAlert refusal={adding.error ? refusalOf(adding.error) : null} />
        </Stack>
      </Collapse>
    </Stack>
  )
}
