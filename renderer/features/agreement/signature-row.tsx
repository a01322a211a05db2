import { Badge, Button, Table, Text } from '@mantine/core'
import { IconBell, IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SignatureView } from '#shared/projection/agreement-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import { useDesk } from './desk.tsx'
import { StandingText } from './standing-text.tsx'

const SIGNATURE_COLOR = { waiting: 'gray', word: 'sand', signed: 'leaf', declined: 'red' } as const

/** One signatory of a closed text: how far they are, and a way for whoever closed it to remind them. */
export function SignatureRow({ one, hash }: { readonly one: SignatureView; readonly hash: string }) {
  const { t } = useTranslation('agreement')
  const { pick } = useLocale()
  const { agreement } = useDesk()
  const notify = useNotify()
  const reminding = useMutation({
    ...useOrpc().agreements.remind.mutationOptions(),
    onSuccess: () => notify.done(t('signature.remindDone')),
    onError: notify.refused,
  })
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>
          <bdi>{pick(one.name)}</bdi>
          {one.own ? ` (${t('signature.you')})` : ''}
        </Text>
        <Text fz="sm" c="dimmed">
          <bdi>{pick(one.company)}</bdi>
          {pick(one.capacity) ? ` · ${pick(one.capacity)}` : ''}
        </Text>
        {one.inPlace ? (
          <Text fz="sm" c="dimmed">
            {t('signature.inPlace', { name: pick(one.inPlace) })}
          </Text>
        ) : null}
        <StandingText standing={one.standing} />
      </Table.Td>
      <Table.Td>
        <Badge
          color={SIGNATURE_COLOR[one.state]}
          variant="light"
          leftSection={one.state === 'signed' ? <IconCircleCheck size={13} aria-hidden="true" /> : null}
        >
          {t(`signature.${one.state}`)}
        </Badge>
        {one.reminded ? (
          <Text fz="sm" c="dimmed" mt={4}>
            {t('signature.reminded', { count: one.reminded.count, name: pick(one.reminded.by) })} ·{' '}
            <When at={one.reminded.at} both={false} />
          </Text>
        ) : null}
        {one.mayRemind && !one.own ? (
          <Button
            variant="subtle"
            size="compact-sm"
            mt={4}
            leftSection={<IconBell size={15} aria-hidden="true" />}
            aria-label={t('signature.remindName', { name: pick(one.name) })}
            loading={reminding.isPending}
            onClick={() => reminding.mutate({ artifact: agreement.id, hash, signatory: one.signatory })}
          >
            {t('signature.remind')}
          </Button>
        ) : null}
      </Table.Td>
      <Table.Td>{one.at === null ? '—' : <When at={one.at} withTime both={false} />}</Table.Td>
      <Table.Td>{one.witnessedAt === null ? '—' : <When at={one.witnessedAt} withTime both={false} />}</Table.Td>
    </Table.Tr>
  )
}
