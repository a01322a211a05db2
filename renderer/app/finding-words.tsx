import { Badge, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Finding } from '#shared/artifacts/dispute-event.ts'
import { Said } from '#ui/parts/said.tsx'

const COLOR = { upheld: 'leaf', dismissed: 'red', varied: 'ink' } as const

/** What a dispute came to or somebody would have it end with: the finding in a word and in a sentence, and the terms as they were written. */
export function FindingWords(props: { readonly opener: string; readonly finding: Finding; readonly terms: string }) {
  const { opener, finding, terms } = props
  const { t } = useTranslation('dispute')
  return (
    <Stack gap={6} align="flex-start">
      <Badge color={COLOR[finding]} variant="light" size="lg">
        {t(`finding.${finding}`)}
      </Badge>
      <Text>
        <bdi>{t(`finding.meaning.${finding}`, { name: opener })}</bdi>
      </Text>
      {terms ? <Said>{terms}</Said> : null}
    </Stack>
  )
}
