import { Badge, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FINDINGS, type Finding } from '#shared/artifacts/dispute-event.ts'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Said } from './said.tsx'

const COLOR = { upheld: 'leaf', dismissed: 'red', varied: 'ink' } as const

/** What somebody would have it end with. */
export interface Words {
  readonly finding: Finding | null
  readonly terms: string
}
export const NO_WORDS: Words = { finding: null, terms: '' }
/** Terms are needed where they alone say what follows. */
export const areWhole = ({ finding, terms }: Words): boolean =>
  finding !== null && (finding !== 'varied' || terms.trim() !== '')

/** The finding in a word and in a sentence, and the terms as they were written. */
export function FindingText({ one, finding, terms }: { readonly one: DisputeView; readonly finding: Finding; readonly terms: string }) {
  const { t } = useTranslation('dispute')
  const opener = useOpener(one)
  return (
    <Stack gap={6} align="flex-start">
      <Badge color={COLOR[finding]} variant="light" size="lg">
        {t(`finding.${finding}`)}
      </Badge>
      <Text>
        <bdi>{t(`finding.meaning.${finding}`, { name: opener })}</bdi>
      </Text>
      {terms ? (
        <Said>{terms}</Said>
      ) : null}
    </Stack>
  )
} // prettier-ignore

/** Choosing a finding and writing its terms: the same for settlements, rulings and awards. */
export function FindingFields(props: { readonly one: DisputeView; readonly words: Words; readonly onChange: (words: Words) => void }) {
  const { one, words, onChange } = props
  const { t } = useTranslation('dispute')
  const opener = useOpener(one)
  return (
    <>
      <Radio.Group
        label={t('finding.choose')}
        value={words.finding}
        onChange={(next) => onChange({ ...words, finding: FINDINGS.find((finding) => finding === next) ?? null })}
      >
        <Stack gap="xs" mt="xs">
          {FINDINGS.map((finding) => (
            <Radio
              key={finding}
              value={finding}
              label={t(`finding.${finding}`)}
              description={<bdi>{t(`finding.meaning.${finding}`, { name: opener })}</bdi>}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('finding.terms')}
        description={t('finding.termsHint')}
        dir="auto"
        autosize
        minRows={3}
        maxLength={8000}
        required={words.finding === 'varied'}
        value={words.terms}
        onChange={(event) => onChange({ ...words, terms: event.currentTarget.value })}
      />
    </>
  )
} // prettier-ignore

/** The company that asks for something, by name. */
function useOpener({ parties, opened }: DisputeView): string {
  const { pick } = useLocale()
  const opener = parties.find(({ company }) => company === opened.by.company.id)
  return opener ? pick(opener.name) : pick(opened.by.company.name)
}
