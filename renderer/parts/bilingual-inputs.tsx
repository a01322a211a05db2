import { Fieldset, SimpleGrid, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#shared/projection/bilingual.ts'

/** One text in both languages, side by side; fits `form.getInputProps`. */
export function BilingualInputs(props: {
  readonly legend: string
  readonly hint?: string
  readonly value?: Bilingual
  readonly error?: ReactNode
  readonly onChange?: (value: Bilingual) => void
}) {
  const { t } = useTranslation()
  const value = props.value ?? { en: '', ar: '' }
  return (
    <Fieldset legend={<Text fw={600}>{props.legend}</Text>} variant="unstyled">
      {props.hint ? (
        <Text fz="sm" c="dimmed" mb={6}>
          {props.hint}
        </Text>
      ) : null}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('arabic')}
          lang="ar"
          dir="auto"
          value={value.ar}
          error={props.error}
          maxLength={200}
          onChange={(event) => props.onChange?.({ ...value, ar: event.currentTarget.value })}
        />
        <TextInput
          label={t('english')}
          lang="en"
          dir="auto"
          value={value.en}
          maxLength={200}
          onChange={(event) => props.onChange?.({ ...value, en: event.currentTarget.value })}
        />
      </SimpleGrid>
    </Fieldset>
  )
}
