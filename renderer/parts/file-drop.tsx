import { Group, Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconFileUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Takes one file, by drop, click or keyboard, and hands it over. */
export function FileDrop(props: {
  readonly label: string
  readonly hint?: string
  /** Endings without the dot that the chooser offers; anything may still be dropped, and the engine judges it. */
  readonly endings?: readonly string[]
  readonly busy?: boolean
  readonly onFile: (file: File) => void
}) {
  const { t } = useTranslation()
  return (
    <Dropzone
      multiple={false}
      loading={props.busy ?? false}
      onDrop={([file]) => (file ? props.onFile(file) : undefined)}
      inputProps={{
        'aria-label': props.label,
        ...(props.endings ? { accept: props.endings.map((ending) => `.${ending}`).join(',') } : {}),
      }}
      aria-label={props.label}
      py="xl"
    >
      <Group justify="center" gap="md" wrap="nowrap">
        <IconFileUpload size={36} stroke={1.4} aria-hidden="true" />
        <Stack gap={2}>
          <Text fw={500}>{props.label}</Text>
          <Text fz="sm" c="dimmed">
            {props.hint ?? t('dropHint')}
          </Text>
        </Stack>
      </Group>
    </Dropzone>
  )
}
