import { ActionIcon, Button, Group, Popover, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '#shared/artifacts/field.ts'
import type { Held } from '#shared/living/records.ts'
import type { Plain } from '#shared/living/register.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useValueText } from '#ui/parts/plain-value.ts'
import { When } from '#ui/parts/values.tsx'
import { useAuthorText, useWritten } from './author.tsx'
import type { LiveDocument } from './live-document.ts'

/** Where a field stands, and its definition for its name and the names of its choices. */
export interface FieldPlace {
  readonly live: LiveDocument
  readonly artifact: string
  readonly set: string
  readonly record: string
  readonly field: string
  readonly definition: Field | undefined
  /** Says a value where its definition alone cannot: what an id names, an amount in its currency. */
  readonly show?: (value: Plain) => string
}

/** A mark beside a field that several people wrote apart from each other: every value with its author, and the choice. */
export function ConflictMark({ held, ...place }: FieldPlace & { readonly held: readonly Held[] | undefined }) {
  const { t } = useTranslation()
  const { pick } = useLocale()
  const [open, setOpen] = useState(false)
  if (!held || held.length < 2) return null
  const name = place.definition ? pick(place.definition.label) : place.field
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width={360}
      position="bottom-start"
      withArrow
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Tooltip label={t('conflict.several', { count: held.length })}>
          <ActionIcon
            variant="light"
            color="amber"
            size="sm"
            aria-label={t('conflict.open', { field: name })}
            onClick={() => setOpen((was) => !was)}
          >
            <IconArrowsSplit2 size={15} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('conflict.open', { field: name })}>
        <Stack gap="sm">
          <Text fw={600}>{t('conflict.title', { field: name })}</Text>
          <Text fz="sm" c="dimmed">
            {t('conflict.meaning')}
          </Text>
          <Choices {...place} held={held} onChosen={() => setOpen(false)} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Choices(props: FieldPlace & { readonly held: readonly Held[]; readonly onChosen: () => void }) {
  const { live, artifact, set, record, field, definition, show, held, onChosen } = props
  const { t } = useTranslation()
  const text = useValueText()
  const author = useAuthorText()
  const written = useWritten(artifact, held)
  const choose = (one: Held): void => {
    live.set(set, record, field, one.value)
    onChosen()
  }
  return held.map((one) => {
    const by = written(one)
    return (
      <Group
        key={`${String(one.client)}.${String(one.clock)}`}
        justify="space-between"
        wrap="nowrap"
        align="flex-start"
      >
        <div style={{ minWidth: 0 }}>
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{show ? show(one.value) : text(definition, one.value)}</bdi>
          </Text>
          {by ? (
            <Text fz="sm" c="dimmed">
              {author(by.by)} · <When at={by.at} ago />
            </Text>
          ) : null}
        </div>
        <Button
          size="xs"
          variant="default"
          disabled={!live.mayWrite}
          onClick={() => choose(one)}
          style={{ flex: 'none' }}
        >
          {t('conflict.choose')}
        </Button>
      </Group>
    )
  })
}
