import { Badge, Button, Group, Paper, Table, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'

/** What the change comes to, its one hash, and who has signed it. */
export function Signing({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation('change')
  const { pick } = useLocale()
  const author = useAuthorText()
  if (text.outcome === null) return null
  return (
    <Paper component="section" aria-label={t('sign.title')}>
      <Title order={2} mb={4}>
        {t('sign.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('sign.about')} <HashBadge hash={text.outcome} label={t('sign.hash')} />
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sign.company')}</Table.Th>
            <Table.Th>{t('sign.by')}</Table.Th>
            <Table.Th>{t('sign.when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {text.signatures.map(({ company, name, signed }) => (
            <Table.Tr key={company}>
              <Table.Td>
                <bdi>{pick(name)}</bdi>
              </Table.Td>
              <Table.Td>
                {signed ? (
                  <Group gap={6} wrap="nowrap">
                    <IconCircleCheck size={16} color="var(--mantine-color-leaf-6)" aria-hidden="true" />
                    {author(signed.by)}
                  </Group>
                ) : (
                  <Badge color="gray" variant="light">
                    {t('sign.waits')}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{signed ? <When at={signed.at} withTime both={false} /> : '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Sign text={text} hash={text.outcome} />
    </Paper>
  )
}

function Sign({ text, hash }: { readonly text: ChangeTextView; readonly hash: string }) {
  const { t } = useTranslation('change')
  const { pick } = useLocale()
  const { change } = useDesk()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const signing = useMutation({
    ...useOrpc().changes.sign.mutationOptions(),
    onSuccess: () => notify.done(t('sign.done')),
    onSettled: () => setAsking(false),
  })
  return (
    <>
      {text.own?.maySign ? (
        <Group justify="flex-end" mt="md">
          <Button leftSection={<IconSignature size={18} aria-hidden="true" />} onClick={() => setAsking(true)}>
            {t('sign.action')}
          </Button>
        </Group>
      ) : null}
      {signing.error ? <RefusalAlert refusal={refusalOf(signing.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking}
        title={t('sign.ask')}
        action={t('sign.action')}
        busy={signing.isPending}
        onConfirm={() => signing.mutate({ artifact: change.id, change: text.hash, hash })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('sign.meaning')}</Text>
        <KeyValue items={text.content.changes.map(({ place, text: said }) => [pick(place), pick(said)])} />
        <KeyValue
          items={text.matters.map(({ matter, verdict, confirmed }) => [
            t(`matter.${matter}`),
            confirmed ? t('said.feasibility.met') : verdict ? t(`said.${matter}.${verdict.said as 'yes'}`) : '—',
          ])}
        />
        <Text fz="sm">
          {t('sign.hash')} <HashBadge hash={hash} label={t('sign.hash')} />
        </Text>
      </ConfirmModal>
    </>
  )
}
