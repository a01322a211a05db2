import { Alert, Avatar, Badge, Button, CopyButton, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconCloudCheck, IconCloudOff, IconEye, IconPencilOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Artifact } from '#shared/artifacts/define.ts'
import { labelAt } from '#shared/artifacts/form-model.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { HeldBack } from './held-back.tsx'
import type { LiveDocument, Other } from './live-document.ts'
import type { Draft } from './unkept.ts'

/** The state of an open document: kept or not, who else is here, and what could not be kept. */
export function LiveBar({ live, artifact }: { readonly live: LiveDocument; readonly artifact: Artifact }) {
  return (
    <Stack gap="sm">
      <Group gap="md" justify="space-between">
        <Kept live={live} />
        <Others others={live.others} />
      </Group>
      {live.status === 'refused' || live.drafts.length > 0 || live.refusal ? (
        <Lost live={live} artifact={artifact} />
      ) : null}
      {live.opened ? <HeldBack artifact={live.opened.artifact} type={artifact} /> : null}
    </Stack>
  )
}

function Kept({ live }: { readonly live: LiveDocument }) {
  const { t } = useTranslation()
  const { f } = useLocale()
  if (live.status === 'live' && !live.mayWrite)
    return (
      <Badge variant="light" color="gray" leftSection={<IconPencilOff size={14} aria-hidden="true" />}>
        {t('live.readOnly')}
      </Badge>
    )
  const [color, Icon, words] =
    live.status !== 'live'
      ? (['amber', IconCloudOff, t('live.opening')] as const)
      : live.unkept > 0
        ? (['sand', IconCloudCheck, t('live.keeping', { changes: f.number(live.unkept) })] as const)
        : (['leaf', IconCloudCheck, t('live.kept')] as const)
  return (
    <Badge variant="light" color={color} leftSection={<Icon size={14} aria-hidden="true" />} role="status">
      {words}
    </Badge>
  )
}

function Others({ others }: { readonly others: readonly Other[] }) {
  const { t } = useTranslation()
  const { pick } = useLocale()
  if (others.length === 0) return null
  const nameOf = ({ who }: Other): string =>
    who ? t('live.personOf', { person: pick(who.person.name), company: pick(who.company.name) }) : t('live.otherWindow')
  return (
    <Group gap="xs" role="group" aria-label={t('live.here')}>
      <IconEye size={16} aria-hidden="true" />
      <Avatar.Group>
        {others.slice(0, 5).map((one) => (
          <Tooltip key={one.client} label={nameOf(one)}>
            <Avatar size="sm" radius="xl" color="initials" name={nameOf(one)} role="img" aria-label={nameOf(one)} />
          </Tooltip>
        ))}
      </Avatar.Group>
    </Group>
  )
}

function Lost({ live, artifact }: { readonly live: LiveDocument; readonly artifact: Artifact }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <RefusalAlert refusal={live.refusal} />
      {live.drafts.length > 0 ? (
        <Alert color="amber" title={t('live.drafts')}>
          <Text fz="sm" mb="sm">
            {t('live.draftsMeaning')}
          </Text>
          <Stack gap="xs">
            {live.drafts.map((draft) => (
              <DraftRow key={`${draft.set}/${draft.record}/${draft.field}`} draft={draft} artifact={artifact} />
            ))}
          </Stack>
        </Alert>
      ) : null}
      {live.status === 'live' ? (
        <Group>
          <Button size="xs" variant="default" onClick={() => live.dropDrafts()}>
            {t('live.dismiss')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}

function DraftRow({ draft, artifact }: { readonly draft: Draft; readonly artifact: Artifact }) {
  const { t } = useTranslation()
  const { pick } = useLocale()
  const label = labelAt(artifact, 'joint', `${draft.set}.${draft.field}`)
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {label ? `${pick(label)}: ` : ''}
        <bdi>{draft.text}</bdi>
      </Text>
      <CopyButton value={draft.text}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy} style={{ flex: 'none' }}>
            {copied ? t('copied') : t('copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
